// Text that grows, for files of millions of rows: memory is not cleared before it is written, and
// is kept when the text is cleared.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace dijia {

class TextBuffer {
 public:
  TextBuffer() = default;
  TextBuffer(TextBuffer&& other) noexcept { *this = std::move(other); }
  TextBuffer& operator=(TextBuffer&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }

  std::string_view view() const { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }

  TextBuffer& operator+=(std::string_view text) {
    char* const at = Open(text.size());
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    size_ += text.size();
    return *this;
  }
  TextBuffer& operator+=(char c) {
    *Open(1) = c;
    ++size_;
    return *this;
  }

  // Room for `count` bytes behind the text, to be written by the caller; Close says where the text
  // ends then.
  char* Open(std::size_t count) {
    if (capacity_ - size_ < count) Grow(count);
    return bytes_.get() + size_;
  }
  void Close(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.get()); }

 private:
  void Grow(std::size_t count);

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace dijia

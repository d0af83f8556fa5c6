#include "dijia/base/text_buffer.h"

#include <algorithm>

namespace dijia {

void TextBuffer::Grow(std::size_t count) {
  constexpr std::size_t kLeast = 4096;
  const std::size_t capacity = std::max({kLeast, 2 * capacity_, size_ + count});
  std::unique_ptr<char[]> bytes(new char[capacity]);  // NOLINT: make_unique would clear it
  if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

}  // namespace dijia

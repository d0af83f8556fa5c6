// Rows of CSV files, fast and the same on every machine: text into growing memory, numbers as
// scaled integers, no locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace dijia::app {

// A text cell as it stands in a file of ours: quoted where CSV needs it (comma, quote, line break),
// and with an apostrophe before a first `=`, `+`, `-`, `@`, tab or return, which spreadsheets would
// run as a formula.
std::string CsvCell(std::string_view text);

// Appends cells. Put… writes the value only; the caller puts commas and line ends.
class CsvText {
 public:
  std::string_view view() const { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

  void PutRaw(std::string_view text) {
    Room(text.size());
    std::memcpy(bytes_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void PutRaw(char c) {
    Room(1);
    bytes_[size_++] = c;
  }
  // A text that may need quotes or an apostrophe.
  void PutText(std::string_view text) {
    if (IsPlain(text)) {
      PutRaw(text);
    } else {
      PutRaw(CsvCell(text));
    }
  }
  void PutUnsigned(std::uint64_t number);
  // `units` counts of 10^-decimals with exactly that many places, 0 to 18.
  void PutFixed(std::int64_t units, int decimals);
  // The value rounded half away from zero to `decimals` places, 0 to 6; nothing for NaN, infinities
  // and what leaves int64.
  void PutRounded(double value, int decimals);

  // Room for `count` bytes behind the text, to be written by a CellCursor; Close says where it
  // ended.
  char* Open(std::size_t count) {
    Room(count);
    return bytes_.get() + size_;
  }
  void Close(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.get()); }

  // True when the text stands in a file as it is.
  static bool IsPlain(std::string_view text);

 private:
  void Room(std::size_t count) {
    if (capacity_ - size_ < count) Grow(count);
  }
  void Grow(std::size_t count);

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace dijia::app

// Tables for terminals, aligned by what the eye sees: a Chinese character is two columns wide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dijia::cli {

// Terminal columns of a UTF-8 text; East Asian wide characters count two (UAX #11).
std::size_t DisplayWidth(std::string_view text);

class TextTable {
 public:
  enum class Align : std::uint8_t { kLeft, kRight };

  // The first row is the header.
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  // Rows of equal width, two blanks between columns, a line under the header as wide as they are
  // but of at most 120 columns, no blanks at the ends of lines.
  std::string ToString() const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dijia::cli

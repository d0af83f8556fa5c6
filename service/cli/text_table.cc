#include "cli/text_table.h"

#include <algorithm>
#include <utility>

namespace dijia::cli {
namespace {

constexpr std::pair<char32_t, char32_t> kWide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x20000, 0x3FFFD},
};

// The longest line under a header: a long note in one row is read, not ruled.
constexpr std::size_t kLongestLine = 120;

// Takes one character off the text; a byte that begins none is one itself.
char32_t TakeCharacter(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  const std::size_t taken = std::min(length, text.size());
  for (std::size_t i = 1; i < taken; ++i) {
    character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(taken);
  return character;
}

void TrimEnd(std::string& text) { text.erase(text.find_last_not_of(' ') + 1); }

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const char32_t character = TakeCharacter(text);
    const bool wide = std::ranges::any_of(kWide, [character](const auto& range) {
      return range.first <= character && character <= range.second;
    });
    width += wide ? 2 : 1;
  }
  return width;
}

std::string TextTable::ToString() const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    }
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - DisplayWidth(row[i]), ' ');
      line += i > 0 ? "  " : "";
      line += columns_[i] == Align::kRight ? blanks + row[i] : row[i] + blanks;
    }
    TrimEnd(line);
    text += line + "\n";
    if (&row != &rows_.front()) continue;
    std::size_t total = 2 * (columns_.size() - 1);
    for (const std::size_t width : widths) total += width;
    for (std::size_t i = 0; i < std::min(total, kLongestLine); ++i) text += "─";
    text += "\n";
  }
  return text;
}

}  // namespace dijia::cli

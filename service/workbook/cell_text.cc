#include "workbook/cell_text.h"

#include <array>
#include <charconv>
#include <cstdint>

#include "io/cell.h"

namespace dijia::workbook {
namespace {

constexpr std::string_view kEmpty = "\"\"";
constexpr std::size_t kEscape = 7;  // bytes of _x0001_

void AppendEscape(std::uint32_t unit, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out += "_x";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kHex[unit >> shift & 0xFU];
  out += '_';
}

// The unit of an escape that begins at `at`; 0x10000 where none does.
std::uint32_t EscapeAt(std::string_view text, std::size_t at) {
  constexpr std::uint32_t kNone = 0x10000;
  const std::string_view piece = text.substr(at, kEscape);
  if (piece.size() < kEscape || !piece.starts_with("_x") || piece.back() != '_') return kNone;
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(piece.data() + 2, piece.data() + 6, unit, 16);
  return error == std::errc() && end == piece.data() + 6 ? unit : kNone;
}

// The bytes of the character at `at` and its code point, of valid UTF-8.
struct Character {
  std::size_t size = 1;
  std::uint32_t point = 0;
};
Character CharacterAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const std::uint32_t first = byte(at);
  if (first < 0x80) return {1, first};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  std::uint32_t point = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) point = point << 6U | (byte(at + i) & 0x3FU);
  return {size, point};
}

bool IsAllowed(std::uint32_t point) {
  if (point == '\t' || point == '\n') return true;
  return point >= 0x20 && point != 0x7F && point != 0xFFFE && point != 0xFFFF;
}

// UTF-8 of a code unit that is no half of a pair.
void AppendUnit(std::uint32_t unit, std::string& out) {
  if (unit < 0x80) {
    out += static_cast<char>(unit);
  } else if (unit < 0x800) {
    out += static_cast<char>(0xC0U | unit >> 6U);
    out += static_cast<char>(0x80U | (unit & 0x3FU));
  } else {
    out += static_cast<char>(0xE0U | unit >> 12U);
    out += static_cast<char>(0x80U | (unit >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (unit & 0x3FU));
  }
}

bool IsHalfOfPair(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xE000; }

}  // namespace

std::string CellOf(std::string_view text, bool reserved) {
  if (text.empty()) return std::string(kEmpty);
  // Blanks at the ends are cut by people and by programs.
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
  const bool first =
      reserved || text == kEmpty || is_blank(text.front()) || io::SpreadsheetText(text) != text;
  std::string cell;
  for (std::size_t at = 0; at < text.size();) {
    const auto [size, point] = CharacterAt(text, at);
    const bool is_end = (at == 0 && first) || (at + size == text.size() && is_blank(text[at]));
    const bool escape = !IsAllowed(point) || EscapeAt(text, at) < 0x10000 || is_end;
    if (escape && point < 0x10000) {
      AppendEscape(point, cell);
    } else {
      cell += text.substr(at, size);
    }
    at += size;
  }
  return cell;
}

std::string TextOfCell(std::string_view cell) {
  if (cell == kEmpty) return {};
  std::string text;
  for (std::size_t at = 0; at < cell.size();) {
    const std::uint32_t unit = EscapeAt(cell, at);
    if (unit < 0x10000 && !IsHalfOfPair(unit)) {
      AppendUnit(unit, text);
      at += kEscape;
    } else {
      text += cell[at++];
    }
  }
  return text;
}

}  // namespace dijia::workbook

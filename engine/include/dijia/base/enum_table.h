// One table per enumeration: both directions, codes and texts come from it and from nowhere else.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace dijia {

template <class Enum>
struct EnumRow {
  Enum value;
  std::string_view code;  // the stable name in files, JSON and on the command line
};

// A closed list of (value, code) pairs. Specialise `EnumTableOf<E>` with a constexpr array of rows
// for every enumeration that is read or written.
template <class Enum>
struct EnumTableOf;

// The code of a value. Every enumerator has a row, which `EnumTableIsComplete` proves at compile
// time.
template <class Enum>
constexpr std::string_view CodeOf(Enum value) {
  for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) {
    if (row.value == value) return row.code;
  }
  return {};
}

// The value of a code, exactly as written in the table; nothing for an unknown code.
template <class Enum>
constexpr std::optional<Enum> FromCode(std::string_view code) {
  for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) {
    if (row.code == code) return row.value;
  }
  return std::nullopt;
}

// True when the rows stand in the order of the enumerators 0, 1, 2, … and no code is doubled.
template <class Enum>
constexpr bool EnumTableIsComplete(std::size_t count) {
  const auto& rows = EnumTableOf<Enum>::kRows;
  if (rows.size() != count) return false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].value) != i || rows[i].code.empty()) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i].code == rows[j].code) return false;
    }
  }
  return true;
}

}  // namespace dijia

// Every diagnostic the program can give, in one table (codes.def). Codes are stable: a number is
// never given a second meaning. Ranges: 1xxx reading files and plans, 2xxx samples and grade
// prices, 3xxx grading, 4xxx valuation, 5xxx rules, 6xxx the service over HTTP, 7xxx its store,
// 9xxx internal.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "dijia/base/code.h"
#include "dijia/base/enum_table.h"

namespace dijia {

template <>
struct EnumTableOf<Severity> {
  static constexpr std::array<EnumRow<Severity>, 3> kRows{{
      {Severity::kNote, "note"},
      {Severity::kWarning, "warning"},
      {Severity::kError, "error"},
  }};
};
static_assert(EnumTableIsComplete<Severity>(3));

enum class Code : std::uint16_t {
#define DIJIA_CODE(number, name, severity, zh, en) name = number,
#include "dijia/base/codes.def"
#undef DIJIA_CODE
};

struct CodeRow {
  Code code;
  Severity severity;
  std::string_view zh;  // text with placeholders {0}, {1}, …
  std::string_view en;
};

// All rows, ascending by number.
std::span<const CodeRow> CodeTable();

// The row of a code.
const CodeRow& RowOf(Code code);

// "DJ-1001".
std::string CodeId(Code code);

// The text of a code with {0}, {1}, … replaced by `arguments`; a placeholder without an argument is
// left as it is.
std::string Render(Code code, std::span<const std::string> arguments, Language language);

}  // namespace dijia

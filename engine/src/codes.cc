#include "dijia/base/codes.h"

#include <algorithm>
#include <array>

namespace dijia {
namespace {

constexpr CodeRow kTable[] = {
#define DIJIA_CODE(number, name, severity, zh, en) {Code::name, severity, zh, en},
#include "dijia/base/codes.def"
#undef DIJIA_CODE
};

constexpr bool Ascending() {
  for (std::size_t i = 1; i < std::size(kTable); ++i) {
    if (kTable[i - 1].code >= kTable[i].code) return false;
  }
  return true;
}
static_assert(Code::kInternal == kInternalCode);
static_assert(Ascending(), "codes.def stands in ascending order without doubles");

}  // namespace

std::span<const CodeRow> CodeTable() { return kTable; }

const CodeRow& RowOf(Code code) {
  return *std::ranges::lower_bound(kTable, code, {}, &CodeRow::code);
}

std::string CodeId(Code code) { return "DJ-" + std::to_string(static_cast<unsigned>(code)); }

std::string Render(Code code, std::span<const std::string> arguments, Language language) {
  const CodeRow& row = RowOf(code);
  const std::string_view pattern = language == Language::kZh ? row.zh : row.en;
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool placeholder = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                             pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    const auto index = placeholder ? static_cast<std::size_t>(pattern[i + 1] - '0') : 0;
    if (placeholder && index < arguments.size()) {
      text += arguments[index];
      i += 2;
    } else {
      text += pattern[i];
    }
  }
  return text;
}

}  // namespace dijia

#include "dijia/base/toml_fault.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// The fault, as toml++ tells of it, and the line it is in.
struct Fault {
  std::string_view scope, detail;
  std::string_view line;
  std::size_t at = 0;  // byte of the line; its size = the end

  std::string_view rest() const { return line.substr(at); }
  bool is_at_end() const { return Trimmed(rest()).empty(); }

  // The character at the place.
  std::string_view character() const {
    std::size_t length = std::min<std::size_t>(1, rest().size());
    while (length < rest().size() && IsContinuation(rest()[length])) ++length;
    return rest().substr(0, length);
  }

  // The value around the place: up to what ends a value on both sides.
  std::string_view word() const {
    std::size_t begin = std::min(at, line.size());
    while (begin > 0 && std::string_view("=,[{").find(line[begin - 1]) == std::string_view::npos) {
      --begin;
    }
    const std::size_t end = std::min(line.find_first_of(",]}#", at), line.size());
    return Trimmed(line.substr(begin, end - begin));
  }

  // The name before the equals sign.
  std::string_view key() const { return Trimmed(line.substr(0, line.find('='))); }
};

Fault FaultAt(std::string_view description, const Location& place, std::string_view text) {
  constexpr std::string_view kBegin = "Error while parsing ";
  Fault fault;
  fault.detail = description;
  const std::size_t colon = description.find(": ");
  if (description.starts_with(kBegin) && colon != std::string_view::npos) {
    fault.scope = description.substr(kBegin.size(), colon - kBegin.size());
    fault.detail = description.substr(colon + 2);
  }
  for (std::size_t line = 1; line < place.row && !text.empty(); ++line) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  if (place.row <= 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  fault.line = text.substr(0, text.find('\n'));
  // Columns count characters, not bytes.
  for (std::size_t column = 1; column < place.column && fault.at < fault.line.size(); ++column) {
    fault.at += fault.character().size();
  }
  return fault;
}

using Words = std::vector<std::string>;

struct Told {
  Code code = Code::kNotToml;
  Words arguments = {};
};

Told Tell(Code code) { return {code, {}}; }
Told Tell(Code code, std::string_view word) { return {code, {std::string(word)}}; }

// The mark of the English keyboard for a Chinese one; empty for any other character.
std::string_view NarrowMark(std::string_view character) {
  static constexpr std::pair<std::string_view, std::string_view> kMarks[] = {
      {"，", ","}, {"、", ","},  {"＝", "="}, {"：", "="}, {"“", "\""},
      {"”", "\""}, {"＂", "\""}, {"‘", "'"},  {"’", "'"},  {"［", "["},
      {"］", "]"}, {"【", "["},  {"】", "]"}, {"｛", "{"}, {"｝", "}"},
      {"。", "."}, {"．", "."},  {"＃", "#"}, {"－", "-"}, {"　", "\" \""},
  };
  for (const auto& [wide, narrow] : kMarks) {
    if (wide == character) return narrow;
  }
  return {};
}

// The text between the last pair of single quotes of a message.
std::string_view Quoted(std::string_view detail) {
  const std::size_t begin = detail.find('\'');
  const std::size_t end = begin == std::string_view::npos ? begin : detail.find('\'', begin + 1);
  return end == std::string_view::npos ? std::string_view()
                                       : detail.substr(begin + 1, end - begin - 1);
}

Told TellOfText(const Fault& fault) {
  if (Has(fault.detail, "control characters")) {
    return Tell(fault.is_at_end() ? Code::kTomlTextNotClosed : Code::kTomlControl);
  }
  if (Has(fault.detail, "escape") || Has(fault.detail, "hex digit") ||
      fault.scope.starts_with("unicode")) {
    const std::size_t slash = fault.line.substr(0, fault.at).rfind('\\');
    const std::string_view escape = fault.line.substr(std::min(slash, fault.at), 6);
    return Tell(Code::kTomlBadEscape, escape.substr(0, escape.find('"')));
  }
  return Tell(Code::kTomlTextNotClosed);
}

// What closes the thing that toml++ was reading.
std::string_view Closing(std::string_view scope) {
  if (scope == "array" || scope == "table header") return "]";
  if (scope == "inline table") return "}";
  return "=";
}

Told TellOfValue(const Fault& fault) {
  if (fault.scope == "date" || fault.scope.starts_with("time") ||
      fault.scope.starts_with("date-")) {
    return Tell(Code::kTomlBadDate, fault.word());
  }
  if (Has(fault.detail, "leading zeroes")) return Tell(Code::kTomlLeadingZero, fault.word());
  if (Has(fault.detail, "representable")) return Tell(Code::kNumberTooLarge, fault.word());
  if (Has(fault.scope, "integer") || Has(fault.scope, "floating")) {
    return Tell(Code::kTomlBadNumber, fault.word());
  }
  return Tell(Code::kTomlBadValue, fault.word());
}

// A value with something behind it on its line.
Told TellOfRest(const Fault& fault) {
  const std::size_t value = std::min(fault.line.find('=') + 1, fault.at);
  const std::string_view number = Trimmed(fault.line.substr(value));
  const bool is_number = number.find_first_not_of("0123456789.,_") == std::string_view::npos;
  if (is_number) return Tell(Code::kTomlBadNumber, number);
  return Tell(Code::kTomlRestOfLine, Trimmed(fault.rest()));
}

Told TellOfStructure(const Fault& fault) {
  if (Has(fault.detail, "comma)") || Has(fault.detail, "saw comma"))
    return Tell(Code::kTomlExtraComma);
  if (Has(fault.detail, "expected value")) return Tell(Code::kTomlNoValue, fault.key());
  if (fault.is_at_end() || Has(fault.detail, "end-of-file")) {
    return Tell(Code::kTomlEndsEarly, Closing(fault.scope));
  }
  if (Has(fault.detail, "comment or whitespace")) return TellOfRest(fault);
  if (fault.scope == "root table" || Has(fault.detail, "bare key")) {
    return Tell(Code::kTomlBadKey,
                Trimmed(fault.line.substr(0, fault.line.find('=', fault.at + 1))));
  }
  if (!Has(fault.detail, "saw ")) return Tell(Code::kNotToml, Trimmed(fault.line));
  std::string needed(Closing(fault.scope));
  if (Has(fault.detail, "comma or")) needed = ", " + needed;
  return {Code::kTomlExpected, {std::move(needed), std::string(fault.character())}};
}

Told TellOf(const Fault& fault) {
  if (Has(fault.detail, "utf-8")) return Tell(Code::kTextNotUtf8);
  constexpr std::string_view kNested = "exceeded maximum nested value depth of ";
  if (fault.detail.starts_with(kNested)) {
    const std::string_view levels = fault.detail.substr(kNested.size());
    return Tell(Code::kTooDeep, levels.substr(0, levels.find(' ')));
  }
  const std::string_view wide = fault.character();
  if (const std::string_view narrow = NarrowMark(wide); !narrow.empty()) {
    return {Code::kTomlWideMark, {std::string(wide), std::string(narrow)}};
  }
  if (Has(fault.detail, "cannot redefine") || Has(fault.detail, "cannot insert")) {
    const std::string_view name = Quoted(fault.detail);
    return Tell(Code::kDuplicateField, name.empty() ? fault.key() : name);
  }
  if (fault.scope == "comment" || Has(fault.detail, "unexpected control"))
    return Tell(Code::kTomlControl);
  if (Has(fault.scope, "string") || fault.scope.starts_with("unicode")) return TellOfText(fault);
  static constexpr std::string_view kStructures[] = {
      "root table", "table header", "key", "key-value pair", "array", "inline table", ""};
  if (std::ranges::find(kStructures, fault.scope) != std::end(kStructures))
    return TellOfStructure(fault);
  return TellOfValue(fault);
}

}  // namespace

Diagnostic TomlFault(std::string_view description, Location where, std::string_view text) {
  Told told = TellOf(FaultAt(description, where, text));
  return {told.code, std::move(where), std::move(told.arguments)};
}

}  // namespace dijia

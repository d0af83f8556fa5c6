#include "pack_text.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"

namespace dijia::rules {

using Kind = TomlNode::Kind;

Location PackText::At(const TomlNode& node, std::string_view field) const {
  return {source_, node.line, node.column, std::string(field)};
}

void PackText::Report(Code code, const TomlNode& node, std::string_view field,
                      std::vector<std::string> arguments) const {
  diagnostics_.Add(code, At(node, field), std::move(arguments));
}

bool PackText::Only(const TomlNode& table, std::span<const std::string_view> names) const {
  bool good = true;
  for (const TomlNode::Member& member : table.members) {
    if (std::ranges::find(names, member.name) != names.end()) continue;
    good = false;
    const std::string_view nearest = NearestName(member.name, names);
    if (nearest.empty()) {
      Report(Code::kUnknownField, member.node, member.name, {member.name, JoinNames(names)});
    } else {
      Report(Code::kMisspeltField, member.node, member.name, {member.name, std::string(nearest)});
    }
  }
  return good;
}

const TomlNode* PackText::Field(const TomlNode& table, std::string_view name, bool required) const {
  const TomlNode* node = table.Find(name);
  if (node == nullptr && required) {
    Report(Code::kMissingField, table, name, {std::string(name)});
  }
  return node;
}

std::optional<std::string> PackText::Text(const TomlNode& table, std::string_view name,
                                          bool required) const {
  const TomlNode* node = Field(table, name, required);
  if (node == nullptr) return std::nullopt;
  if (node->kind != Kind::kText) {
    Report(Code::kNotText, *node, name, {std::string(name)});
    return std::nullopt;
  }
  return node->text;
}

std::optional<bool> PackText::Flag(const TomlNode& table, std::string_view name) const {
  const TomlNode* node = table.Find(name);
  if (node == nullptr) return std::nullopt;
  if (node->kind != Kind::kBoolean) {
    Report(Code::kNotABoolean, *node, name, {std::string(name)});
    return std::nullopt;
  }
  return node->text == "true";
}

std::optional<std::int64_t> PackText::Integer(const TomlNode& table, std::string_view name,
                                              std::int64_t highest, bool required) const {
  const TomlNode* node = Field(table, name, required);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Kind::kInteger) {
    const Result<std::int64_t> value = ParseDecimal(node->text, 0);
    if (value && *value >= 0 && *value <= highest) return *value;
  }
  Report(Code::kNotAnInteger, *node, name, {std::string(name), "0", std::to_string(highest)});
  return std::nullopt;
}

std::optional<std::int64_t> PackText::Decimal(const TomlNode& table, std::string_view name,
                                              int scale, bool required) const {
  const TomlNode* node = Field(table, name, required);
  if (node == nullptr) return std::nullopt;
  if (node->kind != Kind::kText && node->kind != Kind::kInteger) {
    Report(Code::kDecimalNotQuoted, *node, name, {std::string(name)});
    return std::nullopt;
  }
  const Result<std::int64_t> value = ParseDecimal(node->text, scale);
  if (value) return *value;
  Report(value.error().code, *node, name, {value.error().detail, std::to_string(scale)});
  return std::nullopt;
}

std::optional<Days> PackText::Day(const TomlNode& table, std::string_view name,
                                  bool required) const {
  const TomlNode* node = Field(table, name, required);
  if (node == nullptr) return std::nullopt;
  const Result<Date> date = ParseDate(node->kind == Kind::kDate ? node->text : "");
  if (date) return ToDays(*date);
  Report(Code::kDateNotBare, *node, name, {std::string(name)});
  return std::nullopt;
}

Bilingual PackText::Both(const TomlNode& table, std::string_view name, bool required) const {
  const std::string zh = std::string(name) + "_zh", en = std::string(name) + "_en";
  return {Text(table, zh, required).value_or(""), Text(table, en, required).value_or("")};
}

Period PackText::When(const TomlNode& table) const {
  Period period;
  if (const auto from = Day(table, "from", false)) period.from = *from;
  if (const auto until = Day(table, "until", false)) period.until = *until;
  if (period.from >= period.until) {
    Report(Code::kPeriodEmpty, table, "until",
           {FormatDate(FromDays(period.from)), FormatDate(FromDays(period.until))});
  }
  return period;
}

std::span<const TomlNode> PackText::Tables(const TomlNode& root, std::string_view name) const {
  const std::span<const TomlNode> items = Items(root, name);
  for (const TomlNode& item : items) {
    if (item.kind == Kind::kTable) continue;
    Report(Code::kNotAnObject, item, name, {std::string(name)});
    return {};
  }
  return items;
}

std::span<const TomlNode> PackText::Items(const TomlNode& table, std::string_view name) const {
  const TomlNode* node = table.Find(name);
  if (node == nullptr) return {};
  if (node->kind != Kind::kArray) {
    Report(Code::kNotAList, *node, name, {std::string(name)});
    return {};
  }
  return node->items;
}

std::optional<std::size_t> PackText::Choice(const TomlNode& at, std::string_view word,
                                            std::span<const std::string_view> names) const {
  const auto found = std::ranges::find(names, word);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string_view nearest = NearestName(word, names);
  if (nearest.empty()) {
    Report(Code::kNameUnknown, at, word, {std::string(word), JoinNames(names)});
  } else {
    Report(Code::kNameMisspelt, at, word, {std::string(word), std::string(nearest)});
  }
  return std::nullopt;
}

}  // namespace dijia::rules

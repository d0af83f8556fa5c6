// The only file of the law that knows toml++.
#include "toml_document.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/key_depth.h"
#include "dijia/base/toml_fault.h"
#include "toml_plus_plus.h"

namespace dijia::rules {
namespace {

using Kind = TomlNode::Kind;

std::string DateText(const toml::date& date) {
  return FormatDate(Date{std::chrono::year(date.year), std::chrono::month(date.month),
                         std::chrono::day(date.day)});
}

void FillScalar(const toml::node& from, TomlNode& to) {
  if (const auto* text = from.as_string()) {
    to.kind = Kind::kText;
    to.text = text->get();
  } else if (const auto* number = from.as_integer()) {
    to.kind = Kind::kInteger;
    to.text = std::to_string(number->get());
  } else if (const auto* flag = from.as_boolean()) {
    to.kind = Kind::kBoolean;
    to.text = flag->get() ? "true" : "false";
  } else if (const auto* date = from.as_date()) {
    to.kind = Kind::kDate;
    to.text = DateText(date->get());
  } else {
    to.kind = Kind::kFloat;  // floats and clock times: no field of a pack takes them
  }
}

TomlNode Convert(const toml::node& from) {
  TomlNode to;
  to.line = from.source().begin.line;
  to.column = from.source().begin.column;
  if (const toml::table* table = from.as_table()) {
    for (const auto& [key, node] : *table) {
      TomlNode value = Convert(node);
      value.line = key.source().begin.line;
      value.column = key.source().begin.column;
      to.members.push_back({std::string(key.str()), std::move(value)});
    }
    const auto place = [](const TomlNode::Member& m) {
      return std::pair(m.node.line, m.node.column);
    };
    std::ranges::stable_sort(to.members, {}, place);
  } else if (const toml::array* array = from.as_array()) {
    to.kind = Kind::kArray;
    for (const toml::node& node : *array) to.items.push_back(Convert(node));
  } else {
    FillScalar(from, to);
  }
  return to;
}

}  // namespace

const TomlNode* TomlNode::Find(std::string_view name) const {
  const auto found = std::ranges::find(members, name, &Member::name);
  return found == members.end() ? nullptr : &found->node;
}

std::optional<TomlNode> ParseToml(std::string_view text, const std::string& source,
                                  Diagnostics& diagnostics) {
  if (DeepestKey(text) > kDeepestKey) {
    diagnostics.Add(Code::kTooDeep, {source, 0, 0, ""}, {std::to_string(kDeepestKey)});
    return std::nullopt;
  }
  const toml::parse_result result = toml::parse(text);
  if (!result) {
    const toml::source_position at = result.error().source().begin;
    diagnostics.Add(
        TomlFault(result.error().description(), {source, at.line, at.column, ""}, text));
    return std::nullopt;
  }
  return Convert(result.table());
}

}  // namespace dijia::rules

// TOML texts as trees that know where every value stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"

namespace dijia::rules {

struct TomlNode {
  enum class Kind : std::uint8_t { kTable, kArray, kText, kInteger, kFloat, kBoolean, kDate };
  struct Member;

  Kind kind = Kind::kTable;
  std::string text;  // of a text, date (ISO) or integer; "true" or "false"
  std::vector<Member> members;
  std::vector<TomlNode> items;
  std::uint64_t line = 0;
  std::uint32_t column = 0;

  // Null when there is none or this is not a table.
  const TomlNode* Find(std::string_view name) const;
};

struct TomlNode::Member {
  std::string name;
  TomlNode node;
};

// Members are in the order of the text. Nothing after a report when the text is not TOML.
std::optional<TomlNode> ParseToml(std::string_view text, const std::string& source,
                                  Diagnostics& diagnostics);

}  // namespace dijia::rules

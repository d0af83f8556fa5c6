// Reading the fields of a table of a pack: every problem reported at its line and column.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/citation.h"
#include "toml_document.h"

namespace dijia::rules {

class PackText {
 public:
  PackText(std::string source, Diagnostics& diagnostics)
      : source_(std::move(source)), diagnostics_(diagnostics) {}

  Location At(const TomlNode& node, std::string_view field = {}) const;
  void Report(Code code, const TomlNode& node, std::string_view field,
              std::vector<std::string> arguments) const;

  // Reports members that are none of `names`, with the nearest name; false when there was one.
  bool Only(const TomlNode& table, std::span<const std::string_view> names) const;

  // Fields; nothing after a report. A missing field is reported only when `required`.
  std::optional<std::string> Text(const TomlNode& table, std::string_view name,
                                  bool required = true) const;
  std::optional<bool> Flag(const TomlNode& table, std::string_view name) const;
  std::optional<std::int64_t> Integer(const TomlNode& table, std::string_view name,
                                      std::int64_t highest, bool required = true) const;
  // Decimals are written as texts, because a binary fraction is not the law's number.
  std::optional<std::int64_t> Decimal(const TomlNode& table, std::string_view name, int scale,
                                      bool required = true) const;
  std::optional<Days> Day(const TomlNode& table, std::string_view name, bool required) const;
  // `name_zh` and `name_en`.
  Bilingual Both(const TomlNode& table, std::string_view name, bool required = true) const;
  // `from` and `until`, which must not be empty or turned round.
  Period When(const TomlNode& table) const;
  // The tables of a `[[name]]`; none when it is missing.
  std::span<const TomlNode> Tables(const TomlNode& root, std::string_view name) const;
  std::span<const TomlNode> Items(const TomlNode& table, std::string_view name) const;

  // The index of a name in a list; reports an unknown one with the nearest.
  std::optional<std::size_t> Choice(const TomlNode& at, std::string_view word,
                                    std::span<const std::string_view> names) const;

  const std::string& source() const { return source_; }
  Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  const TomlNode* Field(const TomlNode& table, std::string_view name, bool required) const;

  std::string source_;
  Diagnostics& diagnostics_;
};

}  // namespace dijia::rules

// The way from a tree of values to our types: keeps the path for messages and reports everything
// that is wrong, so that all problems of a document are seen at once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "json/value.h"

namespace dijia::json {

// How a place inside a document is written.
enum class PathStyle : std::uint8_t {
  kPointer,  // /uses/residential/term_years (JSON)
  kDotted,   // uses.residential.term_years (TOML)
};

class Reader {
 public:
  Reader(std::string source, PathStyle style, Diagnostics& diagnostics)
      : source_(std::move(source)), style_(style), diagnostics_(diagnostics) {}

  // Reports that something is wrong with `value`, which stands at the present path.
  void Report(Code code, const Value& value, std::vector<std::string> arguments);

  // The scalars; nothing after a report when the value is of another kind or out of range.
  std::optional<std::string> Text(const Value& value);
  std::optional<bool> Boolean(const Value& value);
  std::optional<std::int64_t> Integer(const Value& value, std::int64_t low, std::int64_t high);
  std::optional<double> Double(const Value& value);
  // A decimal of at most `scale` places, as a number or as a text, in units of 10^-scale.
  std::optional<std::int64_t> Decimal(const Value& value, int scale);

  // The name of a member as a grade 1–255; 0 for `*`, every grade not listed.
  std::optional<int> GradeKey(const Value::Member& member);

  const Value::Object* Object(const Value& value);
  const Value::Array* Array(const Value& value);

  // Reports a name that is none of `names`, with the nearest of them.
  void ReportUnknownField(const Value::Member& member, std::span<const std::string_view> names);
  void ReportMissingField(const Value& object, std::string_view name);
  // Reports a text that is none of the codes of a closed list.
  void ReportUnknownChoice(const Value& value, std::span<const std::string_view> names);

  // The path with one more step, for as long as the object lives.
  class Step {
   public:
    Step(Reader& reader, std::string name) : reader_(reader) {
      reader_.path_.push_back(std::move(name));
    }
    Step(Reader& reader, std::size_t index) : Step(reader, std::to_string(index)) {}
    ~Step() { reader_.path_.pop_back(); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reader& reader_;
  };

 private:
  std::string Path() const;

  std::string source_;
  PathStyle style_;
  Diagnostics& diagnostics_;
  std::vector<std::string> path_;
};

}  // namespace dijia::json

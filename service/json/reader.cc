#include "json/reader.h"

#include <charconv>
#include <cmath>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"

namespace dijia::json {
namespace {

template <class Number>
std::optional<Number> FromText(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string Reader::Path() const {
  std::string path;
  for (const std::string& name : path_) {
    if (style_ == PathStyle::kDotted) {
      path += (path.empty() ? "" : ".") + name;
    } else {
      path = PointerTo(path, name);
    }
  }
  return path;
}

void Reader::Report(Code code, const Value& value, std::vector<std::string> arguments) {
  diagnostics_.Add(code, {source_, value.place.line, value.place.column, Path()},
                   std::move(arguments));
}

std::optional<std::string> Reader::Text(const Value& value) {
  if (const std::string* text = value.text()) return *text;
  Report(Code::kNotText, value, {value.Shown()});
  return std::nullopt;
}

std::optional<bool> Reader::Boolean(const Value& value) {
  if (const bool* flag = value.boolean()) return *flag;
  Report(Code::kNotABoolean, value, {value.Shown()});
  return std::nullopt;
}

std::optional<std::int64_t> Reader::Integer(const Value& value, std::int64_t low,
                                            std::int64_t high) {
  const Value::Number* number = value.number();
  const auto integer = number != nullptr ? FromText<std::int64_t>(number->text) : std::nullopt;
  if (integer && *integer >= low && *integer <= high) return integer;
  Report(Code::kNotAnInteger, value, {value.Shown(), std::to_string(low), std::to_string(high)});
  return std::nullopt;
}

std::optional<double> Reader::Double(const Value& value) {
  const Value::Number* number = value.number();
  const auto floating = number != nullptr ? FromText<double>(number->text) : std::nullopt;
  if (floating && std::isfinite(*floating)) return floating;
  Report(Code::kNotAPlainNumber, value, {value.Shown()});
  return std::nullopt;
}

std::optional<int> Reader::GradeKey(const Value::Member& member) {
  constexpr int kLargestGrade = 255;
  if (member.name == "*") return 0;
  const auto grade = FromText<int>(member.name);
  if (grade && *grade >= 1 && *grade <= kLargestGrade && std::to_string(*grade) == member.name) {
    return grade;
  }
  const Step step(*this, member.name);
  Report(Code::kNotAGradeKey, member.value, {member.name});
  return std::nullopt;
}

std::optional<std::int64_t> Reader::Decimal(const Value& value, int scale) {
  const std::string* text = value.text();
  if (text == nullptr && value.number() != nullptr) text = &value.number()->text;
  if (text == nullptr) {
    Report(Code::kNotADecimal, value, {value.Shown()});
    return std::nullopt;
  }
  const Result<std::int64_t> units = ParseDecimal(*text, scale);
  if (units) return *units;
  std::vector<std::string> arguments{*text};
  if (units.error().code == Code::kTooManyDecimals) arguments.push_back(std::to_string(scale));
  Report(units.error().code, value, std::move(arguments));
  return std::nullopt;
}

const Value::Object* Reader::Object(const Value& value) {
  if (const Value::Object* members = value.object()) return members;
  Report(Code::kNotAnObject, value, {value.Shown()});
  return nullptr;
}

const Value::Array* Reader::Array(const Value& value) {
  if (const Value::Array* items = value.array()) return items;
  Report(Code::kNotAList, value, {value.Shown()});
  return nullptr;
}

void Reader::ReportUnknownField(const Value::Member& member,
                                std::span<const std::string_view> names) {
  const Step step(*this, member.name);
  const std::string_view nearest = NearestName(member.name, names);
  if (nearest.empty()) {
    Report(Code::kUnknownField, member.value, {member.name, JoinNames(names)});
  } else {
    Report(Code::kMisspeltField, member.value, {member.name, std::string(nearest)});
  }
}

void Reader::ReportMissingField(const Value& object, std::string_view name) {
  const Step step(*this, std::string(name));
  Report(Code::kMissingField, object, {std::string(name)});
}

void Reader::ReportUnknownChoice(const Value& value, std::span<const std::string_view> names) {
  Report(Code::kUnknownChoice, value, {value.Shown(), JoinNames(names)});
}

}  // namespace dijia::json

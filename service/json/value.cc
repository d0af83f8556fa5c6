#include "json/value.h"

#include <array>
#include <charconv>
#include <cmath>

namespace dijia::json {
namespace {

// Digits and decimal exponent of the shortest text: "123", 2 is 1.23e2.
struct Shortest {
  std::string digits;
  int exponent = 0;
};

Shortest ShortestDigits(double magnitude) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Shortest shortest;
  for (const char c : text.substr(0, e)) {
    if (c != '.') shortest.digits += c;
  }
  const std::size_t sign = text[e + 1] == '+' ? 1 : 0;
  std::from_chars(text.data() + e + 1 + sign, text.data() + text.size(), shortest.exponent);
  return shortest;
}

// ECMAScript Number::toString: plain notation for 1e-7 < x < 1e21, else an exponent.
std::string FormatDouble(double number) {
  if (number == 0.0) return "0";
  const auto [digits, exponent] = ShortestDigits(std::abs(number));
  const std::string sign = number < 0 ? "-" : "";
  const int count = static_cast<int>(digits.size());
  if (exponent >= 21 || exponent < -6) {
    std::string text = sign + digits.substr(0, 1);
    if (count > 1) text += "." + digits.substr(1);
    return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
  }
  if (exponent < 0) {
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  if (count <= exponent + 1) {
    return sign + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
  }
  const auto point = static_cast<std::size_t>(exponent + 1);
  return sign + digits.substr(0, point) + "." + digits.substr(point);
}

// At most `characters` code points of UTF-8 text, with … where something was cut.
std::string Shorten(std::string_view text, std::size_t characters) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (starts && count++ == characters) return std::string(text.substr(0, i)) + "…";
  }
  return std::string(text);
}

}  // namespace

Value Value::Integer(std::int64_t number) { return Value(Number{std::to_string(number)}); }

Value Value::Unsigned(std::uint64_t number) { return Value(Number{std::to_string(number)}); }

Value Value::Double(double number) {
  return std::isfinite(number) ? Value(Number{FormatDouble(number)}) : Value();
}

Value& Value::ObjectAt(std::string_view name) {
  for (Member& member : *object()) {
    if (member.name == name) return member.value;
  }
  Add(name, Value(Object()));
  return object()->back().value;
}

const Value* Value::Find(std::string_view name) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

void Value::Add(std::string_view name, Value value) {
  std::get<Object>(content_).push_back({std::string(name), std::move(value)});
}

std::string Value::Shown() const {
  constexpr std::size_t kLongest = 60;
  if (const bool* flag = boolean()) return *flag ? "true" : "false";
  if (const Number* digits = number()) return Shorten(digits->text, kLongest);
  if (const std::string* characters = text()) return "\"" + Shorten(*characters, kLongest) + "\"";
  if (array() != nullptr) return "[…]";
  if (object() != nullptr) return "{…}";
  return "null";
}

}  // namespace dijia::json

#include "json/quick_json.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <utility>

namespace dijia::json {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr int kDeepest = 64;
constexpr std::size_t kLongest = 1024 * 1024;
// Larger objects are left to the slow way, which looks for doubled names in a table.
constexpr std::size_t kMostMembers = 256;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void SkipDigits(std::string_view& text) {
  while (!text.empty() && IsDigit(text.front())) text.remove_prefix(1);
}

// The grammar of RFC 8259 §6; simdjson does not look at numbers whose value nobody asks for.
bool IsNumber(std::string_view text) {
  if (text == "-0") return false;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || !IsDigit(text.front())) return false;
  const bool zero = text.front() == '0';
  text.remove_prefix(1);
  if (!zero) SkipDigits(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (text.empty() || !IsDigit(text.front())) return false;
    SkipDigits(text);
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (text.empty() || !IsDigit(text.front())) return false;
    SkipDigits(text);
  }
  return text.empty();
}

// False when the slow way has to look.
bool Read(ondemand::value value, int depth, Value& out);

bool ReadObject(ondemand::value value, int depth, Value& out) {
  ondemand::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return false;
  Value::Object members;
  members.reserve(16);
  for (auto each : object) {
    ondemand::field field;
    std::string_view name;
    if (std::move(each).get(field) != simdjson::SUCCESS) return false;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS) return false;
    const bool doubled = std::ranges::find(members, name, &Value::Member::name) != members.end();
    if (doubled || members.size() == kMostMembers) return false;
    members.push_back({std::string(name), Value()});
    if (!Read(field.value(), depth + 1, members.back().value)) return false;
  }
  out = Value(std::move(members));
  return true;
}

bool ReadArray(ondemand::value value, int depth, Value& out) {
  ondemand::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return false;
  Value::Array items;
  for (auto each : array) {
    ondemand::value item;
    if (std::move(each).get(item) != simdjson::SUCCESS) return false;
    if (!Read(item, depth + 1, items.emplace_back())) return false;
  }
  out = Value(std::move(items));
  return true;
}

bool ReadNumber(ondemand::value value, Value& out) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && std::string_view(" \t\r\n").find(token.back()) != token.npos) {
    token.remove_suffix(1);
  }
  if (!IsNumber(token)) return false;
  // The slow way gives up on numbers that no double can hold.
  double as_double = 0;
  if (value.get_double().get(as_double) != simdjson::SUCCESS) return false;
  out = Value(Value::Number{std::string(token)});
  return true;
}

bool Read(ondemand::value value, int depth, Value& out) {
  ondemand::json_type type{};
  if (depth > kDeepest || value.type().get(type) != simdjson::SUCCESS) return false;
  switch (type) {
    case ondemand::json_type::object:
      return ReadObject(value, depth, out);
    case ondemand::json_type::array:
      return ReadArray(value, depth, out);
    case ondemand::json_type::number:
      return ReadNumber(value, out);
    case ondemand::json_type::string: {
      std::string_view text;
      if (value.get_string().get(text) != simdjson::SUCCESS) return false;
      out = Value::Text(text);
      return true;
    }
    case ondemand::json_type::boolean: {
      bool flag = false;
      if (value.get_bool().get(flag) != simdjson::SUCCESS) return false;
      out = Value(flag);
      return true;
    }
    case ondemand::json_type::null: {
      bool null = false;
      if (simdjson::simdjson_result<bool>(value.is_null()).get(null) != simdjson::SUCCESS) {
        return false;
      }
      return null;
    }
  }
  return false;
}

}  // namespace

std::optional<Value> ParseQuickly(std::string_view text) {
  thread_local ondemand::parser parser;
  thread_local std::string padded;
  if (text.size() > kLongest || text.starts_with("\xEF\xBB\xBF")) return std::nullopt;
  padded.assign(text);
  padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  ondemand::document document;
  ondemand::value root;
  Value value;
  const bool read =
      parser.iterate(padded.data(), text.size(), padded.capacity() + 1).get(document) ==
          simdjson::SUCCESS &&
      document.get_value().get(root) == simdjson::SUCCESS && Read(root, 1, value) &&
      document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (!read) return std::nullopt;
  return value;
}

}  // namespace dijia::json

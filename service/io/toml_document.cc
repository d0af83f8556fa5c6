#include "io/toml_document.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/key_depth.h"
#include "dijia/base/toml_fault.h"
#include "toml_plus_plus.h"

namespace dijia::io {
namespace {

using json::Place;
using json::Value;

Place PlaceOf(const toml::source_region& region) {
  return {region.begin.line, region.begin.column};
}

// Finds the text of a number again, because toml++ keeps only its double.
class NumberTexts {
 public:
  explicit NumberTexts(std::string_view text) : text_(text) {
    line_starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') line_starts_.push_back(i + 1);
    }
  }

  // The number that begins at a place, without the underscores and plus sign that TOML allows.
  std::string At(const toml::source_position& position) const {
    std::string digits;
    for (std::size_t i = OffsetOf(position); i < text_.size(); ++i) {
      const char c = text_[i];
      const bool belongs = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'E' ||
                           c == '.' || c == '-' || c == '+' || c == '_';
      if (!belongs) break;
      const bool leading_plus = c == '+' && digits.empty();
      if (c != '_' && !leading_plus) digits += c;
    }
    return digits;
  }

 private:
  // Columns count characters, not bytes.
  std::size_t OffsetOf(const toml::source_position& position) const {
    std::size_t offset = line_starts_[position.line - 1];
    if (position.line == 1 && text_.starts_with("\xEF\xBB\xBF")) offset += 3;
    for (toml::source_index column = 1; column < position.column; ++column) {
      ++offset;
      while (offset < text_.size() &&
             (static_cast<unsigned char>(text_[offset]) & 0xC0U) == 0x80U) {
        ++offset;
      }
    }
    return offset;
  }

  std::string_view text_;
  std::vector<std::size_t> line_starts_;
};

Value Convert(const toml::node& node, const NumberTexts& numbers);

Value ConvertTable(const toml::table& table, const NumberTexts& numbers) {
  Value object{Value::Object()};
  for (const auto& [key, node] : table) {
    Value value = Convert(node, numbers);
    value.place = PlaceOf(key.source());
    object.Add(key.str(), std::move(value));
  }
  return object;
}

Value ConvertArray(const toml::array& array, const NumberTexts& numbers) {
  Value::Array items;
  for (const toml::node& node : array) items.push_back(Convert(node, numbers));
  return Value(std::move(items));
}

// Dates and times as the text that stands in the file, near enough for ISO dates and for messages.
template <class Time>
Value ConvertTime(const Time& time) {
  std::ostringstream text;
  text << time;
  return Value(text.str());
}

Value ConvertScalar(const toml::node& node, const NumberTexts& numbers) {
  if (const auto* text = node.as_string()) return Value(text->get());
  if (const auto* integer = node.as_integer()) return Value::Integer(integer->get());
  if (node.is_floating_point()) return Value(Value::Number{numbers.At(node.source().begin)});
  if (const auto* flag = node.as_boolean()) return Value(flag->get());
  if (const auto* date = node.as_date()) return ConvertTime(date->get());
  if (const auto* time = node.as_time()) return ConvertTime(time->get());
  if (const auto* date_time = node.as_date_time()) return ConvertTime(date_time->get());
  return Value();
}

Value Convert(const toml::node& node, const NumberTexts& numbers) {
  Value value;
  if (const toml::table* table = node.as_table()) {
    value = ConvertTable(*table, numbers);
  } else if (const toml::array* array = node.as_array()) {
    value = ConvertArray(*array, numbers);
  } else {
    value = ConvertScalar(node, numbers);
  }
  value.place = PlaceOf(node.source());
  return value;
}

// What `name` names inside a value: a member, or an element by its position from 0.
const Value* Inside(const Value& value, std::string_view name) {
  if (const Value* member = value.Find(name)) return member;
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), position);
  const bool whole = error == std::errc() && end == name.data() + name.size();
  const Value::Array* items = value.array();
  return whole && items != nullptr && position < items->size() ? &(*items)[position] : nullptr;
}

// The value that a path such as `uses.residential.conditions.far` names, and whether all of the
// path exists; if not, the nearest table around it.
std::pair<const Value*, bool> ValueAt(const Value& root, std::string_view path) {
  const Value* value = &root;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    const Value* member = Inside(*value, path.substr(0, end));
    if (member == nullptr) return {value, false};
    value = member;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return {value, true};
}

// A key of a use may stand in the tables for all uses instead: `screening.mad_limit` for
// `uses.residential.screening.mad_limit`.
Place PlaceOfPath(const Value& root, std::string_view path) {
  const auto [value, exists] = ValueAt(root, path);
  if (!exists && path.starts_with("uses.")) {
    const std::size_t inside = path.find('.', path.find('.') + 1);
    const auto [shared, stands] = ValueAt(root, path.substr(std::min(inside + 1, path.size())));
    if (stands && inside != std::string_view::npos) return shared->place;
  }
  return value->place;
}

}  // namespace

std::optional<Value> ParseToml(std::string_view text, const std::string& source,
                               Diagnostics& diagnostics) {
  if (DeepestKey(text) > kDeepestKey) {
    diagnostics.Add(Code::kTooDeep, {source, 0, 0, ""}, {std::to_string(kDeepestKey)});
    return std::nullopt;
  }
  const toml::parse_result result = toml::parse(text);
  if (result) return Convert(result.table(), NumberTexts(text));
  const toml::source_position at = result.error().source().begin;
  diagnostics.Add(TomlFault(result.error().description(), {source, at.line, at.column, ""}, text));
  return std::nullopt;
}

void AppendPlaced(const Diagnostics& broken, const Value& root, const std::string& source,
                  Diagnostics& diagnostics) {
  for (Diagnostic diagnostic : broken.kept()) {
    const Place place = PlaceOfPath(root, diagnostic.where.field);
    diagnostic.where.source = source;
    diagnostic.where.row = place.line;
    diagnostic.where.column = place.column;
    diagnostics.Add(std::move(diagnostic));
  }
}

void AppendInFileOrder(const Diagnostics& found, Diagnostics& diagnostics) {
  std::vector<Diagnostic> sorted = found.kept();
  std::ranges::stable_sort(sorted, {}, [](const Diagnostic& diagnostic) {
    return std::pair(diagnostic.where.row, diagnostic.where.column);
  });
  for (Diagnostic& diagnostic : sorted) diagnostics.Add(std::move(diagnostic));
}

}  // namespace dijia::io

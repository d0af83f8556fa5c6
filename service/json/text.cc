#include "json/text.h"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "dijia/base/codes.h"
#include "json/quick_json.h"

namespace dijia::json {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLineWidth = 100;

Place PlaceOf(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto starts_character = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  };
  Place place;
  place.line = 1 + static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
  place.column = static_cast<std::uint32_t>(
      1 + std::ranges::count_if(before.substr(line_start), starts_character));
  return place;
}

// Builds the tree from the events of the parser, which is the only one who sees the text of a
// number and both of two equal names.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, const std::string& source, Diagnostics& diagnostics)
      : text_(text), source_(source), diagnostics_(diagnostics) {}

  bool null() { return Put(Value()); }
  bool boolean(bool flag) { return Put(Value(flag)); }
  bool number_integer(std::int64_t number) { return Put(Value::Integer(number)); }
  bool number_unsigned(std::uint64_t number) { return Put(Value::Unsigned(number)); }
  bool number_float(double, const std::string& digits) { return Put(Value(Value::Number{digits})); }
  bool string(std::string& characters) { return Put(Value(std::move(characters))); }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // not in JSON texts
  bool start_object(std::size_t) { return Open(Value(Value::Object())); }
  bool end_object() { return Close(); }
  bool start_array(std::size_t) { return Open(Value(Value::Array())); }
  bool end_array() { return Close(); }

  bool key(std::string& name) {
    if (!names_.back().insert(name).second) {
      diagnostics_.Add(Code::kDuplicateField, {source_, 0, 0, PathTo(name)}, {name});
      failed_ = true;
    }
    open_.back().object()->push_back({std::move(name), Value()});
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception&) {
    const Place place = PlaceOf(text_, position > 0 ? position - 1 : 0);
    diagnostics_.Add(Code::kNotJson, {source_, place.line, place.column, ""},
                     {Value::Text(token).Shown()});
    return false;
  }

  std::optional<Value> Take() {
    if (failed_) return std::nullopt;
    return std::move(root_);
  }

 private:
  bool Put(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Value::Array* items = open_.back().array()) {
      items->push_back(std::move(value));
    } else {
      open_.back().object()->back().value = std::move(value);
    }
    return true;
  }

  bool Open(Value value) {
    if (open_.size() == kDeepest) {
      diagnostics_.Add(Code::kTooDeep, {source_, 0, 0, ""}, {std::to_string(kDeepest)});
      return false;
    }
    open_.push_back(std::move(value));
    names_.emplace_back();
    return true;
  }

  bool Close() {
    Value value = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return Put(std::move(value));
  }

  // The JSON pointer of a member of the innermost object.
  std::string PathTo(const std::string& name) const {
    std::string path;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      const Value& level = open_[i];
      path += "/" + (level.array() != nullptr ? std::to_string(level.array()->size())
                                              : level.object()->back().name);
    }
    return path + "/" + name;
  }

  std::string_view text_;
  const std::string& source_;
  Diagnostics& diagnostics_;
  std::vector<Value> open_;  // containers from the outermost to the innermost
  std::vector<std::unordered_set<std::string>> names_;  // of each, seen so far
  std::optional<Value> root_;
  bool failed_ = false;
};

// A character that cannot stand in a text as it is.
void AppendEscape(char c, std::string& out) {
  static constexpr std::pair<char, char> kShort[] = {
      {'"', '"'}, {'\\', '\\'}, {'\b', 'b'}, {'\f', 'f'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}};
  const auto found = std::ranges::find(kShort, c, &std::pair<char, char>::first);
  if (found == std::end(kShort)) return AppendEscaped(static_cast<unsigned char>(c), out);
  out += '\\';
  out += found->second;
}

bool AppendScalar(const Value& value, std::string& out) {
  if (const std::string* text = value.text()) {
    AppendString(*text, out);
  } else if (const Value::Number* number = value.number()) {
    out += number->text;
  } else if (const bool* flag = value.boolean()) {
    out += *flag ? "true" : "false";
  } else if (value.is_null()) {
    out += "null";
  } else {
    return false;
  }
  return true;
}

// UTF-16 order of UTF-8 texts: bytes, except that characters beyond U+FFFF (lead byte F0 and above,
// in UTF-16 surrogates D800–DFFF) come before U+E000–U+FFFF (lead bytes EE and EF).
bool Utf16Less(std::string_view a, std::string_view b) {
  const auto [left, right] = std::ranges::mismatch(a, b);
  if (left == a.end() || right == b.end()) return right != b.end();
  const auto x = static_cast<unsigned char>(*left);
  const auto y = static_cast<unsigned char>(*right);
  if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0)) return x >= 0xF0;
  return x < y;
}

void AppendCanonical(const Value& value, std::string& out) {
  if (AppendScalar(value, out)) return;
  if (const Value::Array* items = value.array()) {
    out += '[';
    for (const Value& item : *items) {
      if (&item != &items->front()) out += ',';
      AppendCanonical(item, out);
    }
    out += ']';
    return;
  }
  std::vector<const Value::Member*> members;
  for (const Value::Member& member : *value.object()) members.push_back(&member);
  std::ranges::sort(members, [](const Value::Member* a, const Value::Member* b) {
    return Utf16Less(a->name, b->name);
  });
  out += '{';
  for (const Value::Member* member : members) {
    if (member != members.front()) out += ',';
    AppendString(member->name, out);
    out += ':';
    AppendCanonical(member->value, out);
  }
  out += '}';
}

// The value on one line: `{"grade": 1, "price": "790"}`.
void AppendFlat(const Value& value, std::string& out) {
  if (AppendScalar(value, out)) return;
  if (const Value::Array* items = value.array()) {
    out += '[';
    for (const Value& item : *items) {
      if (&item != &items->front()) out += ", ";
      AppendFlat(item, out);
    }
    out += ']';
    return;
  }
  const Value::Object& members = *value.object();
  out += '{';
  for (const Value::Member& member : members) {
    if (&member != &members.front()) out += ", ";
    AppendString(member.name, out);
    out += ": ";
    AppendFlat(member.value, out);
  }
  out += '}';
}

// Containers deeper than one level, or too long for a line, are broken; what is empty cannot be.
bool IsFlat(const Value& value, std::size_t used) {
  const auto scalar = [](const Value& item) {
    return item.array() == nullptr && item.object() == nullptr;
  };
  if (const Value::Array* items = value.array()) {
    if (!std::ranges::all_of(*items, scalar)) return false;
  } else if (const Value::Object* members = value.object()) {
    if (!std::ranges::all_of(*members, scalar, &Value::Member::value)) return false;
  }
  std::string line;
  AppendFlat(value, line);
  constexpr std::size_t kEmpty = 2;
  return line.size() <= kEmpty || used + line.size() <= kLineWidth;
}

void AppendPretty(const Value& value, std::size_t indent, std::size_t used, std::string& out) {
  if (AppendScalar(value, out)) return;
  if (IsFlat(value, used)) {
    AppendFlat(value, out);
    return;
  }
  const std::string margin(indent + 2, ' ');
  if (const Value::Array* items = value.array()) {
    for (const Value& item : *items) {
      out += (&item == &items->front() ? "[\n" : ",\n") + margin;
      AppendPretty(item, indent + 2, indent + 2, out);
    }
    out += "\n" + std::string(indent, ' ') + "]";
    return;
  }
  if (const Value::Object* members = value.object()) {
    for (const Value::Member& member : *members) {
      out += (&member == &members->front() ? "{\n" : ",\n") + margin;
      AppendString(member.name, out);
      out += ": ";
      AppendPretty(member.value, indent + 2, indent + 4 + member.name.size(), out);
    }
    out += "\n" + std::string(indent, ' ') + "}";
  }
}

}  // namespace

void AppendString(std::string_view text, std::string& out) {
  const std::size_t quote = out.size();
  out += '"';
  std::size_t begin = 0;  // of what is copied as it is
  unsigned seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    seen |= static_cast<unsigned char>(c);
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, begin, i - begin);
    begin = i + 1;
    AppendEscape(c, out);
  }
  out.append(text, begin);
  out += '"';
  if (seen < 0x80 || simdjson::validate_utf8(text.data(), text.size())) return;
  out.resize(quote);
  out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<Value> ParseJson(std::string_view text, const std::string& source,
                               Diagnostics& diagnostics) {
  if (std::optional<Value> quick = ParseQuickly(text)) return quick;
  TreeBuilder builder(text, source, diagnostics);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return builder.Take();
}

void AppendEscaped(unsigned char control, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += "\\u00";
  out += kHex[control >> 4U];
  out += kHex[control & 0xFU];
}

std::string ToCanonical(const Value& value) {
  std::string out;
  AppendCanonical(value, out);
  return out;
}

std::string ToLine(const Value& value) {
  std::string out;
  AppendFlat(value, out);
  return out;
}

std::string ToPretty(const Value& value) {
  std::string out;
  AppendPretty(value, 0, 0, out);
  return out + "\n";
}

}  // namespace dijia::json

#include "io/toml_text.h"

#include <algorithm>
#include <string_view>

#include "json/text.h"

namespace dijia::io {
namespace {

using json::Value;

constexpr std::size_t kLineWidth = 100;

void AppendString(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      json::AppendEscaped(byte, out);
    } else {
      out += c;
    }
  }
  out += '"';
}

void AppendKey(std::string_view name, std::string& out) {
  const bool bare = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  if (bare) {
    out += name;
  } else {
    AppendString(name, out);
  }
}

void AppendInline(const Value& value, std::string& out);

void AppendItems(const Value::Array& items, std::string& out) {
  std::string_view separator;
  out += '[';
  for (const Value& item : items) {
    if (item.is_null()) continue;
    out += separator;
    AppendInline(item, out);
    separator = ", ";
  }
  out += ']';
}

void AppendMembers(const Value::Object& members, std::string& out) {
  std::string_view separator = " ";
  out += '{';
  for (const Value::Member& member : members) {
    if (member.value.is_null()) continue;
    out += separator;
    AppendKey(member.name, out);
    out += " = ";
    AppendInline(member.value, out);
    separator = ", ";
  }
  out += " }";
}

void AppendInline(const Value& value, std::string& out) {
  if (const std::string* text = value.text()) {
    AppendString(*text, out);
  } else if (const Value::Number* number = value.number()) {
    out += number->text;
  } else if (const bool* flag = value.boolean()) {
    out += *flag ? "true" : "false";
  } else if (const Value::Array* items = value.array()) {
    AppendItems(*items, out);
  } else if (const Value::Object* members = value.object()) {
    AppendMembers(*members, out);
  }
}

bool IsSection(const Value::Member& member) {
  const Value::Object* members = member.value.object();
  if (members == nullptr) return false;
  const bool has_objects = std::ranges::any_of(*members, [](const Value::Member& inner) {
    return inner.value.object() != nullptr || inner.value.array() != nullptr;
  });
  if (has_objects) return true;
  std::string line;
  AppendInline(member.value, line);
  return member.name.size() + line.size() > kLineWidth;
}

// A table of nothing but tables is implied by the headers of those.
bool NeedsHeader(const Value& table) {
  return table.object()->empty() || !std::ranges::all_of(*table.object(), IsSection);
}

void AppendTable(const Value& table, const std::string& path, std::string& out) {
  for (const Value::Member& member : *table.object()) {
    if (member.value.is_null() || IsSection(member)) continue;
    AppendKey(member.name, out);
    out += " = ";
    AppendInline(member.value, out);
    out += '\n';
  }
  for (const Value::Member& member : *table.object()) {
    if (!IsSection(member)) continue;
    std::string inner = path.empty() ? path : path + ".";
    AppendKey(member.name, inner);
    if (NeedsHeader(member.value)) out += "\n[" + inner + "]\n";
    AppendTable(member.value, inner, out);
  }
}

}  // namespace

std::string ToToml(const Value& root) {
  std::string out;
  AppendTable(root, "", out);
  return out;
}

}  // namespace dijia::io

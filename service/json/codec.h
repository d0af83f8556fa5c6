// How the types that documents are made of are read and written: scalars, exact quantities, closed
// lists, and lists and maps of them.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/base/enum_table.h"
#include "dijia/coefficient.h"
#include "json/field.h"
#include "json/reader.h"
#include "json/value.h"

namespace dijia::json {

// The scalars.

template <>
struct Codec<std::string> {
  static void Read(Reader& reader, const Value& value, std::string& out) {
    if (auto text = reader.Text(value)) out = std::move(*text);
  }
  static Value Write(const std::string& in) { return Value(in); }
};

template <>
struct Codec<bool> {
  static void Read(Reader& reader, const Value& value, bool& out) {
    if (const auto flag = reader.Boolean(value)) out = *flag;
  }
  static Value Write(bool in) { return Value(in); }
};

template <>
struct Codec<int> {
  static void Read(Reader& reader, const Value& value, int& out) {
    constexpr int kLargest = std::numeric_limits<int>::max();
    if (const auto number = reader.Integer(value, 0, kLargest)) out = static_cast<int>(*number);
  }
  static Value Write(int in) { return Value::Integer(in); }
};

template <>
struct Codec<std::uint64_t> {
  static void Read(Reader& reader, const Value& value, std::uint64_t& out) {
    // Beyond 2^53 JSON readers that hold numbers as doubles would change it.
    constexpr std::int64_t kLargest = std::int64_t{1} << 53U;
    if (const auto number = reader.Integer(value, 0, kLargest)) {
      out = static_cast<std::uint64_t>(*number);
    }
  }
  static Value Write(std::uint64_t in) { return Value::Unsigned(in); }
};

template <>
struct Codec<double> {
  static void Read(Reader& reader, const Value& value, double& out) {
    if (const auto number = reader.Double(value)) out = *number;
  }
  static Value Write(double in) { return Value::Double(in); }
};

template <class Unit, int Scale>
struct Codec<Quantity<Unit, Scale>> {
  static void Read(Reader& reader, const Value& value, Quantity<Unit, Scale>& out) {
    if (const auto units = reader.Decimal(value, Scale)) {
      out = Quantity<Unit, Scale>::FromUnits(*units);
    }
  }
  static Value Write(Quantity<Unit, Scale> in) { return Value(in.ToString()); }
};

template <>
struct Codec<Date> {
  static void Read(Reader& reader, const Value& value, Date& out) {
    const auto text = reader.Text(value);
    if (!text) return;
    if (const Result<Date> date = ParseDate(*text)) {
      out = *date;
    } else {
      reader.Report(date.error().code, value, {*text});
    }
  }
  static Value Write(Date in) { return Value(FormatDate(in)); }
};

template <class Enum>
requires std::is_enum_v<Enum>
struct Codec<Enum> {
  static std::vector<std::string_view> Names() {
    std::vector<std::string_view> names;
    for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) names.push_back(row.code);
    return names;
  }
  static void Read(Reader& reader, const Value& value, Enum& out) {
    const auto text = reader.Text(value);
    if (!text) return;
    if (const auto chosen = FromCode<Enum>(*text)) {
      out = *chosen;
    } else {
      reader.ReportUnknownChoice(value, Names());
    }
  }
  static Value Write(Enum in) { return Value::Text(CodeOf(in)); }
};

// The composites.

template <class T>
struct Codec<std::optional<T>> {
  static void Read(Reader& reader, const Value& value, std::optional<T>& out) {
    out.reset();
    if (!value.is_null()) Codec<T>::Read(reader, value, out.emplace());
  }
  static Value Write(const std::optional<T>& in) { return in ? Codec<T>::Write(*in) : Value(); }
};

template <class T>
struct Codec<std::vector<T>> {
  static void Read(Reader& reader, const Value& value, std::vector<T>& out) {
    const Value::Array* items = reader.Array(value);
    if (items == nullptr) return;
    out.clear();
    for (const Value& item : *items) {
      const Reader::Step step(reader, out.size());
      Codec<T>::Read(reader, item, out.emplace_back());
    }
  }
  static Value Write(const std::vector<T>& in) {
    Value::Array items;
    for (const T& item : in) items.push_back(Codec<T>::Write(item));
    return Value(std::move(items));
  }
};

// How the key of a map is written. `Parse` reports and gives nothing for a text that is no key.
template <class K>
struct KeyCodec;

template <>
struct KeyCodec<std::string> {
  static std::optional<std::string> Parse(Reader&, const Value::Member& member) {
    return member.name;
  }
  static std::string Format(const std::string& key) { return key; }
};

// Grades 1–255; `*` is 0, every grade not listed.
template <>
struct KeyCodec<int> {
  static std::optional<int> Parse(Reader& reader, const Value::Member& member) {
    return reader.GradeKey(member);
  }
  static std::string Format(int grade) { return dijia::GradeKey(grade); }
};

template <class Enum>
requires std::is_enum_v<Enum>
struct KeyCodec<Enum> {
  static std::optional<Enum> Parse(Reader& reader, const Value::Member& member) {
    const auto key = FromCode<Enum>(member.name);
    if (!key) reader.ReportUnknownField(member, Codec<Enum>::Names());
    return key;
  }
  static std::string Format(Enum key) { return std::string(CodeOf(key)); }
};

template <class K, class V>
struct Codec<std::map<K, V>> {
  static void Read(Reader& reader, const Value& value, std::map<K, V>& out) {
    const Value::Object* members = reader.Object(value);
    if (members == nullptr) return;
    out.clear();
    for (const Value::Member& member : *members) {
      const std::optional<K> key = KeyCodec<K>::Parse(reader, member);
      if (!key) continue;
      const Reader::Step step(reader, member.name);
      Codec<V>::Read(reader, member.value, out[*key]);
    }
  }
  static Value Write(const std::map<K, V>& in) {
    Value object{Value::Object()};
    for (const auto& [key, value] : in) {
      object.Add(KeyCodec<K>::Format(key), Codec<V>::Write(value));
    }
    return object;
  }
};

}  // namespace dijia::json

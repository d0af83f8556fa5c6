// Types described by tables of fields: one table reads, writes and documents a type, so that the
// three cannot disagree.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "json/reader.h"

namespace dijia::json {

enum class Presence : std::uint8_t {
  kRequired,
  kOptional,      // absent = the default; always written
  kUnlessAbsent,  // absent = none; written only when there is something
};

// One field of an Owner. `read` replaces the present value, which is the default or, for layered
// documents, the value of the layer below.
template <class Owner>
struct Field {
  std::string_view name;
  Presence presence = Presence::kOptional;
  std::string_view meaning;  // for the generated documentation: unit, range, what it does
  void (*read)(Reader& reader, const Value& value, Owner& owner) = nullptr;
  Value (*write)(const Owner& owner) = nullptr;  // null = absent
};

// The fields of a type, in the order in which they are written. Specialise with
// `static std::span<const Field<T>> Table()`.
template <class T>
struct FieldsOf;

// How a type is read and written. `Read` leaves `out` as it is after a report.
template <class T>
struct Codec {
  static void Read(Reader& reader, const Value& value, T& out) {
    ReadFields(reader, value, FieldsOf<T>::Table(), out);
  }
  static Value Write(const T& in) { return WriteFields(FieldsOf<T>::Table(), in); }
};

template <class Owner>
std::vector<std::string_view> NamesOf(std::span<const Field<Owner>> fields) {
  std::vector<std::string_view> names;
  for (const Field<Owner>& field : fields) names.push_back(field.name);
  return names;
}

template <class Owner>
void ReadFields(Reader& reader, const Value& value, std::span<const Field<Owner>> fields,
                Owner& out) {
  const Value::Object* members = reader.Object(value);
  if (members == nullptr) return;
  for (const Value::Member& member : *members) {
    const auto field = std::ranges::find(fields, member.name, &Field<Owner>::name);
    if (field == fields.end()) {
      reader.ReportUnknownField(member, NamesOf(fields));
    } else {
      const Reader::Step step(reader, member.name);
      field->read(reader, member.value, out);
    }
  }
  for (const Field<Owner>& field : fields) {
    const bool missing = field.presence == Presence::kRequired && value.Find(field.name) == nullptr;
    if (missing) reader.ReportMissingField(value, field.name);
  }
}

template <class Owner>
Value WriteFields(std::span<const Field<Owner>> fields, const Owner& in) {
  Value object{Value::Object()};
  for (const Field<Owner>& field : fields) {
    Value value = field.write(in);
    const bool nothing = value.is_null() || (value.array() != nullptr && value.array()->empty()) ||
                         (value.object() != nullptr && value.object()->empty()) ||
                         (value.text() != nullptr && value.text()->empty());
    if (field.presence == Presence::kUnlessAbsent && nothing) continue;
    object.Add(field.name, std::move(value));
  }
  return object;
}

template <class Owner, class Member>
Owner OwnerOf(Member Owner::*);
template <class Owner, class Member>
Member MemberOf(Member Owner::*);

// The field that is a member of a struct.
template <auto kMember>
constexpr auto Key(std::string_view name, Presence presence, std::string_view meaning) {
  using Owner = decltype(OwnerOf(kMember));
  using Member = decltype(MemberOf(kMember));
  return Field<Owner>{name, presence, meaning,
                      [](Reader& reader, const Value& value, Owner& owner) {
                        Codec<Member>::Read(reader, value, owner.*kMember);
                      },
                      [](const Owner& owner) { return Codec<Member>::Write(owner.*kMember); }};
}

}  // namespace dijia::json

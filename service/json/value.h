// A document as a tree: what JSON and TOML texts become before they are turned into our types, and
// what our types become before they are written. Numbers keep their own text, so that exact
// decimals never pass through a double.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace dijia::json {

// A place in the source text, both counted from 1; 0 = not known.
struct Place {
  std::uint64_t line = 0;
  std::uint32_t column = 0;
};

class Value {
 public:
  struct Number {
    std::string text;
  };
  struct Member;
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;  // in the order of the text or of the writer

  Value();  // null
  explicit Value(bool flag);
  explicit Value(std::string text);
  explicit Value(const char*) = delete;  // would be a bool
  explicit Value(Number number);
  explicit Value(Array items);
  explicit Value(Object members);

  static Value Integer(std::int64_t number);
  static Value Unsigned(std::uint64_t number);
  // The shortest text that reads back as `number`, as ECMAScript prints it (RFC 8785 §3.2.2.3);
  // null for NaN and infinities, which JSON does not have.
  static Value Double(double number);
  static Value Text(std::string_view text);

  bool is_null() const;
  // Null when the value is of another kind.
  const bool* boolean() const;
  const std::string* text() const;
  const Number* number() const;
  const Array* array() const;
  Array* array();
  const Object* object() const;
  Object* object();

  // The member of an object; null when there is none or the value is not an object.
  const Value* Find(std::string_view name) const;
  // Adds a member. Precondition: the value is an object.
  void Add(std::string_view name, Value value);
  // The member of that name, added as an empty object when there is none. The same precondition.
  Value& ObjectAt(std::string_view name);

  // A short form for messages: the text of a scalar, "[…]", "{…}"; at most 60 characters.
  std::string Shown() const;

  Place place;

 private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> content_;
};

struct Value::Member {
  std::string name;
  Value value;
};

// Bodies stand here because they need the member type whole.
inline Value::Value() = default;
inline Value::Value(bool flag) : content_(flag) {}
inline Value::Value(std::string text) : content_(std::move(text)) {}
inline Value::Value(Number number) : content_(std::move(number)) {}
inline Value::Value(Array items) : content_(std::move(items)) {}
inline Value::Value(Object members) : content_(std::move(members)) {}
inline Value Value::Text(std::string_view text) { return Value(std::string(text)); }
inline bool Value::is_null() const { return std::holds_alternative<std::monostate>(content_); }
inline const bool* Value::boolean() const { return std::get_if<bool>(&content_); }
inline const std::string* Value::text() const { return std::get_if<std::string>(&content_); }
inline const Value::Number* Value::number() const { return std::get_if<Number>(&content_); }
inline const Value::Array* Value::array() const { return std::get_if<Array>(&content_); }
inline Value::Array* Value::array() { return std::get_if<Array>(&content_); }
inline const Value::Object* Value::object() const { return std::get_if<Object>(&content_); }
inline Value::Object* Value::object() { return std::get_if<Object>(&content_); }

}  // namespace dijia::json

// JSON documents held against JSON schemas.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "http/served.h"

namespace dijia::test {

inline bool TakesNull(const json::Value& schema) {
  const json::Value* type = schema.Find("type");
  return type != nullptr && type->array() != nullptr &&
         std::ranges::any_of(*type->array(), [](const json::Value& one) {
           return one.text() != nullptr && *one.text() == "null";
         });
}

// The part of JSON Schema that our schemas use.
inline void Validate(const json::Value& value, const json::Value& schema,
                     const json::Value& schemas, const std::string& where) {
  if (const std::string reference = TextAt(schema, "$ref"); !reference.empty()) {
    const json::Value* target = schemas.Find(reference.substr(reference.rfind('/') + 1));
    ASSERT_NE(target, nullptr) << reference;
    return Validate(value, *target, schemas, where);
  }
  if (const json::Value* choices = schema.Find("enum")) {
    const auto same = [&](const json::Value& choice) {
      return json::ToCanonical(choice) == json::ToCanonical(value);
    };
    EXPECT_TRUE(std::ranges::any_of(*choices->array(), same)) << where << " " << value.Shown();
  }
  if (const json::Value* items = schema.Find("items");
      items != nullptr && value.array() != nullptr) {
    for (const json::Value& item : *value.array()) Validate(item, *items, schemas, where + "/*");
  }
  const json::Value* properties = schema.Find("properties");
  if (properties == nullptr || (value.is_null() && TakesNull(schema))) return;
  ASSERT_NE(value.object(), nullptr) << where;
  if (const json::Value* required = schema.Find("required")) {
    for (const json::Value& name : *required->array()) {
      EXPECT_NE(value.Find(*name.text()), nullptr) << where << " lacks " << *name.text();
    }
  }
  for (const json::Value::Member& member : *value.object()) {
    const json::Value* property = properties->Find(member.name);
    EXPECT_NE(property, nullptr) << where << " has an undescribed " << member.name;
    if (property != nullptr) Validate(member.value, *property, schemas, where + "/" + member.name);
  }
}

}  // namespace dijia::test

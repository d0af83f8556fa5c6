// The keys of plans as their documentation lists them.
#pragma once

#include <string>
#include <vector>

#include "json/field.h"
#include "json/plan_codec.h"
#include "json/text.h"

namespace dijia::json {

// Appends the keys of a table of the plan, each behind `section`.
template <class T>
void AddKeys(const std::string& section, std::vector<PlanKey>& keys) {
  for (const Field<T>& field : FieldsOf<T>::Table()) {
    PlanKey key{section + std::string(field.name), "", std::string(field.meaning)};
    if (field.presence == Presence::kRequired) {
      key.fallback = "required";
    } else if (field.presence == Presence::kUnlessAbsent) {
      key.fallback = "none";
    } else if (const Value value = field.write(T()); value.object() == nullptr) {
      key.fallback = ToCanonical(value);
    }
    keys.push_back(std::move(key));
  }
}

}  // namespace dijia::json

// The fields of a document for descriptions, from the tables that read it.
#pragma once

#include <string_view>
#include <vector>

#include "json/field.h"

namespace dijia::json {

struct FieldMeaning {
  std::string_view name, meaning;
  bool is_required = false;
};

template <class Owner>
std::vector<FieldMeaning> MeaningsOf() {
  std::vector<FieldMeaning> meanings;
  for (const Field<Owner>& field : FieldsOf<Owner>::Table()) {
    meanings.push_back({field.name, field.meaning, field.presence == Presence::kRequired});
  }
  return meanings;
}

}  // namespace dijia::json

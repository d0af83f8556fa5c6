// Land classes of counties that an office keeps, in the place of those that a rule pack lists.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "dijia/rules/rule_pack.h"

namespace dijia::law {

// What an office knows of a county in a period; periods of one county do not overlap.
struct CountyClass {
  std::int64_t county = 0;  // GB/T 2260
  rules::Period period;
  // Nothing: there is none for the whole county, as where its towns differ. A case must state its
  // own then.
  std::optional<int> land_class;
};

// The pack with these classes in its table of counties, on their days; on all other days the table
// says what it said. Where that changes the table, the hash of the pack becomes that of its old one
// and the new rows: what is judged by such a pack states both. A pack without that table, or
// without any class to add, stays as it is.
rules::RulePack WithCountyClasses(rules::RulePack pack, std::span<const CountyClass> classes);

}  // namespace dijia::law

// How columns of cases are kept.
#pragma once

#include <string>
#include <vector>

#include "dijia/rules/columns.h"

namespace dijia::rules {

inline constexpr std::int16_t kNoColumn = -1;

// What many cases have in common: the values of the facts with few values, and which of the other
// facts are stated at all.
struct Profile {
  std::vector<StatedFact> stated;  // ascending; of columns with the value 1
  std::uint64_t land_class_candidates = 0;

  friend bool operator==(const Profile&, const Profile&);
};

struct CaseColumns::Store {
  std::vector<std::string> facts;                  // the vocabulary
  std::vector<std::int16_t> column_of;             // by fact; kNoColumn: part of the profile
  std::vector<std::uint16_t> fact_of;              // by column
  std::vector<std::int64_t> farthest;              // by column: no value is farther from 0
  std::vector<std::vector<std::int64_t>> columns;  // kNotStated where a case says nothing
  std::vector<std::uint32_t> profile_of;           // by case
  std::vector<Profile> profiles;
  std::vector<std::uint64_t> hash_of;  // by profile
  std::vector<std::uint32_t> index;    // profile + 1 by hash, open addressing; 0 = free
  Profile next;                        // reused by Add
};

}  // namespace dijia::rules

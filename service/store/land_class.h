// Land classes (土地等别) with validity: which of the national classes a county or a town has, from
// when until when, by which document. A log of its own in each county; nothing changes or goes:
// what a later entry says of a day counts from when it was recorded, so that both "as the law stood
// on a day" and "as it was known at a time" have one answer.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/date.h"
#include "store/event.h"
#include "store/kept_check.h"

namespace dijia::store {

inline constexpr int kLowestLandClass = 15;  // 1 is the highest

// What somebody says of a place.
struct NewLandClass {
  std::string county;  // GB/T 2260
  std::string town;    // empty = the county, wherever no town says otherwise
  int land_class = 0;  // 1 to kLowestLandClass; 0 = what was said of these days is taken back
  Date from{};
  std::optional<Date> until;  // the first day after; none = open
  std::string instrument;  // the document that says so, 国土资发〔2006〕307号 附件2; not empty
  std::int64_t source_row = 0;  // where it stood in the file that it came by

  friend bool operator==(const NewLandClass&, const NewLandClass&) = default;
};

// A file of land classes as it comes into the store.
struct LandClassArrival {
  std::string source, source_sha256;  // name of the file, and what it was
  std::vector<NewLandClass> rows;     // of one place, none overlaps another
};

// One entry of the log of a county.
struct LandClassEntry {
  NewLandClass about;
  std::string source, source_sha256;
  std::int64_t entry = 0;  // 1, 2, 3, … in the log of the county
  std::string actor, reason;
  std::string recorded_at;  // never earlier than that of any entry before, of any county
  std::string previous;     // hash of the entry before; empty for the first
  std::string hash;         // see HashOf

  friend bool operator==(const LandClassEntry&, const LandClassEntry&) = default;
};

// SHA-256 of every field but the hash itself, by `dijia-class/1` (HashOfFields).
std::string HashOf(const LandClassEntry& entry);

// Makes a row the entry after `end`, which then ends with it. The time is at least that of `end`.
LandClassEntry Seal(NewLandClass row, const LandClassArrival& arrival, const Act& act, LogEnd& end);

// Whether an entry is the one after `end`: number, link, time and hash. `end` is then it.
bool Follows(const LandClassEntry& entry, LogEnd& end);

// Whether the log says the same of the place already: then the row adds nothing.
bool IsSaid(const NewLandClass& row, std::span<const LandClassEntry> log);

// A place has one class in a period, by one entry.
struct LandClassPeriod {
  Date from{};
  std::optional<Date> until;
  const LandClassEntry* entry = nullptr;
};

// What a log says of each place as known at a time (as Act::at; empty = now): of every day the last
// entry up to that time that covers it counts. Ascending by county, town and day; periods of one
// place do not overlap; days that are taken back are in none. The entries must outlive the answer.
std::vector<LandClassPeriod> PeriodsOf(std::span<const LandClassEntry> log,
                                       std::string_view known_at);

}  // namespace dijia::store

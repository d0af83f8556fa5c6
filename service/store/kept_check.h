// Checks that were asked to be kept: what was given, what was answered, by which rules. A log of
// its own in each county, one entry for each check; no entry ever changes or goes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/event.h"

namespace dijia::store {

// A check as it comes into the store. Its answer is in codes, without the words of a language.
struct NewCheck {
  std::string county;          // of the case, GB/T 2260
  std::string case_id;         // as the case has it; empty = none
  std::string judged_on;       // the day whose law was asked; empty = the case states none
  std::string verdict;         // lawful, unlawful, …
  std::string lawful_minimum;  // yuan per m² as a decimal; empty = none was found
  std::string deciding_rule;
  std::string clauses;  // lines `outcome  rule  clause  citation`, with tabs, as they were found
  std::string missing;  // lines of facts that would decide
  std::string rules, rules_version, rules_sha256;  // the pack
  std::string given;                               // the case, JSON

  friend bool operator==(const NewCheck&, const NewCheck&) = default;
};

// The same as an entry of the log of its county.
struct KeptCheck {
  NewCheck check;
  std::int64_t entry = 0;  // 1, 2, 3, … in the log of the county
  std::string actor, reason;
  std::string recorded_at;  // never earlier than that of the entry before
  std::string previous;     // hash of the entry before; empty for the first
  std::string hash;         // see HashOf

  friend bool operator==(const KeptCheck&, const KeptCheck&) = default;
};

// Where a log ends: what the next entry follows.
struct LogEnd {
  std::int64_t entry = 0;
  std::string hash, recorded_at;
};

// What people and programs call a kept check by: the county, a hyphen, the entry.
std::string IdOf(const KeptCheck& check);
struct CheckKey {
  std::string county;
  std::int64_t entry = 0;
};
// Nothing for other words.
std::optional<CheckKey> CheckKeyOf(std::string_view id);

// SHA-256 of every field but the hash itself, by `dijia-check/1` (HashOfFields).
std::string HashOf(const KeptCheck& check);

// Makes a check the entry after `end`, which then ends with it. A clock that runs backwards does
// not: the time is at least that of the entry before.
KeptCheck Seal(NewCheck check, const Act& act, LogEnd& end);

// Whether an entry is the one after `end`: number, link, time and hash. `end` is then it.
bool Follows(const KeptCheck& check, LogEnd& end);

// Which checks are asked for; what is empty restricts nothing.
struct CheckSelection {
  std::string county, verdict;
  std::string from, until;  // times of record, as Act::at: from the first on, before the second
  std::optional<CheckKey> after;  // only those behind it
};

// The checks selected, ascending by county and entry, a few hundred in memory at a time. A check
// that is kept meanwhile may come or not.
class CheckCursor {
 public:
  CheckCursor() = default;
  virtual ~CheckCursor() = default;
  CheckCursor(const CheckCursor&) = delete;
  CheckCursor& operator=(const CheckCursor&) = delete;

  // The next one; nothing after the last.
  virtual std::optional<KeptCheck> Next() = 0;
};

}  // namespace dijia::store

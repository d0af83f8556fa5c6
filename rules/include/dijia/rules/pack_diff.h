// What changes between two packs, in words: what was written differently, and for which cases the
// law then is another one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

// A place of the packs that differs; empty `before`: it is new, empty `after`: it is gone.
struct WrittenChange {
  std::string section;  // clause, value, table, reading, fact, given
  std::string name;     // 条款 56-2-priority · 比例
  std::string before, after;
};

// Cases for which the packs say different things in a period. Exact: every case that the
// conditions of both packs can tell apart was looked at.
struct EffectChange {
  Period period;
  std::string what;                         // 适用的最低比例, a limit, a rule
  std::string before, after;                // 70% → 65%, applies → does not apply
  std::vector<std::string> whom;            // groups of cases that exclude each other
  bool whom_is_whole = true;                // false: there are more groups than are listed
  std::optional<ReservePriceCase> example;  // of the facts of the new pack
};

struct PackDiff {
  std::vector<WrittenChange> written;
  std::vector<EffectChange> effects;
};

// The texts are in one language; both packs may have different vocabularies.
PackDiff DiffPacks(const RulePack& before, const RulePack& after, Language language);

}  // namespace dijia::rules

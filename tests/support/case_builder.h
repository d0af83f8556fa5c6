// Cases for tests by name and text.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>
#include <utility>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

using Stated = std::pair<std::string_view, std::string_view>;

// A harmless known case: class 14, 50 years, inside the planned area, no ratio, cost 40, price 84.
inline ReservePriceCase PlainCase(const RulePack& pack) {
  for (const Example& example : pack.examples) {
    if (example.name.starts_with("1 ")) return CaseOfExample(pack, example);
  }
  ADD_FAILURE() << "the pack has no plain example";
  return EmptyCase(pack);
}

// The case with facts changed; "unknown" takes one away.
inline ReservePriceCase With(const RulePack& pack, ReservePriceCase the_case,
                             std::initializer_list<Stated> facts) {
  for (const auto& [id, text] : facts) {
    const auto fact = pack.FindFact(id);
    if (!fact) {
      ADD_FAILURE() << id;
      continue;
    }
    if (text == "unknown") {
      the_case.values[*fact] = kNotStated;
      continue;
    }
    const Result<std::int64_t> value = ParseFact(pack.facts[*fact], text);
    EXPECT_TRUE(value) << id << " = " << text;
    if (value) the_case.values[*fact] = *value;
  }
  return the_case;
}

inline ReservePriceCheck CheckWith(const PreparedRules& rules,
                                   std::initializer_list<Stated> facts) {
  return CheckReservePrice(With(rules.pack(), PlainCase(rules.pack()), facts), rules);
}

inline Verdict VerdictWith(const PreparedRules& rules, std::initializer_list<Stated> facts) {
  return VerdictOf(With(rules.pack(), PlainCase(rules.pack()), facts), rules);
}

inline const Finding* FindingOf(const ReservePriceCheck& check, std::string_view rule) {
  for (const Finding& finding : check.findings) {
    if (finding.rule == rule) return &finding;
  }
  return nullptr;
}

inline bool Asks(const ReservePriceCheck& check, std::string_view fact) {
  for (const MissingFact& missing : check.missing) {
    if (missing.fact == fact) return true;
  }
  return false;
}

}  // namespace dijia::rules

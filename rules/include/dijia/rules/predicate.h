// Conditions of clauses: trees of typed comparisons over facts, no expression language. That is
// what makes exact answers with unknown facts and proofs by exhaustion possible.
#pragma once

#include <cstdint>
#include <vector>

namespace dijia::rules {

// Factors such as the 1.4 in "1.4 times the standard" have six decimals.
inline constexpr int kFactorScale = 6;

enum class Relation : std::uint8_t { kAtLeast, kMoreThan, kAtMost, kLessThan };

// The right side of a comparison, times `times` × 10^-6.
struct Operand {
  enum class Kind : std::uint8_t {
    kConstant,  // `constant` in units of the left fact
    kFact,      // another fact, any scale
    kValue,     // a dated value of the pack
    kTable,     // a row of a table whose only key is a small fact
  };
  Kind kind = Kind::kConstant;
  std::int64_t times = 1'000'000;
  std::int64_t constant = 0;
  std::uint16_t index = 0;  // fact, value or table
};

inline constexpr std::uint16_t kNoDefinition = 0xFFFF;

struct Predicate {
  enum class Op : std::uint8_t {
    kAll,            // of the parts; of none: true
    kAny,            // of the parts; of none: false
    kNot,            // of the only part
    kIn,             // a small fact has one of the `choices`
    kCompare,        // a number, date or code against an operand
    kYearsSince,     // `years` or more (kMoreThan: more) lie between a date fact and another one
    kStated,         // the case itself states the fact
    kReading,        // the reading has one of the `choices`
    kMeetsStandard,  // the price meets the full standard, no ratio applied
  };
  Op op = Op::kAll;
  Relation relation = Relation::kAtLeast;
  std::uint16_t subject = 0;  // fact or reading
  std::uint16_t other = 0;    // kYearsSince: the later date
  std::uint64_t choices = 0;
  std::int32_t years = 0;
  std::uint16_t definition = kNoDefinition;  // the definition of the pack that stands here
  Operand operand;
  std::vector<Predicate> parts;
};

}  // namespace dijia::rules

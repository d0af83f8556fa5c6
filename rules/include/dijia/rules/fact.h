// Facts: the closed vocabulary in which cases are stated and clauses are written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/enum_table.h"
#include "dijia/base/result.h"
#include "dijia/rules/citation.h"

namespace dijia::rules {

enum class FactType : std::uint8_t {
  kYesNo,     // 0 or 1
  kChoice,    // the index of a choice
  kInteger,   // lowest … highest
  kDecimal,   // a count of 10^-scale
  kDate,      // days since 1970-01-01
  kCounty,    // GB/T 2260, six digits
  kIndustry,  // GB/T 4754, two to four digits, kept as four: division 13 is 1300
};

}  // namespace dijia::rules

namespace dijia {
template <>
struct EnumTableOf<rules::FactType> {
  static constexpr std::array<EnumRow<rules::FactType>, 7> kRows{{
      {rules::FactType::kYesNo, "yes_no"},
      {rules::FactType::kChoice, "choice"},
      {rules::FactType::kInteger, "integer"},
      {rules::FactType::kDecimal, "decimal"},
      {rules::FactType::kDate, "date"},
      {rules::FactType::kCounty, "county"},
      {rules::FactType::kIndustry, "industry"},
  }};
};
static_assert(EnumTableIsComplete<rules::FactType>(7));
}  // namespace dijia

namespace dijia::rules {

// The value of a fact that a case does not state. Unknown is not "no" and not zero.
inline constexpr std::int64_t kNotStated = INT64_MIN;

// Facts of this many values or fewer are looked through value by value.
inline constexpr std::int64_t kMostChoices = 63;

// Where a fact comes from when the case does not state it.
struct Derivation {
  enum class Kind : std::uint8_t { kNone, kTable, kDivision };
  Kind kind = Kind::kNone;
  std::optional<std::uint16_t> first;  // a fact that is taken when it is stated
  std::uint16_t table = 0;             // kTable: index into RulePack::tables
  std::vector<std::uint16_t> keys;     // kTable: its keys; kDivision: the industry code
};

struct Fact {
  std::string id;  // the name in files: `facts.far`, `price.amount`
  FactType type = FactType::kYesNo;
  int scale = 0;                     // decimals of a kDecimal
  std::vector<std::string> choices;  // of a kChoice
  std::int64_t lowest = 0, highest = 1;
  bool regional = false;  // may be given by a local pack for every case
  std::string asked_as;   // the fact a clerk is asked for instead; empty = this one
  Derivation derivation;
  Bilingual question, evidence;
  Bilingual name;                       // for conditions in words; empty = the question
  std::vector<Bilingual> choice_names;  // by choice; empty = the choices themselves
  Location where;

  // True when the values are few enough to be a set of bits (value v is bit v).
  bool IsSmall() const { return lowest >= 0 && highest <= kMostChoices; }
};

// The value of a fact from a text of a file: `yes`/`no`/`true`/`false`/`是`/`否`, a choice, a
// decimal, a date, a code. Errors: kNotAFactValue, kFactOutOfRange and those of ParseDecimal and
// ParseDate.
Result<std::int64_t> ParseFact(const Fact& fact, std::string_view text);

// Reports an error of ParseFact at a place of an input.
void ReportFactError(const Error& error, const Fact& fact, Location where,
                     Diagnostics& diagnostics);

// The text that ParseFact reads back; empty for kNotStated.
std::string FormatFact(const Fact& fact, std::int64_t value);

}  // namespace dijia::rules

// The check: is a reserve, starting or closing price lawful on its date? Exact, clause by clause,
// under every reading, and honest about facts that are not known (supervaluation).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/enum_table.h"
#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

enum class Verdict : std::uint8_t {
  kLawful,
  kUnlawful,
  kNeedsFacts,      // the facts stated do not decide
  kConflictReview,  // the law itself does not decide: readings disagree
  kNotApplicable,   // no clause of the pack speaks about this price
};

enum class Outcome : std::uint8_t {
  kLawful,
  kUnlawful,
  kNeedsFacts,
  kConflictReview,
  kNotApplicable,
  kDefect,
};

}  // namespace dijia::rules

namespace dijia {
template <>
struct EnumTableOf<rules::Verdict> {
  static constexpr std::array<EnumRow<rules::Verdict>, 5> kRows{{
      {rules::Verdict::kLawful, "lawful"},
      {rules::Verdict::kUnlawful, "unlawful"},
      {rules::Verdict::kNeedsFacts, "needs_facts"},
      {rules::Verdict::kConflictReview, "conflict_review"},
      {rules::Verdict::kNotApplicable, "not_applicable"},
  }};
};
static_assert(EnumTableIsComplete<rules::Verdict>(5));

template <>
struct EnumTableOf<rules::Outcome> {
  static constexpr std::array<EnumRow<rules::Outcome>, 6> kRows{{
      {rules::Outcome::kLawful, "lawful"},
      {rules::Outcome::kUnlawful, "unlawful"},
      {rules::Outcome::kNeedsFacts, "needs_facts"},
      {rules::Outcome::kConflictReview, "conflict_review"},
      {rules::Outcome::kNotApplicable, "not_applicable"},
      {rules::Outcome::kDefect, "defect"},
  }};
};
static_assert(EnumTableIsComplete<rules::Outcome>(6));
}  // namespace dijia

namespace dijia::rules {

// A case: a value for every fact of the pack, kNotStated where it says nothing.
struct ReservePriceCase {
  std::string case_id;
  std::vector<std::int64_t> values;         // by index of RulePack::facts
  std::uint64_t land_class_candidates = 0;  // bits 1–15; 0 = none named
};

// An exact decimal with its name, for `values` of findings.
struct NamedNumber {
  std::string name;
  std::int64_t units = 0;
  int scale = 0;

  friend bool operator==(const NamedNumber&, const NamedNumber&) = default;
};

struct Finding {
  std::string rule, clause;
  Outcome outcome = Outcome::kLawful;
  Bilingual reason;
  Citation citation;
  std::string words_sha256;
  std::vector<NamedNumber> values;

  friend bool operator==(const Finding&, const Finding&) = default;
};

// What one answer to an open question would mean.
struct Answer {
  std::string value;  // "yes", "14", ">= 0.42", …
  Verdict verdict = Verdict::kNeedsFacts;
  std::optional<std::int64_t> minimum;  // the minimum that would then apply, when it is one number

  friend bool operator==(const Answer&, const Answer&) = default;
};

// A fact whose value changes the verdict in at least one completion of the others.
struct MissingFact {
  std::string fact;
  Bilingual question, evidence, matters_because;
  std::vector<Answer> answers;

  friend bool operator==(const MissingFact&, const MissingFact&) = default;
};

struct ReadingVerdict {
  std::string reading;  // "intensive_standard=MLR24_2008"
  Verdict verdict = Verdict::kLawful;
  bool is_default = false;

  friend bool operator==(const ReadingVerdict&, const ReadingVerdict&) = default;
};

// Prices in units of 10^-4 yuan per m² (per year for rents). A minimum is rounded up, never down.
// `ratio` and `lawful_minimum` are those the price was held against: the full standard when the
// price meets it, because exceptions are granted and not automatic (legal-rules §3); otherwise the
// lowest eligible ratio. A decided check gives them and the standard only where a finding measured
// the price by them.
struct ReservePriceCheck {
  std::string case_id;
  Verdict verdict = Verdict::kNeedsFacts;
  std::optional<std::int64_t> lawful_minimum, price, price_full_term, standard, deficit;
  std::optional<std::int64_t> ratio;  // units of 10^-6
  bool equal_within_rounding = false;
  std::string deciding_rule;
  std::string deciding_clause;  // key of the clause of that rule that binds; empty with it
  std::vector<Finding> findings;
  std::vector<MissingFact> missing;
  std::vector<ReadingVerdict> readings;  // empty: the verdict is the same under all of them
  Days decided_on = kNoDate;

  friend bool operator==(const ReservePriceCheck&, const ReservePriceCheck&) = default;
};

// A pack compiled for checking: one program per span of days in which nothing changes. Cheap to
// copy, shared by threads, never changed.
class PreparedRules {
 public:
  explicit PreparedRules(RulePack pack);
  ~PreparedRules();
  PreparedRules(const PreparedRules&) = default;
  PreparedRules& operator=(const PreparedRules&) = default;

  const RulePack& pack() const;
  struct Compiled;
  const Compiled& compiled() const { return *compiled_; }

 private:
  std::shared_ptr<const Compiled> compiled_;
};

// An empty case of the pack.
ReservePriceCase EmptyCase(const RulePack& pack);

// What an example of the pack states; without an id.
ReservePriceCase CaseOfExample(const RulePack& pack, const Example& example);

// A case from (fact, text) pairs. Everything that is wrong is reported with the name of the fact.
ReservePriceCase CaseOf(const RulePack& pack,
                        std::span<const std::pair<std::string_view, std::string_view>> facts,
                        Diagnostics& diagnostics);

// Facts that contradict each other: a rent unit for a transfer, a total without meaning, …
void ValidateCase(const RulePack& pack, const ReservePriceCase& the_case, Diagnostics& diagnostics);

// The same for many cases of one pack, which must outlive it: the facts are looked up once.
class CaseValidator {
 public:
  explicit CaseValidator(const RulePack& pack);
  void Validate(const ReservePriceCase& the_case, Diagnostics& diagnostics) const;
  // Whether the value of a fact counts, not only whether it is stated.
  bool LooksAt(std::uint16_t fact) const;

 private:
  // The second date cannot come before the first.
  struct Order {
    std::uint16_t first = 0, second = 0;
  };
  const RulePack* pack_;
  std::uint16_t amount_, unit_, method_;
  std::vector<Order> orders_;
};

// The verdict alone.
Verdict VerdictOf(const ReservePriceCase& the_case, const PreparedRules& rules);

// The verdict with everything that explains it.
ReservePriceCheck CheckReservePrice(const ReservePriceCase& the_case, const PreparedRules& rules);

// What the clauses of one rule say on the day of the case, every reading at its default and no
// verdict drawn: those that apply, and as kNeedsFacts those that facts not stated keep open.
// Precondition: the case states decided_on.
std::vector<Finding> FindingsOfRule(std::string_view rule, const ReservePriceCase& the_case,
                                    const PreparedRules& rules);

}  // namespace dijia::rules

// Two packs over the same cases: whose verdict flips, where, by which clause, and for how much
// money.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/decimal.h"
#include "dijia/rules/column_checks.h"
#include "dijia/rules/columns.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::law {

// How much prices lie below their minimum, together, for parcels whose area is known: 10^-8 yuan.
struct Money {
  Int128 before = 0, after = 0;
};

// Cases of one county, or whose verdict one clause decides.
struct FlipGroup {
  std::size_t cases = 0, flips = 0;
  std::size_t to_lawful = 0, to_unlawful = 0, to_open = 0;  // of the flips
  Money deficits;                                           // of the flips
};

struct Flip {
  std::string case_id, county, clause;
  rules::Verdict before = rules::Verdict::kLawful, after = rules::Verdict::kLawful;
  // 10^-4 yuan per m²; nothing where it is not one number.
  std::optional<std::int64_t> price, minimum_before, minimum_after, deficit_before, deficit_after;
};

struct Simulation {
  static constexpr std::size_t kVerdicts = 5;

  std::size_t cases = 0, flips = 0;
  // How many cases went from which verdict to which.
  std::array<std::array<std::size_t, kVerdicts>, kVerdicts> verdicts{};
  std::map<std::string, FlipGroup> by_county;  // empty name: not stated
  std::map<std::string, FlipGroup> by_clause;  // only flips
  Money deficits;                              // of the flips
  std::vector<Flip> listed;                    // in the order of the cases
};

// Two packs over columns of cases in the vocabulary of the first, the second on the day of each
// case or, for all of them, as if the price were decided on `day_after`; facts that the second does
// not know are left out, those that only the second knows are unknown. One simulator serves one
// thread and remembers what it has judged; the columns must outlive it and may grow or be cleared.
class Simulator {
 public:
  Simulator(const rules::CaseColumns& columns, rules::PreparedRules before,
            rules::PreparedRules after, std::optional<Days> day_after = std::nullopt);

  // What happens to `count` cases from a row on. Every flip is listed, by `ids` in order; without
  // ids by the numbers of rows, from 1.
  Simulation Run(std::size_t first, std::size_t count, std::span<const std::string> ids = {});

 private:
  // What a check says about one side of a flip.
  struct Side {
    rules::Verdict verdict = rules::Verdict::kNeedsFacts;
    std::string clause;
    std::optional<std::int64_t> price, minimum, deficit;
  };
  // One pack over the columns.
  struct Judged {
    Judged(const rules::CaseColumns& columns, rules::PreparedRules prepared);

    Side SideAt(std::size_t row);

    rules::PreparedRules rules;
    rules::ColumnJudge judge;
    rules::ColumnChecker checker;
    std::vector<rules::Verdict> verdicts;
    std::vector<std::optional<std::string>> clause_of;  // by outline
  };

  void Translate(std::size_t first, std::size_t count);
  void RunBlock(std::size_t first, std::size_t count, std::span<const std::string> ids,
                Simulation& result);
  void AddFlip(std::size_t row, std::string case_id, Simulation& result);
  const std::string& CountyOf(std::size_t row);

  const rules::CaseColumns& columns_;
  // The cases in the vocabulary of the second pack, where a fact of the same name differs, or on
  // its day.
  std::vector<std::optional<std::uint16_t>> fact_after_;  // by fact of the first pack
  std::optional<Days> day_after_;
  std::optional<rules::CaseColumns> translated_;
  Judged before_, after_;
  std::size_t shift_ = 0;  // rows of `translated_` begin at this row
  std::optional<std::uint16_t> county_, area_;
  // By profile.
  std::vector<std::size_t> counted_;
  std::vector<std::optional<std::string>> counties_;
};

// Takes a case as if its price were decided on a day.
void DecideOn(const rules::RulePack& pack, Days day, rules::ReservePriceCase& the_case);

// Adds the cases of `more` after those of `all`.
void Merge(Simulation& all, Simulation&& more);

}  // namespace dijia::law

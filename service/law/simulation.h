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

// Cases in the vocabulary of the first pack; facts that the second does not know are left out,
// those that only the second knows are unknown. One simulator serves one thread and remembers what
// it has judged.
class Simulator {
 public:
  Simulator(rules::PreparedRules before, rules::PreparedRules after);

  // What happens to some cases. Every flip is listed.
  Simulation Run(std::span<const rules::ReservePriceCase> cases);

 private:
  rules::ReservePriceCase Translated(const rules::ReservePriceCase& the_case) const;
  void JudgeAll(std::span<const rules::ReservePriceCase> cases);
  Flip FlipOf(const rules::ReservePriceCase& the_case) const;
  std::string CountyOf(const rules::ReservePriceCase& the_case) const;
  void AddFlip(const rules::ReservePriceCase& the_case, Simulation& result) const;

  rules::PreparedRules before_, after_;
  std::vector<std::optional<std::uint16_t>> fact_after_;  // by fact of the first pack
  std::optional<std::uint16_t> county_, area_;
  rules::CaseColumns old_columns_, new_columns_;
  rules::ColumnJudge old_judge_, new_judge_;
  std::vector<rules::Verdict> old_verdicts_, new_verdicts_;
};

// Adds the cases of `more` after those of `all`.
void Merge(Simulation& all, Simulation&& more);

// What flips, by verdict, clause and county, for people; the first `most` flips one by one.
std::string SimulationText(const Simulation& simulation, std::size_t most, Language language);

// All listed flips: case_id, county, before, after, clause, price, minima and deficits in yuan/m².
std::string SimulationCsv(const Simulation& simulation);

}  // namespace dijia::law

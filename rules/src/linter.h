// The checks of `rules lint`, one group a file.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "dijia/rules/lint.h"
#include "fact_space.h"
#include "program.h"

namespace dijia::rules {

// One era with its space and the cases of every clause in force, by index in the pack.
struct EraProof {
  const Era* era = nullptr;
  FactSpace space;
  std::vector<FactSpace::Set> applies;  // kNone for clauses that are not in force
  std::vector<bool> in_force;
};

class Linter {
 public:
  explicit Linter(const RulePack& pack);

  LintReport Run();

 private:
  using Set = FactSpace::Set;

  // lint.cc: proofs, reports
  void Prove(const Era& era);
  void Report(Code code, Location where, std::vector<std::string> arguments);
  // The same with a case of the set; nothing, and false, when there is none.
  bool Report(Code code, Location where, std::vector<std::string> arguments, EraProof& proof,
              Set cases);
  // A case with a day and perhaps one more fact.
  void ReportOn(Code code, Location where, std::vector<std::string> arguments, Days day,
                std::initializer_list<std::pair<std::uint16_t, std::int64_t>> facts);
  // A case of the set that the check itself sees as the space does; none when the set holds only
  // combinations of comparisons that no numbers have.
  std::optional<LintFinding> Shown(EraProof& proof, Set cases) const;
  bool Agrees(EraProof& proof, const FactSpace::Box& box, const ReservePriceCase& the_case) const;
  std::string DayText(Days day) const;

  // lint_clauses.cc: what conditions amount to
  void CheckConditions();
  void ReportNeverApplies(std::size_t clause);
  void CheckDecides();
  void CheckPairs();
  void CheckPair(EraProof& proof, std::size_t a, std::size_t b);
  void CheckParts();
  void CheckPartsOf(std::size_t clause);
  void CheckClaims();
  bool CheckClaim(const Claim& claim, EraProof& proof);
  EraProof* FirstProof(std::size_t clause, const std::function<bool(EraProof&)>& wanted);

  // lint_periods.cc: holes in time
  void CheckRulePeriods();
  void CheckValues();
  void CheckTables();
  void CheckRowsOf(std::size_t table, const std::vector<bool>& needed);
  void CheckIdentities();
  void CheckDefaults();

  // lint_use.cc: texts, and what nothing uses
  void CheckTexts();
  void CheckUse();
  void CheckUseOfInstruments();

  const RulePack& pack_;
  std::vector<Era> eras_;
  std::vector<EraProof> proofs_;
  LintReport report_;
};

}  // namespace dijia::rules

#include "dijia/rules/lint.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "case_state.h"
#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "linter.h"

namespace dijia::rules {
namespace {

constexpr std::size_t kBoxesTried = 64;

std::vector<std::string> ReadingTexts(const RulePack& pack,
                                      const std::vector<std::uint64_t>& options) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i] == 0) continue;
    const auto option = static_cast<std::size_t>(std::countr_zero(options[i]));
    texts.push_back(pack.readings[i].id + "=" + pack.readings[i].options[option].id);
  }
  return texts;
}

}  // namespace

Linter::Linter(const RulePack& pack) : pack_(pack), eras_(CompileEras(pack)) {}

void Linter::Prove(const Era& era) {
  const Days day = era.period.from;
  std::vector<const Predicate*> conditions;
  std::vector<bool> in_force;
  for (const Clause& clause : pack_.clauses) {
    in_force.push_back(clause.citation.in_force.Contains(day));
    if (in_force.back()) conditions.push_back(&clause.when);
  }
  for (const Claim& claim : pack_.claims) conditions.push_back(&claim.when);
  EraProof proof{&era, FactSpace(pack_, era.period, conditions), {}, std::move(in_force)};
  for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
    proof.applies.push_back(proof.in_force[i] ? proof.space.Of(pack_.clauses[i].when)
                                              : DecisionDiagram::kNone);
  }
  report_.states += proof.space.diagram().CountAll();
  proofs_.push_back(std::move(proof));
}

LintReport Linter::Run() {
  proofs_.reserve(eras_.size());
  for (const Era& era : eras_) Prove(era);
  report_.eras = eras_.size();
  report_.clauses = pack_.clauses.size();
  for (const EraProof& proof : proofs_) {
    if (!proof.space.overfull()) continue;
    Report(Code::kLintTooManyCells, {}, {pack_.facts[*proof.space.overfull()].id});
    return std::move(report_);
  }
  CheckConditions();
  CheckDecides();
  CheckPairs();
  CheckParts();
  CheckClaims();
  CheckRulePeriods();
  CheckValues();
  CheckTables();
  CheckIdentities();
  CheckDefaults();
  CheckTexts();
  CheckUse();
  return std::move(report_);
}

std::string Linter::DayText(Days day) const {
  if (day == kNoBeginning) return "…";
  return day == kNoEnd ? "…" : FormatDate(FromDays(day));
}

void Linter::Report(Code code, Location where, std::vector<std::string> arguments) {
  report_.findings.push_back({{code, std::move(where), std::move(arguments)}, std::nullopt, {}});
}

bool Linter::Report(Code code, Location where, std::vector<std::string> arguments, EraProof& proof,
                    Set cases) {
  std::optional<LintFinding> finding = Shown(proof, cases);
  if (!finding) return false;
  finding->problem = {code, std::move(where), std::move(arguments)};
  report_.findings.push_back(*std::move(finding));
  return true;
}

void Linter::ReportOn(Code code, Location where, std::vector<std::string> arguments, Days day,
                      std::initializer_list<std::pair<std::uint16_t, std::int64_t>> facts) {
  Report(code, std::move(where), std::move(arguments));
  const Fact& date = pack_.facts[*pack_.FindFact("decided_on")];
  ReservePriceCase the_case = EmptyCase(pack_);
  the_case.values[*pack_.FindFact("decided_on")] =
      std::clamp<std::int64_t>(day, date.lowest, date.highest);
  for (const auto& [fact, value] : facts) the_case.values[fact] = value;
  report_.findings.back().witness = std::move(the_case);
}

std::optional<LintFinding> Linter::Shown(EraProof& proof, Set cases) const {
  for (FactSpace::Box& box : proof.space.diagram().Boxes(cases, kBoxesTried)) {
    const auto one = proof.space.diagram().Some(proof.space.SetOf(box));
    ReservePriceCase the_case = proof.space.CaseOf(*one);
    if (!Agrees(proof, *one, the_case)) continue;
    std::optional<LintFinding> shown(
        std::in_place);  // member by member: g++ 12 warns of a whole one
    shown->witness = std::move(the_case);
    shown->readings = ReadingTexts(pack_, proof.space.ReadingsOf(*one));
    return shown;
  }
  return std::nullopt;
}

bool Linter::Agrees(EraProof& proof, const FactSpace::Box& box,
                    const ReservePriceCase& the_case) const {
  const Era& era = *proof.era;
  State state = StateOf(era, the_case);
  const std::vector<std::uint64_t> readings = proof.space.ReadingsOf(box);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings[i] != 0) state.slots[era.ReadingSlot(i)] = SmallDomain(readings[i]);
  }
  DecisionDiagram& diagram = proof.space.diagram();
  const Set here = proof.space.SetOf(box);
  for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
    if (!proof.in_force[i]) continue;
    const Truth truth = Evaluation(era, state).Of(pack_.clauses[i].when);
    const Set both = diagram.And(here, proof.applies[i]);
    if (truth == Truth::kFalse && both == here) return false;
    if (truth == Truth::kTrue && both == DecisionDiagram::kNone) return false;
  }
  return true;
}

LintReport Lint(const RulePack& pack) { return Linter(pack).Run(); }

namespace {

// A case that the loosened pack lets pass below what the layers under it ask.
ReservePriceCase LoosenedCase(const RulePack& pack, const Clause* clause, std::int64_t land_class,
                              std::int64_t price, Days day) {
  ReservePriceCase the_case = EmptyCase(pack);
  if (clause != nullptr) {
    const Predicate* conditions[] = {&clause->when};
    const Period period{std::max(day, clause->citation.in_force.from), kNoEnd};
    FactSpace space(pack, period, conditions);
    const auto box = space.diagram().Some(space.Of(clause->when));
    if (box) the_case = space.CaseOf(*box);
  }
  const auto state = [&](FormulaFact fact, std::int64_t value) {
    the_case.values[*pack.FindFact(kFormulaFactIds[static_cast<std::size_t>(fact)])] = value;
  };
  if (clause == nullptr) state(FormulaFact::kDecidedOn, day);
  state(FormulaFact::kLandClass, land_class);
  state(FormulaFact::kAmount, price);
  state(FormulaFact::kUnit, 0);       // yuan per m²
  state(FormulaFact::kPriceKind, 0);  // the reserve
  state(FormulaFact::kRebates, 0);
  state(FormulaFact::kTerm, pack.ValueOn(pack.formula.full_term, day) == nullptr
                                ? PowerOfTen(kYearsScale)
                                : pack.ValueOn(pack.formula.full_term, day)->value / 100);
  return the_case;
}

// The first case that shows how a layer loosens the standard or a ratio; none for other values.
std::optional<ReservePriceCase> Loosening(const RulePack& loose, const RulePack& below,
                                          const Diagnostic& problem) {
  const Table& standard = below.tables[below.formula.standard_table];
  const Table& lowered = loose.tables[loose.formula.standard_table];
  const std::int64_t unit = PowerOfTen(4 - standard.scale);
  for (const TableRow& row : lowered.rows) {
    const auto before = standard.Find(row.key, 0, row.period.from);
    if (problem.where.field != standard.id || !before || *before <= row.value) continue;
    return LoosenedCase(loose, nullptr, row.key, row.value * unit, row.period.from);
  }
  for (const Clause& clause : loose.clauses) {
    if (clause.layer == 0 || problem.arguments != std::vector<std::string>{clause.key}) continue;
    const TableRow& row = standard.rows.back();
    return LoosenedCase(loose, &clause, row.key, row.value * unit * clause.ratio / 1'000'000,
                        std::max(row.period.from, clause.citation.in_force.from));
  }
  return std::nullopt;
}

}  // namespace

LintReport LintLayers(std::span<const PackLayer> layers) {
  Diagnostics diagnostics;
  const std::optional<RulePack> pack = LoadRulePack(layers, diagnostics);
  if (pack) return Lint(*pack);
  // Each load counts its own errors.
  Diagnostics of_loose, of_below;
  const std::size_t lower = std::max<std::size_t>(layers.size(), 1) - 1;
  const auto loose = LoadRulePackThatLoosens(layers, of_loose);
  const auto below = LoadRulePack(layers.first(lower), of_below);
  LintReport report;
  for (const Diagnostic& problem : diagnostics.kept()) {
    LintFinding finding{problem, std::nullopt, {}};
    const bool shows = problem.code == Code::kLoosens && loose && below;
    if (shows) finding.witness = Loosening(*loose, *below, problem);
    report.findings.push_back(std::move(finding));
  }
  return report;
}

}  // namespace dijia::rules

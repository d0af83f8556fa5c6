// What the conditions of a pack amount to, era by era.
#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"
#include "linter.h"

namespace dijia::rules {
namespace {

using Op = Predicate::Op;

constexpr DecisionDiagram::Set kNone = DecisionDiagram::kNone;
constexpr DecisionDiagram::Set kEverything = DecisionDiagram::kEverything;

bool GiveTheSame(const Clause& a, const Clause& b) {
  if (a.kind != b.kind || a.ratio != b.ratio) return false;
  const Limit &x = a.limit, &y = b.limit;
  return a.kind != ClauseKind::kLimit ||
         (x.side == y.side && x.amount == y.amount && x.normalised == y.normalised &&
          x.fact == y.fact && x.times == y.times);
}

// Both measure the same thing, so that only one of them can be meant.
bool Compete(const Clause& a, const Clause& b) {
  if (a.rule != b.rule || a.kind != b.kind) return false;
  if (a.kind == ClauseKind::kRatio || a.kind == ClauseKind::kDuty) return true;
  const Limit &x = a.limit, &y = b.limit;
  return a.kind == ClauseKind::kLimit && x.side == y.side && x.amount == y.amount &&
         x.fact == y.fact;
}

// The places of the parts of a condition that a clause writes itself, not inside definitions.
void CollectParts(const Predicate& condition, std::vector<std::size_t>& at,
                  std::vector<std::vector<std::size_t>>& places) {
  const bool list = condition.op == Op::kAll || condition.op == Op::kAny;
  for (std::size_t i = 0; i < condition.parts.size(); ++i) {
    const Predicate& part = condition.parts[i];
    at.push_back(i);
    if (list && condition.parts.size() > 1) places.push_back(at);
    if (part.definition == kNoDefinition) CollectParts(part, at, places);
    at.pop_back();
  }
}

// The condition without one of its parts.
Predicate WithoutPart(Predicate condition, const std::vector<std::size_t>& place) {
  Predicate* parent = &condition;
  for (std::size_t i = 0; i + 1 < place.size(); ++i) parent = &parent->parts[place[i]];
  parent->parts.erase(parent->parts.begin() + static_cast<std::ptrdiff_t>(place.back()));
  return condition;
}

const Predicate& PartAt(const Predicate& condition, const std::vector<std::size_t>& place) {
  const Predicate* part = &condition;
  for (const std::size_t i : place) part = &part->parts[i];
  return *part;
}

// The cases that meet the first parts of a condition that no case meets, up to the part that cannot
// be met with them.
DecisionDiagram::Set AsFarAsCanBe(const Predicate& condition, FactSpace& space) {
  if (condition.op == Op::kAny && !condition.parts.empty()) {
    return AsFarAsCanBe(condition.parts[0], space);
  }
  DecisionDiagram::Set met = kEverything;
  if (condition.op != Op::kAll) return met;
  for (const Predicate& part : condition.parts) {
    const DecisionDiagram::Set more = space.diagram().And(met, space.Of(part));
    if (more == kNone) return space.diagram().And(met, AsFarAsCanBe(part, space));
    met = more;
  }
  return met;
}

}  // namespace

EraProof* Linter::FirstProof(std::size_t clause, const std::function<bool(EraProof&)>& wanted) {
  for (EraProof& proof : proofs_) {
    if (proof.in_force[clause] && wanted(proof)) return &proof;
  }
  return nullptr;
}

void Linter::CheckConditions() {
  for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
    const Clause& clause = pack_.clauses[i];
    const bool ever = FirstProof(i, [&](EraProof& proof) { return proof.applies[i] != kNone; });
    if (!ever) ReportNeverApplies(i);
    const bool bounded =
        FirstProof(i, [&](EraProof& proof) { return proof.applies[i] != kEverything; });
    EraProof* proof = FirstProof(i, [](EraProof&) { return true; });
    if (!bounded && proof != nullptr) {
      Report(Code::kLintAlwaysApplies, clause.where, {clause.key}, *proof, kEverything);
    }
  }
}

void Linter::ReportNeverApplies(std::size_t index) {
  const Clause& clause = pack_.clauses[index];
  EraProof* proof = FirstProof(index, [](EraProof&) { return true; });
  const bool shown = proof != nullptr && Report(Code::kLintNeverApplies, clause.where, {clause.key},
                                                *proof, AsFarAsCanBe(clause.when, proof->space));
  if (!shown) Report(Code::kLintNeverApplies, clause.where, {clause.key});
}

// A ratio decides somewhere when it is the lowest that applies.
void Linter::CheckDecides() {
  for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
    const Clause& clause = pack_.clauses[i];
    if (clause.kind != ClauseKind::kRatio) continue;
    const auto decides = [&](EraProof& proof) {
      DecisionDiagram& diagram = proof.space.diagram();
      Set left = proof.applies[i];
      for (std::size_t other = 0; other < pack_.clauses.size(); ++other) {
        const Clause& lower = pack_.clauses[other];
        const bool below = lower.kind == ClauseKind::kRatio && lower.ratio < clause.ratio;
        if (below) left = diagram.Without(left, proof.applies[other]);
      }
      return left != kNone;
    };
    if (FirstProof(i, decides) != nullptr) continue;
    EraProof* proof = FirstProof(i, [&](EraProof& p) { return p.applies[i] != kNone; });
    if (proof == nullptr) continue;  // it never applies, which is reported already
    Report(Code::kLintNeverDecides, clause.where,
           {clause.key, FormatDecimal(clause.ratio, kFactorScale)}, *proof, proof->applies[i]);
  }
}

void Linter::CheckPairs() {
  for (std::size_t a = 0; a < pack_.clauses.size(); ++a) {
    for (std::size_t b = a + 1; b < pack_.clauses.size(); ++b) {
      EraProof* proof = FirstProof(a, [&](EraProof& p) { return p.in_force[b]; });
      if (proof != nullptr) CheckPair(*proof, a, b);
    }
  }
}

void Linter::CheckPair(EraProof& first, std::size_t a, std::size_t b) {
  const Clause &one = pack_.clauses[a], &other = pack_.clauses[b];
  const bool same = GiveTheSame(one, other);
  const bool twins = same && (one.kind != ClauseKind::kDefect || one.rule == other.rule) &&
                     first.applies[a] == first.applies[b] && first.applies[a] != kNone;
  if (twins) {
    Report(Code::kLintTwin, other.where, {one.key, other.key}, first, first.applies[a]);
  }
  if (same || !Compete(one, other)) return;
  FirstProof(a, [&](EraProof& proof) {  // until a case shows it
    const Set both = proof.space.diagram().And(proof.applies[a], proof.applies[b]);
    return both != kNone &&
           Report(Code::kLintOverlap, other.where, {one.key, other.key, one.rule}, proof, both);
  });
}

void Linter::CheckParts() {
  for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
    const bool ever = FirstProof(i, [&](EraProof& proof) { return proof.applies[i] != kNone; });
    if (ever) CheckPartsOf(i);
  }
}

void Linter::CheckPartsOf(std::size_t index) {
  const Clause& clause = pack_.clauses[index];
  if (clause.when.definition != kNoDefinition) return;
  std::vector<std::size_t> at;
  std::vector<std::vector<std::size_t>> places;
  CollectParts(clause.when, at, places);
  for (const std::vector<std::size_t>& place : places) {
    const Predicate rest = WithoutPart(clause.when, place);
    const auto matters = [&](EraProof& proof) {
      return proof.space.Of(rest) != proof.applies[index];
    };
    if (FirstProof(index, matters) != nullptr) continue;
    EraProof* proof = FirstProof(index, [&](EraProof& p) { return p.applies[index] != kNone; });
    const std::string words = ConditionInWords(pack_, PartAt(clause.when, place), Language::kZh);
    Report(Code::kLintPartWithoutEffect, clause.where, {clause.key, words}, *proof,
           proof->applies[index]);
  }
}

void Linter::CheckClaims() {
  for (const Claim& claim : pack_.claims) {
    for (EraProof& proof : proofs_) {
      const Period &era = proof.era->period, &period = claim.period;
      const bool in_time = period.from <= era.from && era.from < period.until;
      if (in_time && CheckClaim(claim, proof)) break;
    }
  }
}

// True when a case that breaks the claim was reported.
bool Linter::CheckClaim(const Claim& claim, EraProof& proof) {
  DecisionDiagram& diagram = proof.space.diagram();
  const Set claimed = proof.space.Of(claim.when);
  Set some = kNone, several = kNone;
  for (const std::string& key : claim.clauses) {
    const auto clause = std::ranges::find(pack_.clauses, key, &Clause::key);
    const Set applies = proof.applies[static_cast<std::size_t>(clause - pack_.clauses.begin())];
    several = diagram.Or(several, diagram.And(some, applies));
    some = diagram.Or(some, applies);
  }
  const std::string from = DayText(proof.era->period.from);
  const Set none = diagram.Without(claimed, some);
  if (none != kNone &&
      Report(Code::kLintClaimBroken, claim.where, {claim.id, from, "0"}, proof, none)) {
    return true;
  }
  const Set twice = claim.exactly_one ? diagram.And(claimed, several) : kNone;
  return twice != kNone &&
         Report(Code::kLintClaimBroken, claim.where, {claim.id, from, "> 1"}, proof, twice);
}

}  // namespace dijia::rules

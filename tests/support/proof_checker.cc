#include "support/proof_checker.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "dijia/base/sha256.h"

namespace dijia::proof {
namespace {

using json::Value;
using Real = long double;

constexpr Real kUnit = 1e-4L;        // prices have four decimals
constexpr Real kTolerance = 0.005L;  // a smaller deficit hides in rounding
constexpr Real kNoise = 1e-9L;

std::string Text(const Value& object, std::string_view name) {
  const Value* value = object.Find(name);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
}

std::optional<Real> Number(const Value& object, std::string_view name) {
  const Value* value = object.Find(name);
  if (value == nullptr || value->number() == nullptr) return std::nullopt;
  return std::strtold(value->number()->text.c_str(), nullptr);
}

// The text of a number; empty when there is none.
std::string NumberText(const Value& object, std::string_view name) {
  const Value* value = object.Find(name);
  return value != nullptr && value->number() != nullptr ? value->number()->text : std::string();
}

Real RoundUp(Real value) { return std::ceil(value / kUnit - kNoise) * kUnit; }
Real RoundHalfUp(Real value) { return std::floor(value / kUnit + 0.5L + kNoise) * kUnit; }
bool Same(Real a, Real b) { return std::fabs(a - b) < kUnit / 2; }
bool SameRatio(Real a, Real b) { return std::fabs(a - b) < 5e-7L; }

Real PresentValue(Real rate, Real years) {
  return rate == 0 ? years : (1 - std::pow(1 + rate, -years)) / rate;
}

// The numbers of one finding about a limit, worked out again.
class LimitProof {
 public:
  explicit LimitProof(const Value& values) : values_(values) {}

  static bool IsLimit(const Value& values) {
    return values.Find("minimum_yuan_per_sqm") != nullptr;
  }

  // What does not add up; empty when all does.
  std::string Fault() const {
    const auto shown = [&](std::string_view name) { return Number(values_, name).value_or(-1); };
    const std::optional<Real> limit = Limit();
    if (!limit) return "no limit";
    if (Has("total_yuan") && !Same(shown("price_yuan_per_sqm"), RoundHalfUp(Price()))) {
      return "total and area do not give the price";
    }
    if (!Same(shown("minimum_yuan_per_sqm"), RoundUp(*limit * ToOwnTerms()))) return "minimum";
    if (!Same(shown("deficit_yuan_per_sqm"), std::max<Real>(0, RoundUp(Deficit())))) {
      return "deficit";
    }
    return {};
  }
  bool IsMet() const { return Deficit() < kTolerance - kNoise; }

  Real Value50() const { return HasRate() || IsPackage() ? Worth() / TermFactor() : Worth(); }
  bool is_rent() const { return IsRent(); }

 private:
  bool Has(std::string_view name) const { return values_.Find(name) != nullptr; }
  Real Get(std::string_view name, Real other = 0) const {
    return Number(values_, name).value_or(other);
  }
  bool HasRate() const { return Has("capitalization_rate"); }
  bool IsPackage() const { return Has("lease_years"); }
  bool IsRent() const { return Has("rent_in_advance") && !IsPackage(); }

  Real Price() const {
    return Has("total_yuan") ? Get("total_yuan") / Get("area_sqm") : Get("price_yuan_per_sqm");
  }
  // The standard in part, or a fact in part.
  std::optional<Real> Amount() const {
    if (Has("standard_yuan_per_sqm")) return Get("standard_yuan_per_sqm") * Get("ratio");
    if (Has("of_yuan_per_sqm")) return Get("of_yuan_per_sqm") * Get("share", 1);
    return std::nullopt;
  }
  Real Rents() const {
    const Real advance = Get("rent_in_advance") != 0 ? 1 + Get("capitalization_rate") : 1;
    const Real years = IsPackage() ? Get("lease_years") : Get("full_term_years");
    return PresentValue(Get("capitalization_rate"), years) * advance;
  }
  Real TermFactor() const {
    if (IsRent() || IsPackage() || !HasRate()) return 1;
    const Real rate = Get("capitalization_rate");
    return PresentValue(rate, Get("term_years")) / PresentValue(rate, Get("full_term_years"));
  }
  std::optional<Real> Limit() const {
    const std::optional<Real> amount = Amount();
    if (!amount) return amount;
    return *amount * TermFactor();
  }
  Real Worth() const {
    if (!IsRent() && !IsPackage()) return Price() - Get("rebates_yuan_per_sqm");
    Real worth = Price() * Rents();
    if (IsPackage()) {
      worth += Get("transfer_price_yuan_per_sqm") *
               std::pow(1 + Get("capitalization_rate"), -Get("lease_years"));
    }
    return worth - Get("rebates_yuan_per_sqm");
  }
  Real ToOwnTerms() const { return IsRent() ? 1 / Rents() : 1; }
  Real Deficit() const { return Limit().value_or(0) - Worth(); }

  const Value& values_;
};

class Proof {
 public:
  Proof(const Value& answer, const KnownClauses& clauses) : answer_(answer), clauses_(clauses) {}

  std::string FaultOn(std::string_view decided_on) {
    if (Text(answer_, "decided_on") != decided_on) return "of another day";
    const Value* findings = answer_.Find("findings");
    if (findings == nullptr || findings->array() == nullptr) return "no findings";
    for (const Value& finding : *findings->array()) {
      const std::string fault = FaultOfFinding(finding);
      if (!fault.empty()) return Text(finding, "clause") + ": " + fault;
    }
    const std::string figures = FaultOfFigures();
    return figures.empty() ? FaultOfVerdict() : figures;
  }

 private:
  std::string FaultOfFinding(const Value& finding) {
    const auto found = clauses_.find(Text(finding, "clause"));
    if (found == clauses_.end()) return "no such clause";
    const KnownClause& clause = found->second;
    if (const std::string fault = FaultOfPeriod(finding, clause); !fault.empty()) return fault;
    const Value* values = finding.Find("values");
    if (values == nullptr) return "no values";
    const bool limit = LimitProof::IsLimit(*values);
    const std::string said =
        clause.zh + '\n' + clause.en + '\n' + NumberText(*values, limit ? "share" : "ratio");
    if (Text(finding, "words_sha256") != Sha256Of(said)) return "other words";
    const std::string outcome = Text(finding, "outcome");
    outcomes_.insert(outcome);
    if (limit) return FaultOfLimit(finding, *values, outcome);
    const auto ratio = Number(*values, "ratio");
    if (ratio && outcome == "lawful") lowest_ratio_ = std::min(lowest_ratio_, *ratio);
    if (outcome == "unlawful") unlawful_rules_.insert(Text(finding, "rule"));
    return {};
  }

  // ISO dates compare as texts do.
  std::string FaultOfPeriod(const Value& finding, const KnownClause& clause) const {
    const Value* citation = finding.Find("citation");
    if (citation == nullptr) return "no citation";
    if (Text(*citation, "in_force_from") != clause.from) return "in_force_from";
    const std::string day = Text(answer_, "decided_on");
    if (day.empty()) return {};
    const bool in_force = day >= clause.from && (clause.until.empty() || day < clause.until);
    return in_force ? "" : "not in force";
  }

  std::string FaultOfLimit(const Value& finding, const Value& values, const std::string& outcome) {
    const LimitProof proof(values);
    std::string fault = proof.Fault();
    if (!fault.empty()) return fault;
    if (outcome == "lawful" && !proof.IsMet()) return "called met and is not";
    if (outcome == "unlawful" && proof.IsMet()) return "called unlawful and is met";
    if (outcome == "unlawful") unlawful_rules_.insert(Text(finding, "rule"));
    limits_.push_back({Text(finding, "rule"), &values, proof.Value50(), proof.is_rent()});
    return {};
  }

  // The figures of the whole answer are those of its findings.
  std::string FaultOfFigures() const {
    const auto minimum = Number(answer_, "lawful_minimum_yuan_per_sqm");
    const bool decided =
        Text(answer_, "verdict") == "lawful" || Text(answer_, "verdict") == "unlawful";
    Real highest = -1;
    for (const std::string_view name : {"total_yuan", "area_sqm", "rebates_yuan_per_sqm"}) {
      for (const LimitFinding& limit : limits_) {
        if (NumberText(*limit.values, name) != NumberText(*limits_[0].values, name)) {
          return std::string(name);
        }
      }
    }
    for (const LimitFinding& limit : limits_) {
      highest = std::max(highest, Number(*limit.values, "minimum_yuan_per_sqm").value_or(-1));
      for (const std::string_view name : {"price_yuan_per_sqm", "standard_yuan_per_sqm", "ratio"}) {
        const auto whole = Number(answer_, name), part = Number(*limit.values, name);
        if (decided && whole && part && !SameRatio(*whole, *part)) return std::string(name);
      }
      const auto full = Number(answer_, "price_50y_yuan_per_sqm");
      const bool restated = limit.values->Find("capitalization_rate") != nullptr;
      if (full && restated && !Same(*full, RoundHalfUp(limit.value50))) return "price_50y";
      const auto term = limit.values->Find("term_years");
      if (full && !restated && term == nullptr && !limit.is_rent && !AnyRestated() &&
          !Same(*full, RoundHalfUp(limit.value50))) {
        return "price_50y";
      }
    }
    if (decided && minimum && !Same(*minimum, highest)) return "lawful_minimum";
    for (const std::string_view name : {"standard_yuan_per_sqm", "ratio"}) {
      const bool backed = std::ranges::any_of(
          limits_, [&](const LimitFinding& limit) { return limit.values->Find(name) != nullptr; });
      if (decided && Number(answer_, name) && !backed) return std::string(name) + " of no limit";
    }
    return FaultOfDeficit();
  }
  bool AnyRestated() const {
    return std::ranges::any_of(limits_, [](const LimitFinding& limit) {
      return limit.values->Find("capitalization_rate") != nullptr;
    });
  }
  std::string FaultOfDeficit() const {
    const auto deficit = Number(answer_, "deficit_yuan_per_sqm");
    if (!deficit) return {};
    const std::string rule = Text(answer_, "deciding_rule");
    const bool known = std::ranges::any_of(limits_, [&](const LimitFinding& limit) {
      return limit.rule == rule &&
             Same(*deficit, Number(*limit.values, "deficit_yuan_per_sqm").value_or(-1));
    });
    return known ? "" : "deficit of the answer";
  }

  std::string FaultOfVerdict() const {
    const std::string verdict = Text(answer_, "verdict");
    const auto list = [&](std::string_view name) {
      const Value* value = answer_.Find(name);
      return value != nullptr && value->array() != nullptr ? *value->array() : Value::Array();
    };
    const bool unlawful = outcomes_.contains("unlawful");
    const bool open = outcomes_.contains("needs_facts") || outcomes_.contains("conflict_review");
    if (verdict == "unlawful") {
      if (!unlawful) return "nothing is unlawful";
      const bool decides = unlawful_rules_.contains(Text(answer_, "deciding_rule"));
      return decides ? "" : "deciding_rule";
    }
    if (verdict == "lawful") {
      if (unlawful || open) return "something is not lawful";
      if (limits_.empty()) return "no limit is met";
      return FaultOfRatio();
    }
    if (verdict == "needs_facts") return list("missing").empty() ? "nothing is missing" : "";
    if (verdict == "not_applicable") return limits_.empty() ? "" : "a limit applies";
    if (verdict != "conflict_review") return "no verdict";
    std::set<std::string> verdicts;
    for (const Value& reading : list("readings")) verdicts.insert(Text(reading, "verdict"));
    const bool contested = verdicts.size() > 1 || outcomes_.contains("conflict_review");
    return contested ? "" : "the readings agree";
  }

  // A lawful price below the full standard needs a ratio that applies, the lowest of those.
  std::string FaultOfRatio() const {
    for (const LimitFinding& limit : limits_) {
      const auto ratio = Number(*limit.values, "ratio");
      if (ratio && *ratio < 1 && !SameRatio(*ratio, lowest_ratio_)) return "ratio without a clause";
    }
    return {};
  }

  struct LimitFinding {
    std::string rule;
    const Value* values = nullptr;
    Real value50 = 0;
    bool is_rent = false;
  };

  const Value& answer_;
  const KnownClauses& clauses_;
  std::set<std::string> outcomes_, unlawful_rules_;
  std::vector<LimitFinding> limits_;
  Real lowest_ratio_ = 1;
};

}  // namespace

std::string FaultOf(const Value& answer, const KnownClauses& clauses, std::string_view decided_on) {
  return Proof(answer, clauses).FaultOn(decided_on);
}

}  // namespace dijia::proof

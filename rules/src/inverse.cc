#include "dijia/rules/inverse.h"

#include <algorithm>

#include "dijia/base/decimal.h"
#include "dijia/base/land.h"
#include "exact.h"
#include "formula_facts.h"
#include "nearest_facts.h"

namespace dijia::rules {
namespace {

constexpr std::int64_t kFen = PowerOfTen(kPriceScale - 2);

class Inversion {
 public:
  Inversion(const ReservePriceCase& the_case, const PreparedRules& rules)
      : case_(the_case), rules_(rules), pack_(rules.pack()) {
    // A starting price is no reserve yet; what is asked for is the reserve.
    At(FormulaFact::kPriceKind) = static_cast<int>(PriceKind::kReserve);
  }

  Inverse Invert(const ReservePriceCase& as_stated) {
    Inverse inverse;
    const std::int64_t method = At(FormulaFact::kMethod);
    const bool rent = method == static_cast<int>(AssignmentMethod::kLease);
    const bool package = method == static_cast<int>(AssignmentMethod::kLeaseThenTransfer);
    if (rent || package) {
      inverse.rent = Lowest(FormulaFact::kAmount, PriceUnit::kYuanPerSqmYear);
      if (package && IsStated(FormulaFact::kAmount)) {
        inverse.transfer_price = Lowest(FormulaFact::kTransferPrice, std::nullopt);
      }
    } else {
      inverse.price = Lowest(FormulaFact::kAmount, PriceUnit::kYuanPerSqm);
      if (IsStated(FormulaFact::kAmount)) inverse.term = LongestTerm();
    }
    inverse.nearest = NearestLawfulFacts(as_stated, rules_);
    return inverse;
  }

 private:
  std::uint16_t IndexOf(FormulaFact fact) const {
    return *pack_.FindFact(kFormulaFactIds[static_cast<std::size_t>(fact)]);
  }
  std::int64_t& At(FormulaFact fact) { return case_.values[IndexOf(fact)]; }
  bool IsStated(FormulaFact fact) { return At(fact) != kNotStated; }

  // The lowest amount in fen that is lawful, at or above the minimum.
  std::optional<std::int64_t> Lowest(FormulaFact fact, std::optional<PriceUnit> unit) {
    ReservePriceCase probe = case_;
    std::int64_t& amount = probe.values[IndexOf(fact)];
    if (unit) probe.values[IndexOf(FormulaFact::kUnit)] = static_cast<int>(*unit);
    const auto is_lawful = [&](std::int64_t fen) {
      amount = fen * kFen;
      return VerdictOf(probe, rules_) == Verdict::kLawful;
    };
    const std::int64_t highest = pack_.facts[IndexOf(fact)].highest / kFen;
    std::int64_t lowest = 0;
    if (!is_lawful(0)) {
      const auto found = SearchUpwards(highest, is_lawful);
      if (!found) return std::nullopt;
      lowest = *found;
    }
    amount = lowest * kFen;
    // A minimum is never rounded down, so what only rounding hides does not count.
    if (CheckReservePrice(probe, rules_).equal_within_rounding) ++lowest;
    return lowest * kFen;
  }

  // The lowest fen that is lawful: doubling, then halving. Precondition: 0 is not.
  template <class IsLawful>
  static std::optional<std::int64_t> SearchUpwards(std::int64_t highest, IsLawful is_lawful) {
    std::int64_t refused = 0, lawful = 1024;
    while (lawful < highest && !is_lawful(lawful)) {
      refused = lawful;
      lawful *= 4;
    }
    lawful = std::min(lawful, highest);
    if (!is_lawful(lawful)) return std::nullopt;
    while (lawful - refused > 1) {
      const std::int64_t middle = refused + (lawful - refused) / 2;
      (is_lawful(middle) ? lawful : refused) = middle;
    }
    return lawful;
  }

  // Shorter terms have lower minima, so the lawful terms run from one year to the longest.
  std::optional<std::int64_t> LongestTerm() {
    ReservePriceCase probe = case_;
    std::int64_t& term = probe.values[IndexOf(FormulaFact::kTerm)];
    const auto is_lawful = [&](std::int64_t years) {
      term = years * PowerOfTen(kYearsScale);
      return VerdictOf(probe, rules_) == Verdict::kLawful;
    };
    std::int64_t lawful = 0,
                 refused =
                     pack_.facts[IndexOf(FormulaFact::kTerm)].highest / PowerOfTen(kYearsScale) + 1;
    while (refused - lawful > 1) {
      const std::int64_t middle = lawful + (refused - lawful) / 2;
      (is_lawful(middle) ? lawful : refused) = middle;
    }
    if (lawful == 0) return std::nullopt;
    return lawful * PowerOfTen(kYearsScale);
  }

  ReservePriceCase case_;
  const PreparedRules& rules_;
  const RulePack& pack_;
};

}  // namespace

Inverse InvertReservePrice(const ReservePriceCase& the_case, const PreparedRules& rules) {
  return Inversion(the_case, rules).Invert(the_case);
}

}  // namespace dijia::rules

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/land.h"
#include "dijia/base/names.h"
#include "dijia/rules/reserve_price.h"
#include "formula_facts.h"

namespace dijia::rules {
namespace {

void ReportUnknownFact(const RulePack& pack, std::string_view id, Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const Fact& fact : pack.facts) names.push_back(fact.id);
  const std::string_view nearest = NearestName(id, names);
  const Location where{"", 0, 0, std::string(id)};
  if (nearest.empty()) {
    diagnostics.Add(Code::kFactUnknown, where, {std::string(id), JoinNames(names)});
  } else {
    diagnostics.Add(Code::kFactMisspelt, where, {std::string(id), std::string(nearest)});
  }
}

// Two dates of which the second cannot come before the first.
void CheckOrder(const RulePack& pack, const ReservePriceCase& the_case, std::string_view first,
                std::string_view second, Diagnostics& diagnostics) {
  const auto before = pack.FindFact(first), after = pack.FindFact(second);
  if (!before || !after) return;
  const std::int64_t from = the_case.values[*before], until = the_case.values[*after];
  if (from == kNotStated || until == kNotStated || from <= until) return;
  diagnostics.Add(Code::kDatesOutOfOrder, {"", 0, 0, std::string(second)},
                  {FormatFact(pack.facts[*after], until), FormatFact(pack.facts[*before], from)});
}

}  // namespace

ReservePriceCase EmptyCase(const RulePack& pack) {
  ReservePriceCase the_case;
  the_case.values.assign(pack.facts.size(), kNotStated);
  return the_case;
}

ReservePriceCase CaseOf(const RulePack& pack,
                        std::span<const std::pair<std::string_view, std::string_view>> facts,
                        Diagnostics& diagnostics) {
  ReservePriceCase the_case = EmptyCase(pack);
  for (const auto& [id, text] : facts) {
    const auto index = pack.FindFact(id);
    if (!index) {
      ReportUnknownFact(pack, id, diagnostics);
      continue;
    }
    const Result<std::int64_t> value = ParseFact(pack.facts[*index], text);
    if (value) {
      the_case.values[*index] = *value;
    } else {
      ReportFactError(value.error(), pack.facts[*index], {"", 0, 0, std::string(id)}, diagnostics);
    }
  }
  return the_case;
}

void ValidateCase(const RulePack& pack, const ReservePriceCase& the_case,
                  Diagnostics& diagnostics) {
  const auto value = [&](FormulaFact fact) {
    return the_case.values[*pack.FindFact(kFormulaFactIds[static_cast<std::size_t>(fact)])];
  };
  const std::int64_t unit = value(FormulaFact::kUnit), method = value(FormulaFact::kMethod);
  if (value(FormulaFact::kAmount) != kNotStated && unit == kNotStated) {
    diagnostics.Add(Code::kPriceIncomplete, {"", 0, 0, "price.unit"});
  }
  CheckOrder(pack, the_case, "benchmark_base_date", "benchmark_published_on", diagnostics);
  CheckOrder(pack, the_case, "facts.agreed_start_on", "facts.idle_observed_on", diagnostics);
  if (unit == kNotStated || method == kNotStated) return;
  const auto price_unit = static_cast<PriceUnit>(unit);
  const auto how = static_cast<AssignmentMethod>(method);
  const bool yearly =
      price_unit == PriceUnit::kYuanPerSqmYear || price_unit == PriceUnit::kYuanPerMuYear;
  const bool rented =
      how == AssignmentMethod::kLease || how == AssignmentMethod::kLeaseThenTransfer;
  if (yearly == rented) return;
  diagnostics.Add(Code::kRentUnitForTransfer, {"", 0, 0, "price.unit"},
                  {std::string(CodeOf(how)), std::string(CodeOf(price_unit))});
}

}  // namespace dijia::rules

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

// Dates of which the second cannot come before the first.
constexpr std::string_view kOrders[][2] = {{"benchmark_base_date", "benchmark_published_on"},
                                           {"facts.agreed_start_on", "facts.idle_observed_on"}};

std::uint16_t SlotOf(const RulePack& pack, FormulaFact fact) {
  return *pack.FindFact(kFormulaFactIds[static_cast<std::size_t>(fact)]);
}

}  // namespace

ReservePriceCase EmptyCase(const RulePack& pack) {
  ReservePriceCase the_case;
  the_case.values.assign(pack.facts.size(), kNotStated);
  return the_case;
}

ReservePriceCase CaseOfExample(const RulePack& pack, const Example& example) {
  ReservePriceCase the_case = EmptyCase(pack);
  for (const auto& [fact, value] : example.facts) the_case.values[fact] = value;
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
  CaseValidator(pack).Validate(the_case, diagnostics);
}

CaseValidator::CaseValidator(const RulePack& pack)
    : pack_(&pack),
      amount_(SlotOf(pack, FormulaFact::kAmount)),
      unit_(SlotOf(pack, FormulaFact::kUnit)),
      method_(SlotOf(pack, FormulaFact::kMethod)) {
  for (const auto& [first, second] : kOrders) {
    const auto before = pack.FindFact(first), after = pack.FindFact(second);
    if (before && after) orders_.push_back({*before, *after});
  }
}

bool CaseValidator::LooksAt(std::uint16_t fact) const {
  return fact == unit_ || fact == method_ || std::ranges::any_of(orders_, [&](const Order& order) {
           return order.first == fact || order.second == fact;
         });
}

void CaseValidator::Validate(const ReservePriceCase& the_case, Diagnostics& diagnostics) const {
  const std::int64_t unit = the_case.values[unit_], method = the_case.values[method_];
  if (the_case.values[amount_] != kNotStated && unit == kNotStated) {
    diagnostics.Add(Code::kPriceIncomplete, {"", 0, 0, "price.unit"});
  }
  for (const auto& [first, second] : orders_) {
    const std::int64_t from = the_case.values[first], until = the_case.values[second];
    if (from == kNotStated || until == kNotStated || from <= until) continue;
    const Fact &before = pack_->facts[first], &after = pack_->facts[second];
    diagnostics.Add(Code::kDatesOutOfOrder, {"", 0, 0, after.id},
                    {FormatFact(after, until), FormatFact(before, from)});
  }
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

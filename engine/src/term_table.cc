#include "dijia/term_table.h"

#include <algorithm>

#include "precise.h"

namespace dijia {
namespace {

constexpr std::int64_t kFiner = PowerOfTen(AppliedCoefficient::kScale - Coefficient::kScale);
constexpr std::int64_t kYearsToMeasure = PowerOfTen(Measure::kScale - Years::kScale);

constexpr Years kLongest = Years::Of(1000);

}  // namespace

std::optional<Curve> TermTable(Rate rate, Years full_term, const Rounding& rounding) {
  if (rate <= Rate() || full_term <= Years() || full_term > kLongest) return std::nullopt;
  Curve table;
  table.by = TableBy::kAll;
  table.outside = OutsideRule::kWithhold;
  for (Years term; term < full_term;) {
    term = std::min(term + Years::Of(1), full_term);
    const auto factor = TermCoefficient(rate, term, full_term, rounding);
    if (!factor) return std::nullopt;
    table.rows.push_back({Measure::FromUnits(term.units() * kYearsToMeasure),
                          {{0, Coefficient::FromUnits(factor->units() / kFiner)}}});
  }
  return table;
}

}  // namespace dijia

#include "dijia/capitalization.h"

#include <algorithm>
#include <string>

#include "dijia/base/codes.h"
#include "dijia/location.h"
#include "vector_math.h"

namespace dijia {
namespace {

// 1 − (1+r)^−n over r: what a yuan at the end of each of n years is worth.
double PresentValue(double rate, double term) {
  return (1.0 - ExpOne(-term * LogOne(1.0 + rate))) / rate;
}

}  // namespace

std::optional<double> RateOf(const RentCase& rent) {
  if (rent.net_rent <= UnitPrice() || rent.price <= UnitPrice()) return std::nullopt;
  const double ratio = ToDouble(rent.net_rent) / ToDouble(rent.price);
  if (!rent.term) return ratio;
  const double term = ToDouble(*rent.term);
  if (!(term > 0.0) || !(ratio * term > 1.0)) return std::nullopt;
  // The worth of the rents falls with the rate, from all of them at 0 to less than the price at
  // rent / price.
  double low = 0.0, high = ratio;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + (high - low) / 2.0;
    if (middle == low || middle == high) break;
    (ratio * PresentValue(middle, term) > 1.0 ? low : high) = middle;
  }
  return high;
}

Result<double> RateFromRents(std::span<const RentCase> cases) {
  if (cases.empty()) return Error{Code::kTooFewObservations, "0"};
  std::vector<double> rates;
  for (const RentCase& rent : cases) {
    const auto rate = RateOf(rent);
    if (!rate) return Error{Code::kNumberNotAllowed, std::to_string(rates.size() + 1)};
    rates.push_back(*rate);
  }
  std::ranges::sort(rates);
  return Median(rates);
}

std::optional<Rate> WeightedSum(Rate start, std::span<const WeightedRate> rates,
                                const Rounding& rounding) {
  Int128 sum = Int128{start.units()} * Coefficient::kOne;
  for (const WeightedRate& rate : rates) sum += Int128{rate.weight.units()} * rate.rate.units();
  const auto units = RoundQuotient(sum, Coefficient::kOne, rounding.interval, rounding.mode);
  return units ? std::optional(Rate::FromUnits(*units)) : std::nullopt;
}

}  // namespace dijia

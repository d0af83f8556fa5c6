#include "dijia/price_units.h"

#include <algorithm>
#include <optional>

#include "places.h"

namespace dijia {
namespace {

// Half up to so many of the four places of a price.
Rounding ToPlaces(int places) {
  return {RoundingMode::kHalfUp, PowerOfTen(Rounding::kScale - places)};
}

std::optional<UnitPrice> YuanOf(PricePerMu mu, int places) {
  const auto exact = UnitPriceOf(mu);
  if (!exact) return std::nullopt;
  const std::int64_t interval = PowerOfTen(UnitPrice::kScale - places);
  const auto units = RoundQuotient(exact->units(), 1, interval, RoundingMode::kHalfUp);
  return units ? std::optional(UnitPrice::FromUnits(*units)) : std::nullopt;
}

}  // namespace

PriceUnits FindPriceUnits(std::span<const PricePair> pairs) {
  int yuan_places = 0, mu_places = 0;
  for (const PricePair& pair : pairs) {
    yuan_places = std::max(yuan_places, PlacesOf(pair.yuan.units(), UnitPrice::kScale));
    mu_places = std::max(mu_places, PlacesOf(pair.mu.units(), PricePerMu::kScale));
  }
  PriceUnits from_yuan, from_mu;
  from_mu.primary = PriceUnit::kWanYuanPerMu;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto mu = PricePerMuOf(pairs[i].yuan, ToPlaces(mu_places));
    if (mu != pairs[i].mu) from_yuan.faults.push_back({i, mu ? mu->ToString() : ""});
    const auto yuan = YuanOf(pairs[i].mu, yuan_places);
    if (yuan != pairs[i].yuan) from_mu.faults.push_back({i, yuan ? yuan->ToString() : ""});
  }
  return from_mu.faults.size() < from_yuan.faults.size() ? from_mu : from_yuan;
}

}  // namespace dijia

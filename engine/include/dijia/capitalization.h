// Capitalization rates of land (土地还原率) by the methods of benchmark-price notes §2.2.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dijia/base/enum_table.h"
#include "dijia/base/land.h"
#include "dijia/base/result.h"
#include "dijia/base/rounding.h"

namespace dijia {

enum class RateMethod : std::uint8_t {
  kRentToPrice,       // 租售比法: what rents and prices of the same land say
  kInvestmentReturn,  // 投资收益法: loan share × loan rate + own share × return asked for
  kSafeRate,  // 安全利率加风险调整值: safe rate + Σ weight × premium of each risk
};
template <>
struct EnumTableOf<RateMethod> {
  static constexpr std::array<EnumRow<RateMethod>, 3> kRows{{
      {RateMethod::kRentToPrice, "rent_to_price"},
      {RateMethod::kInvestmentReturn, "investment_return"},
      {RateMethod::kSafeRate, "safe_rate"},
  }};
};
static_assert(EnumTableIsComplete<RateMethod>(3));

// A parcel with its net land rent and its price.
struct RentCase {
  UnitPrice net_rent;         // yuan per m² and year, > 0
  UnitPrice price;            // yuan per m² of land, > 0
  std::optional<Years> term;  // of the price, > 0; none = without end

  friend bool operator==(const RentCase&, const RentCase&) = default;
};

// The rate r of a case, price = rent / r × (1 − (1+r)^−term), at the end of each year. Nothing
// unless all is above 0 and the rents of the term exceed the price; with no term rent / price.
std::optional<double> RateOf(const RentCase& rent);

// The median of the rates of the cases. Errors: kTooFewObservations (no case), kNumberNotAllowed
// with the position of a case that has no rate, from 1.
Result<double> RateFromRents(std::span<const RentCase> cases);

// A rate and what it counts.
struct WeightedRate {
  Coefficient weight;
  Rate rate;

  friend bool operator==(const WeightedRate&, const WeightedRate&) = default;
};

// start + Σ weight × rate, exact and rounded once; nothing when it leaves its type. With start 0
// and weights that sum to 1 the mean of methods, or of loan and own money; with the safe rate the
// safe rate and what its risks add.
std::optional<Rate> WeightedSum(Rate start, std::span<const WeightedRate> rates,
                                const Rounding& rounding);

}  // namespace dijia

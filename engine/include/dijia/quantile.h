// Quantiles of a sample, in the nine definitions of Hyndman and Fan, and the fences built on them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dijia/base/enum_table.h"

namespace dijia {

// The definitions of Hyndman and Fan, Sample Quantiles in Statistical Packages, The American
// Statistician 50 (1996) 361-365, by their numbers there.
enum class QuantileType : std::uint8_t {
  kInverse,         // 1: inverse of the empirical distribution function
  kAveraged,        // 2: the same, averaged at jumps
  kNearestEven,     // 3: nearest order statistic, ties to even
  kLinear,          // 4: linear in the empirical distribution function
  kHazen,           // 5: midpoints; (i − 1/2) / n
  kWeibull,         // 6: i / (n + 1); what bootstrap intervals are built on
  kGumbel,          // 7: (i − 1) / (n − 1); what R and numpy use unless told otherwise
  kMedianUnbiased,  // 8: (i − 1/3) / (n + 1/3)
  kNormalUnbiased,  // 9: (i − 3/8) / (n + 1/4)
};

template <>
struct EnumTableOf<QuantileType> {
  static constexpr std::array<EnumRow<QuantileType>, 9> kRows{{
      {QuantileType::kInverse, "type_1"},
      {QuantileType::kAveraged, "type_2"},
      {QuantileType::kNearestEven, "type_3"},
      {QuantileType::kLinear, "type_4"},
      {QuantileType::kHazen, "type_5"},
      {QuantileType::kWeibull, "type_6"},
      {QuantileType::kGumbel, "type_7"},
      {QuantileType::kMedianUnbiased, "type_8"},
      {QuantileType::kNormalUnbiased, "type_9"},
  }};
};
static_assert(EnumTableIsComplete<QuantileType>(9));

// A quantile written as a mix of two neighbouring order statistics: (1 − share) · value at `lower`
// + share · value at `upper`, both counted from 0.
struct QuantilePosition {
  std::size_t lower = 0;
  std::size_t upper = 0;
  double share = 0;  // in [0, 1)
};

// Where the quantile of `probability` in [0, 1] stands among `count` > 0 ascending values.
QuantilePosition PositionOfQuantile(std::size_t count, double probability, QuantileType type);

// The mix of two order statistics that a position asks for.
double ValueAt(const QuantilePosition& position, double lower_value, double upper_value);

// The quantile of ascending values. NaN for no values.
double Quantile(std::span<const double> sorted, double probability,
                QuantileType type = QuantileType::kGumbel);

// The five figures of a box plot (Tukey, Exploratory Data Analysis, 1977): hinges are the medians
// of the lower and the upper half, the middle value counted in both; a whisker is the furthest
// value within `reach` hinge spreads of its hinge; values beyond are outside.
struct TukeyFences {
  double lower_whisker = 0;
  double lower_hinge = 0;
  double upper_hinge = 0;
  double upper_whisker = 0;
  std::size_t outside = 0;
};

// Fences of ascending values. All NaN and none outside for no values.
TukeyFences FencesOf(std::span<const double> sorted, double reach = 1.5);

}  // namespace dijia

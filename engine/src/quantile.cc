#include "dijia/quantile.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "dijia/location.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Products such as 0.07 · 100 are a few units in the last place away from the whole number that is
// meant; R's allowance for it.
constexpr double kFuzz = 4 * std::numeric_limits<double>::epsilon();

// The plotting position of types 4 to 9 is (i − a) / (n + 1 − a − b).
struct PlottingPosition {
  double a, b;
};

PlottingPosition PlottingPositionOf(QuantileType type) {
  switch (type) {
    case QuantileType::kInverse:
    case QuantileType::kAveraged:
    case QuantileType::kNearestEven:
    case QuantileType::kLinear:
      return {0, 1};
    case QuantileType::kHazen:
      return {0.5, 0.5};
    case QuantileType::kWeibull:
      return {0, 0};
    case QuantileType::kGumbel:
      return {1, 1};
    case QuantileType::kMedianUnbiased:
      return {1.0 / 3, 1.0 / 3};
    case QuantileType::kNormalUnbiased:
      return {3.0 / 8, 3.0 / 8};
  }
  return {1, 1};
}

// Position from a rank counted from 1 that may lie outside the sample.
QuantilePosition FromRank(double rank, double share, std::size_t count) {
  const double last = static_cast<double>(count) - 1;
  const auto inside = [&](double index) {
    return static_cast<std::size_t>(std::clamp(index, 0.0, last));
  };
  QuantilePosition position{inside(rank - 1), inside(rank), share};
  if (share == 0) position.upper = position.lower;
  if (position.lower == position.upper) position.share = 0;
  return position;
}

QuantilePosition DiscretePosition(std::size_t count, double probability, QuantileType type) {
  const double n = static_cast<double>(count);
  const double at = type == QuantileType::kNearestEven ? n * probability - 0.5 : n * probability;
  const double rank = std::floor(at + kFuzz);
  const bool beyond = at > rank + kFuzz;
  if (type == QuantileType::kInverse) return FromRank(beyond ? rank + 1 : rank, 0, count);
  if (type == QuantileType::kAveraged) {
    return FromRank(beyond ? rank + 1 : rank, beyond ? 0 : 0.5, count);
  }
  const bool odd = std::fmod(rank, 2) != 0;
  return FromRank(std::abs(at - rank) > kFuzz || odd ? rank + 1 : rank, 0, count);
}

}  // namespace

QuantilePosition PositionOfQuantile(std::size_t count, double probability, QuantileType type) {
  assert(count > 0 && probability >= 0 && probability <= 1);
  if (type <= QuantileType::kNearestEven) return DiscretePosition(count, probability, type);
  const double n = static_cast<double>(count);
  if (type == QuantileType::kGumbel) {  // R computes this one without the allowance
    const double index = (n - 1) * probability;
    const double lower = std::floor(index);
    return FromRank(lower + 1, index - lower, count);
  }
  const auto [a, b] = PlottingPositionOf(type);
  const double at = a + probability * (n + 1 - a - b);
  const double rank = std::floor(at + kFuzz);
  const double share = at - rank;
  return FromRank(rank, std::abs(share) < kFuzz ? 0 : share, count);
}

double ValueAt(const QuantilePosition& position, double lower_value, double upper_value) {
  if (position.share == 0 || lower_value == upper_value) return lower_value;
  return (1 - position.share) * lower_value + position.share * upper_value;
}

double Quantile(std::span<const double> sorted, double probability, QuantileType type) {
  if (sorted.empty()) return kNaN;
  const QuantilePosition position = PositionOfQuantile(sorted.size(), probability, type);
  return ValueAt(position, sorted[position.lower], sorted[position.upper]);
}

TukeyFences FencesOf(std::span<const double> sorted, double reach) {
  if (sorted.empty()) return {kNaN, kNaN, kNaN, kNaN, 0};
  const std::size_t half = (sorted.size() + 1) / 2;
  TukeyFences fences;
  fences.lower_hinge = Median(sorted.first(half));
  fences.upper_hinge = Median(sorted.last(half));
  const double spread = reach * (fences.upper_hinge - fences.lower_hinge);
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), fences.lower_hinge - spread);
  const auto last = std::upper_bound(first, sorted.end(), fences.upper_hinge + spread);
  fences.outside = sorted.size() - static_cast<std::size_t>(last - first);
  fences.lower_whisker = *first;
  fences.upper_whisker = *(last - 1);
  return fences;
}

}  // namespace dijia

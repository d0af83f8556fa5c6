#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/robust_regression.h"
#include "pair_slopes.h"
#include "tail.h"

namespace dijia {
namespace {

double MedianOf(std::vector<double> values) {
  const std::size_t n = values.size();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (n % 2 == 1) return *middle;
  return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

// Σ t (t − 1)(2 t + 5) over groups of t equal values: what ties take from Kendall's variance.
double TieTerm(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  double sum = 0.0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    const double t = static_cast<double>(end - i);
    sum += t * (t - 1.0) * (2.0 * t + 5.0);
    i = end;
  }
  return sum;
}

std::optional<Error> Check(std::span<const double> x, std::span<const double> y, double coverage) {
  if (x.size() != y.size()) {
    return Error{Code::kSizesDiffer,
                 std::to_string(x.size()) + " x, " + std::to_string(y.size()) + " y"};
  }
  if (x.size() < 2) return Error{Code::kTooFewObservations, std::to_string(x.size()) + " rows < 2"};
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isfinite(x[i]) && std::isfinite(y[i])) continue;
    return Error{Code::kNumberNotAllowed, "row " + std::to_string(i + 1) + " is not finite"};
  }
  if (!(coverage > 0.0 && coverage < 1.0)) {
    return Error{Code::kNumberNotAllowed, "coverage " + std::to_string(coverage)};
  }
  return std::nullopt;
}

}  // namespace

Result<TheilSenFit> FitTheilSen(std::span<const double> x, std::span<const double> y,
                                double coverage) {
  if (std::optional<Error> error = Check(x, y, coverage)) return *std::move(error);
  const PairSlopes slopes(x, y);
  const std::uint64_t pairs = slopes.count();
  if (pairs == 0) return Error{Code::kNoSpread, "every x is " + std::to_string(x.front())};
  const double n = static_cast<double>(x.size());
  const double total = static_cast<double>(pairs);
  const double variance = (n * (n - 1.0) * (2.0 * n + 5.0) - TieTerm(x) - TieTerm(y)) / 18.0;
  const double reach = NormalReach(coverage) * std::sqrt(variance);
  // Ranks counted from 0; std::nearbyint rounds halves to even.
  const double upper = std::min(std::nearbyint(0.5 * (total + reach)), total - 1.0);
  const double lower = std::max(std::nearbyint(0.5 * (total - reach)) - 1.0, 0.0);
  const std::array<std::uint64_t, 4> ranks = {static_cast<std::uint64_t>(lower), (pairs - 1) / 2,
                                              pairs / 2, static_cast<std::uint64_t>(upper)};
  const std::vector<double> at = slopes.OrderStatistics(ranks);
  TheilSenFit fit;
  fit.slope = at[1] == at[2] ? at[1] : 0.5 * (at[1] + at[2]);
  fit.slope_interval = {at[0], at[3], coverage};
  fit.intercept = MedianOf({y.begin(), y.end()}) - fit.slope * MedianOf({x.begin(), x.end()});
  fit.pairs = static_cast<std::size_t>(pairs);
  return fit;
}

}  // namespace dijia

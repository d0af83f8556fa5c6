#include "dijia/far_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/location.h"
#include "dijia/philox.h"
#include "far_families.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr int kFewestFolds = 2, kMostFolds = 20;
constexpr double kConsistent = 0.6745;  // MAD over this is σ under normal errors
constexpr double kOutlying = 3.0;

double MedianOf(std::vector<double> values) {
  std::ranges::sort(values);
  return Median(values);
}

// In an order that does not depend on the rows.
LogSales Sorted(const FarSales& sales) {
  std::vector<std::pair<double, double>> pairs;
  for (std::size_t i = 0; i < sales.far.size(); ++i) {
    pairs.emplace_back(LogOne(sales.far[i]), LogOne(sales.prices[i]));
  }
  std::ranges::sort(pairs);
  LogSales sorted;
  for (const auto& [far, price] : pairs) sorted.Add(far, price);
  return sorted;
}

// The part of each sale: every run of `folds` neighbours in the ratio has one sale of each part.
std::vector<int> PartsOf(std::size_t sales, int folds, std::uint64_t seed) {
  std::vector<int> parts(sales);
  std::vector<int> order(static_cast<std::size_t>(folds));
  for (std::size_t first = 0; first < sales; first += order.size()) {
    std::iota(order.begin(), order.end(), 0);
    PhiloxStream random(seed, static_cast<std::uint32_t>(first));
    for (std::size_t i = order.size(); i > 1; --i) {
      const auto other = static_cast<std::size_t>(random.NextUniform() * static_cast<double>(i));
      std::swap(order[i - 1], order[other]);
    }
    const std::size_t count = std::min(order.size(), sales - first);
    std::copy_n(order.begin(), count, parts.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return parts;
}

// What each sale differs from the curve that was fitted without its part.
Result<std::vector<double>> PredictionErrors(const LogSales& sales, FarFamily family,
                                             const std::vector<int>& parts,
                                             const FarCurveOptions& options) {
  std::vector<double> errors(sales.size());
  for (int part = 0; part < options.folds; ++part) {
    LogSales others;
    for (std::size_t i = 0; i < sales.size(); ++i) {
      if (parts[i] != part) others.Add(sales.far[i], sales.price[i]);
    }
    const Result<FarFit> fit = FitFamily(others, family, options);
    if (!fit) return fit.error();
    for (std::size_t i = 0; i < sales.size(); ++i) {
      if (parts[i] == part) {
        errors[i] = std::fabs(sales.price[i] - fit->LogPriceAt(sales.far[i]));
      }
    }
  }
  return errors;
}

// Whether the simpler family does as well: its errors are larger by no more than chance.
bool DoesAsWell(const std::vector<double>& simple, const std::vector<double>& best) {
  std::vector<double> differences(simple.size());
  for (std::size_t i = 0; i < simple.size(); ++i) differences[i] = simple[i] - best[i];
  const double mean = Mean(differences);
  double squares = 0.0;
  for (const double difference : differences) squares += (difference - mean) * (difference - mean);
  const auto n = static_cast<double>(differences.size());
  return mean <= std::sqrt(squares / (n - 1.0) / n);
}

// A family that could be fitted, to all sales and without each part of them.
struct Tried {
  FarFit fit;
  std::vector<double> errors;

  FarFamily family() const { return fit.shape.family; }
};

// The order of FarFamily is that of simplicity. Precondition: there is one.
const FarFit& Choose(const std::vector<Tried>& tried) {
  const auto best = std::ranges::min_element(
      tried, {}, [](const Tried& one) { return std::pair(Mean(one.errors), one.family()); });
  const Tried* chosen = &*best;
  for (const Tried& one : tried) {
    if (one.family() < chosen->family() && DoesAsWell(one.errors, best->errors)) chosen = &one;
  }
  return chosen->fit;
}

void StateFit(const LogSales& sales, const FarFit& fit, FarCurve& curve) {
  const double centre = MedianOf(sales.price);
  double residuals = 0.0, spread = 0.0;
  std::vector<double> sizes;
  for (std::size_t i = 0; i < sales.size(); ++i) {
    sizes.push_back(std::fabs(sales.price[i] - fit.LogPriceAt(sales.far[i])));
    residuals += sizes.back();
    spread += std::fabs(sales.price[i] - centre);
  }
  curve.shape = fit.shape;
  curve.exponent_error = fit.exponent_error;
  curve.sales = sales.size();
  curve.scale = MedianOf(sizes) / kConsistent;
  curve.outlying = static_cast<std::size_t>(
      std::ranges::count_if(sizes, [&](double size) { return size > kOutlying * curve.scale; }));
  curve.explained = spread > 0.0 ? 1.0 - residuals / spread : 0.0;
  curve.lowest_far = ExpOne(sales.far.front());
  curve.highest_far = ExpOne(sales.far.back());
}

std::optional<Error> FaultOf(const FarSales& sales, const FarCurveOptions& options) {
  if (sales.far.size() != sales.prices.size()) {
    return Error{Code::kSizesDiffer,
                 std::to_string(sales.far.size()) + ", " + std::to_string(sales.prices.size())};
  }
  const auto above_zero = [](double value) { return value > 0.0 && std::isfinite(value); };
  if (!std::ranges::all_of(sales.far, above_zero) ||
      !std::ranges::all_of(sales.prices, above_zero) || !above_zero(options.base)) {
    return Error{Code::kNumberNotAllowed, "ratios and prices > 0"};
  }
  if (options.folds < kFewestFolds || options.folds > kMostFolds) {
    return Error{Code::kNumberNotAllowed, "folds " + std::to_string(options.folds) + ", 2 – 20"};
  }
  const std::size_t fewest =
      std::max(options.min_sales, static_cast<std::size_t>(options.folds) * 2);
  if (sales.far.size() < fewest) {
    return Error{Code::kTooFewObservations,
                 std::to_string(sales.far.size()) + " < " + std::to_string(fewest)};
  }
  return std::nullopt;
}

}  // namespace

std::vector<FarFamily> AllFarFamilies() {
  std::vector<FarFamily> families;
  for (const EnumRow<FarFamily>& row : EnumTableOf<FarFamily>::kRows) families.push_back(row.value);
  return families;
}

double FarShape::At(double far) const {
  switch (family) {
    case FarFamily::kPower:
      return ExpOne(exponent * LogOne(far / base));
    case FarFamily::kLinearLogarithm:
      return far <= base ? 1.0 + below * (far - base) : 1.0 + above * LogOne(far / base);
    case FarFamily::kMonotonePiecewise:
      return ExpOne(LogFactorBetween(knots, LogOne(far)));
  }
  return 1.0;
}

Result<FarCurve> FitFarCurve(const FarSales& sales, const FarCurveOptions& options) {
  if (const auto fault = FaultOf(sales, options)) return *fault;
  const LogSales sorted = Sorted(sales);
  if (sorted.far.front() == sorted.far.back()) {
    return Error{Code::kNoSpread, "one floor area ratio only"};
  }
  const std::vector<int> parts = PartsOf(sorted.size(), options.folds, options.seed);
  FarCurve curve;
  std::vector<Tried> tried;
  for (const FarFamily family : options.families) {
    FarTrial& trial = curve.trials.emplace_back();
    trial.family = family;
    Result<FarFit> whole = FitFamily(sorted, family, options);
    auto errors = whole ? PredictionErrors(sorted, family, parts, options)
                        : Result<std::vector<double>>(whole.error());
    if (!errors) {
      trial.fault = errors.error();
      continue;
    }
    trial.prediction_error = Mean(*errors);
    tried.push_back({*std::move(whole), *std::move(errors)});
  }
  if (tried.empty()) {
    return curve.trials.empty() ? Error{Code::kNoSpread, "no family"} : curve.trials[0].fault;
  }
  StateFit(sorted, Choose(tried), curve);
  return curve;
}

}  // namespace dijia

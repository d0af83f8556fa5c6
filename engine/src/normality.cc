#include "dijia/normality.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "dijia/location.h"
#include "dijia/parallel.h"
#include "dijia/scale.h"
#include "kolmogorov.h"
#include "normality_kernel.h"
#include "polynomial.h"
#include "shapiro_wilk.h"
#include "tail.h"

namespace dijia {
namespace {

namespace bm = boost::math;

constexpr TestResult kNone{std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::quiet_NaN()};

bool AllEqual(std::span<const double> sorted) { return sorted.front() == sorted.back(); }

double NormalProbability(double z) { return cdf(bm::normal(), z); }

// One piece of a p-value table: holds below `limit` of the modified statistic, where the p-value is
// e^q or, for small statistics, 1 − e^q, q a polynomial.
struct TailPiece {
  double limit;
  std::array<double, 3> q;
  bool complement;
};

double PiecewiseTail(const std::array<TailPiece, 4>& pieces, double x, double beyond) {
  for (const TailPiece& piece : pieces) {
    if (x >= piece.limit) continue;
    const double e = std::exp(Polynomial(piece.q, x));
    return piece.complement ? 1 - e : e;
  }
  return beyond;
}

TestResult AndersonDarlingFrom(std::span<const double> sorted, double mean, double deviation) {
  constexpr std::array<TailPiece, 4> kPieces = {{{0.2, {-13.436, 101.14, -223.73}, true},
                                                 {0.34, {-8.318, 42.796, -59.938}, true},
                                                 {0.6, {0.9177, -4.279, -1.38}, false},
                                                 {10, {1.2937, -5.709, 0.0186}, false}}};
  constexpr double kBeyond = 3.7e-24;  // the last piece at 10
  if (sorted.size() < 8 || AllEqual(sorted)) return kNone;
  const double n = static_cast<double>(sorted.size());
  const double a = -n - AndersonDarlingSum(sorted, mean, deviation) / n;
  return {a, PiecewiseTail(kPieces, a * (1 + 0.75 / n + 2.25 / (n * n)), kBeyond)};
}

TestResult JarqueBeraFrom(const Moments& moments, std::size_t count) {
  if (count < 2 || !(moments.second > 0)) return kNone;
  const double excess = moments.kurtosis - 3;
  const double statistic =
      static_cast<double>(count) / 6 * (moments.skewness * moments.skewness + excess * excess / 4);
  return {statistic, ChiSquareTail(statistic, 2)};
}

// The largest distance of the empirical distribution function from a normal one, at its jumps.
double LargestDistance(std::span<const double> sorted, double mean, double deviation) {
  const double n = static_cast<double>(sorted.size());
  double distance = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double p = NormalProbability((sorted[i] - mean) / deviation);
    const double before = static_cast<double>(i) / n;
    const double after = static_cast<double>(i + 1) / n;
    distance = std::max({distance, after - p, p - before});
  }
  return distance;
}

// Stephens' approximation where Dallal and Wilkinson's is above 0.1.
double StephensTail(double distance, double n) {
  const double k = (std::sqrt(n) - 0.01 + 0.85 / std::sqrt(n)) * distance;
  if (k <= 0.302) return 1;
  if (k <= 0.5) {
    return Polynomial(std::array{2.76773, -19.828315, 80.709644, -138.55152, 81.218052}, k);
  }
  if (k <= 0.9) {
    return Polynomial(std::array{-4.901232, 40.662806, -97.490286, 94.029866, -32.355711}, k);
  }
  if (k <= 1.31) {
    return Polynomial(std::array{6.198765, -19.558097, 23.186922, -12.234627, 2.423045}, k);
  }
  return 0;
}

double LillieforsTail(double distance, double n) {
  const double scaled = n > 100 ? distance * std::pow(n / 100, 0.49) : distance;
  const double m = std::min(n, 100.0);
  const double p = std::exp(-7.01256 * scaled * scaled * (m + 2.78019) +
                            2.99587 * scaled * std::sqrt(m + 2.78019) - 0.122119 +
                            0.974598 / std::sqrt(m) + 1.67997 / m);
  return p <= 0.1 ? p : std::clamp(StephensTail(distance, n), 0.0, 1.0);
}

}  // namespace

TestResult ShapiroWilk(std::span<const double> sorted) {
  if (sorted.size() < 3 || AllEqual(sorted)) return kNone;
  const Moments moments = MomentsOf(sorted);
  return ShapiroWilkWeights(sorted.size())
      .Test(sorted, moments.second * static_cast<double>(sorted.size()));
}

TestResult ShapiroFrancia(std::span<const double> sorted) {
  const std::size_t count = sorted.size();
  if (count < 5 || AllEqual(sorted)) return kNone;
  const double n = static_cast<double>(count);
  const Moments moments = MomentsOf(sorted);
  double products = 0;
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double m = quantile(bm::normal(), (static_cast<double>(i + 1) - 0.375) / (n + 0.25));
    products += m * (sorted[i] - moments.mean);
    squares += m * m;
  }
  const double w = products * products / (squares * moments.second * n);
  if (count > kLargestShapiroSample) return {w, kNone.p_value};
  const double u = std::log(n);
  const double v = std::log(u);
  const double mean = -1.2725 + 1.0521 * (v - u);
  const double deviation = 1.0308 - 0.26758 * (v + 2 / u);
  return {w, NormalProbability(-(std::log(1 - w) - mean) / deviation)};
}

TestResult AndersonDarling(std::span<const double> sorted) {
  return AndersonDarlingFrom(sorted, Mean(sorted), StandardDeviation(sorted));
}

TestResult CramerVonMises(std::span<const double> sorted) {
  constexpr std::array<TailPiece, 4> kPieces = {{{0.0275, {-13.953, 775.5, -12542.61}, true},
                                                 {0.051, {-5.903, 179.546, -1515.29}, true},
                                                 {0.092, {0.886, -31.62, 10.897}, false},
                                                 {1.1, {1.111, -34.242, 12.832}, false}}};
  constexpr double kBeyond = 7.37e-10;  // the last piece at 1.1
  if (sorted.size() < 8 || AllEqual(sorted)) return kNone;
  const double n = static_cast<double>(sorted.size());
  const double mean = Mean(sorted);
  const double deviation = StandardDeviation(sorted);
  double w = 1 / (12 * n);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double p = NormalProbability((sorted[i] - mean) / deviation);
    const double gap = p - (2 * static_cast<double>(i) + 1) / (2 * n);
    w += gap * gap;
  }
  return {w, PiecewiseTail(kPieces, (1 + 0.5 / n) * w, kBeyond)};
}

TestResult Lilliefors(std::span<const double> sorted) {
  if (sorted.size() < 5 || AllEqual(sorted)) return kNone;
  const double distance = LargestDistance(sorted, Mean(sorted), StandardDeviation(sorted));
  return {distance, LillieforsTail(distance, static_cast<double>(sorted.size()))};
}

TestResult JarqueBera(std::span<const double> values) {
  return JarqueBeraFrom(MomentsOf(values), values.size());
}

TestResult KolmogorovSmirnov(std::span<const double> sorted, double mean, double deviation) {
  if (sorted.empty() || !(deviation > 0)) return kNone;
  const double distance = LargestDistance(sorted, mean, deviation);
  return {distance, KolmogorovTail(distance, sorted.size())};
}

std::vector<RunNormality> NormalityOfRuns(std::span<const double> sorted,
                                          std::span<const std::size_t> offsets, unsigned threads) {
  if (offsets.size() < 2) return {};
  const std::size_t runs = offsets.size() - 1;
  const auto size_of = [&](std::size_t run) { return offsets[run + 1] - offsets[run]; };
  std::vector<std::size_t> sizes;  // the different lengths; each has its weights
  for (std::size_t run = 0; run < runs; ++run) sizes.push_back(size_of(run));
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  std::vector<ShapiroWilkWeights> weights(sizes.size());
  ForEachIndex(sizes.size(), threads,
               [&](std::size_t i) { weights[i] = ShapiroWilkWeights(sizes[i]); });
  std::vector<RunNormality> results(runs);
  ForEachIndex(runs, threads, [&](std::size_t run) {
    const auto values = sorted.subspan(offsets[run], size_of(run));
    if (values.size() < 2 || AllEqual(values)) {
      results[run] = {kNone, kNone, kNone};
      return;
    }
    const Moments moments = MomentsOf(values);
    const double n = static_cast<double>(values.size());
    const double squares = moments.second * n;
    const auto own = std::lower_bound(sizes.begin(), sizes.end(), values.size()) - sizes.begin();
    results[run].shapiro_wilk = weights[static_cast<std::size_t>(own)].Test(values, squares);
    results[run].jarque_bera = JarqueBeraFrom(moments, values.size());
    results[run].anderson_darling =
        AndersonDarlingFrom(values, moments.mean, std::sqrt(squares / (n - 1)));
  });
  return results;
}

}  // namespace dijia

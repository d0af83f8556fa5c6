#include "dijia/sample_tests.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "dijia/location.h"
#include "dijia/scale.h"
#include "dijia/sum.h"
#include "tail.h"

namespace dijia {
namespace {

namespace bm = boost::math;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr TestResult kNone{kNaN, kNaN};
constexpr std::size_t kLargestExactRankSum = 50;

double Count(std::span<const double> values) { return static_cast<double>(values.size()); }

std::vector<double> Pooled(Samples samples) {
  std::vector<double> all;
  for (const auto& sample : samples) all.insert(all.end(), sample.begin(), sample.end());
  return all;
}

bool HasFewerThan(std::size_t values, Samples samples) {
  return samples.size() < 2 || std::any_of(samples.begin(), samples.end(),
                                           [&](const auto& s) { return s.size() < values; });
}

// Σ (t³ − t) over the runs of t equal values.
double TieSum(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (auto from = values.begin(); from != values.end();) {
    const auto to = std::upper_bound(from, values.end(), *from);
    const auto run = static_cast<double>(to - from);
    sum += run * (run * run - 1);
    from = to;
  }
  return sum;
}

// P(W <= w) for w = 0, 1, …: the number of pairs of two samples of m and n untied values in which
// the first is larger. The counts are those of partitions of w into at most m parts of at most n:
// multiply by (1 − q^(n+i)) / (1 − q^i) for i = 1 … m.
std::vector<double> RankSumTail(std::size_t m, std::size_t n) {
  std::vector<double> ways(m * n + 1, 0.0);
  ways[0] = 1;
  for (std::size_t i = 1; i <= m; ++i) {
    for (std::size_t w = m * n; w >= n + i && w <= m * n; --w) ways[w] -= ways[w - n - i];
    for (std::size_t w = i; w <= m * n; ++w) ways[w] += ways[w - i];
  }
  double total = 0;
  for (const double w : ways) total += w;
  double sum = 0;
  for (double& w : ways) w = sum += w / total;
  return ways;
}

// From P(W <= w) and P(W >= w).
double PValue(double below, double above, Alternative alternative) {
  switch (alternative) {
    case Alternative::kTwoSided:
      return std::min(1.0, 2 * std::min(below, above));
    case Alternative::kLess:
      return below;
    case Alternative::kGreater:
      return above;
  }
  return kNaN;
}

double ExactRankSumP(double w, std::size_t m, std::size_t n, Alternative alternative) {
  const std::vector<double> tail = RankSumTail(m, n);
  const auto at = static_cast<std::size_t>(w);  // a whole number without ties
  const double below = tail[at];
  const double above = tail[m * n - at];  // the distribution is symmetric
  return PValue(below, above, alternative);
}

double NormalRankSumP(double w, double m, double n, double ties, Alternative alternative) {
  const double all = m + n;
  const double deviation = std::sqrt(m * n / 12 * (all + 1 - ties / (all * (all - 1))));
  // Both tails as lower tails, which keep their digits when they are small.
  const auto tail = [&](double statistic) {
    return cdf(bm::normal(), (statistic - m * n / 2 + 0.5) / deviation);
  };
  return PValue(tail(w), tail(m * n - w), alternative);
}

double StudentP(double t, double freedom, Alternative alternative) {
  if (alternative == Alternative::kTwoSided) return TwoSidedStudentTail(t, freedom);
  const bm::students_t distribution(freedom);
  return alternative == Alternative::kLess ? cdf(distribution, t)
                                           : cdf(complement(distribution, t));
}

double SquaredCriticalT(std::size_t count, double significance) {
  const double n = static_cast<double>(count);
  const double t = quantile(complement(bm::students_t(n - 2), significance / (2 * n)));
  return t * t;
}

}  // namespace

std::vector<double> AverageRanks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from + 1;
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    const double shared = static_cast<double>(from + to + 1) / 2;
    for (std::size_t i = from; i < to; ++i) ranks[order[i]] = shared;
    from = to;
  }
  return ranks;
}

TestResult WilcoxonRankSum(std::span<const double> first, std::span<const double> second,
                           Alternative alternative) {
  if (first.empty() || second.empty()) return kNone;
  const std::span<const double> both[] = {first, second};
  const std::vector<double> all = Pooled(both);
  const std::vector<double> ranks = AverageRanks(all);
  const double m = Count(first);
  const double w = Sum(std::span(ranks).first(first.size())) - m * (m + 1) / 2;
  const double ties = TieSum(all);
  if (ties == 0 && std::max(first.size(), second.size()) <= kLargestExactRankSum) {
    return {w, ExactRankSumP(w, first.size(), second.size(), alternative)};
  }
  const double n = Count(all);
  if (ties == n * (n * n - 1)) return kNone;  // all equal
  return {w, NormalRankSumP(w, m, Count(second), ties, alternative)};
}

WelchResult WelchT(std::span<const double> first, std::span<const double> second,
                   Alternative alternative) {
  constexpr WelchResult kNoWelch{kNaN, kNaN, kNaN};
  if (first.size() < 2 || second.size() < 2) return kNoWelch;
  const double a = Variance(first) / Count(first);
  const double b = Variance(second) / Count(second);
  if (!(a + b > 0)) return kNoWelch;
  const double t = (Mean(first) - Mean(second)) / std::sqrt(a + b);
  const double freedom =
      (a + b) * (a + b) / (a * a / (Count(first) - 1) + b * b / (Count(second) - 1));
  return {t, freedom, StudentP(t, freedom, alternative)};
}

TestResult VarianceRatio(std::span<const double> first, std::span<const double> second) {
  if (first.size() < 2 || second.size() < 2) return kNone;
  const double a = Variance(first);
  const double b = Variance(second);
  if (!(a > 0 && b > 0)) return kNone;
  const double above = FisherTail(a / b, Count(first) - 1, Count(second) - 1);
  const double below = FisherTail(b / a, Count(second) - 1, Count(first) - 1);
  return {a / b, std::min(1.0, 2 * std::min(above, below))};
}

TestResult Bartlett(Samples samples) {
  if (HasFewerThan(2, samples)) return kNone;
  double freedom = 0;
  double pooled = 0;
  double logs = 0;
  double inverses = 0;
  for (const auto& sample : samples) {
    const double variance = Variance(sample);
    if (!(variance > 0)) return kNone;
    const double f = Count(sample) - 1;
    freedom += f;
    pooled += f * variance;
    logs += f * std::log(variance);
    inverses += 1 / f;
  }
  const double groups = static_cast<double>(samples.size() - 1);
  const double correction = 1 + (inverses - 1 / freedom) / (3 * groups);
  const double statistic = (freedom * std::log(pooled / freedom) - logs) / correction;
  return {statistic, ChiSquareTail(statistic, groups)};
}

TestResult OneWayF(Samples samples) {
  if (HasFewerThan(1, samples)) return kNone;
  const std::vector<double> all = Pooled(samples);
  const double groups = static_cast<double>(samples.size() - 1);
  const double freedom = Count(all) - static_cast<double>(samples.size());
  if (freedom <= 0) return kNone;
  const double mean = Mean(all);
  double between = 0;
  double within = 0;
  for (const auto& sample : samples) {
    const double own = Mean(sample);
    between += Count(sample) * (own - mean) * (own - mean);
    within += SumOfSquares(sample, own);
  }
  if (!(between + within > 0)) return kNone;
  const double statistic = between / groups / (within / freedom);
  return {statistic, FisherTail(statistic, groups, freedom)};
}

TestResult LeveneMedian(Samples samples) {
  if (HasFewerThan(1, samples)) return kNone;
  std::vector<std::vector<double>> distances;
  for (const auto& sample : samples) {
    std::vector<double> own(sample.begin(), sample.end());
    std::sort(own.begin(), own.end());
    const double median = Median(own);
    for (double& x : own) x = std::abs(x - median);
    distances.push_back(std::move(own));
  }
  const std::vector<std::span<const double>> spans(distances.begin(), distances.end());
  return OneWayF(spans);
}

TestResult KruskalWallis(Samples samples) {
  if (HasFewerThan(1, samples)) return kNone;
  const std::vector<double> all = Pooled(samples);
  const double n = Count(all);
  const double ties = TieSum(all);
  if (ties == n * (n * n - 1)) return kNone;
  const std::vector<double> ranks = AverageRanks(all);
  double squares = 0;
  std::size_t from = 0;
  for (const auto& sample : samples) {
    const double sum = Sum(std::span(ranks).subspan(from, sample.size()));
    squares += sum * sum / Count(sample);
    from += sample.size();
  }
  const double h = (12 * squares / (n * (n + 1)) - 3 * (n + 1)) / (1 - ties / (n * (n * n - 1)));
  return {h, ChiSquareTail(h, static_cast<double>(samples.size() - 1))};
}

GrubbsResult Grubbs(std::span<const double> values) {
  constexpr GrubbsResult kNoGrubbs{kNaN, kNaN, 0};
  if (values.size() < 3) return kNoGrubbs;
  const double mean = Mean(values);
  const double deviation = StandardDeviation(values);
  if (!(deviation > 0)) return kNoGrubbs;
  GrubbsResult result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double g = std::abs(values[i] - mean) / deviation;
    if (g > result.statistic) result = {g, 1, i};
  }
  // The t that a largest deviate of this size corresponds to.
  const double n = Count(values);
  const double square = result.statistic * result.statistic;
  const double room = std::max(0.0, (n - 1) * (n - 1) - n * square);
  const double t = std::sqrt(n * (n - 2) * square / room);
  result.p_value = std::min(1.0, n * TwoSidedStudentTail(t, n - 2));
  return result;
}

double GrubbsCritical(std::size_t count, double significance) {
  assert(count >= 3 && significance > 0 && significance < 1);
  const double n = static_cast<double>(count);
  const double t = SquaredCriticalT(count, significance);
  return (n - 1) / std::sqrt(n) * std::sqrt(t / (n - 2 + t));
}

}  // namespace dijia

#include "dijia/sum.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace dijia {
namespace {

constexpr std::size_t kLanes = 4;

// A sum and what rounding took from it.
struct Compensated {
  double sum = 0;
  double lost = 0;

  void Add(double x) {  // Knuth's branch-free exact addition
    const double total = sum + x;
    const double part = total - sum;
    lost += (sum - (total - part)) + (x - part);
    sum = total;
  }
};

// Adds term(0) … term(count − 1), the i-th to lane i mod 4, then the lanes in order.
template <class Term>
double CompensatedSum(std::size_t count, Term term) {
  std::array<Compensated, kLanes> lanes;
  const std::size_t whole = count - count % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane].Add(term(i + lane));
  }
  for (std::size_t i = whole; i < count; ++i) lanes[i - whole].Add(term(i));
  Compensated all;
  for (const Compensated& lane : lanes) {
    all.Add(lane.sum);
    all.Add(lane.lost);
  }
  return all.sum + all.lost;
}

}  // namespace

double Sum(std::span<const double> values) {
  return CompensatedSum(values.size(), [&](std::size_t i) { return values[i]; });
}

double WeightedSum(std::span<const double> values, std::span<const double> weights) {
  assert(values.size() == weights.size());
  return CompensatedSum(values.size(), [&](std::size_t i) { return weights[i] * values[i]; });
}

double SumOfSquares(std::span<const double> values, double centre) {
  if (values.empty()) return 0;
  const double squares = CompensatedSum(values.size(), [&](std::size_t i) {
    const double d = values[i] - centre;
    return d * d;
  });
  const double shift =
      CompensatedSum(values.size(), [&](std::size_t i) { return values[i] - centre; });
  return squares - shift * shift / static_cast<double>(values.size());
}

}  // namespace dijia

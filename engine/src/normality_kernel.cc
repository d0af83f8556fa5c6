#include "normality_kernel.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "normal_tail.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr std::size_t kBlock = 256;
constexpr std::size_t kLanes = 8;  // sums side by side, at every vector width

struct Standard {
  double mean, deviation;
};

// Φ(z) and Φ(−z) of a block of values, each as factor · e^(−exponent), so that products of many do
// not underflow.
struct Probabilities {
  std::array<double, kBlock> below, below_exponent, above, above_exponent;
};

// Of x[0], x[step], x[2 step], … up to x[(count − 1) step]; step is 1 or −1.
DIJIA_ALWAYS_INLINE void Split(const double* x, std::ptrdiff_t step, std::size_t count,
                               Standard standard, Probabilities& out) {
  std::array<double, kBlock> z;
  for (std::size_t k = 0; k < count; ++k) {
    z[k] = (x[static_cast<std::ptrdiff_t>(k) * step] - standard.mean) / standard.deviation;
  }
  for (std::size_t k = 0; k < count; ++k) {
    const bool left = z[k] < 0;
    const double a = left ? -z[k] : z[k];
    const double exponent = 0.5 * a * a;
    const double tail = ScaledNormalTail(a);
    const double rest = 1.0 - ExpOne(-exponent) * tail;
    out.below[k] = left ? tail : rest;
    out.below_exponent[k] = left ? exponent : 0.0;
    out.above[k] = left ? rest : tail;
    out.above_exponent[k] = left ? 0.0 : exponent;
  }
}

// The terms of the values first, first + 1, … from the front and of their counterparts from the
// back.
DIJIA_ALWAYS_INLINE void PairTerms(const Probabilities& front, const Probabilities& back,
                                   double first_factor, double factor_sum, std::size_t count,
                                   double* terms) {
  std::array<double, kBlock> inner, outer;
  for (std::size_t k = 0; k < count; ++k) {
    outer[k] =
        LogOne(front.below[k] * back.above[k]) - front.below_exponent[k] - back.above_exponent[k];
    inner[k] =
        LogOne(back.below[k] * front.above[k]) - back.below_exponent[k] - front.above_exponent[k];
  }
  for (std::size_t k = 0; k < count; ++k) {
    const double factor = first_factor + 2.0 * static_cast<double>(static_cast<int>(k));
    terms[k] = factor * outer[k] + (factor_sum - factor) * inner[k];
  }
}

DIJIA_ALWAYS_INLINE double Loop(std::span<const double> sorted, Standard standard) {
  const std::size_t n = sorted.size();
  const double factor_sum = 2.0 * static_cast<double>(n);
  const double* const last = sorted.data() + n - 1;
  Probabilities front, back;
  std::array<double, kBlock> terms;
  std::array<double, kLanes> sums{};
  for (std::size_t first = 0; first < n / 2; first += kBlock) {
    const std::size_t count = std::min(kBlock, n / 2 - first);
    Split(sorted.data() + first, 1, count, standard, front);
    Split(last - first, -1, count, standard, back);
    terms.fill(0);
    PairTerms(front, back, 2.0 * static_cast<double>(first) + 1.0, factor_sum, count, terms.data());
    for (std::size_t k = 0; k < kBlock; k += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += terms[k + lane];
    }
  }
  double sum = 0;
  for (const double lane : sums) sum += lane;
  if (n % 2 == 0) return sum;
  Split(sorted.data() + n / 2, 1, 1, standard, front);
  return sum + static_cast<double>(n) * (LogOne(front.below[0] * front.above[0]) -
                                         front.below_exponent[0] - front.above_exponent[0]);
}

double SumBaseline(std::span<const double> sorted, Standard standard) {
  return Loop(sorted, standard);
}

DIJIA_TARGET_AVX2 double SumAvx2(std::span<const double> sorted, Standard standard) {
  return Loop(sorted, standard);
}

DIJIA_TARGET_AVX512 double SumAvx512(std::span<const double> sorted, Standard standard) {
  return Loop(sorted, standard);
}

}  // namespace

double AndersonDarlingSum(std::span<const double> sorted, double mean, double deviation,
                          SimdLevel level) {
  return ForLevel(level, SumBaseline, SumAvx2, SumAvx512)(sorted, {mean, deviation});
}

}  // namespace dijia

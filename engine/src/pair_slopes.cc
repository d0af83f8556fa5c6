#include "pair_slopes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "simd.h"

namespace dijia {
namespace {

constexpr std::uint64_t kKeepAll = 1U << 20;     // up to here no bracket is needed
constexpr std::uint64_t kFewSampled = 1U << 15;  // slopes the brackets are guessed from
constexpr std::uint64_t kMostSampled = 1U << 20;
constexpr double kMargin = 4.0;  // standard errors of a sampled rank

// Slopes from one point to those after it.
DIJIA_ALWAYS_INLINE void SlopesFrom(double x, double y, const double* xs, const double* ys,
                                    std::size_t count, double* out) {
  for (std::size_t j = 0; j < count; ++j) out[j] = (ys[j] - y) / (xs[j] - x);
}
void SlopesBaseline(double x, double y, const double* xs, const double* ys, std::size_t count,
                    double* out) {
  SlopesFrom(x, y, xs, ys, count, out);
}
DIJIA_TARGET_AVX2 void SlopesAvx2(double x, double y, const double* xs, const double* ys,
                                  std::size_t count, double* out) {
  SlopesFrom(x, y, xs, ys, count, out);
}
DIJIA_TARGET_AVX512 void SlopesAvx512(double x, double y, const double* xs, const double* ys,
                                      std::size_t count, double* out) {
  SlopesFrom(x, y, xs, ys, count, out);
}

// How many of the slopes lie below a bound.
DIJIA_ALWAYS_INLINE std::uint64_t CountBelow(const double* slopes, std::size_t count,
                                             double bound) {
  std::uint64_t below = 0;
  for (std::size_t j = 0; j < count; ++j) below += slopes[j] < bound ? 1 : 0;
  return below;
}
std::uint64_t CountBaseline(const double* slopes, std::size_t count, double bound) {
  return CountBelow(slopes, count, bound);
}
DIJIA_TARGET_AVX2 std::uint64_t CountAvx2(const double* slopes, std::size_t count, double bound) {
  return CountBelow(slopes, count, bound);
}
DIJIA_TARGET_AVX512 std::uint64_t CountAvx512(const double* slopes, std::size_t count,
                                              double bound) {
  return CountBelow(slopes, count, bound);
}

}  // namespace

// Slopes around one or more ranks. Those equal to a bound are only counted: there may be many.
struct PairSlopes::Bracket {
  double low = 0.0, high = 0.0;
  std::uint64_t below = 0, at_low = 0, at_high = 0;
  std::vector<double> inside;  // between the bounds

  void Add(double slope) {
    if (slope == low) {
      ++at_low;
    } else if (slope == high) {
      ++at_high;
    } else if (slope > low && slope < high) {
      inside.push_back(slope);
    }
  }

  // The slope at `rank` of all, when it is here.
  std::optional<double> At(std::uint64_t rank) {
    if (rank < below) return std::nullopt;
    rank -= below;
    if (rank < at_low) return low;
    rank -= at_low;
    if (rank < inside.size()) {
      const auto at = inside.begin() + static_cast<std::ptrdiff_t>(rank);
      std::nth_element(inside.begin(), at, inside.end());
      return *at;
    }
    return rank - inside.size() < at_high ? std::optional(high) : std::nullopt;
  }
};

PairSlopes::PairSlopes(std::span<const double> x, std::span<const double> y) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return x[a] != x[b] ? x[a] < x[b] : y[a] < y[b]; });
  for (const std::size_t i : order) {
    x_.push_back(x[i]);
    y_.push_back(y[i]);
  }
  first_larger_.resize(x_.size());
  for (std::size_t i = x_.size(); i-- > 0;) {
    const bool tied = i + 1 < x_.size() && x_[i + 1] == x_[i];
    first_larger_[i] = tied ? first_larger_[i + 1] : i + 1;
    count_ += x_.size() - first_larger_[i];
  }
}

// Evenly spread slopes, sorted.
std::vector<double> PairSlopes::Sample() const {
  std::vector<double> sample;
  const std::uint64_t wanted = std::clamp(count_ / 64, kFewSampled, kMostSampled);
  const std::uint64_t stride = count_ / wanted | 1;
  std::uint64_t before = 0;  // pairs of the points before i
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const std::uint64_t pairs = x_.size() - first_larger_[i];
    for (; next < before + pairs; next += stride) {
      const std::size_t j = first_larger_[i] + static_cast<std::size_t>(next - before);
      sample.push_back((y_[j] - y_[i]) / (x_[j] - x_[i]));
    }
    before += pairs;
  }
  std::sort(sample.begin(), sample.end());
  return sample;
}

// Brackets that hold the ranks unless the sample is far from even; those that touch are one.
std::vector<PairSlopes::Bracket> PairSlopes::Guess(std::span<const std::uint64_t> ranks,
                                                   const std::vector<double>& sample,
                                                   double margin) const {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double size = static_cast<double>(sample.size());
  const double reach = margin * 0.5 * std::sqrt(size) + 2.0;
  std::vector<Bracket> brackets;
  for (const std::uint64_t rank : ranks) {
    const double middle = static_cast<double>(rank) / static_cast<double>(count_) * size;
    Bracket bracket;
    bracket.low = -kInfinity;
    bracket.high = kInfinity;
    if (middle >= reach) bracket.low = sample[static_cast<std::size_t>(middle - reach)];
    if (middle + reach < size) bracket.high = sample[static_cast<std::size_t>(middle + reach)];
    if (!brackets.empty() && brackets.back().high >= bracket.low) {
      brackets.back().high = std::max(brackets.back().high, bracket.high);
    } else {
      brackets.push_back(std::move(bracket));
    }
  }
  return brackets;
}

void PairSlopes::Fill(std::vector<Bracket>& brackets) const {
  const auto slopes_from = ForLevel(BestSimdLevel(), SlopesBaseline, SlopesAvx2, SlopesAvx512);
  const auto count_below = ForLevel(BestSimdLevel(), CountBaseline, CountAvx2, CountAvx512);
  std::vector<double> slopes(x_.size());
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const std::size_t first = first_larger_[i];
    const std::size_t count = x_.size() - first;
    slopes_from(x_[i], y_[i], x_.data() + first, y_.data() + first, count, slopes.data());
    for (Bracket& bracket : brackets) {
      bracket.below += count_below(slopes.data(), count, bracket.low);
      for (std::size_t j = 0; j < count; ++j) {
        if (slopes[j] >= bracket.low && slopes[j] <= bracket.high) bracket.Add(slopes[j]);
      }
    }
  }
}

std::vector<double> PairSlopes::OrderStatistics(std::span<const std::uint64_t> ranks) const {
  // Without a sample every bracket reaches to infinity.
  const std::vector<double> sample = count_ > kKeepAll ? Sample() : std::vector<double>{};
  std::vector<double> out;
  for (double margin = kMargin; out.size() < ranks.size(); margin *= 4.0) {
    std::vector<Bracket> brackets = Guess(ranks, sample, margin);
    Fill(brackets);
    out.clear();
    for (const std::uint64_t rank : ranks) {
      for (Bracket& bracket : brackets) {
        if (const std::optional<double> slope = bracket.At(rank)) {
          out.push_back(*slope);
          break;
        }
      }
    }
  }
  return out;
}

}  // namespace dijia

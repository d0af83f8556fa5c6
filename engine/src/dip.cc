#include "dip.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include "dip_table.h"

namespace dijia {
namespace {

using Index = std::ptrdiff_t;

// Hartigan's algorithm AS 217 (Applied Statistics 34 (1985) 320-325). Distances are in units of
// 1 / n; ranks are indices from 0, so the distribution function steps from i to i + 1 at value i.
class DipSearch {
 public:
  explicit DipSearch(std::span<const double> sorted)
      : x_(sorted),
        last_(static_cast<Index>(sorted.size()) - 1),
        minorant_(sorted.size()),
        majorant_(sorted.size()) {
    FitMinorant();
    FitMajorant();
  }

  double Distance() {
    Index low = 0;
    Index high = last_;
    double dip = 1;  // no unimodal function is nearer to a step
    for (;;) {
      CollectVertices(low, high);
      const Gap gap = WidestGap();
      if (gap.width < dip) return dip;
      dip = std::max({dip, MinorantDeviation(gap.minorant), MajorantDeviation(gap.majorant)});
      const Index next_low = convex_[static_cast<std::size_t>(gap.minorant)];
      const Index next_high = concave_[static_cast<std::size_t>(gap.majorant)];
      if (next_low == low && next_high == high) return dip;
      low = next_low;
      high = next_high;
    }
  }

 private:
  double X(Index i) const { return x_[static_cast<std::size_t>(i)]; }
  Index& Minorant(Index i) { return minorant_[static_cast<std::size_t>(i)]; }
  Index& Majorant(Index i) { return majorant_[static_cast<std::size_t>(i)]; }

  // For every value the vertex before it on the greatest convex minorant of the points up to it.
  void FitMinorant() {
    for (Index j = 1; j <= last_; ++j) {
      Index vertex = j - 1;
      while (vertex != 0) {
        const Index before = Minorant(vertex);
        const double steps = static_cast<double>(vertex - before);
        if ((X(j) - X(vertex)) * steps <
            (X(vertex) - X(before)) * static_cast<double>(j - vertex)) {
          break;
        }
        vertex = before;
      }
      Minorant(j) = vertex;
    }
  }

  // For every value the vertex after it on the least concave majorant of the points from it on.
  void FitMajorant() {
    Majorant(last_) = last_;
    for (Index k = last_ - 1; k >= 0; --k) {
      Index vertex = k + 1;
      while (vertex != last_) {
        const Index after = Majorant(vertex);
        const double steps = static_cast<double>(after - vertex);
        if ((X(vertex) - X(k)) * steps < (X(after) - X(vertex)) * static_cast<double>(vertex - k)) {
          break;
        }
        vertex = after;
      }
      Majorant(k) = vertex;
    }
  }

  // Vertices of both curves in the interval that may hold the mode: of the minorant downwards from
  // `high`, of the majorant upwards from `low`.
  void CollectVertices(Index low, Index high) {
    convex_ = {high};
    while (convex_.back() > low) convex_.push_back(Minorant(convex_.back()));
    concave_ = {low};
    while (concave_.back() < high) concave_.push_back(Majorant(concave_.back()));
  }

  // The widest gap between the curves, at a vertex, and the pieces of both that begin there.
  struct Gap {
    double width = 0;
    Index minorant = 0;  // into convex_
    Index majorant = 0;  // into concave_
  };

  Gap WidestGap() const {
    const auto convex = [&](Index i) { return convex_[static_cast<std::size_t>(i)]; };
    const auto concave = [&](Index i) { return concave_[static_cast<std::size_t>(i)]; };
    const Index convex_end = static_cast<Index>(convex_.size()) - 1;
    const Index concave_end = static_cast<Index>(concave_.size()) - 1;
    Gap gap{0, convex_end, concave_end};
    if (convex_end == 1 && concave_end == 1) return {1, convex_end, concave_end};
    Index i = convex_end - 1;
    Index v = 1;
    do {
      const Index a = convex(i);
      const Index b = concave(v);
      if (a > b) {  // the majorant's vertex comes first: measure down to the minorant's piece there
        const Index from = convex(i + 1);
        const double rise = (X(b) - X(from)) * static_cast<double>(a - from) / (X(a) - X(from));
        const double width = static_cast<double>(b - from + 1) - rise;
        ++v;
        if (width >= gap.width) gap = {width, i + 1, v - 1};
      } else {
        const Index from = concave(v - 1);
        const double rise = (X(a) - X(from)) * static_cast<double>(b - from) / (X(b) - X(from));
        const double width = rise - static_cast<double>(a - from - 1);
        --i;
        if (width >= gap.width) gap = {width, i + 1, v};
      }
      i = std::max<Index>(i, 0);
      v = std::min(v, concave_end);
    } while (convex(i) != concave(v));
    return gap;
  }

  // How far the distribution function rises above the minorant outside the modal interval.
  double MinorantDeviation(Index first_piece) const {
    double largest = 0;
    for (auto i = static_cast<std::size_t>(first_piece); i + 1 < convex_.size(); ++i) {
      const Index begin = convex_[i + 1];
      const Index end = convex_[i];
      double deviation = 1;
      if (end - begin > 1 && X(end) > X(begin)) {
        const double slope = static_cast<double>(end - begin) / (X(end) - X(begin));
        for (Index k = begin; k <= end; ++k) {
          deviation =
              std::max(deviation, static_cast<double>(k - begin + 1) - (X(k) - X(begin)) * slope);
        }
      }
      largest = std::max(largest, deviation);
    }
    return largest;
  }

  // How far it falls below the majorant.
  double MajorantDeviation(Index first_piece) const {
    double largest = 0;
    for (auto i = static_cast<std::size_t>(first_piece); i + 1 < concave_.size(); ++i) {
      const Index begin = concave_[i];
      const Index end = concave_[i + 1];
      double deviation = 1;
      if (end - begin > 1 && X(end) > X(begin)) {
        const double slope = static_cast<double>(end - begin) / (X(end) - X(begin));
        for (Index k = begin; k <= end; ++k) {
          deviation =
              std::max(deviation, (X(k) - X(begin)) * slope - static_cast<double>(k - begin - 1));
        }
      }
      largest = std::max(largest, deviation);
    }
    return largest;
  }

  std::span<const double> x_;
  Index last_;
  std::vector<Index> minorant_, majorant_;
  std::vector<Index> convex_, concave_;
};

// The quantiles for a size between those of the table, which approach their limit like 1 / √n.
std::array<double, kDipProbabilities.size()> QuantilesFor(std::size_t count) {
  const auto next =
      std::lower_bound(kDipTable.begin(), kDipTable.end(), count,
                       [](const DipQuantiles& row, std::size_t n) { return row.count < n; });
  if (next == kDipTable.end()) return kDipTable.back().scaled_dip;
  if (next->count == count || next == kDipTable.begin()) return next->scaled_dip;
  const DipQuantiles& before = *(next - 1);
  const auto place = [](std::size_t n) { return 1 / std::sqrt(static_cast<double>(n)); };
  const double share =
      (place(before.count) - place(count)) / (place(before.count) - place(next->count));
  std::array<double, kDipProbabilities.size()> quantiles;
  for (std::size_t i = 0; i < quantiles.size(); ++i) {
    quantiles[i] = before.scaled_dip[i] + share * (next->scaled_dip[i] - before.scaled_dip[i]);
  }
  return quantiles;
}

}  // namespace

double Dip(std::span<const double> sorted) {
  if (sorted.empty()) return 0;
  const double n = static_cast<double>(sorted.size());
  if (sorted.size() < 4 || sorted.front() == sorted.back()) return 1 / (2 * n);
  return DipSearch(sorted).Distance() / (2 * n);
}

double DipTail(double dip, std::size_t count) {
  assert(count >= 4);
  const double n = static_cast<double>(count);
  constexpr double kRounding = 1e-12;
  if (dip * 2 * n <= 1 + kRounding) return 1;
  const double scaled = dip * std::sqrt(n);
  const auto quantiles = QuantilesFor(count);
  const auto beyond = std::upper_bound(quantiles.begin(), quantiles.end(), scaled);
  if (beyond == quantiles.begin()) return kDipProbabilities.front();
  if (beyond == quantiles.end()) return kDipProbabilities.back();
  const auto i = static_cast<std::size_t>(beyond - quantiles.begin());
  const double share = (scaled - quantiles[i - 1]) / (quantiles[i] - quantiles[i - 1]);
  return std::exp(std::log(kDipProbabilities[i - 1]) +
                  share * std::log(kDipProbabilities[i] / kDipProbabilities[i - 1]));
}

}  // namespace dijia

// Order statistics of all pairwise slopes of a set of points, without keeping the slopes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dijia {

class PairSlopes {
 public:
  // Slopes (y_j − y_i) / (x_j − x_i) of the pairs with x_i < x_j; all numbers finite.
  PairSlopes(std::span<const double> x, std::span<const double> y);

  std::uint64_t count() const { return count_; }

  // The slopes at ascending ranks counted from 0, each below count(). Exact. The slopes are made
  // once or twice: brackets around the ranks are guessed from a part of the pairs, all slopes below
  // are counted and those inside kept.
  std::vector<double> OrderStatistics(std::span<const std::uint64_t> ranks) const;

 private:
  struct Bracket;

  std::vector<double> Sample() const;
  std::vector<Bracket> Guess(std::span<const std::uint64_t> ranks,
                             const std::vector<double>& sample, double margin) const;
  void Fill(std::vector<Bracket>& brackets) const;

  std::vector<double> x_, y_;              // ascending in x
  std::vector<std::size_t> first_larger_;  // per point: the first with a larger x
  std::uint64_t count_ = 0;
};

}  // namespace dijia

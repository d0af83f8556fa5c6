#include "dijia/natural_breaks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/sum.h"

namespace dijia {
namespace {

// Prefix sums over the different numbers, ascending: squares within any run in O(1).
class RunSquares {
 public:
  RunSquares(std::span<const double> sorted, double centre) {
    count_.push_back(0.0);
    sum_.push_back(0.0);
    square_.push_back(0.0);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const double d = sorted[i] - centre;  // centred: sums of squares keep their digits
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        count_.back() += 1.0;
        sum_.back() += d;
        square_.back() += d * d;
        continue;
      }
      count_.push_back(count_.back() + 1.0);
      sum_.push_back(sum_.back() + d);
      square_.push_back(square_.back() + d * d);
    }
  }

  std::size_t size() const { return count_.size() - 1; }

  // Squares within the different numbers [first, last).
  double Of(std::size_t first, std::size_t last) const {
    const double sum = sum_[last] - sum_[first];
    return (square_[last] - square_[first]) - sum * sum / (count_[last] - count_[first]);
  }

  // How many numbers (equal ones counted) lie before the different number at `index`.
  std::size_t Before(std::size_t index) const { return static_cast<std::size_t>(count_[index]); }

 private:
  std::vector<double> count_, sum_, square_;
};

// One layer of the dynamic programme: best squares of the first `last` different numbers in one
// class more than `before` has. The best start of the last class never falls as `last` grows, so
// the middle one is searched first and bounds the search on both sides.
class Layer {
 public:
  Layer(const RunSquares& runs, const std::vector<double>& before, std::size_t classes)
      : runs_(runs), before_(before), best_(runs.size() + 1, 0.0), start_(runs.size() + 1, 0) {
    Divide({classes, runs.size(), classes - 1, runs.size() - 1});
  }

  std::vector<double> TakeBest() { return std::move(best_); }
  std::vector<std::uint32_t> TakeStart() { return std::move(start_); }

 private:
  struct Span {
    std::size_t first, last;      // of `last`, both included
    std::size_t lowest, highest;  // of the start of the last class, both included
  };

  void Divide(Span span) {
    while (span.first <= span.last) {
      const std::size_t middle = span.first + (span.last - span.first) / 2;
      double best = std::numeric_limits<double>::infinity();
      std::size_t at = span.lowest;
      const std::size_t highest = std::min(span.highest, middle - 1);
      for (std::size_t start = span.lowest; start <= highest; ++start) {
        const double squares = before_[start] + runs_.Of(start, middle);
        if (squares < best) {
          best = squares;
          at = start;
        }
      }
      best_[middle] = best;
      start_[middle] = static_cast<std::uint32_t>(at);
      Divide({span.first, middle - 1, span.lowest, at});
      span = {middle + 1, span.last, at, span.highest};
    }
  }

  const RunSquares& runs_;
  const std::vector<double>& before_;
  std::vector<double> best_;
  std::vector<std::uint32_t> start_;
};

// Where each class starts among the different numbers, in order.
std::vector<std::size_t> BestStarts(const RunSquares& runs, std::size_t classes) {
  std::vector<double> best(runs.size() + 1, 0.0);
  for (std::size_t last = 1; last <= runs.size(); ++last) best[last] = runs.Of(0, last);
  std::vector<std::vector<std::uint32_t>> starts;
  for (std::size_t k = 2; k <= classes; ++k) {
    Layer layer(runs, best, k);
    best = layer.TakeBest();
    starts.push_back(layer.TakeStart());
  }
  std::vector<std::size_t> out(classes, 0);
  std::size_t last = runs.size();
  for (std::size_t k = classes; k >= 2; --k) {
    last = starts[k - 2][last];
    out[k - 1] = last;
  }
  return out;
}

}  // namespace

Result<NaturalBreaks> FindNaturalBreaks(std::span<const double> numbers, int classes) {
  if (classes < 1) {
    return Error{Code::kNumberNotAllowed, std::to_string(classes) + " classes < 1"};
  }
  std::vector<double> sorted(numbers.begin(), numbers.end());
  if (!std::all_of(sorted.begin(), sorted.end(), [](double x) { return std::isfinite(x); })) {
    return Error{Code::kNumberNotAllowed, "a number is not finite"};
  }
  std::sort(sorted.begin(), sorted.end());
  const auto k = static_cast<std::size_t>(classes);
  const double centre = sorted.empty() ? 0.0 : Sum(sorted) / static_cast<double>(sorted.size());
  const RunSquares runs(sorted, centre);
  if (runs.size() < k) {
    return Error{Code::kTooFewObservations, std::to_string(runs.size()) +
                                                " different numbers for " +
                                                std::to_string(classes) + " classes"};
  }
  NaturalBreaks out;
  out.bounds.push_back(sorted.front());
  const std::vector<std::size_t> starts = BestStarts(runs, k);
  for (std::size_t i = 0; i < k; ++i) {
    const std::size_t first = runs.Before(starts[i]);
    const std::size_t last = i + 1 < k ? runs.Before(starts[i + 1]) : sorted.size();
    const std::span<const double> members = std::span(sorted).subspan(first, last - first);
    out.smallest.push_back(members.front());
    out.bounds.push_back(members.back());
    out.counts.push_back(members.size());
    out.within_squares += SumOfSquares(members, Sum(members) / static_cast<double>(members.size()));
  }
  const double total = SumOfSquares(sorted, centre);
  out.goodness_of_fit = total > 0.0 ? 1.0 - out.within_squares / total : 1.0;
  return out;
}

}  // namespace dijia

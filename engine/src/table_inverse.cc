#include "dijia/table_inverse.h"

#include <algorithm>
#include <cmath>

#include "vector_math.h"

namespace dijia {
namespace {

struct Largest {
  double residual = 0.0;
  std::size_t row = 0;
};

template <class Residual>
Largest LargestOf(std::size_t rows, const Residual& residual) {
  Largest largest;
  for (std::size_t i = 0; i < rows; ++i) {
    const double size = std::fabs(residual(i));
    if (size > largest.residual) largest = {size, i};
  }
  return largest;
}

// The minimum of a function with one valley, by golden section, as far as doubles tell.
template <class Function>
double Valley(double low, double high, const Function& value) {
  constexpr double kGolden = 0.6180339887498949;
  constexpr int kSteps = 100;  // 0.618^100 of the range: below one ulp
  double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
  double at_left = value(left), at_right = value(right);
  for (int i = 0; i < kSteps; ++i) {
    if (at_left <= at_right) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - kGolden * (high - low);
      at_left = value(left);
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + kGolden * (high - low);
      at_right = value(right);
    }
  }
  return (low + high) / 2.0;
}

double TermFactor(double rate, double term, double full_term) {
  const double growth = LogOne(1.0 + rate);
  return (1.0 - ExpOne(-term * growth)) / (1.0 - ExpOne(-full_term * growth));
}

struct Point {
  double far = 0.0, value = 0.0;  // > 0
};

// The column of a grade, or of every grade not listed; empty when it has a gap.
std::vector<Point> ColumnOf(const Curve& table, int grade) {
  std::vector<Point> points;
  for (const Curve::Row& row : table.rows) {
    auto found = row.values.find(grade);
    if (found == row.values.end()) found = row.values.find(0);
    if (found == row.values.end()) return {};
    points.push_back({ToDouble(row.at), ToDouble(found->second)});
    if (points.back().far <= 0.0 || points.back().value <= 0.0) return {};
  }
  return points;
}

constexpr double kLargestExponent = 10.0;

double ExponentOf(const std::vector<Point>& points, double base) {
  return Valley(-kLargestExponent, kLargestExponent, [&](double exponent) {
    return LargestOf(points.size(),
                     [&](std::size_t i) {
                       return ExpOne(exponent * LogOne(points[i].far / base)) - points[i].value;
                     })
        .residual;
  });
}

// ln K = exponent · ln f + constant. For each exponent the best constant lies in the middle of what
// the rows want, and half of what they differ by is the largest residual: a convex function.
struct Line {
  double exponent = 0.0, constant = 0.0;
};
Line LineOf(const std::vector<Point>& points) {
  const auto wanted = [&](double exponent) {
    double low = INFINITY, high = -INFINITY;
    for (const Point& point : points) {
      const double constant = LogOne(point.value) - exponent * LogOne(point.far);
      low = std::min(low, constant);
      high = std::max(high, constant);
    }
    return std::pair(low, high);
  };
  Line line;
  line.exponent = Valley(-kLargestExponent, kLargestExponent, [&](double exponent) {
    const auto [low, high] = wanted(exponent);
    return high - low;
  });
  const auto [low, high] = wanted(line.exponent);
  line.constant = (low + high) / 2.0;
  return line;
}

}  // namespace

std::optional<RecoveredRate> RecoverRate(const std::vector<TermRow>& rows, Years full_term) {
  constexpr double kLowest = 0.0001, kHighest = 1.0;
  const bool shows = std::ranges::any_of(
      rows, [&](const TermRow& row) { return row.term > Years() && row.term < full_term; });
  if (!shows) return std::nullopt;
  const double full = ToDouble(full_term);
  const auto largest_at = [&](double rate) {
    return LargestOf(rows.size(), [&](std::size_t i) {
      return TermFactor(rate, ToDouble(rows[i].term), full) - ToDouble(rows[i].factor);
    });
  };
  RecoveredRate recovered;
  recovered.rate =
      Valley(kLowest, kHighest, [&](double rate) { return largest_at(rate).residual; });
  const Largest largest = largest_at(recovered.rate);
  recovered.largest_residual = largest.residual;
  recovered.row = largest.row;
  return recovered;
}

std::optional<RecoveredPower> RecoverPower(const Curve& table, int grade,
                                           std::optional<Measure> base) {
  const std::vector<Point> points = ColumnOf(table, grade);
  if (points.size() < (base ? 2U : 3U)) return std::nullopt;
  RecoveredPower recovered;
  if (base) {
    recovered.base = ToDouble(*base);
    const bool away = std::ranges::any_of(
        points, [&](const Point& point) { return point.far != recovered.base; });
    if (recovered.base <= 0.0 || !away) return std::nullopt;
    recovered.exponent = ExponentOf(points, recovered.base);
  } else {
    const Line line = LineOf(points);
    const bool constant = std::ranges::all_of(
        points, [&](const Point& point) { return point.value == points.front().value; });
    if (constant) return std::nullopt;
    recovered.exponent = line.exponent;
    recovered.base = ExpOne(-line.constant / line.exponent);
    if (!std::isfinite(recovered.base) || recovered.base <= 0.0) return std::nullopt;
  }
  const Largest largest = LargestOf(points.size(), [&](std::size_t i) {
    return ExpOne(recovered.exponent * LogOne(points[i].far / recovered.base)) - points[i].value;
  });
  recovered.largest_residual = largest.residual;
  recovered.row = largest.row;
  return recovered;
}

}  // namespace dijia

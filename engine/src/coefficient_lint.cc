#include "coefficient_lint.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <variant>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"
#include "places.h"

namespace dijia {
namespace {

// A median of ratios; the upper of two in the middle. Precondition: not empty.
double MedianOf(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::ranges::nth_element(numbers, middle);
  return *middle;
}

// The figures of one grade down the rows of a curve.
std::vector<Figure> ColumnOf(const Curve& curve, int grade, const std::string& rows) {
  std::vector<Figure> column;
  for (std::size_t i = 0; i < curve.rows.size(); ++i) {
    const auto found = curve.rows[i].values.find(grade);
    if (found == curve.rows[i].values.end()) continue;
    const std::string place = PointerTo(PointerTo(PointerTo(rows, i), "values"), GradeKey(grade));
    column.push_back(
        {curve.rows[i].at.ToString(), place, found->second.units(), Coefficient::kScale});
  }
  return column;
}

// Whether 1 can be the product of two figures that were rounded to multiples of `step`.
bool MayBeReciprocal(Coefficient one, Coefficient other, std::int64_t step) {
  constexpr Int128 kOne = Int128{Coefficient::kOne} * Coefficient::kOne;
  const Int128 a = 2 * Int128{one.units()}, b = 2 * Int128{other.units()};
  return (a - step) * (b - step) <= 4 * kOne && 4 * kOne <= (a + step) * (b + step);
}

// The figures that multiply or are summed, without bounds and exponents.
std::vector<Figure> CoefficientsOf(const CoefficientTable& table, const std::string& pointer) {
  std::vector<Figure> figures = FiguresOf(table, pointer);
  std::erase_if(figures, [&](const Figure& figure) {
    return figure.pointer.find("/breaks/", pointer.size()) != std::string::npos ||
           figure.pointer.find("/exponents/", pointer.size()) == pointer.size();
  });
  return figures;
}

// Two figures beyond that have no reciprocal of six places.
constexpr Coefficient kLargestPair = Coefficient::Of(1'000'000);

}  // namespace

std::optional<Diagnostic> OddOneOut(std::span<const Figure> figures,
                                    std::span<const std::int64_t> steps) {
  constexpr std::size_t kFew = 5;
  if (figures.size() < kFew) return std::nullopt;
  for (const std::int64_t step : steps) {
    const auto is_odd = [step](const Figure& figure) { return figure.units % step != 0; };
    const auto count = std::ranges::count_if(figures, is_odd);
    if (count > 1) continue;
    if (count == 0) return std::nullopt;
    // Round figures say nothing about the places of a table.
    const bool is_plain = std::ranges::all_of(figures, [&](const Figure& figure) {
      return is_odd(figure) || figure.units % (10 * step) == 0;
    });
    if (is_plain) continue;
    const Figure& odd = *std::ranges::find_if(figures, is_odd);
    return Diagnostic{Code::kOddDecimals,
                      {"", 0, 0, odd.pointer},
                      {odd.ToString(), FormatDecimal(step, odd.scale)}};
  }
  return std::nullopt;
}

void CoefficientLint::Report(Code code, std::string pointer,
                             std::vector<std::string> arguments) const {
  findings_.push_back({code, {"", 0, 0, std::move(pointer)}, std::move(arguments)});
}

void CoefficientLint::Check(const std::string& name, const CoefficientTable& table,
                            const std::string& pointer) const {
  std::visit([&](const auto& kind) { CheckTable(name, kind, pointer); }, table);
  CheckDecimals(table, pointer);
}

bool CoefficientLint::CheckPeak(std::span<const Figure> column) const {
  bool has_fallen = false;
  for (std::size_t i = 1; i < column.size(); ++i) {
    has_fallen = has_fallen || column[i].units < column[i - 1].units;
    if (!has_fallen || column[i].units <= column[i - 1].units) continue;
    Report(Code::kSecondPeak, column[i].pointer,
           {column[i].name, column[i - 1].ToString(), column[i].ToString()});
    return false;
  }
  return true;
}

void CoefficientLint::CheckRises(std::span<const Figure> column) const {
  for (std::size_t i = 1; i < column.size(); ++i) {
    if (column[i].units >= column[i - 1].units) continue;
    Report(Code::kCurveFalls, column[i].pointer,
           {column[i].name, column[i].ToString(), column[i - 1].ToString()});
    return;
  }
}

// A floor area ratio table has 1 at the ratio that the price of the grade stands for.
void CoefficientLint::CheckBase(const Curve& curve, int grade,
                                std::span<const Figure> column) const {
  std::optional<std::int64_t> base;
  if (curve.base) base = curve.base->units();
  for (const PublishedGrade& published : use_.grades) {
    if (!base && published.grade == grade && published.far) base = published.far->units();
  }
  if (!base) return;
  const std::string at = Measure::FromUnits(*base).ToString();
  for (const Figure& figure : column) {
    if (figure.name != at || figure.units == Coefficient::kOne) continue;
    Report(Code::kBaseNotOne, figure.pointer, {at, figure.ToString(), "1"});
  }
}

// Rows that stand evenly apart but for one that is missing between two.
void CoefficientLint::CheckSteps(std::span<const Measure> at, const std::string& rows) const {
  constexpr std::size_t kFew = 5;
  if (at.size() < kFew) return;
  std::map<std::int64_t, std::size_t> steps;  // with how often each occurs
  std::size_t odd = 0;
  for (std::size_t i = 1; i < at.size(); ++i) ++steps[(at[i] - at[i - 1]).units()];
  if (steps.size() != 2) return;
  const auto [even, wide] = std::pair(steps.begin(), std::next(steps.begin()));
  if (wide->second != 1 || wide->first % even->first != 0) return;
  while ((at[odd + 1] - at[odd]).units() != wide->first) ++odd;
  Report(Code::kRowMissing, PointerTo(rows, odd + 1),
         {at[odd].ToString(), at[odd + 1].ToString(), Measure::FromUnits(even->first).ToString()});
}

void CoefficientLint::CheckTable(const std::string& name, const Curve& curve,
                                 const std::string& pointer) const {
  const std::string rows = PointerTo(pointer, "rows");
  std::set<int> grades;
  std::vector<Measure> at;
  for (const Curve::Row& row : curve.rows) {
    at.push_back(row.at);
    for (const auto& [grade, figure] : row.values) grades.insert(grade);
  }
  CheckSteps(at, rows);
  for (const int grade : grades) {
    const std::vector<Figure> column = ColumnOf(curve, grade, rows);
    const bool sound = CheckPeak(column);
    if (name != "far") continue;
    if (sound) CheckRises(column);
    if (!curve.relative) CheckBase(curve, grade, column);
  }
}

// Figures fall from the best level to the worst.
template <class Table>
void CoefficientLint::CheckLadder(const Table& levels, const std::string& pointer) const {
  for (const std::vector<std::string>& ladder : options_.ladders) {
    auto better = levels.end();
    for (const std::string& rung : ladder) {
      const auto level = levels.find(rung);
      if (level == levels.end()) continue;
      if (better != levels.end() && level->second > better->second) {
        Report(Code::kLevelsOutOfOrder, PointerTo(pointer, rung),
               {rung, level->second.ToString(), better->first, better->second.ToString()});
        return;
      }
      better = level;
    }
  }
}

// Along a measurement the figures of the levels have at most one peak.
template <class Table>
void CoefficientLint::CheckBreaks(const Table& levels, const std::optional<Breaks>& breaks,
                                  const std::string& pointer) const {
  if (!breaks) return;
  const std::string order = PointerTo(PointerTo(pointer, "breaks"), "order");
  std::vector<Figure> column;
  for (std::size_t i = 0; i < breaks->order.size(); ++i) {
    const auto level = levels.find(breaks->order[i]);
    if (level == levels.end()) continue;
    column.push_back({level->first, PointerTo(order, i), level->second.units(),
                      decltype(level->second)::kScale});
  }
  CheckPeak(column);
}

void CoefficientLint::CheckTable(const std::string&, const Levels& levels,
                                 const std::string& pointer) const {
  CheckLadder(levels.levels, PointerTo(pointer, "levels"));
  CheckBreaks(levels.levels, levels.breaks, pointer);
}

void CoefficientLint::CheckTable(const std::string&, const Factors& factors,
                                 const std::string& pointer) const {
  for (const auto& [grade, table] : factors.tables) {
    const std::string list = PointerTo(PointerTo(pointer, "tables"), GradeKey(grade));
    for (std::size_t i = 0; i < table.size(); ++i) {
      CheckLadder(table[i].levels, PointerTo(PointerTo(list, i), "levels"));
      CheckBreaks(table[i].levels, table[i].breaks, PointerTo(list, i));
    }
    CheckWeights(table, list);
  }
}

// Each level is an amplitude of the grade times the weight of the factor (F1 W, F2 W), so that a
// level has the same ratio to the best one in every factor, up to rounding.
void CoefficientLint::CheckWeights(const std::vector<Factors::Factor>& factors,
                                   const std::string& pointer) const {
  constexpr std::size_t kFew = 4;
  for (const std::vector<std::string>& ladder : options_.ladders) {
    const std::string& best = ladder.front();
    for (const std::string& rung : ladder) {
      struct Pair {
        std::size_t factor = 0;
        double best = 0.0, level = 0.0;
      };
      std::vector<Pair> pairs;
      std::vector<double> ratios, bests;
      int places = 0;
      for (std::size_t i = 0; i < factors.size(); ++i) {
        const auto top = factors[i].levels.find(best), level = factors[i].levels.find(rung);
        if (top == factors[i].levels.end() || level == factors[i].levels.end()) continue;
        if (top->second.units() <= 0) continue;
        pairs.push_back({i, ToDouble(top->second), ToDouble(level->second)});
        ratios.push_back(pairs.back().level / pairs.back().best);
        bests.push_back(pairs.back().best);
        places = std::max({places, PlacesOf(top->second.units(), Percent::kScale),
                           PlacesOf(level->second.units(), Percent::kScale)});
      }
      if (pairs.size() < kFew || rung == best) continue;
      const double ratio = MedianOf(ratios), typical = MedianOf(bests);
      const double half = 0.5 * std::pow(10.0, -places);
      for (const Pair& pair : pairs) {
        const double expected = ratio * pair.best;
        const double slack = half * (1.0 + std::abs(ratio)) * (1.0 + pair.best / typical);
        if (std::abs(pair.level - expected) <= slack) continue;
        const auto text = [places](double number) {
          return FormatFixed(std::llround(number * Percent::kOne), Percent::kScale, places);
        };
        const std::string level =
            PointerTo(PointerTo(PointerTo(pointer, pair.factor), "levels"), rung);
        Report(Code::kWeightsDisagree, level,
               {factors[pair.factor].factor, rung, text(pair.level), text(expected - slack),
                text(expected + slack)});
      }
    }
  }
}

void CoefficientLint::CheckTable(const std::string&, const Depth& depth,
                                 const std::string& pointer) const {
  const std::string rows = PointerTo(pointer, "rows");
  std::vector<Figure> column;
  for (std::size_t i = 0; i < depth.rows.size(); ++i) {
    column.push_back({depth.rows[i].at.ToString(), PointerTo(PointerTo(rows, i), "percent"),
                      depth.rows[i].percent.units(), Percent::kScale});
    const bool at_standard = depth.rows[i].at == Measure::Of(1);
    if (at_standard && depth.rows[i].percent != Percent::Of(100)) {
      Report(Code::kBaseNotOne, column.back().pointer, {"1", column.back().ToString(), "100"});
    }
  }
  if (depth.percent_of == DepthPercent::kAverage) {
    CheckPeak(column);
    return;
  }
  for (std::size_t i = 1; i < column.size(); ++i) {
    if (column[i].units >= column[i - 1].units) continue;
    Report(Code::kCumulativeFalls, column[i].pointer,
           {column[i].name, column[i].ToString(), column[i - 1].ToString()});
  }
}

void CoefficientLint::CheckTable(const std::string&, const Matrix& matrix,
                                 const std::string& pointer) const {
  int places = 0;
  for (const Figure& figure : CoefficientsOf(matrix, pointer)) {
    places = std::max(places, PlacesOf(figure.units, figure.scale));
  }
  const std::int64_t step = PowerOfTen(Coefficient::kScale - places);
  for (const auto& [standard, row] : matrix.rows) {
    for (const auto& [level, there] : row) {
      const std::string place = PointerTo(PointerTo(PointerTo(pointer, "rows"), standard), level);
      if (level == standard && there.units() != Coefficient::kOne) {
        Report(Code::kDiagonalNotOne, place, {standard, there.ToString()});
      }
      const auto other = matrix.rows.find(level);
      if (level <= standard || other == matrix.rows.end()) continue;
      const auto back = other->second.find(standard);
      if (back == other->second.end() || there > kLargestPair || back->second > kLargestPair) {
        continue;
      }
      if (MayBeReciprocal(there, back->second, step)) continue;
      Report(Code::kNotReciprocal, place,
             {standard, level, there.ToString(), back->second.ToString()});
    }
  }
}

// Figures of other places than all the rest of their table, and the first that the rounding of the
// publication would change.
void CoefficientLint::CheckDecimals(const CoefficientTable& table,
                                    const std::string& pointer) const {
  const std::vector<Figure> figures = CoefficientsOf(table, pointer);
  if (figures.empty()) return;
  std::vector<std::int64_t> steps;
  for (int places = 1; places < figures.front().scale; ++places) {
    steps.push_back(PowerOfTen(figures.front().scale - places));
  }
  if (const auto odd = OddOneOut(figures, steps)) findings_.push_back(*odd);
  const bool applied = std::holds_alternative<Curve>(table) ||
                       std::holds_alternative<Levels>(table) ||
                       std::holds_alternative<Matrix>(table);
  const auto& rounding = publication_.rounding.coefficient;
  if (!applied || !rounding) return;
  static_assert(Rounding::kScale == Coefficient::kScale);
  const auto finer = std::ranges::find_if(
      figures, [&](const Figure& figure) { return figure.units % rounding->interval != 0; });
  if (finer == figures.end()) return;
  Report(Code::kFinerThanPlan, finer->pointer,
         {finer->ToString(), FormatDecimal(rounding->interval, Rounding::kScale)});
}

}  // namespace dijia

#include "cell_checks.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cell_price.h"
#include "dijia/base/codes.h"
#include "dijia/normality.h"
#include "dijia/two_populations.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string ProbabilityText(double p) { return p < 0.0001 ? "< 0.0001" : "= " + FigureText(p); }

void Note(GradePrice& cell, Code code, std::vector<std::string> arguments) {
  cell.notes.push_back({code, {}, std::move(arguments)});
}

// Few samples say nothing, and of very many any departure is significant.
constexpr std::size_t kMostForNormality = 5000;

void CheckNormality(std::span<const double> kept, std::span<const double> logs,
                    const ScreeningPlan& plan, GradePrice& cell) {
  if (kept.size() > kMostForNormality) return;
  CellChecks& checks = cell.checks;
  checks.normality_p = ShapiroWilk(kept).p_value;
  checks.log_normality_p = ShapiroWilk(logs).p_value;
  // Prices are skewed by nature; what deviates on both scales is worth a note.
  if (checks.normality_p < plan.normality_p && checks.log_normality_p < plan.normality_p) {
    Note(cell, Code::kNotNormal,
         {ProbabilityText(checks.normality_p), ProbabilityText(checks.log_normality_p)});
  }
}

// A few samples apart from the others are outliers, not a population of their own.
bool IsPopulation(std::size_t count, std::span<const double> logs) {
  constexpr double kSmallestShare = 0.2;
  return static_cast<double>(count) >= kSmallestShare * static_cast<double>(logs.size());
}

void CheckTwoPopulations(std::span<const double> logs, const ScreeningPlan& plan,
                         GradePrice& cell) {
  const TwoPopulations found = TestTwoPopulations(logs);
  CellChecks& checks = cell.checks;
  checks.two_population_p = found.p_value;
  checks.two_populations = found.p_value < plan.two_population_p &&
                           IsPopulation(found.lower_count, logs) &&
                           IsPopulation(found.upper_count, logs);
  if (!checks.two_populations) return;
  checks.split_price = ExpOne(found.split);
  Note(cell, Code::kTwoPopulations,
       {std::to_string(found.lower_count), FigureText(ExpOne(found.lower_centre)),
        std::to_string(found.upper_count), FigureText(ExpOne(found.upper_centre)),
        FigureText(checks.split_price), ProbabilityText(found.p_value)});
}

}  // namespace

void CheckCell(std::span<const double> kept, const Screening& screening, const ScreeningPlan& plan,
               GradePrice& cell) {
  CellChecks& checks = cell.checks;
  checks.normality_p = checks.log_normality_p = checks.two_population_p = kNaN;
  checks.split_price = kNaN;
  checks.rejected_by_two_sigma = screening.by_two_sigma;
  checks.rejected_by_three_sigma = screening.by_three_sigma;
  checks.rejected_by_mad = screening.by_mad;
  checks.rejection_capped = screening.capped;
  if (screening.capped) {
    Note(cell, Code::kRejectionCapped,
         {std::string(CodeOf(plan.rule)), std::to_string(screening.would_reject),
          std::to_string(cell.samples), FigureText(100.0 * plan.largest_rejected_share)});
  }
  checks.cv_above_limit = cell.cv > plan.cv_limit;
  if (checks.cv_above_limit) {
    Note(cell, Code::kCvAboveLimit, {FigureText(cell.cv), FigureText(plan.cv_limit)});
  }
  std::vector<double> logs(kept.size());
  Log(kept, logs);
  CheckTwoPopulations(logs, plan, cell);
  CheckNormality(kept, logs, plan, cell);
}

}  // namespace dijia

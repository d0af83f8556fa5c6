#include "cell_checks.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cell_price.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

[[maybe_unused]] std::string ProbabilityText(double p) { return p < 0.0001 ? "< 0.0001" : "= " + FigureText(p); }

void Note(GradePrice& cell, Code code, std::vector<std::string> arguments) {
  cell.notes.push_back({code, {}, std::move(arguments)});
}

}  // namespace

void CheckCell([[maybe_unused]] std::span<const double> kept, const Screening& screening, const ScreeningPlan& plan,
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
}

}  // namespace dijia

#include "estimated_corrections.h"

#include <string>

namespace dijia {

// Estimating an index or an exponent from the samples themselves is not there yet. Prices are not
// published as if it were: each section that asks for it is an error of the run.
EstimatedByCounty EstimateCorrections(const CorrectionInput& input, GradePriceReport& report) {
  for (const UsePlan& use : input.plan.uses) {
    const std::string section = "uses." + std::string(CodeOf(use.use));
    if (use.date.kind == DateCorrectionKind::kEstimated) {
      report.diagnostics.Add(Code::kCorrectionNotEstimated, {}, {section + ".date.kind"});
    }
    if (use.far.kind == FarCorrectionKind::kEstimated) {
      report.diagnostics.Add(Code::kCorrectionNotEstimated, {}, {section + ".far.kind"});
    }
  }
  return {};
}

}  // namespace dijia

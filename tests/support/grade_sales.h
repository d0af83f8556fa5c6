// Tables of sales by grade and the prices computed from them, for tests of grade prices.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dijia/grade_price.h"
#include "support/plans.h"

namespace dijia::test {

// Sales of one grade at the given prices, each a parcel of its own.
inline void AddSales(SampleTable& table, int grade, const std::vector<double>& prices,
                     LandUse use = LandUse::kResidential) {
  for (const double price : prices) {
    Sale sale;
    sale.id = "S" + std::to_string(table.size());
    sale.use = static_cast<int>(use);
    sale.grade = grade;
    sale.price = price;
    sale.area_sqm = 1000.0 + static_cast<double>(table.size());
    Add(table, sale);
  }
}

// `count` prices around `centre`, `step` apart.
inline std::vector<double> Around(double centre, int count, double step = 5.0) {
  std::vector<double> prices;
  for (int i = 0; i < count; ++i) prices.push_back(centre + step * (i - (count - 1) / 2.0));
  return prices;
}

inline GradePriceReport Compute(SampleTable& table, const ComputePlan& plan,
                                std::vector<EarlierPrice> earlier = {}) {
  ComputeOptions options;
  options.threads = 1;
  options.earlier = std::move(earlier);
  Result<GradePriceReport> report = ComputeGradePrices(table, plan, options);
  EXPECT_TRUE(report) << (report ? "" : report.error().detail);
  return std::move(report).value();
}

inline GradePrice CellOf(const GradePriceReport& report, int grade,
                         LandUse use = LandUse::kResidential) {
  const auto found = std::find_if(
      report.cells.begin(), report.cells.end(),
      [&](const GradePrice& cell) { return cell.key.grade == grade && cell.key.use == use; });
  EXPECT_NE(found, report.cells.end()) << "no cell of grade " << grade;
  return found == report.cells.end() ? GradePrice() : *found;
}

inline bool HasNote(const GradePrice& cell, Code code) {
  return std::any_of(cell.notes.begin(), cell.notes.end(),
                     [&](const Diagnostic& note) { return note.code == code; });
}

inline std::string NoteOf(const GradePrice& cell, Code code, Language language = Language::kEn) {
  for (const Diagnostic& note : cell.notes) {
    if (note.code == code) return TextOf(note, language);
  }
  return "";
}

inline std::string PriceOf(const GradePrice& cell) {
  return cell.price ? cell.price->ToString() : "-";
}

// Residential and commercial land; thin residential cells borrow the grade ratios of commercial
// land.
inline ComputePlan TwoUsePlan() {
  ComputePlan plan = SmallPlan();
  plan.uses.push_back(ResidentialPlan());
  plan.uses[1].use = LandUse::kCommercial;
  plan.uses[0].estimation.thin_cells = {ThinCellPolicy::kGradeRatio};
  plan.uses[0].estimation.ratio_use = LandUse::kCommercial;
  return plan;
}

}  // namespace dijia::test

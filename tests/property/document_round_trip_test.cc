// Whatever stands in a plan or a publication, writing and reading it gives the same again.
#include <gtest/gtest.h>

#include "dijia/plan.h"
#include "dijia/publication.h"
#include "io/plan_toml.h"
#include "json/plan_codec.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "support/random_publication.h"

namespace dijia {
namespace {

using test::Draw;
using test::DrawPublication;
using test::DrawRounding;

constexpr int kDocuments = 200;

FarCorrection DrawFar(Draw& draw) {
  FarCorrection far;
  far.kind = draw.Choice<FarCorrectionKind>();
  if (far.kind == FarCorrectionKind::kPower) {
    far.exponent_by_grade = {{0, draw.Real(0.1, 1.0)}, {2, draw.Real(0.1, 1.0)}};
  }
  if (far.kind == FarCorrectionKind::kTable) {
    for (std::int64_t at = 1; at < 5; ++at) {
      far.table.push_back({FloorAreaRatio::Of(at), {{0, draw.Amount<Coefficient>(3)}}});
    }
  }
  far.unknown = draw.Choice<UnknownPolicy>();
  far.largest = draw.Amount<FloorAreaRatio>(30);
  return far;
}

DateCorrection DrawDate(Draw& draw) {
  DateCorrection date;
  date.kind = draw.Choice<DateCorrectionKind>();
  if (date.kind == DateCorrectionKind::kMonthlyRate) date.monthly_rate = Rate::FromUnits(2'000);
  if (date.kind == DateCorrectionKind::kIndex) {
    for (Days day = 9'000; day < 26'000; day += 1'500) {
      date.points.emplace_back(FromDays(day), draw.Amount<Coefficient>(200));
    }
  }
  date.estimated_period_months = static_cast<int>(draw.Between(1, 12));
  return date;
}

ScreeningPlan DrawScreening(Draw& draw) {
  ScreeningPlan plan;
  plan.rule = draw.Choice<OutlierRule>();
  plan.mad_limit = draw.Real(1.0, 9.0);
  plan.max_passes = static_cast<int>(draw.Between(1, 5));
  plan.min_samples_to_screen = static_cast<std::size_t>(draw.Between(4, 30));
  plan.largest_rejected_share = draw.Real(0.01, 0.5);
  plan.cv_limit = draw.Real(0.1, 2.0);
  plan.two_population_p = draw.Real(0.0001, 0.2);
  plan.normality_p = draw.Real(0.0001, 0.2);
  plan.smallest_area = draw.Amount<Area>(500);
  plan.lowest_price = draw.Maybe([&draw] { return draw.Amount<UnitPrice>(10); });
  plan.highest_price = draw.Maybe([&draw] { return UnitPrice::Of(draw.Between(100, 90'000)); });
  plan.drop_duplicates = draw.Coin();
  return plan;
}

EstimationPlan DrawEstimation(Draw& draw) {
  EstimationPlan plan;
  plan.estimator = draw.Choice<Estimator>();
  plan.interval = plan.estimator == Estimator::kMedian ? IntervalMethod::kOrderStatistic
                                                       : IntervalMethod::kAnalytic;
  plan.trim = draw.Real(0.01, 0.4);
  plan.bootstrap_replicates = static_cast<int>(draw.Between(999, 20'000));
  plan.min_samples = static_cast<std::size_t>(draw.Between(3, 8));
  plan.good_samples = static_cast<std::size_t>(draw.Between(9, 40));
  plan.thin_cells = {ThinCellPolicy::kCarryForward};
  if (draw.Coin()) plan.thin_cells.push_back(ThinCellPolicy::kModel);
  plan.thin_cells.push_back(ThinCellPolicy::kWithhold);
  plan.model = draw.Choice<GradeModelFamily>();
  return plan;
}

UsePlan DrawUse(Draw& draw, LandUse use) {
  UsePlan plan;
  plan.use = use;
  plan.name = draw.Text();
  for (int grade = 1; grade <= draw.Between(0, 5); ++grade) plan.grades.push_back(grade);
  plan.conditions.term = draw.Amount<Years>(70);
  plan.conditions.capitalization_rate = Rate::FromUnits(draw.Between(10'000, 120'000));
  plan.conditions.development_level = "五通一平";
  plan.conditions.far = draw.Amount<FloorAreaRatio>(5);
  if (draw.Coin()) plan.conditions.far_by_grade = {{1, draw.Amount<FloorAreaRatio>(5)}};
  plan.date = DrawDate(draw);
  plan.far = DrawFar(draw);
  if (draw.Coin()) {
    plan.development.cost_by_level = {{"五通一平", draw.Amount<UnitPrice>(200)},
                                      {draw.Text(), draw.Amount<UnitPrice>(200)}};
  }
  plan.development.unknown = draw.Choice<UnknownPolicy>();
  plan.unknown_term = draw.Choice<UnknownPolicy>();
  plan.screening = DrawScreening(draw);
  plan.estimation = DrawEstimation(draw);
  plan.order = {draw.Choice<MonotonePolicy>(), draw.Real(0.001, 0.2)};
  return plan;
}

ComputePlan DrawPlan(Draw& draw) {
  ComputePlan plan;
  plan.id = "p-" + std::to_string(draw.Between(1, 999));
  plan.title = draw.Text();
  plan.document_no = draw.Text();
  plan.county = draw.Coin() ? "*" : "152502";
  plan.county_name = draw.Text();
  plan.area = draw.Coin() ? "*" : draw.Text();
  plan.base_date = draw.Day();
  plan.effective_from = draw.Maybe([&draw] { return draw.Day(); });
  const Days from = static_cast<Days>(draw.Between(10'000, 20'000));
  plan.window = {FromDays(from), FromDays(from + 500)};
  plan.rounding = DrawRounding(draw);
  plan.primary_unit = draw.Coin() ? PriceUnit::kYuanPerSqm : PriceUnit::kWanYuanPerMu;
  plan.market_sales_only = draw.Coin();
  plan.split_sub_uses = draw.Coin();
  plan.seed = static_cast<std::uint64_t>(draw.Between(0, std::int64_t{1} << 53));
  for (const EnumRow<LandUse>& row : EnumTableOf<LandUse>::kRows) {
    if (row.value == LandUse::kResidential || draw.Coin()) {
      plan.uses.push_back(DrawUse(draw, row.value));
    }
  }
  return plan;
}

std::string Complaints(const Diagnostics& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    lines += Describe(diagnostic, Language::kEn) + "\n";
  }
  return lines;
}

TEST(DocumentRoundTrip, APlanGoesThroughTomlUnchanged) {
  for (std::uint64_t seed = 1; seed <= kDocuments; ++seed) {
    Draw draw(seed);
    const std::string text = io::WritePlanToml(DrawPlan(draw));
    Diagnostics diagnostics;
    const auto plan = io::ReadPlanToml(text, "plan.toml", diagnostics);
    ASSERT_TRUE(plan) << "seed " << seed << "\n" << Complaints(diagnostics) << text;
    EXPECT_EQ(io::WritePlanToml(*plan), text) << "seed " << seed;
  }
}

TEST(DocumentRoundTrip, APlanGoesThroughJsonUnchanged) {
  for (std::uint64_t seed = 1; seed <= kDocuments; ++seed) {
    Draw draw(seed);
    const std::string text = json::ToCanonical(json::WritePlan(DrawPlan(draw)));
    Diagnostics diagnostics;
    const auto value = json::ParseJson(text, "plan.json", diagnostics);
    ASSERT_TRUE(value);
    const auto plan = json::ReadPlan(*value, "plan.json", json::PathStyle::kPointer, diagnostics);
    ASSERT_TRUE(plan) << "seed " << seed << "\n" << Complaints(diagnostics) << text;
    EXPECT_EQ(json::ToCanonical(json::WritePlan(*plan)), text) << "seed " << seed;
  }
}

TEST(DocumentRoundTrip, APublicationGoesThroughJsonUnchanged) {
  for (std::uint64_t seed = 1; seed <= kDocuments; ++seed) {
    Draw draw(seed);
    const Publication publication = DrawPublication(draw);
    const json::Value value = json::WritePublication(publication);
    for (const std::string& text : {json::ToCanonical(value), json::ToPretty(value)}) {
      Diagnostics diagnostics;
      const auto read = json::ReadPublication(text, "p.json", diagnostics);
      ASSERT_TRUE(read) << "seed " << seed << "\n" << Complaints(diagnostics) << text;
      EXPECT_EQ(*read, publication) << "seed " << seed;
      EXPECT_EQ(json::ToCanonical(json::WritePublication(*read)), json::ToCanonical(value));
    }
  }
}

}  // namespace
}  // namespace dijia

// Whatever stands in a plan or a publication, writing and reading it gives the same again.
#include <gtest/gtest.h>

#include <random>

#include "dijia/plan.h"
#include "dijia/publication.h"
#include "io/plan_toml.h"
#include "json/plan_codec.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia {
namespace {

constexpr int kDocuments = 200;

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}

  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution(low, high)(engine_);
  }
  bool Coin() { return Between(0, 1) == 1; }
  double Real(double low, double high) {
    return std::uniform_real_distribution(low, high)(engine_);
  }
  std::string Text() {
    static constexpr const char* kPieces[] = {"价",   "a", "\"", "\\", "\n",   "=", "𠀀", " ", "é",
                                              "\x01", "#", ".",  "'",  "\x7f", "/", "~",  "\t"};
    std::string text;
    for (std::int64_t left = Between(1, 6); left > 0; --left) {
      text += kPieces[Between(0, std::ssize(kPieces) - 1)];
    }
    return text;
  }
  Date Day() { return FromDays(static_cast<Days>(Between(10'000, 25'000))); }
  template <class Q>
  Q Amount(std::int64_t largest) {
    return Q::FromUnits(Between(1, largest * Q::kOne));
  }
  template <class Enum>
  Enum Choice() {
    const auto& rows = EnumTableOf<Enum>::kRows;
    return rows[static_cast<std::size_t>(Between(0, std::ssize(rows) - 1))].value;
  }
  template <class Make>
  auto Maybe(Make make) -> std::optional<decltype(make())> {
    if (Coin()) return std::nullopt;
    return make();
  }

 private:
  std::mt19937_64 engine_;
};

RoundingPlan DrawRounding(Draw& draw) {
  const auto rounding = [&draw] {
    return Rounding{draw.Choice<RoundingMode>(), 100 * draw.Between(1, 100'000)};
  };
  RoundingPlan plan;
  plan.coefficient = draw.Maybe(rounding);
  plan.factor_sum = draw.Maybe(rounding);
  plan.months = draw.Maybe(rounding);
  plan.unit_price = rounding();
  plan.floor_price = draw.Maybe(rounding);
  plan.total = draw.Maybe(rounding);
  return plan;
}

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

Breaks DrawBreaks(Draw& draw, const std::string& low, const std::string& high) {
  return {{draw.Amount<Measure>(1'000)}, draw.Choice<ClosedEnd>(), {low, high}};
}

Levels DrawLevels(Draw& draw) {
  const std::string low = "l" + draw.Text(), high = "h" + draw.Text();
  Levels levels{{{low, draw.Amount<Coefficient>(2)}, {high, draw.Amount<Coefficient>(2)}}, {}};
  levels.breaks = draw.Maybe([&] { return DrawBreaks(draw, low, high); });
  return levels;
}

Factors DrawFactors(Draw& draw) {
  const std::string low = "l" + draw.Text(), high = "h" + draw.Text();
  Factors::Factor factor{draw.Text(), {}, DrawBreaks(draw, low, high)};
  factor.levels = {{low, Percent::FromUnits(draw.Between(-900'000, 900'000))}, {high, Percent()}};
  return {draw.Choice<TableBy>(), {{static_cast<int>(draw.Between(0, 9)), {factor}}}};
}

Curve DrawCurve(Draw& draw) {
  Curve curve;
  curve.by = draw.Choice<TableBy>();
  curve.interpolation = draw.Choice<Interpolation>();
  curve.outside = draw.Choice<OutsideRule>();
  if (curve.interpolation == Interpolation::kPower) {
    curve.exponents = {{0, draw.Amount<Coefficient>(1)}};
  } else {
    curve.rows = {{Measure::Of(1), {{0, draw.Amount<Coefficient>(2)}}},
                  {Measure::Of(2), {{0, draw.Amount<Coefficient>(2)}}}};
    curve.relative = draw.Coin();
  }
  return curve;
}

Matrix DrawMatrix(Draw& draw) {
  const std::string low = "l" + draw.Text(), high = "h" + draw.Text();
  Matrix matrix;
  matrix.standard = {{0, low}, {3, high}};
  for (const std::string& standard : {low, high}) {
    matrix.rows[standard] = {{low, draw.Amount<Coefficient>(2)},
                             {high, draw.Amount<Coefficient>(2)}};
  }
  matrix.breaks = DrawBreaks(draw, low, high);
  return matrix;
}

PublishedUse DrawPublishedUse(Draw& draw) {
  PublishedUse use;
  use.name = draw.Text();
  use.term = draw.Amount<Years>(70);
  use.capitalization_rate = draw.Amount<Rate>(1);
  use.development_level = draw.Text();
  for (int grade = 1; grade <= draw.Between(1, 6); ++grade) {
    use.grades.push_back({grade, draw.Coin() ? draw.Text() : "",
                          draw.Maybe([&draw] { return draw.Amount<UnitPrice>(9'999); }),
                          draw.Maybe([&draw] { return draw.Amount<FloorAreaRatio>(5); }),
                          "computed", "median"});
  }
  use.zones = {{draw.Text(), 3, draw.Amount<UnitPrice>(9'999), std::nullopt}};
  use.coefficients = {{"term", TermFormula()},
                      {"far", DrawCurve(draw)},
                      {"date", MonthlyRate{Rate::FromUnits(2'000), {}}},
                      {"index", IndexSeries{{{draw.Day(), draw.Amount<Coefficient>(2)}}, {}}},
                      {"regional", DrawFactors(draw)},
                      {"shape", DrawLevels(draw)},
                      {"development", Additive{{{draw.Text(), -draw.Amount<UnitPrice>(90)}}}},
                      {"pairs", DrawMatrix(draw)},
                      {"depth", Depth{Metres::Of(16), {}, {{Measure::Of(1), Percent::Of(100)}}}}};
  use.formula = {
      "regional", {"term", "far", "date", "index", "pairs", "depth"}, {"development"}, {"shape"}};
  return use;
}

Publication DrawPublication(Draw& draw) {
  Publication publication;
  publication.id = draw.Text();
  publication.county = "152502";
  publication.area = draw.Text();
  publication.title = draw.Text();
  publication.document_no = draw.Text();
  publication.base_date = draw.Day();
  publication.effective_from = draw.Maybe([&draw] { return draw.Day(); });
  publication.status = draw.Choice<PublicationStatus>();
  publication.rounding = DrawRounding(draw);
  if (draw.Coin()) {
    publication.unit_price_by_magnitude = {
        {UnitPrice::Of(1'000), {draw.Choice<RoundingMode>(), 5'000'000}},
        {UnitPrice::Of(10'000), {draw.Choice<RoundingMode>(), 50'000'000}}};
  }
  publication.uses[draw.Choice<LandUse>()] = DrawPublishedUse(draw);
  publication.uses[draw.Choice<LandUse>()] = DrawPublishedUse(draw);
  return publication;
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

#include "dijia/valuation.h"

#include <gtest/gtest.h>

#include <map>

#include "dijia/base/codes.h"
#include "dijia/depth.h"
#include "dijia/waterfall.h"

namespace dijia {
namespace {

Coefficient K(std::string_view text) { return Coefficient::Parse(text).value(); }
Measure M(std::string_view text) { return Measure::Parse(text).value(); }

// One use with one coefficient `k`, a base of 1000 and no rounding but of the price to 0.0001.
Publication With(CoefficientTable table, const std::string& name = "k") {
  Publication publication;
  publication.id = "test";
  publication.county = "000000";
  publication.base_date = ParseDate("2025-04-01").value();
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.term = Years::Of(70);
  use.capitalization_rate = Rate::Parse("0.06").value();
  use.grades = {{1, "", UnitPrice::Of(1000), FloorAreaRatio::Of(2), "", ""},
                {2, "", std::nullopt, std::nullopt, "", ""}};
  use.formula.product = {name};
  use.coefficients[name] = std::move(table);
  return publication;
}

Parcel At(std::string_view measure, const std::string& name = "k") {
  Parcel parcel;
  parcel.site.use = LandUse::kResidential;
  parcel.site.grade = 1;
  parcel.valuation_date = ParseDate("2026-04-01").value();
  if (!measure.empty()) parcel.site.factors[name] = {"", M(measure), {}};
  return parcel;
}

std::string Price(const Parcel& parcel, const Publication& publication) {
  const Valuation valuation = ValueParcel(parcel, publication);
  if (valuation.unit_price) return valuation.unit_price->ToString();
  return valuation.missing.empty() ? "?" : TextOf(valuation.missing[0], Language::kEn);
}

Code FirstProblem(const Parcel& parcel, const Publication& publication) {
  const Valuation valuation = ValueParcel(parcel, publication);
  return valuation.missing.empty() ? Code::kInternal : valuation.missing[0].code;
}

Curve Table(Interpolation interpolation, OutsideRule outside) {
  Curve curve;
  curve.by = TableBy::kAll;
  curve.interpolation = interpolation;
  curve.outside = outside;
  curve.rows = {{M("1"), {{0, K("0.5")}}}, {M("3"), {{0, K("1")}}}};
  return curve;
}

TEST(ValueParcel, InterpolatesExactly) {
  const Publication publication = With(Table(Interpolation::kLinear, OutsideRule::kClamp));
  EXPECT_EQ(Price(At("1"), publication), "500");
  EXPECT_EQ(Price(At("1.5"), publication), "625");
  EXPECT_EQ(Price(At("9"), publication), "1000");
  EXPECT_EQ(Price(At("0.1"), publication), "500");
}

// 1000 × (1 + 2 % + 0.5 % + (0.9 − 1) + (1.11 − 1)) × 1.2 = 1000 × 1.035 × 1.2
TEST(ValueParcel, AFormulaMaySumWhatCoefficientsExceedOneBy) {
  Publication publication = With(Levels{{{"seller", K("1.2")}}, {}});
  PublishedUse& use = publication.uses.at(LandUse::kResidential);
  use.coefficients["slope"] = Levels{{{"steep", K("0.9")}}, {}};
  use.coefficients["offer"] = Levels{{{"asked", K("1.11")}}, {}};
  Factors regional;
  regional.by = TableBy::kAll;
  regional.tables[0] = {{"road", {{"good", Percent::Of(2)}}, {}},
                        {"noise", {{"low", Percent::Parse("0.5").value()}}, {}}};
  use.coefficients["regional"] = regional;
  use.formula = {"regional", {"k"}, {}, {"slope", "offer"}};
  Parcel parcel = At("");
  parcel.site.factors = {
      {"k", {"seller", {}, {}}}, {"slope", {"steep", {}, {}}}, {"offer", {"asked", {}, {}}}};
  parcel.site.sums["regional"] = {{"road", {"good", {}, {}}}, {"noise", {"low", {}, {}}}};
  const Valuation valuation = ValueParcel(parcel, publication);
  ASSERT_TRUE(valuation.unit_price);
  EXPECT_EQ(valuation.unit_price->ToString(), "1242");
  EXPECT_TRUE(valuation.warnings.empty());
  ASSERT_EQ(valuation.steps.size(), 4U);
  EXPECT_EQ(valuation.steps[1].name, "sum");
  EXPECT_EQ(valuation.steps[1].coefficient->ToString(), "1.035");
  ASSERT_EQ(valuation.steps[1].factors.size(), 3U);
  EXPECT_EQ(valuation.steps[1].factors[1].percent, Percent::Of(-10));
  parcel.site.factors.erase("slope");
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kFieldNeeded);
}

// Coefficients that are all 1 leave the price alone, however they are combined.
TEST(ValueParcel, NothingIsSummedOfIdentities) {
  Publication publication = With(Levels{{{"x", K("1")}}, {}});
  publication.uses.at(LandUse::kResidential).formula = {"", {}, {}, {"k"}};
  Parcel parcel = At("");
  parcel.site.factors["k"] = {"x", {}, {}};
  EXPECT_EQ(Price(parcel, publication), "1000");
}

TEST(ValueParcel, StepsHoldFromTheirRow) {
  const Publication publication = With(Table(Interpolation::kStep, OutsideRule::kClamp));
  EXPECT_EQ(Price(At("2.999999"), publication), "500");
  EXPECT_EQ(Price(At("3"), publication), "1000");
}

TEST(ValueParcel, OutsideThePublishedRangeIsWithheldWithTheRange) {
  const Publication publication = With(Table(Interpolation::kLinear, OutsideRule::kWithhold));
  EXPECT_EQ(Price(At("3.1"), publication), "factors.k 3.1 lies outside the published range 1 – 3");
}

TEST(ValueParcel, PowersAreRoundedOnce) {
  Curve curve;
  curve.interpolation = Interpolation::kPower;
  curve.exponents = {{0, K("0.5")}};
  Publication publication = With(curve, "far");
  Parcel parcel = At("");
  parcel.site.far = FloorAreaRatio::Of(8);  // (8 / 2)^0.5 = 2
  EXPECT_EQ(Price(parcel, publication), "2000");
  parcel.site.far = FloorAreaRatio::Of(4);  // √2 = 1.41421356237309…
  EXPECT_EQ(Price(parcel, publication), "1414.2136");
  publication.rounding.coefficient = Rounding{RoundingMode::kHalfUp, 100};
  EXPECT_EQ(Price(parcel, publication), "1414.2");
}

TEST(ValueParcel, IndexIsLinearInDays) {
  IndexSeries index;
  index.points = {{ParseDate("2025-04-01").value(), K("100")},
                  {ParseDate("2026-03-31").value(), K("110")},
                  {ParseDate("2026-04-02").value(), K("112")}};
  const Publication publication = With(index);
  EXPECT_EQ(Price(At(""), publication), "1110");
  Parcel late = At("");
  late.valuation_date = ParseDate("2027-01-01").value();
  EXPECT_EQ(FirstProblem(late, publication), Code::kOutsideTable);
}

TEST(ValueParcel, TheTermCannotExceedTheStatutoryTerm) {
  const Publication publication = With(TermFormula{});
  Parcel parcel = At("");
  parcel.site.term = Years::Of(70);
  EXPECT_EQ(Price(parcel, publication), "1000");
  parcel.site.term = Years::Parse("70.0001").value();
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kOutsideTable);
}

TEST(ValueParcel, ALevelThatIsNotPublishedIsNamedWithThoseThatAre) {
  const Publication publication = With(Levels{{{"five", K("1")}, {"seven", K("1.1")}}, {}});
  Parcel parcel = At("");
  parcel.site.factors["k"] = {"six", {}, {}};
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kLevelNotKnown);
}

TEST(ValueParcel, SaysWhyThereIsNoPrice) {
  const Publication publication = With(TermFormula{});
  Parcel parcel = At("");
  parcel.site.term = Years::Of(40);
  parcel.site.grade = 2;
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kPriceNotPublished);
  parcel.site.grade = 0;
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kFieldNeeded);
  parcel.site.use = LandUse::kStorage;
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kUseNotPublished);
  Publication draft = publication;
  draft.uses[LandUse::kResidential].formula = {};
  parcel = At("");
  EXPECT_EQ(FirstProblem(parcel, draft), Code::kNoFormula);
  parcel.parts.resize(1);
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kMixedUseNotPublished);
}

TEST(ValueParcel, LevelsAreRefusedByName) {
  Levels levels;
  levels.levels = {{"优", K("1.02")}, {"劣", K("0.98")}};
  const Publication publication = With(levels);
  Parcel parcel = At("");
  parcel.site.factors["k"].level = "中";
  EXPECT_EQ(Price(parcel, publication), "\"中\" is not a published level; allowed are: 优, 劣");
}

TEST(ValueParcel, TablesMustHaveTheGrade) {
  Curve curve = Table(Interpolation::kLinear, OutsideRule::kClamp);
  curve.rows[0].values = {{3, K("1")}};
  EXPECT_EQ(FirstProblem(At("1"), With(curve)), Code::kTableLacksGrade);
}

TEST(ValueParcel, TooLargeIsAnAnswer) {
  Curve curve = Table(Interpolation::kPower, OutsideRule::kClamp);
  curve.base = M("0.000001");
  curve.exponents = {{0, K("9")}};
  EXPECT_EQ(FirstProblem(At("1000"), With(curve)), Code::kValueTooLarge);
}

// The costs of development can be more than a low price; land is not priced at nothing or less.
TEST(ValueParcel, APriceThatIsNotAboveZeroIsWithheldWithItsSteps) {
  Publication publication = With(Levels{{{"x", K("1")}}, std::nullopt});
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.formula.add = {"development"};
  Parcel parcel = At("");
  parcel.site.factors["k"].level = "x";
  parcel.site.factors["development"].level = "unserviced";
  parcel.area_sqm = Area::Of(100);
  const auto value = [&](std::string_view costs) {
    use.coefficients["development"] = Additive{{{"unserviced", UnitPrice::Parse(costs).value()}}};
    return ValueParcel(parcel, publication);
  };
  EXPECT_EQ(value("-999.9999").unit_price, UnitPrice::FromUnits(1));
  for (const auto& [costs, price] : {std::pair("-1000", "0"), std::pair("-1200.5", "-200.5")}) {
    const Valuation valuation = value(costs);
    EXPECT_EQ(valuation.status, ValuationStatus::kWithheld);
    EXPECT_EQ(valuation.unit_price, std::nullopt);
    EXPECT_EQ(valuation.total, std::nullopt);
    ASSERT_EQ(valuation.missing.size(), 1U);
    EXPECT_EQ(valuation.missing[0].code, Code::kPriceNotPositive);
    EXPECT_EQ(valuation.missing[0].arguments, std::vector<std::string>{price});
    ASSERT_EQ(valuation.steps.size(), 4U);  // base, k, development, rounding
    EXPECT_EQ(valuation.steps[2].after, price);
  }
}

TEST(ValueParcel, WarnsOfFactorsThatTheFormulaDoesNotUse) {
  Parcel parcel = At("2");
  parcel.site.factors["view"] = {"优", {}, {}};
  const Valuation valuation =
      ValueParcel(parcel, With(Table(Interpolation::kLinear, OutsideRule::kClamp)));
  ASSERT_EQ(valuation.warnings.size(), 1U);
  EXPECT_EQ(valuation.warnings[0].code, Code::kFactorNotUsed);
  EXPECT_EQ(valuation.warnings[0].where.field, "factors.view");
}

TEST(ValueParcel, FloorPricesBecomePricesOfLand) {
  Publication publication = With(Table(Interpolation::kLinear, OutsideRule::kClamp));
  publication.primary_unit = PriceUnit::kYuanPerSqmFloor;
  Parcel parcel = At("3");
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kFieldNeeded);
  parcel.site.far = FloorAreaRatio::Parse("2.5").value();
  EXPECT_EQ(Price(parcel, publication), "2500");
  EXPECT_EQ(ValueParcel(parcel, publication).floor_price->ToString(), "1000");
}

// Single, cumulative and average percentages of benchmark-price notes §4.4.
TEST(FourThreeTwoOne, HasTheAveragePercentagesOfTheRule) {
  Depth depth;
  depth.standard_depth = Metres::Of(16);
  depth.rows = FourThreeTwoOneRows();
  depth.percent_of = DepthPercent::kCumulative;
  Publication publication = With(depth, "depth");
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.routes = {{"R", UnitPrice::Of(1000), 0, {}}};
  use.frontage_formula = use.formula;
  const std::map<int, const char*> kAverage{{4, "1600"},      {8, "1400"}, {12, "1200"},
                                            {16, "1000"},     {20, "872"}, {24, "780"},
                                            {28, "708.5714"}, {32, "650"}};
  for (const auto& [metres, price] : kAverage) {
    Parcel parcel = At("");
    parcel.site.route = "R";
    parcel.depth = Metres::Of(metres);
    EXPECT_EQ(Price(parcel, publication), price) << metres;
  }
}

// Numbers at the ends of their types: area ÷ width that is no depth, a depth and a set-back, shares
// and floor area ratios whose sums and products leave them.
TEST(ValueParcel, WhatLeavesItsTypeIsWithheld) {
  Depth depth;
  depth.standard_depth = Metres::Of(16);
  depth.rows = FourThreeTwoOneRows();
  Publication publication = With(depth, "depth");
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.routes = {{"R", UnitPrice::Of(1000), 0, {}}};
  use.frontage_formula = use.formula;
  Parcel parcel = At("");
  parcel.site.route = "R";
  parcel.area_sqm = Area::FromUnits(INT64_MAX);
  parcel.width = Metres::FromUnits(1);
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kValueTooLarge);
  parcel.depth = parcel.set_back = Metres::FromUnits(INT64_MAX);
  EXPECT_EQ(FirstProblem(parcel, publication), Code::kValueTooLarge);

  publication.mixed_use = ShareBasis::kLand;
  parcel.parts.resize(2);
  for (ParcelUse& part : parcel.parts) part.share = Coefficient::FromUnits(INT64_MAX);
  const Valuation mixed = ValueParcel(parcel, publication);
  ASSERT_FALSE(mixed.missing.empty());
  EXPECT_EQ(mixed.missing.back().code, Code::kSharesNotWhole);
  EXPECT_EQ(mixed.missing.back().arguments[0], "18446744073709.551614");

  Publication floors = With(Levels{{{"x", K("1")}}, {}});
  floors.primary_unit = PriceUnit::kYuanPerSqmFloor;
  Parcel tall = At("");
  tall.site.factors["k"].level = "x";
  tall.site.far = FloorAreaRatio::FromUnits(INT64_MAX);
  EXPECT_EQ(FirstProblem(tall, floors), Code::kValueTooLarge);

  Levels by_area{{{"small", K("1")}, {"large", K("0.9")}},
                 Breaks{{M("1000")}, ClosedEnd::kRight, {"small", "large"}}};
  Parcel wide = At("");
  wide.area_sqm = Area::FromUnits(INT64_MAX);
  EXPECT_EQ(FirstProblem(wide, With(by_area, "area")), Code::kValueTooLarge);  // its total
  wide.area_sqm = Area::Of(99'999'999'999);
  EXPECT_EQ(Price(wide, With(by_area, "area")), "900");
}

TEST(PublicationFor, TakesTheLatestInForce) {
  std::vector<Publication> publications(3, With(TermFormula{}));
  publications[0].id = "old";
  publications[0].effective_from = ParseDate("2020-01-01").value();
  publications[0].effective_until = ParseDate("2026-01-01").value();
  publications[1].id = "new";
  publications[1].effective_from = ParseDate("2026-01-01").value();
  publications[2].id = "elsewhere";
  publications[2].county = "111111";
  Parcel parcel = At("");
  parcel.county = "000000";
  std::vector<Diagnostic> missing;
  const auto id = [&](const char* day) {
    missing.clear();
    parcel.valuation_date = ParseDate(day).value();
    const Publication* chosen = PublicationFor(parcel, publications, missing);
    return chosen == nullptr ? "none" : chosen->id;
  };
  EXPECT_EQ(id("2025-12-31"), "old");
  EXPECT_EQ(id("2026-01-01"), "new");
  EXPECT_EQ(id("2019-12-31"), "none");
  EXPECT_EQ(missing[0].code, Code::kNoPublicationInForce);
  publications[2].county = "000000";
  publications[2].effective_from = publications[1].effective_from;
  EXPECT_EQ(id("2026-05-01"), "none");
  EXPECT_EQ(missing[0].code, Code::kPublicationsCompete);
  parcel.valuation_date.reset();
  missing.clear();
  EXPECT_EQ(PublicationFor(parcel, publications, missing), nullptr);
  EXPECT_EQ(missing[0].code, Code::kFieldNeeded);
}

}  // namespace
}  // namespace dijia

// Tables of other countries as publications of their own: the engine is not tied to one. Reference
// results: validation V23–V29 of the shared folder.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/valuation.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using test::ReadReferenceTable;
using test::ReferenceTable;

Measure M(const std::string& text) { return Measure::Parse(text).value(); }
Coefficient K(const std::string& text) { return Coefficient::Parse(text).value(); }
Curve::Row At(const std::string& at, const std::string& value) { return {M(at), {{0, K(value)}}}; }

// One grade of one use.
struct Market {
  Publication publication;
  Parcel parcel;

  Market(const std::string& price, const std::string& far) {
    publication.id = "market";
    publication.base_date = ParseDate("2026-01-01").value();
    PublishedUse& use = publication.uses[LandUse::kCommercial];
    use.term = Years::Of(40);
    use.capitalization_rate = Rate::Parse("0.05").value();
    PublishedGrade grade;
    grade.price = UnitPrice::Parse(price).value();
    if (!far.empty()) grade.far = FloorAreaRatio::Parse(far).value();
    use.grades = {grade};
    parcel.site.use = LandUse::kCommercial;
    parcel.site.grade = 1;
  }

  void Add(const std::string& name, CoefficientTable table) {
    PublishedUse& use = publication.uses.at(LandUse::kCommercial);
    use.formula.product.push_back(name);
    use.coefficients.emplace(name, std::move(table));
  }
  Valuation Value() const { return ValueParcel(parcel, publication); }
  std::string Price() const {
    const Valuation valuation = Value();
    return valuation.unit_price ? valuation.unit_price->ToString() : "withheld";
  }
  // Of the only coefficient.
  std::string Factor() const {
    const Valuation valuation = Value();
    return valuation.steps.size() == 3 ? valuation.steps[1].coefficient->ToString() : "withheld";
  }
};

std::string Fixed(double number, int places) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, number);
  return text;
}

double Number(const std::string& text) { return std::stod(text); }

// V23, appraiseR (Hochheim 2005): a lot's price ÷ what its factors make of 1 is the standard value.
// Slopes are whole per cent.
Market Loteamento(const char* frontage_exponent, const PriceFormula& formula) {
  Market market("1000", "");
  market.Add("offer", Levels{{{"venda", K("1")}, {"oferta", K("1.11")}}, std::nullopt});
  Curve frontage;
  frontage.by = TableBy::kAll;
  frontage.interpolation = Interpolation::kPower;
  frontage.exponents = {{0, K(frontage_exponent)}};
  frontage.base = M("15");
  market.Add("width", frontage);
  Breaks slopes{{M("-10"), M("-5"), M("0"), M("1"), M("11")},
                ClosedEnd::kLeft,
                {"very low", "low", "falling", "level", "rising", "steep"}};
  market.Add("slope", Levels{{{"very low", K("0.80")},
                              {"low", K("0.90")},
                              {"falling", K("0.95")},
                              {"level", K("1")},
                              {"rising", K("0.95")},
                              {"steep", K("0.90")}},
                             slopes});
  market.Add("soil", Levels{{{"seco", K("1")}, {"pantanoso", K("0.60")}}, std::nullopt});
  market.publication.uses.at(LandUse::kCommercial).formula = formula;
  return market;
}

// The standard values of the lots by a rule against its column; their mean without lots 7 and 19.
void ExpectStandardValues(Market market, const char* column, double mean) {
  const ReferenceTable table = ReadReferenceTable("validation/coeff/loteamento_expected.csv");
  ASSERT_EQ(table.rows.size(), 20U);
  double sum = 0.0;
  int lots = 0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto cell = [&](const char* name) { return table.rows[i][table.Column(name)]; };
    market.parcel.width = Metres::Parse(cell("frente")).value();
    market.parcel.site.factors = {{"offer", {cell("tipo"), {}, {}}},
                                  {"slope", {"", M(cell("inclinacao")), {}}},
                                  {"soil", {cell("pedologia"), {}, {}}}};
    const Valuation valuation = market.Value();
    ASSERT_EQ(valuation.status, ValuationStatus::kValued) << i;
    EXPECT_TRUE(valuation.warnings.empty()) << i;
    double divisor = 1.0;
    for (const ValuationStep& step : valuation.steps) {
      if (step.coefficient) divisor *= ToDouble(*step.coefficient);
    }
    const double standard = Number(cell("PU")) / divisor;
    EXPECT_NEAR(standard, Number(cell(column)), 1e-9) << i;
    if (i == 6 || i == 18) continue;
    sum += standard;
    ++lots;
  }
  EXPECT_EQ(lots, 18);
  EXPECT_NEAR(sum / lots, mean, 1e-9);
}

TEST(ForeignTables, BrazilianFactorsMultiply) {
  DIJIA_SKIP_WITHOUT("validation/coeff/loteamento_expected.csv");
  ExpectStandardValues(Loteamento("0.25", {"", {"offer", "width", "slope", "soil"}, {}}),
                       "multiplicative", 49.4556727705012);
}

TEST(ForeignTables, BrazilianFactorsAdd) {
  DIJIA_SKIP_WITHOUT("validation/coeff/loteamento_expected.csv");
  ExpectStandardValues(Loteamento("0.15", {"", {}, {}, {"offer", "width", "slope", "soil"}}),
                       "additive2005", 49.0618540704810);
}

TEST(ForeignTables, BrazilianFactorsAddButForTheOffer) {
  DIJIA_SKIP_WITHOUT("validation/coeff/loteamento_expected.csv");
  ExpectStandardValues(Loteamento("0.15", {"", {"offer"}, {}, {"width", "slope", "soil"}}),
                       "mixed2011", 49.7997912159753);
}

// V24, Gutachterausschuss Berlin: one table for all zones, of which each has its own base ratio.
std::string BerlinFactor(int tenths, bool office) {
  // Exact in 10^-5: 0.2047 g + 0.181.
  if (office) return FormatDecimal((2047 * tenths + 18100 + 5) / 10, 4);
  const auto price = [](double g) { return -25.191 + 311.62 * g - 24.879 * g * g; };
  return Fixed(price(tenths / 10.0) / price(2.0), 4);
}

Curve Berlin(bool office) {
  Curve curve;
  curve.by = TableBy::kAll;
  curve.outside = OutsideRule::kWithhold;
  curve.relative = true;
  for (int tenths = 8; tenths <= 50; ++tenths) {
    curve.rows.push_back(At(Fixed(tenths / 10.0, 1), BerlinFactor(tenths, office)));
  }
  return curve;
}

TEST(ForeignTables, BerlinConvertsBetweenFloorAreaRatios) {
  Market market("700", "2.5");
  market.Add("far", Berlin(false));
  market.publication.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
  market.parcel.site.far = FloorAreaRatio::Parse("3.0").value();
  EXPECT_EQ(market.Price(), "802");
  market.parcel.site.far = FloorAreaRatio::Parse("2.5").value();
  EXPECT_EQ(market.Price(), "700");
  market.parcel.site.far = FloorAreaRatio::Parse("0.5").value();
  const Valuation refused = market.Value();
  ASSERT_EQ(refused.missing.size(), 1U);
  EXPECT_EQ(refused.missing[0].code, Code::kOutsideTable);
  Market office("2000", "2.5");
  office.Add("far", Berlin(true));
  office.publication.rounding = market.publication.rounding;
  office.parcel.site.far = FloorAreaRatio::Parse("3.0").value();
  EXPECT_EQ(office.Price(), "2295");
  Market unknown("2000", "");
  unknown.Add("far", Berlin(true));
  unknown.parcel.site.far = office.parcel.site.far;
  EXPECT_EQ(unknown.Value().missing[0].code, Code::kTableLacksGrade);
}

TEST(ForeignTables, BerlinInterpolatesBetweenRows) {
  Market market("700", "2.0");
  market.Add("far", Berlin(false));
  market.publication.rounding.coefficient = Rounding{RoundingMode::kHalfUp, 100};
  market.parcel.site.far = FloorAreaRatio::Parse("2.55").value();
  EXPECT_EQ(market.Factor(), "1.2188");
  market.parcel.site.far = FloorAreaRatio::Parse("3").value();
  EXPECT_EQ(market.Factor(), "1.3756");
}

// V25, 比准表 of Anseong: row = standard lot, column = lot.
TEST(ForeignTables, KoreanRatiosAreAMatrix) {
  DIJIA_SKIP_WITHOUT("validation/coeff/korea_bijunpyo_area_matrix.csv");
  const ReferenceTable table =
      ReadReferenceTable("validation/coeff/korea_bijunpyo_area_matrix.csv");
  Matrix matrix;
  for (const auto& row : table.rows) matrix.rows[row[0]][row[1]] = K(row[2]);
  ASSERT_EQ(matrix.rows.size(), 5U);
  for (const auto& row : table.rows) {
    Market market("100", "");
    matrix.standard = {{0, row[0]}};
    market.Add("area", matrix);
    market.parcel.site.factors["area"] = {row[1], {}, {}};
    EXPECT_EQ(market.Factor(), K(row[2]).ToString()) << row[0] << " " << row[1];
  }
}

TEST(ForeignTables, KoreanLotsAreFoundByTheirArea) {
  Matrix matrix;
  matrix.standard = {{2, "large"}, {0, "small"}};
  matrix.rows = {{"small", {{"small", K("1")}, {"large", K("0.98")}}},
                 {"large", {{"small", K("1.02")}, {"large", K("1")}}}};
  matrix.breaks = Breaks{{M("3300")}, ClosedEnd::kRight, {"small", "large"}};
  Market market("100", "");
  market.Add("area", matrix);
  market.parcel.area_sqm = Area::Of(3300);
  EXPECT_EQ(market.Factor(), "1");
  market.parcel.area_sqm = Area::Parse("3300.01").value();
  EXPECT_EQ(market.Factor(), "0.98");
  EXPECT_EQ(market.Value().steps[1].input, "small ⇒ 3300.01 → large");
  market.parcel.site.factors["area"] = {"huge", {}, {}};
  EXPECT_EQ(market.Value().missing[0].code, Code::kLevelNotKnown);
  matrix.standard.erase(0);
  Market second("100", "");
  second.Add("area", matrix);
  second.parcel.area_sqm = Area::Of(1);
  EXPECT_EQ(second.Value().missing[0].code, Code::kTableLacksGrade);
}

// V26, 奥行価格補正率 of ordinary housing: intervals closed on the left.
TEST(ForeignTables, JapaneseDepthHoldsFromItsMetre) {
  DIJIA_SKIP_WITHOUT("validation/coeff/japan_nta_depth_residential.csv");
  const ReferenceTable table =
      ReadReferenceTable("validation/coeff/japan_nta_depth_residential.csv");
  Curve curve;
  curve.by = TableBy::kAll;
  curve.interpolation = Interpolation::kStep;
  for (const auto& row : table.rows) curve.rows.push_back(At(row[0], row[2]));
  ASSERT_EQ(curve.rows.size(), 21U);
  Market market("100", "");
  market.Add("depth_rate", curve);
  const auto rate = [&](const std::string& depth) {
    market.parcel.site.factors["depth_rate"] = {"", M(depth), {}};
    return market.Factor();
  };
  EXPECT_EQ(rate("23.99"), "1");
  EXPECT_EQ(rate("24"), "0.97");
  EXPECT_EQ(rate("100"), "0.8");
  EXPECT_EQ(rate("250"), "0.8");
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    EXPECT_EQ(rate(table.rows[i][0]), K(table.rows[i][2]).ToString());
    const Measure below = M(table.rows[i][0]) - Measure::FromUnits(1);
    EXPECT_EQ(rate(below.ToString()), K(table.rows[i - 1][2]).ToString());
  }
}

// V27, after Somers: percentages of the value at 100 ft are cumulative. The formula
// 133.6 · (1 − e^(−0.0326 · d^0.813)) per cent, as a table of every ten feet. The expected values
// come from the same formula in openavmkit: this shows that a depth table carries it, not that it
// is his.
TEST(ForeignTables, SomersCurveIsATableOfCumulativePercentages) {
  DIJIA_SKIP_WITHOUT("validation/coeff/somers_depth_expected.csv");
  const ReferenceTable table = ReadReferenceTable("validation/coeff/somers_depth_expected.csv");
  Depth depth;
  depth.standard_depth = Metres::Of(100);
  depth.percent_of = DepthPercent::kCumulative;
  for (int feet = 0; feet <= 250; feet += 10) {
    const double percent = 133.6 * (1.0 - std::exp(-0.0326 * std::pow(feet, 0.813)));
    depth.rows.push_back({M(Fixed(feet / 100.0, 1)), Percent::Parse(Fixed(percent, 1)).value()});
  }
  Market market("100", "");
  PublishedUse& use = market.publication.uses.at(LandUse::kCommercial);
  use.routes = {{"street", UnitPrice::Of(100), 1, std::nullopt}};
  use.coefficients.emplace("depth", depth);
  use.frontage_formula = PriceFormula{"", {"depth"}, {}};
  market.parcel.site.route = "street";
  for (const auto& row : table.rows) {
    if (row[0] == "0") {  // no parcel: the table itself
      EXPECT_EQ(depth.rows.front().percent, Percent());
      continue;
    }
    market.parcel.depth = Metres::Parse(row[0]).value();
    const Valuation valuation = market.Value();
    ASSERT_EQ(valuation.status, ValuationStatus::kValued) << row[0];
    // Per foot of frontage, in units of a parcel of standard depth.
    const double share = ToDouble(*valuation.steps[1].coefficient) * Number(row[0]) / 100.0;
    EXPECT_NEAR(share, Number(row[1]), Number(row[2])) << row[0];
  }
}

// V28: the Korean decided price.
TEST(ForeignTables, KoreanPricesAreRoundedByTheirMagnitude) {
  const auto rounded = [](const std::string& price) {
    Market market(price, "");
    market.Add("none", Levels{{{"x", K("1")}}, std::nullopt});
    market.parcel.site.factors["none"].level = "x";
    const auto to = [](std::int64_t won) {
      return Rounding{RoundingMode::kHalfUp, won * 1'000'000};
    };
    market.publication.rounding.unit_price = to(100);
    market.publication.unit_price_by_magnitude = {{UnitPrice::Of(10'000), to(1'000)},
                                                  {UnitPrice::Of(1'000'000), to(10'000)}};
    return market.Price();
  };
  EXPECT_EQ(rounded("371234"), "371000");
  EXPECT_EQ(rounded("6487"), "6500");
  EXPECT_EQ(rounded("1543210"), "1540000");
  EXPECT_EQ(rounded("9999.99"), "10000");
  EXPECT_EQ(rounded("10000"), "10000");
}

// V29: a shop of 18 × 55 ft in terms of zone A, zones of 20 ft at 1, 1/2 and 1/4.
TEST(ForeignTables, BritishZonesAreDepth) {
  Depth depth;
  depth.standard_depth = Metres::Of(20);
  depth.percent_of = DepthPercent::kCumulative;
  depth.rows = {{M("0"), Percent::Of(0)},
                {M("1"), Percent::Of(100)},
                {M("2"), Percent::Of(150)},
                {M("3"), Percent::Of(175)}};
  // £25,000 a year over 607.5 ft² in terms of zone A.
  Market market("41.1523", "");
  PublishedUse& use = market.publication.uses.at(LandUse::kCommercial);
  use.routes = {{"street", UnitPrice::Parse("41.1523").value(), 1, std::nullopt}};
  use.coefficients.emplace("depth", depth);
  use.frontage_formula = PriceFormula{"", {"depth"}, {}};
  market.parcel.site.route = "street";
  market.parcel.width = Metres::Of(18);
  market.parcel.depth = Metres::Of(55);
  const Valuation valuation = market.Value();
  ASSERT_EQ(valuation.status, ValuationStatus::kValued);
  const double in_zone_a = ToDouble(*valuation.steps[1].coefficient) * 18 * 55;
  EXPECT_NEAR(in_zone_a, 607.5, 1e-6);
  EXPECT_NEAR(25000 / in_zone_a, 41.1522633744856, 1e-6);
}

}  // namespace
}  // namespace dijia

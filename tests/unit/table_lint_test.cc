// The lint of published tables: each finding from a table with one mistake; real tables have none.
#include "dijia/table_lint.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/depth.h"
#include "dijia/price_units.h"
#include "support/tongdao.h"

namespace dijia {
namespace {

const TableLintOptions kOptions{{{"优", "较优", "一般", "较劣", "劣"}}, std::nullopt};

Coefficient K(const std::string& text) { return Coefficient::Parse(text).value(); }
Measure M(const std::string& text) { return Measure::Parse(text).value(); }
UnitPrice Yuan(const std::string& text) { return UnitPrice::Parse(text).value(); }

std::string Lines(const std::vector<Diagnostic>& findings) {
  std::string lines;
  for (const Diagnostic& finding : findings) lines += Describe(finding, Language::kEn) + "\n";
  return lines;
}

// One use with nothing but what a test puts in.
struct Table {
  Publication publication;
  LandUse code;

  explicit Table(LandUse use = LandUse::kResidential) : code(use) {
    publication.id = "t";
    publication.base_date = ParseDate("2025-04-01").value();
    this->use().term = Years::Of(70);
  }
  PublishedUse& use() { return publication.uses[code]; }
  void Prices(const std::vector<std::string>& prices) {
    for (std::size_t i = 0; i < prices.size(); ++i) {
      PublishedGrade grade;
      grade.grade = static_cast<int>(i + 1);
      grade.price = Yuan(prices[i]);
      use().grades.push_back(grade);
    }
  }
  std::vector<Diagnostic> Lint(const TableLintOptions& options = kOptions) const {
    return LintTables(publication, options);
  }
  // The only finding has this code and place.
  void Expect(Code expected, const std::string& place) const {
    const std::vector<Diagnostic> findings = Lint();
    ASSERT_EQ(findings.size(), 1) << Lines(findings);
    EXPECT_EQ(findings[0].code, expected) << Lines(findings);
    EXPECT_EQ(findings[0].where.field, "/uses/" + std::string(CodeOf(code)) + place);
  }
};

Curve CurveOf(const std::vector<std::pair<std::string, std::string>>& rows) {
  Curve curve;
  for (const auto& [at, value] : rows) curve.rows.push_back({M(at), {{1, K(value)}}});
  return curve;
}

TEST(TableLint, FindsNothingInTongdao) {
  const std::vector<Diagnostic> findings = LintTables(test::Tongdao(), kOptions);
  EXPECT_TRUE(findings.empty()) << Lines(findings);
}

TEST(TableLint, FindsASecondPeak) {
  Table table;
  table.use().coefficients["far"] =
      CurveOf({{"1", "0.7001"}, {"1.1", "0.7535"}, {"1.2", "0.7490"}, {"1.3", "0.8013"}});
  table.Expect(Code::kSecondPeak, "/coefficients/far/rows/3/values/1");
  // Rising and then falling is one peak.
  table.use().coefficients.clear();
  table.use().coefficients["depth factor"] =
      CurveOf({{"0", "0.9"}, {"10", "1"}, {"24", "0.97"}, {"28", "0.95"}});
  EXPECT_TRUE(table.Lint().empty()) << Lines(table.Lint());
}

TEST(TableLint, FindsASecondPeakAlongAMeasurement) {
  Table table;
  Levels levels{{{"a", K("1.02")}, {"b", K("0.98")}, {"c", K("1")}},
                Breaks{{M("1"), M("2")}, ClosedEnd::kLeft, {"a", "b", "c"}}};
  table.use().coefficients["area"] = levels;
  table.Expect(Code::kSecondPeak, "/coefficients/area/breaks/order/2");
}

TEST(TableLint, FindsAFloorAreaRatioThatLosesByHeight) {
  Table table;
  table.use().coefficients["far"] = CurveOf({{"1", "0.9"}, {"2", "1"}, {"3", "0.99"}});
  table.Expect(Code::kCurveFalls, "/coefficients/far/rows/2/values/1");
}

TEST(TableLint, FindsLevelsOutOfOrder) {
  Table table;
  table.use().coefficients["shape"] =
      Levels{{{"优", K("1.01")}, {"较优", K("1.02")}, {"一般", K("1")}}, std::nullopt};
  table.Expect(Code::kLevelsOutOfOrder, "/coefficients/shape/levels/较优");
}

TEST(TableLint, FindsPricesAndGradesOutOfOrder) {
  Table table;
  table.Prices({"700", "610", "610"});
  table.Expect(Code::kGradePricesOutOfOrder, "/grades/2/price");
  // Two kinds in one use have prices of their own (real-cases §3.4).
  table.use().grades[2].sub_use = "教育";
  EXPECT_TRUE(table.Lint().empty());
  table.use().grades[2].sub_use.clear();
  table.use().grades[2].price = Yuan("500");
  std::swap(table.use().grades[1], table.use().grades[2]);
  table.Expect(Code::kHeadingsOutOfOrder, "/grades/2/grade");
}

TEST(TableLint, FindsPairsThatAreNotReciprocal) {
  Table table;
  Matrix matrix;
  matrix.standard = {{0, "a"}};
  // 1.37 × 0.73 = 1.0001, as in the Korean tables (V25).
  matrix.rows = {{"a", {{"a", K("1")}, {"b", K("1.37")}}},
                 {"b", {{"a", K("0.73")}, {"b", K("1")}}}};
  table.use().coefficients["lot"] = matrix;
  EXPECT_TRUE(table.Lint().empty()) << Lines(table.Lint());
  matrix.rows["b"]["a"] = K("0.74");
  table.use().coefficients["lot"] = matrix;
  table.Expect(Code::kNotReciprocal, "/coefficients/lot/rows/a/b");
  matrix.rows["b"] = {{"a", K("0.73")}, {"b", K("1.01")}};
  table.use().coefficients["lot"] = matrix;
  table.Expect(Code::kDiagonalNotOne, "/coefficients/lot/rows/b/b");
}

TEST(TableLint, FindsAWeightThatTwoColumnsGiveDifferently) {
  Table table;
  Factors factors;
  // F1 = 5 %, F2 = 8 %.
  for (const auto& [best, worst] :
       std::vector<std::pair<std::string, std::string>>{{"0.5123", "-0.8197"},
                                                        {"1.0246", "-1.6394"},
                                                        {"1.5369", "-2.459"},
                                                        {"2.0492", "-3.3787"}}) {
    Factors::Factor factor;
    factor.factor = "f" + best;
    factor.levels = {{"优", Percent::Parse(best).value()}, {"劣", Percent::Parse(worst).value()}};
    factors.tables[2].push_back(factor);
  }
  table.use().coefficients["regional"] = factors;
  table.Expect(Code::kWeightsDisagree, "/coefficients/regional/tables/2/3/levels/劣");
}

TEST(TableLint, FindsDecimalsThatCannotBe) {
  Table table;
  table.Prices({"2560", "2080", "1333", "950", "745"});
  table.Expect(Code::kOddDecimals, "/grades/2/price");
  table = Table();
  table.use().coefficients["far"] =
      CurveOf({{"1", "0.71"}, {"2", "0.82"}, {"3", "0.931"}, {"4", "1.01"}, {"5", "1.12"}});
  table.Expect(Code::kOddDecimals, "/coefficients/far/rows/2/values/1");
  // Round figures have no places.
  table.use().coefficients["far"] =
      CurveOf({{"1", "1"}, {"2", "1"}, {"3", "1"}, {"4", "1"}, {"5", "1.12"}});
  EXPECT_TRUE(table.Lint().empty());
}

TEST(TableLint, FindsFiguresThatTheRoundingWouldChange) {
  Table table;
  table.publication.rounding.coefficient = Rounding{RoundingMode::kHalfUp, 10'000};
  table.use().coefficients["far"] = CurveOf({{"1", "0.9"}, {"2", "0.975"}});
  table.Expect(Code::kFinerThanPlan, "/coefficients/far/rows/1/values/1");
}

TEST(TableLint, FindsABaseThatIsNotOne) {
  Table table;
  table.Prices({"790"});
  table.use().grades[0].far = FloorAreaRatio::Of(2);
  table.use().coefficients["far"] = CurveOf({{"1", "0.8"}, {"2", "0.99"}, {"3", "1.1"}});
  table.Expect(Code::kBaseNotOne, "/coefficients/far/rows/1/values/1");
}

TEST(TableLint, FindsARowThatIsMissing) {
  Table table;
  table.use().coefficients["far"] =
      CurveOf({{"1", "0.7"}, {"1.1", "0.8"}, {"1.2", "0.9"}, {"1.4", "1.1"}, {"1.5", "1.2"}});
  table.Expect(Code::kRowMissing, "/coefficients/far/rows/3");
}

TEST(TableLint, FindsFaultsOfDepthTables) {
  Table table;
  Depth depth{Metres::Of(20), {}, FourThreeTwoOneRows(), DepthPercent::kCumulative, {}};
  table.use().coefficients["depth"] = depth;
  EXPECT_TRUE(table.Lint().empty()) << Lines(table.Lint());
  depth.rows[3].percent = Percent::Of(60);
  table.use().coefficients["depth"] = depth;
  table.Expect(Code::kCumulativeFalls, "/coefficients/depth/rows/3/percent");
  depth.rows[3].percent = Percent::Of(90);
  depth.rows[4].percent = Percent::Of(99);
  table.use().coefficients["depth"] = depth;
  table.Expect(Code::kBaseNotOne, "/coefficients/depth/rows/4/percent");
}

// Every price of the sub-uses of real-cases §6 is a whole 万元/亩.
TEST(TableLint, FindsTheUnitThatPricesWereSetIn) {
  Table table;
  table.Prices({"4755", "3210", "2265", "1800", "1395"});
  const std::vector<Diagnostic> findings = table.Lint();
  ASSERT_EQ(findings.size(), 1) << Lines(findings);
  EXPECT_EQ(findings[0].code, Code::kPrimaryUnitDoubtful);
  EXPECT_EQ(findings[0].where.field, "/primary_unit");
  table.publication.primary_unit = PriceUnit::kWanYuanPerMu;
  EXPECT_TRUE(table.Lint().empty());
  table.use().grades.clear();
  table.Prices({"791", "707", "592", "511", "460"});
  ASSERT_EQ(table.Lint().size(), 1);
  EXPECT_EQ(table.Lint()[0].code, Code::kPrimaryUnitDoubtful);
}

TEST(TableLint, FindsIndustrialPricesBelowTheMinimum) {
  Table table(LandUse::kIndustrial);
  table.Prices({"120", "95"});
  TableLintOptions options = kOptions;
  options.industrial_minimum = {Yuan("96"), 13, "〔2006〕307"};
  const std::vector<Diagnostic> findings = table.Lint(options);
  ASSERT_EQ(findings.size(), 1) << Lines(findings);
  EXPECT_EQ(findings[0].code, Code::kBelowMinimum);
  EXPECT_EQ(TextOf(findings[0], Language::kEn),
            "industrial land at 95 yuan/m² is below the minimum of 96 yuan/m² of class 13 "
            "(〔2006〕307)");
}

// 三原县 2025 (real-cases §5): 437 and 29.13 round to each other.
TEST(PriceUnits, OfSanyuanAgreeInBoth) {
  std::vector<PricePair> pairs;
  for (const auto& [yuan, mu] : std::vector<std::pair<std::string, std::string>>{
           {"549", "36.6"}, {"437", "29.13"}, {"360", "24"}, {"330", "22"}}) {
    pairs.push_back({Yuan(yuan), PricePerMu::Parse(mu).value()});
  }
  const PriceUnits units = FindPriceUnits(pairs);
  EXPECT_TRUE(units.faults.empty());
}

TEST(PriceUnits, AreThoseThatTheOthersFollowFrom) {
  // 37.47 × 15 = 562.05, but 37.5 × 15 = 562.5: set in yuan, 562 is 37.47 and 563 is 37.53.
  const PricePair yuan[] = {{Yuan("562"), PricePerMu::Parse("37.47").value()},
                            {Yuan("563"), PricePerMu::Parse("37.53").value()},
                            {Yuan("437"), PricePerMu::Parse("29.31").value()}};
  const PriceUnits set_in_yuan = FindPriceUnits(yuan);
  EXPECT_EQ(set_in_yuan.primary, PriceUnit::kYuanPerSqm);
  ASSERT_EQ(set_in_yuan.faults.size(), 1);
  EXPECT_EQ(set_in_yuan.faults[0].pair, 2);
  EXPECT_EQ(set_in_yuan.faults[0].expected, "29.13");
  const PricePair mu[] = {{Yuan("563"), PricePerMu::Parse("37.5").value()},
                          {Yuan("562"), PricePerMu::Parse("37.47").value()}};
  const PriceUnits set_in_mu = FindPriceUnits(mu);
  EXPECT_EQ(set_in_mu.primary, PriceUnit::kWanYuanPerMu);
  EXPECT_TRUE(set_in_mu.faults.empty());
  EXPECT_TRUE(FindPriceUnits({}).faults.empty());
}

}  // namespace
}  // namespace dijia

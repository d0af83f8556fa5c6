#include "dijia/normalise.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/plans.h"

namespace dijia {
namespace {

using test::Day;
using test::ResidentialPlan;
using test::Sale;
using test::SmallPlan;

// The normaliser of one cell (grade 1 of the plan's first use) that holds every row.
Normalizer OneCell(const SampleTable& table, const ComputePlan& plan,
                   const EstimatedByCounty& estimated = {}) {
  const std::array cells = {CellKey{.county = 1, .use = plan.uses[0].use, .grade = 1}};
  return Normalizer(table, plan, cells, std::vector<std::uint32_t>(table.size(), 0), estimated);
}

// The normalised price of one sale.
double Normalized(const Sale& sale, const ComputePlan& plan) {
  SampleTable table;
  test::Add(table, sale);
  const Normalizer normalizer = OneCell(table, plan);
  const std::array raw = {sale.price};
  std::array<double, 1> out{};
  normalizer.NormalizeRows(table, 0, raw, out);
  return out[0];
}

TEST(NormaliseTerm, BringsASampleToTheStatutoryTerm) {
  // r = 8 %, 40 of 50 years: factor 0.97475 (real-cases §9), so to 50 years ÷ 0.97475.
  UsePlan use = ResidentialPlan();
  use.conditions.term = Years::Of(50);
  use.conditions.capitalization_rate = Rate::FromUnits(80'000);
  Sale sale;
  sale.price = 974.75;
  sale.term = 40;
  EXPECT_NEAR(Normalized(sale, SmallPlan(use)), 1000.0, 0.01);
}

TEST(NormaliseTerm, OfTheStatutoryTermIsExactlyOne) {
  Sale sale;
  sale.term = 70;
  EXPECT_EQ(Normalized(sale, SmallPlan()), 500.0);
}

TEST(NormaliseTerm, WithoutATermIsOne) { EXPECT_EQ(Normalized(Sale{}, SmallPlan()), 500.0); }

TEST(NormaliseDate, CompoundsAMonthlyRateOverWholeMonthsAndThirtieths) {
  // 通道 case A turned round: 2025-04-01 → 2026-06-03 is 14.07 months, 1.002^14.07 = 1.02851.
  UsePlan use = ResidentialPlan();
  use.date.kind = DateCorrectionKind::kMonthlyRate;
  use.date.monthly_rate = Rate::FromUnits(2'000);
  ComputePlan plan = SmallPlan(use);
  plan.base_date = Day(2026, 6, 3);
  plan.rounding.months = Rounding{RoundingMode::kHalfUp, 10'000};
  EXPECT_NEAR(Normalized(Sale{}, plan), 500.0 * std::pow(1.002, 14.07), 1e-9);
  plan.rounding.months.reset();
  EXPECT_NEAR(Normalized(Sale{}, plan), 500.0 * std::pow(1.002, 14.066667), 1e-9);
}

ComputePlan IndexPlan() {
  UsePlan use = ResidentialPlan();
  use.date.kind = DateCorrectionKind::kIndex;
  use.date.points = {{Day(2024, 1, 1), Coefficient::Of(100)},
                     {Day(2024, 1, 11), Coefficient::Of(110)},
                     {Day(2025, 4, 1), Coefficient::Of(132)}};
  return SmallPlan(use);
}

TEST(NormaliseDate, IsLinearBetweenIndexPoints) {
  Sale sale;
  sale.date = Day(2024, 1, 4);  // 3 of 10 days: 103
  EXPECT_DOUBLE_EQ(Normalized(sale, IndexPlan()), 500.0 * 132 / 103);
  sale.date = Day(2024, 1, 11);
  EXPECT_DOUBLE_EQ(Normalized(sale, IndexPlan()), 500.0 * 132 / 110);
}

TEST(NormaliseDate, LeavesASampleBeforeTheIndexAsItIsAndSaysSo) {
  SampleTable table;
  Sale sale;
  sale.date = Day(2023, 12, 31);
  test::Add(table, sale);
  sale.date = Day(2024, 1, 1);
  test::Add(table, sale);
  const Normalizer normalizer = OneCell(table, IndexPlan());
  EXPECT_EQ(normalizer.Factors(table, 0).date, 1.0);
  EXPECT_TRUE(normalizer.UnknownOf(table, 0).date_outside_index);
  EXPECT_DOUBLE_EQ(normalizer.Factors(table, 1).date, 1.32);
  EXPECT_FALSE(normalizer.UnknownOf(table, 1).date_outside_index);
}

TEST(NormaliseDate, TakesTheEstimatedIndexOfTheCountyAndUse) {
  UsePlan use = ResidentialPlan();
  use.date.kind = DateCorrectionKind::kEstimated;
  const ComputePlan plan = SmallPlan(use);
  SampleTable table;
  Sale sale;
  sale.date = Day(2022, 4, 2);
  test::Add(table, sale);
  EstimatedByCounty estimated;
  std::vector<double>& factors = estimated[{1, LandUse::kResidential}].date_factors;
  factors.assign(1096, 1.0);
  factors[0] = 1.25;
  EXPECT_EQ(OneCell(table, plan, estimated).Factors(table, 0).date, 1.25);
  EXPECT_EQ(OneCell(table, plan).Factors(table, 0).date, 1.0);
}

ComputePlan TablePlan() {
  UsePlan use = ResidentialPlan();
  use.conditions.far = FloorAreaRatio::FromUnits(2'500'000);
  use.far.kind = FarCorrectionKind::kTable;
  use.far.table = {
      {FloorAreaRatio::FromUnits(1'100'000), {{0, Coefficient::FromUnits(1'100'000)}}},
      {FloorAreaRatio::FromUnits(2'500'000), {{0, Coefficient::FromUnits(2'100'000)}}}};
  return SmallPlan(use);
}

TEST(NormaliseFar, MultipliesByTheRatioOfTheTablesCoefficients) {
  // 1000 at FAR 1.1 (K = 1.1) → FAR 2.5 (K = 2.1): 1909.09 (real-cases §9).
  Sale sale;
  sale.price = 1000.0;
  sale.far = 1.1;
  EXPECT_NEAR(Normalized(sale, TablePlan()), 1909.09, 0.005);
}

TEST(NormaliseFar, InterpolatesTheTableAndClampsItsEnds) {
  Sale sale;
  sale.far = 1.8;  // halfway: K = 1.6
  EXPECT_DOUBLE_EQ(Normalized(sale, TablePlan()), 500.0 * 2.1 / 1.6);
  sale.far = 0.2;
  EXPECT_DOUBLE_EQ(Normalized(sale, TablePlan()), 500.0 * 2.1 / 1.1);
  sale.far = 9.0;
  EXPECT_EQ(Normalized(sale, TablePlan()), 500.0);
}

TEST(NormaliseFar, FollowsThePowerOfTheGrade) {
  // 通道 grade I: K(3.0) = 1.2320 at base 2.0, k = 0.51448 (real-cases §1.2).
  UsePlan use = ResidentialPlan();
  use.conditions.far = FloorAreaRatio::Of(2);
  use.far.kind = FarCorrectionKind::kPower;
  use.far.exponent_by_grade = {{1, 0.51448}, {2, 0.43754}, {0, 0.1}};
  Sale sale;
  sale.far = 3.0;
  EXPECT_NEAR(Normalized(sale, SmallPlan(use)), 500.0 / 1.2320, 0.03);
  sale.far = 2.0;
  EXPECT_EQ(Normalized(sale, SmallPlan(use)), 500.0);
}

TEST(NormaliseFar, ZeroOrBlankIsUnknownAndLeftAsItIs) {
  SampleTable table;
  Sale sale;
  test::Add(table, sale);
  sale.far = 0.0;
  test::Add(table, sale);
  sale.far = 1.1;
  test::Add(table, sale);
  const Normalizer normalizer = OneCell(table, TablePlan());
  EXPECT_EQ(normalizer.Factors(table, 0).far, 1.0);
  EXPECT_TRUE(normalizer.UnknownOf(table, 0).far);
  EXPECT_TRUE(normalizer.UnknownOf(table, 1).far);
  EXPECT_FALSE(normalizer.UnknownOf(table, 2).far);
}

TEST(NormaliseDevelopment, AddsTheCostTheSampleLacks) {
  UsePlan use = ResidentialPlan();
  use.conditions.development_level = "五通一平";
  use.development.cost_by_level = {{"五通一平", UnitPrice::Of(100)},
                                   {"三通一平", UnitPrice::Of(55)}};
  Sale sale;
  sale.development = "三通一平";
  EXPECT_EQ(Normalized(sale, SmallPlan(use)), 545.0);
  sale.development = "五通一平";
  EXPECT_EQ(Normalized(sale, SmallPlan(use)), 500.0);
  sale.development = "生地";
  EXPECT_EQ(Normalized(sale, SmallPlan(use)), 500.0);
  SampleTable table;
  test::Add(table, sale);
  EXPECT_TRUE(OneCell(table, SmallPlan(use)).UnknownOf(table, 0).development);
}

TEST(NormaliseCircumstance, MultipliesByTheStatedFactor) {
  Sale sale;
  sale.circumstance = 0.95;
  EXPECT_DOUBLE_EQ(Normalized(sale, SmallPlan()), 475.0);
}

TEST(Normalise, MultipliesEverythingInOrder) {
  // (500 + 45) · 1.32/1.03 · 2.1/1.6 · K_70/K_40 · 0.95.
  ComputePlan plan = IndexPlan();
  plan.uses[0].conditions = TablePlan().uses[0].conditions;
  plan.uses[0].far = TablePlan().uses[0].far;
  plan.uses[0].conditions.development_level = "五通一平";
  plan.uses[0].development.cost_by_level = {{"五通一平", UnitPrice::Of(100)},
                                            {"三通一平", UnitPrice::Of(55)}};
  Sale sale;
  sale.date = Day(2024, 1, 4);
  sale.far = 1.8;
  sale.term = 40;
  sale.circumstance = 0.95;
  sale.development = "三通一平";
  const double term = (1 - std::pow(1.0675, -70)) / (1 - std::pow(1.0675, -40));
  EXPECT_NEAR(Normalized(sale, plan), 545.0 * (132.0 / 103) * (2.1 / 1.6) * term * 0.95, 1e-9);
}

TEST(Normalise, RowsWithoutACellHaveNoPrice) {
  SampleTable table;
  test::Add(table, Sale{});
  test::Add(table, Sale{});
  const std::array cells = {CellKey{.county = 1, .use = LandUse::kResidential, .grade = 1}};
  const Normalizer normalizer(table, SmallPlan(), cells, {Normalizer::kNoCell, 0}, {});
  const std::array raw = {500.0, 500.0};
  std::array<double, 2> out{};
  normalizer.NormalizeRows(table, 0, raw, out);
  EXPECT_TRUE(std::isnan(out[0]));
  EXPECT_EQ(out[1], 500.0);
  std::array<NormalizationFactors, 2> factors;
  factors[0] = {.date = 2, .far = 2, .term = 2, .circumstance = 2, .development_add = 2};
  normalizer.FactorsOfRows(table, 0, factors);
  EXPECT_EQ(factors[0].date * factors[0].far * factors[0].term * factors[0].circumstance, 1.0);
  EXPECT_EQ(factors[0].development_add, 0.0);
}

// A table of random sales with every figure known or not, and a plan that corrects for all.
class RandomSales : public testing::TestWithParam<std::uint64_t> {
 protected:
  RandomSales() : generator_(GetParam()) {
    for (int i = 0; i < 2000; ++i) Append();
  }

  double Uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(generator_() >> 11) * 0x1p-53;
  }
  double Maybe(double value) {
    return generator_() % 4 == 0 ? std::numeric_limits<double>::quiet_NaN() : value;
  }
  void Append() {
    const std::array<std::string, 3> levels = {"", "三通一平", "五通一平"};
    Sale sale;
    sale.price = Uniform(100, 3000);
    sale.date = FromDays(ToDays(Day(2022, 4, 2)) + static_cast<Days>(generator_() % 1096));
    sale.far = Maybe(Uniform(0.2, 6));
    sale.term = Maybe(Uniform(5, 70));
    sale.circumstance = Maybe(Uniform(0.8, 1.2));
    sale.development = levels[generator_() % 3];
    test::Add(table_, sale);
  }

  std::mt19937_64 generator_;
  SampleTable table_;
};

std::array<std::uint64_t, 5> BitsOf(const NormalizationFactors& k) {
  std::array<std::uint64_t, 5> bits{};
  const std::array values = {k.date, k.far, k.term, k.circumstance, k.development_add};
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = std::bit_cast<std::uint64_t>(values[i]);
  return bits;
}

TEST_P(RandomSales, TheFactorsOfARowMultiplyToTheBitsOfItsNormalisedPrice) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  for (const FarCorrectionKind kind : {FarCorrectionKind::kPower, FarCorrectionKind::kTable}) {
    ComputePlan plan = IndexPlan();
    plan.uses[0].conditions = TablePlan().uses[0].conditions;
    plan.uses[0].far = TablePlan().uses[0].far;
    plan.uses[0].far.kind = kind;
    plan.uses[0].far.exponent_by_grade = {{0, 0.4375}};
    plan.uses[0].conditions.development_level = "五通一平";
    plan.uses[0].development.cost_by_level = {{"五通一平", UnitPrice::Of(100)},
                                              {"三通一平", UnitPrice::Of(55)}};
    const Normalizer normalizer = OneCell(table_, plan);
    std::vector<double> raw(table_.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
      raw[i] = static_cast<double>(table_.price[i]) / 1e4;
    }
    std::vector<double> normalized(raw.size());
    normalizer.NormalizeRows(table_, 0, raw, normalized);
    std::vector<NormalizationFactors> together(raw.size() - 7);
    normalizer.FactorsOfRows(table_, 7, together);
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const NormalizationFactors k = normalizer.Factors(table_, i);
      if (i >= 7) {
        ASSERT_EQ(BitsOf(together[i - 7]), BitsOf(k)) << "row " << i;
      }
      const double product =
          (raw[i] + k.development_add) * k.date * k.far * k.term * k.circumstance;
      ASSERT_EQ(std::bit_cast<std::uint64_t>(product), std::bit_cast<std::uint64_t>(normalized[i]))
          << "row " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSales, testing::Values(1, 2, 20250401));

TEST(NormalizeColumns, AgreesWithThePlainFormula) {
  // The column kernel as the benchmark calls it, against pow().
  NormalizationGroups groups;
  groups.far_exponent = {0.62, 0.12};
  groups.far_log_base = {std::log(2.0), std::log(1.0)};
  groups.term_discount = {std::log1p(0.06), std::log1p(0.05)};
  groups.term_full = {1 - std::pow(1.06, -40), 1 - std::pow(1.05, -50)};
  groups.date_offset = {0, 2};
  groups.date_factors = {1.1, 1.0, 1.2, 1.05};
  const std::vector<std::uint32_t> group = {0, 1, 1};
  const std::vector<std::int32_t> period = {1, 0, 1};
  const std::vector<double> price = {1000, 300, 200}, add = {-50, 20, 0}, far = {3, 0.8, 1.5},
                            term = {33, 12.5, 50};
  NormalizationColumns columns;
  columns.group = group;
  columns.period = period;
  columns.price = price;
  columns.add = add;
  columns.far = far;
  columns.term = term;
  std::vector<double> out(3);
  Normalize(columns, groups, out);
  const auto expected = [&](std::size_t i, double k, double base, double r, double n, double t) {
    return (price[i] + add[i]) * t * std::pow(far[i] / base, -k) * (1 - std::pow(1 + r, -n)) /
           (1 - std::pow(1 + r, -term[i]));
  };
  EXPECT_NEAR(out[0], expected(0, 0.62, 2.0, 0.06, 40, 1.0), 1e-9);
  EXPECT_NEAR(out[1], expected(1, 0.12, 1.0, 0.05, 50, 1.2), 1e-9);
  EXPECT_NEAR(out[2], expected(2, 0.12, 1.0, 0.05, 50, 1.05), 1e-9);
}

}  // namespace
}  // namespace dijia

// Tables of regional factors and of terms from what they were made of (real-cases.md §1.3 and §7).
#include "dijia/regional_factors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "dijia/term_table.h"
#include "dijia/valuation.h"
#include "support/tongdao.h"

namespace dijia {
namespace {

// 通道, residential land, grade II: the weights of the twelve factors (real-cases.md §1.3).
constexpr std::array<const char*, 12> kWeights{"0.1467", "0.0778", "0.0867", "0.0534",
                                               "0.0721", "0.0233", "0.0654", "0.1655",
                                               "0.1036", "0.0638", "0.0679", "0.0738"};
constexpr Rounding kFourPlaces{RoundingMode::kHalfUp, 100};
constexpr Rounding kTwoPlaces{RoundingMode::kHalfUp, 10'000};

UnitPrice Yuan(const char* text) { return UnitPrice::Parse(text).value(); }
Percent Per(const char* text) { return Percent::Parse(text).value(); }

const std::vector<Factors::Factor>& Printed() {
  const auto& coefficients = test::Tongdao().uses.at(LandUse::kResidential).coefficients;
  return std::get<Factors>(coefficients.at("regional")).tables.at(2);
}

std::vector<WeightedFactor> Weighted() {
  std::vector<WeightedFactor> factors;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    factors.push_back(
        {Printed()[i].factor, Coefficient::Parse(kWeights[i]).value(), Printed()[i].breaks});
  }
  return factors;
}

RegionalOptions AsPrinted() {
  RegionalOptions options;
  options.half_of = HalfOf::kPrinted;
  options.percent = kFourPlaces;
  return options;
}

// F1 = (747.5 − 710) / 710 = 5.2817 %, F2 = (710 − 651.6) / 710 = 8.2254 %.
TEST(TongdaoRegion, AmplitudesAreThoseOfTheZonePrices) {
  const auto amplitude = AmplitudeOf(Yuan("710"), Yuan("747.5"), Yuan("651.6"), kTwoPlaces);
  ASSERT_TRUE(amplitude);
  EXPECT_EQ(amplitude->upward, Per("5.28"));
  EXPECT_EQ(amplitude->downward, Per("8.23"));
}

TEST(TongdaoRegion, IsRebuiltToThePrintedDigit) {
  ASSERT_EQ(Printed().size(), kWeights.size());
  const auto table = RegionalFactors({Per("5.28"), Per("8.23")}, Weighted(), AsPrinted());
  ASSERT_TRUE(table);
  EXPECT_EQ(*table, Printed());
}

// 道路规划 优 0.3897: half of it is 0.19485, printed 0.1949; half of 5.28 × 0.0738 is 0.194832.
TEST(TongdaoRegion, TakesHalvesOfThePrintedFigures) {
  RegionalOptions options = AsPrinted();
  options.half_of = HalfOf::kExact;
  const auto table = RegionalFactors({Per("5.28"), Per("8.23")}, Weighted(), options);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->back().levels.at("较优"), Per("0.1948"));
  EXPECT_EQ(Printed().back().levels.at("较优"), Per("0.1949"));
}

TEST(TongdaoRegion, GivesAmplitudesAndWeightsBack) {
  const auto recovered = RecoverAmplitude(Printed());
  ASSERT_TRUE(recovered);
  EXPECT_EQ(recovered->amplitude.upward, Per("5.2801"));
  EXPECT_EQ(recovered->amplitude.downward, Per("8.23"));
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    EXPECT_NEAR(recovered->weights[i], std::stod(kWeights[i]), 1e-5) << i;
  }
  EXPECT_LE(recovered->largest_residual, 1e-4);
  // A slip of the pen is found where it is.
  std::vector<Factors::Factor> slipped = Printed();
  slipped[3].levels.at("优") = Per("0.2280");
  const auto found = RecoverAmplitude(slipped);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->row, 3U);
  EXPECT_GT(found->largest_residual, 1e-2);
}

TEST(RegionalAmplitude, NeedsPricesInOrder) {
  EXPECT_FALSE(AmplitudeOf(Yuan("710"), Yuan("700"), Yuan("651.6"), kTwoPlaces));
  EXPECT_FALSE(AmplitudeOf(Yuan("710"), Yuan("747.5"), Yuan("711"), kTwoPlaces));
  EXPECT_FALSE(AmplitudeOf(Yuan("0"), Yuan("0"), Yuan("0"), kTwoPlaces));
  const auto flat = AmplitudeOf(Yuan("710"), Yuan("710"), Yuan("710"), kTwoPlaces);
  ASSERT_TRUE(flat);
  EXPECT_EQ(*flat, RegionalAmplitude());
}

TEST(RecoveredAmplitudes, AreRefusedWhereTheTableDoesNotShowThem) {
  EXPECT_FALSE(RecoverAmplitude({}));
  EXPECT_FALSE(RecoverAmplitude(std::vector<Factors::Factor>{{"x", {}, {}}}));
  EXPECT_FALSE(RecoverAmplitude(std::vector<Factors::Factor>{{"x", {{"优", Percent()}}, {}}}));
}

// Whatever the weights: rows do not depend on each other, figures are symmetric and rise from worst
// to best, and the table gives its amplitudes back within the rounding.
TEST(RegionalTables, KeepTheirLaws) {
  constexpr unsigned kSeed = 20261126;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 1 + random() % 15;
    std::vector<WeightedFactor> factors;
    std::int64_t left = Coefficient::kOne;
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t most = left - static_cast<std::int64_t>(count - i - 1);
      const std::int64_t weight =
          i + 1 == count ? left : 1 + static_cast<std::int64_t>(random()) % (most / 2 + 1);
      left -= weight;
      factors.push_back({"f" + std::to_string(i), Coefficient::FromUnits(weight), {}});
    }
    const RegionalAmplitude amplitude{Percent::FromUnits(1 + random() % 30'000'000),
                                      Percent::FromUnits(1 + random() % 30'000'000)};
    RegionalOptions options = AsPrinted();
    if (round % 2 == 0) options.half_of = HalfOf::kExact;
    const auto table = RegionalFactors(amplitude, factors, options);
    ASSERT_TRUE(table);
    for (const Factors::Factor& row : *table) {
      EXPECT_GE(row.levels.at("优"), row.levels.at("较优"));
      EXPECT_GE(row.levels.at("较优"), Percent());
      EXPECT_LE(row.levels.at("劣"), row.levels.at("较劣"));
      EXPECT_LE(row.levels.at("较劣"), Percent());
    }
    std::vector<WeightedFactor> reversed(factors.rbegin(), factors.rend());
    auto backwards = RegionalFactors(amplitude, reversed, options);
    ASSERT_TRUE(backwards);
    std::ranges::reverse(*backwards);
    EXPECT_EQ(*backwards, *table);
    if (const auto recovered = RecoverAmplitude(*table)) {
      const double most = 0.5e-4 * static_cast<double>(count) + 1e-9;
      EXPECT_NEAR(ToDouble(recovered->amplitude.upward), ToDouble(amplitude.upward), most);
      EXPECT_NEAR(ToDouble(recovered->amplitude.downward), ToDouble(amplitude.downward), most);
    }
  }
}

TEST(BazhongTermTable, HasFortyRowsWithThePrintedFigures) {
  const auto table = TermTable(Rate::Parse("0.0854").value(), Years::Of(40), kFourPlaces);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 40U);
  const std::pair<std::size_t, const char*> printed[] = {
      {1, "0.0818"},  {2, "0.1571"},  {3, "0.2265"},  {4, "0.2904"},  {5, "0.3494"},
      {10, "0.5813"}, {15, "0.7352"}, {20, "0.8374"}, {25, "0.9052"}, {30, "0.9503"},
      {35, "0.9802"}, {38, "0.9930"}, {39, "0.9967"}, {40, "1"}};
  for (const auto& [year, factor] : printed) {
    EXPECT_EQ(table->rows[year - 1].values.at(0), Coefficient::Parse(factor).value()) << year;
  }
  for (std::size_t year = 1; year <= 40; ++year) {
    const double exact =
        (1 - std::pow(1.0854, -static_cast<double>(year))) / (1 - std::pow(1.0854, -40.0));
    EXPECT_NEAR(ToDouble(table->rows[year - 1].values.at(0)), exact, 0.5e-4 + 1e-12) << year;
  }
}

TEST(TermTables, EndWithTheTermItself) {
  const auto table =
      TermTable(Rate::Parse("0.06").value(), Years::Parse("2.5").value(), kFourPlaces);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 3U);
  EXPECT_EQ(table->rows.back().at, Measure::Parse("2.5").value());
  EXPECT_EQ(table->rows.back().values.at(0), Coefficient::Of(1));
  EXPECT_FALSE(TermTable(Rate(), Years::Of(40), kFourPlaces));
  EXPECT_FALSE(TermTable(Rate::Parse("0.06").value(), Years(), kFourPlaces));
}

// A published table of terms values a parcel by its term.
TEST(TermTables, ValueParcels) {
  Publication publication = test::Tongdao();
  PublishedUse& use = publication.uses.at(LandUse::kResidential);
  use.formula = {"", {"term"}, {}};
  use.coefficients["term"] = TermTable(use.capitalization_rate, use.term, kFourPlaces).value();
  Parcel parcel;
  parcel.site.use = LandUse::kResidential;
  parcel.site.grade = 2;
  EXPECT_EQ(ValueParcel(parcel, publication).missing.at(0).where.field, "term_years");
  parcel.site.term = Years::Of(50);
  Valuation valuation = ValueParcel(parcel, publication);
  ASSERT_EQ(valuation.steps.size(), 3U);
  // (1 − 1.0675^−50) / (1 − 1.0675^−70) = 0.96184 / 0.98966 = 0.97188…
  EXPECT_EQ(valuation.steps[1].coefficient->ToString(), "0.9719");
  parcel.site.term = Years::Of(71);
  EXPECT_EQ(ValueParcel(parcel, publication).missing.at(0).where.field, "term_years");
}

}  // namespace
}  // namespace dijia

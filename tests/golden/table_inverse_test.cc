// Published tables from what they were computed with, and back (real-cases.md §1.2 and §7).
#include "dijia/table_inverse.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "dijia/valuation.h"
#include "support/tongdao.h"

namespace dijia {
namespace {

// 巴中市主城区, commercial land, 40 years: the factors that are printed.
struct Printed {
  int years;
  const char* factor;
};
constexpr std::array<Printed, 14> kBazhong{{{1, "0.0818"},
                                            {2, "0.1571"},
                                            {3, "0.2265"},
                                            {4, "0.2904"},
                                            {5, "0.3494"},
                                            {10, "0.5813"},
                                            {15, "0.7352"},
                                            {20, "0.8374"},
                                            {25, "0.9052"},
                                            {30, "0.9503"},
                                            {35, "0.9802"},
                                            {38, "0.9930"},
                                            {39, "0.9967"},
                                            {40, "1"}}};

// A publication of one use with one coefficient.
Publication PublicationOf(const char* name, CoefficientTable table, const char* rate) {
  Publication publication = test::Tongdao();
  PublishedUse use;
  use.term = Years::Of(40);
  use.capitalization_rate = Rate::Parse(rate).value();
  PublishedGrade grade;
  grade.price = UnitPrice::Of(1000);
  use.grades = {grade};
  use.formula.product = {name};
  use.coefficients.emplace(name, std::move(table));
  publication.uses = {{LandUse::kCommercial, use}};
  return publication;
}

Parcel Land() {
  Parcel parcel;
  parcel.site.use = LandUse::kCommercial;
  parcel.site.grade = 1;
  return parcel;
}

std::string CoefficientOf(const Parcel& parcel, const Publication& publication) {
  const Valuation valuation = ValueParcel(parcel, publication);
  return valuation.steps.size() == 3 ? valuation.steps[1].coefficient->ToString() : "withheld";
}

std::string BazhongFactor(int years) {
  static const Publication kPublication = PublicationOf("term", TermFormula(), "0.0854");
  Parcel parcel = Land();
  parcel.site.term = Years::Of(years);
  return CoefficientOf(parcel, kPublication);
}

TEST(BazhongTerms, AreThoseOfTheRateToTheLastDigit) {
  for (const auto& [years, factor] : kBazhong) {
    EXPECT_EQ(BazhongFactor(years), Coefficient::Parse(factor).value().ToString()) << years;
  }
}

TEST(BazhongTerms, AreFortyRowsOfTheFormula) {
  for (int years = 1; years <= 40; ++years) {
    const double exact = (1 - std::pow(1.0854, -years)) / (1 - std::pow(1.0854, -40.0));
    EXPECT_NEAR(std::stod(BazhongFactor(years)), exact, 0.5e-4 + 1e-12) << years;
  }
}

TEST(BazhongTerms, GiveTheRateBack) {
  std::vector<TermRow> rows;
  for (const auto& [years, factor] : kBazhong) {
    rows.push_back({Years::Of(years), Coefficient::Parse(factor).value()});
  }
  const auto recovered = RecoverRate(rows, Years::Of(40));
  ASSERT_TRUE(recovered);
  EXPECT_NEAR(recovered->rate, 0.0854, 2e-5);
  EXPECT_LE(recovered->largest_residual, 5e-5);
  // A slip of the pen is found where it is.
  rows[8].factor = Coefficient::Parse("0.9025").value();
  const auto slipped = RecoverRate(rows, Years::Of(40));
  ASSERT_TRUE(slipped);
  EXPECT_GT(slipped->largest_residual, 1e-3);
  EXPECT_EQ(slipped->row, 8U);
}

TEST(RecoveredRates, NeedARowThatDependsOnTheRate) {
  const std::vector<TermRow> rows{{Years::Of(40), Coefficient::Of(1)}, {Years(), Coefficient()}};
  EXPECT_FALSE(RecoverRate(rows, Years::Of(40)));
}

// 通道, residential land: k and f0 of the grades (real-cases.md §1.2).
struct Power {
  int grade;
  const char *exponent, *base;
};
constexpr std::array<Power, 3> kTongdao{
    {{1, "0.51448", "2"}, {2, "0.43754", "2"}, {3, "0.35284", "1.8"}}};

const Curve& FarTable() {
  return std::get<Curve>(test::Tongdao().uses.at(LandUse::kResidential).coefficients.at("far"));
}

TEST(TongdaoRatios, AreThoseOfThePowerLaw) {
  ASSERT_EQ(FarTable().rows.size(), 41U);
  for (const auto& [grade, exponent, base] : kTongdao) {
    Curve curve;
    curve.by = TableBy::kAll;
    curve.interpolation = Interpolation::kPower;
    curve.exponents = {{0, Coefficient::Parse(exponent).value()}};
    curve.base = Measure::Parse(base).value();
    const Publication publication = PublicationOf("far", curve, "0.077");
    for (const Curve::Row& row : FarTable().rows) {
      Parcel parcel = Land();
      parcel.site.far = FloorAreaRatio::FromUnits(row.at.units());
      EXPECT_NEAR(std::stod(CoefficientOf(parcel, publication)), ToDouble(row.values.at(grade)),
                  2e-4)
          << grade << " " << row.at.ToString();
    }
  }
}

TEST(TongdaoRatios, GiveTheExponentBack) {
  for (const auto& [grade, exponent, base] : kTongdao) {
    const auto recovered = RecoverPower(FarTable(), grade, Measure::Parse(base).value());
    ASSERT_TRUE(recovered);
    EXPECT_NEAR(recovered->exponent, std::stod(exponent), 2e-4) << grade;
    EXPECT_LE(recovered->largest_residual, 2e-4) << grade;
  }
}

TEST(TongdaoRatios, GiveTheBaseBackToo) {
  for (const auto& [grade, exponent, base] : kTongdao) {
    const auto recovered = RecoverPower(FarTable(), grade, std::nullopt);
    ASSERT_TRUE(recovered);
    EXPECT_NEAR(recovered->base, std::stod(base), 2e-3) << grade;
    EXPECT_NEAR(recovered->exponent, std::stod(exponent), 5e-4) << grade;
    EXPECT_LE(recovered->largest_residual, 3e-4) << grade;
  }
}

TEST(RecoveredPowers, AreRefusedWhereTheTableDoesNotShowThem) {
  Curve curve;
  curve.rows = {{Measure::Of(1), {{0, Coefficient::Of(1)}}},
                {Measure::Of(2), {{0, Coefficient::Of(1)}}},
                {Measure::Of(3), {{0, Coefficient::Of(1)}}}};
  EXPECT_FALSE(RecoverPower(curve, 1, std::nullopt));  // constant: any base
  ASSERT_TRUE(RecoverPower(curve, 1, Measure::Of(1)));
  EXPECT_NEAR(RecoverPower(curve, 1, Measure::Of(1))->exponent, 0.0, 1e-12);
  EXPECT_FALSE(RecoverPower(curve, 1, Measure()));
  curve.rows[1].values = {{0, Coefficient()}};
  EXPECT_FALSE(RecoverPower(curve, 1, Measure::Of(1)));
  curve.rows.resize(1);
  EXPECT_FALSE(RecoverPower(curve, 1, Measure::Of(1)));
}

}  // namespace
}  // namespace dijia

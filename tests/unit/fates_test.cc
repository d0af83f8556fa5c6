#include "fates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cells.h"
#include "dijia/base/codes.h"
#include "dijia/normalise.h"
#include "duplicates.h"
#include "support/plans.h"

namespace dijia {
namespace {

using test::Day;
using test::ResidentialPlan;
using test::Sale;
using test::SmallPlan;

struct Assigned {
  std::vector<Fate> fates;
  std::vector<double> raw;
};

Assigned Assign(const std::vector<Sale>& sales, const ComputePlan& plan) {
  SampleTable table;
  for (const Sale& sale : sales) test::Add(table, sale);
  const PlanRules rules(table, plan);
  Assigned assigned;
  assigned.raw.resize(table.size());
  AssignFates(table, rules, 1, assigned.raw);
  assigned.fates = table.fate;
  return assigned;
}

Fate FateOf(const Sale& sale, const ComputePlan& plan) { return Assign({sale}, plan).fates[0]; }

// A sale changed in one respect.
template <class Change>
Sale With(Change change) {
  Sale sale;
  change(sale);
  return sale;
}

TEST(Fates, APlainSaleIsUsed) {
  const Assigned assigned = Assign({Sale{}}, SmallPlan());
  EXPECT_EQ(assigned.fates[0], Fate::kUsed);
  EXPECT_EQ(assigned.raw[0], 500.0);
}

TEST(Fates, TheReasonLookedForFirstWinsWhoeverFoundIt) {
  const auto fate_with = [](Fate of_the_reader, double price) {
    return FateOf(With([&](Sale& s) {
                    s.fate = of_the_reader;
                    s.price = price;
                  }),
                  SmallPlan());
  };
  EXPECT_EQ(fate_with(Fate::kMixedUse, 700), Fate::kMixedUse);
  EXPECT_EQ(fate_with(Fate::kMixedUse, NAN), Fate::kNoPrice);
  EXPECT_EQ(fate_with(Fate::kFarImpossible, 700), Fate::kFarImpossible);
  EXPECT_EQ(fate_with(Fate::kUnreadable, NAN), Fate::kUnreadable);
}

TEST(Fates, ALandClassInTheGradeColumnIsNamedBeforeTheMissingGrade) {
  const Sale sale = With([](Sale& s) {
    s.fate = Fate::kGradeIsLandClass;
    s.grade = 0;
  });
  EXPECT_EQ(FateOf(sale, SmallPlan()), Fate::kGradeIsLandClass);
}

TEST(Fates, OnlyOpenSalesAreMarketSales) {
  using enum AssignmentMethod;
  for (const auto method : {kBidding, kAuction, kListing}) {
    EXPECT_EQ(FateOf(With([&](Sale& s) { s.method = static_cast<int>(method); }), SmallPlan()),
              Fate::kUsed);
  }
  for (const auto method : {kAgreement, kLease, kLeaseThenTransfer, kAllocation}) {
    const Sale sale = With([&](Sale& s) { s.method = static_cast<int>(method); });
    EXPECT_EQ(FateOf(sale, SmallPlan()), Fate::kNotMarketSale);
    ComputePlan all = SmallPlan();
    all.market_sales_only = false;
    EXPECT_EQ(FateOf(sale, all), Fate::kUsed);
  }
  EXPECT_EQ(FateOf(With([](Sale& s) { s.method = -1; }), SmallPlan()), Fate::kUsed);
}

TEST(Fates, ABlankOrZeroPriceIsNoPrice) {
  EXPECT_EQ(FateOf(With([](Sale& s) { s.price = NAN; }), SmallPlan()), Fate::kNoPrice);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.price = 0.0; }), SmallPlan()), Fate::kNoPrice);
}

TEST(Fates, DateUseCountyAreaWindowAndGradeAreLookedAtInThisOrder) {
  ComputePlan plan = SmallPlan();
  plan.county = "152502";
  plan.area = "城区";
  plan.uses[0].grades = {1, 2};
  Sale sale = With([](Sale& s) {
    s.date = Date{};
    s.use = -1;
    s.county = "150784";
    s.area = "南镇";
    s.grade = 0;
  });
  EXPECT_EQ(FateOf(sale, plan), Fate::kDateMissing);
  sale.date = Day(2019, 1, 1);
  EXPECT_EQ(FateOf(sale, plan), Fate::kUseUnknown);
  sale.use = static_cast<int>(LandUse::kStorage);
  EXPECT_EQ(FateOf(sale, plan), Fate::kUseNotPlanned);
  sale.use = static_cast<int>(LandUse::kResidential);
  EXPECT_EQ(FateOf(sale, plan), Fate::kWrongCounty);
  sale.county = "152502";
  EXPECT_EQ(FateOf(sale, plan), Fate::kWrongArea);
  sale.area = "城区";
  EXPECT_EQ(FateOf(sale, plan), Fate::kOutsideWindow);
  sale.date = Day(2024, 1, 1);
  EXPECT_EQ(FateOf(sale, plan), Fate::kGradeMissing);
  sale.grade = 3;
  EXPECT_EQ(FateOf(sale, plan), Fate::kGradeNotPlanned);
  sale.grade = 2;
  EXPECT_EQ(FateOf(sale, plan), Fate::kUsed);
}

TEST(Fates, TheWindowHoldsItsFirstDayAndNotItsEnd) {
  ComputePlan plan = SmallPlan();
  plan.window = {Day(2023, 1, 1), Day(2024, 1, 1)};
  const auto fate = [&](Date date) { return FateOf(With([&](Sale& s) { s.date = date; }), plan); };
  EXPECT_EQ(fate(Day(2022, 12, 31)), Fate::kOutsideWindow);
  EXPECT_EQ(fate(Day(2023, 1, 1)), Fate::kUsed);
  EXPECT_EQ(fate(Day(2023, 12, 31)), Fate::kUsed);
  EXPECT_EQ(fate(Day(2024, 1, 1)), Fate::kOutsideWindow);
}

TEST(Fates, AnInputThatNamesNoCountyIsThePlansCounty) {
  ComputePlan plan = SmallPlan();
  plan.county = "152502";
  const Sale blank = With([](Sale& s) { s.county = ""; });
  EXPECT_EQ(FateOf(blank, plan), Fate::kUsed);
  // A blank among named counties is not known to be the plan's.
  EXPECT_EQ(Assign({blank, Sale{}}, plan).fates, (std::vector{Fate::kWrongCounty, Fate::kUsed}));
}

TEST(Fates, ATotalNeedsAnArea) {
  const Sale sale = With([](Sale& s) {
    s.unit = PriceUnit::kWanYuanTotal;
    s.area_sqm = NAN;
  });
  EXPECT_EQ(FateOf(sale, SmallPlan()), Fate::kAreaMissing);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.area_sqm = NAN; }), SmallPlan()), Fate::kUsed);
}

TEST(Fates, AnAreaWeightedMeanNeedsEveryArea) {
  UsePlan use = ResidentialPlan();
  use.estimation.estimator = Estimator::kAreaWeightedMean;
  EXPECT_EQ(FateOf(With([](Sale& s) { s.area_sqm = NAN; }), SmallPlan(use)), Fate::kAreaMissing);
}

TEST(Fates, TinyParcelsAreNoLandSales) {
  UsePlan use = ResidentialPlan();
  use.screening.smallest_area = Area::Of(100);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.area_sqm = 99.9; }), SmallPlan(use)), Fate::kAreaTooSmall);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.area_sqm = 100; }), SmallPlan(use)), Fate::kUsed);
}

TEST(Fates, ATermIsBetweenZeroAndTheStatutoryTerm) {
  const auto fate = [](double term) {
    return FateOf(With([&](Sale& s) { s.term = term; }), SmallPlan());
  };
  EXPECT_EQ(fate(70), Fate::kUsed);
  EXPECT_EQ(fate(70.01), Fate::kTermImpossible);
  EXPECT_EQ(fate(0), Fate::kTermImpossible);
}

TEST(Fates, AnUnknownTermFollowsThePlan) {
  UsePlan use = ResidentialPlan();
  EXPECT_EQ(FateOf(Sale{}, SmallPlan(use)), Fate::kUsed);
  use.unknown_term = UnknownPolicy::kExclude;
  EXPECT_EQ(FateOf(Sale{}, SmallPlan(use)), Fate::kTermMissing);
}

TEST(Fates, AnUnknownRatioFollowsThePlanWhereItCorrects) {
  UsePlan use = ResidentialPlan();
  use.far.unknown = UnknownPolicy::kExclude;
  EXPECT_EQ(FateOf(Sale{}, SmallPlan(use)), Fate::kUsed);  // the plan does not correct
  use.conditions.far = FloorAreaRatio::Of(2);
  use.far.kind = FarCorrectionKind::kPower;
  use.far.exponent_by_grade = {{0, 0.5}};
  EXPECT_EQ(FateOf(Sale{}, SmallPlan(use)), Fate::kFarUnknown);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.far = 0.0; }), SmallPlan(use)), Fate::kFarUnknown);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.far = 1.5; }), SmallPlan(use)), Fate::kUsed);
}

TEST(Fates, AFloorPriceNeedsARatio) {
  EXPECT_EQ(FateOf(With([](Sale& s) { s.unit = PriceUnit::kYuanPerSqmFloor; }), SmallPlan()),
            Fate::kFarUnknown);
}

TEST(Fates, ARatioAboveTheLimitIsAPercentageOrAnArea) {
  EXPECT_EQ(FateOf(With([](Sale& s) { s.far = 35; }), SmallPlan()), Fate::kFarImpossible);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.far = 20; }), SmallPlan()), Fate::kUsed);
}

TEST(Fates, AnUnknownDevelopmentLevelFollowsThePlan) {
  UsePlan use = ResidentialPlan();
  use.conditions.development_level = "五通一平";
  use.development.cost_by_level = {{"五通一平", UnitPrice::Of(100)}};
  EXPECT_EQ(FateOf(Sale{}, SmallPlan(use)), Fate::kUsed);
  use.development.unknown = UnknownPolicy::kExclude;
  EXPECT_EQ(FateOf(Sale{}, SmallPlan(use)), Fate::kDevelopmentUnknown);
  EXPECT_EQ(FateOf(With([](Sale& s) { s.development = "五通一平"; }), SmallPlan(use)), Fate::kUsed);
}

TEST(Fates, AKindWithoutItsFiguresIsNotConverted) {
  const Sale sale = With([](Sale& s) {
    s.kind = SampleKind::kHouseSale;
    s.far = 2.0;
  });
  EXPECT_EQ(FateOf(sale, SmallPlan()), Fate::kConversionInput);
  SampleTable table;
  test::Add(table, sale);
  const ComputePlan plan = SmallPlan();
  const PlanRules rules(table, plan);
  table.fate[0] = Fate::kConversionInput;
  Diagnostics found;
  ExplainConversions(table, rules, found);
  ASSERT_EQ(found.kept().size(), 1U);
  EXPECT_EQ(found.kept()[0].code, Code::kConversionImpossible);
  EXPECT_EQ(found.kept()[0].where.row, 2U);
  EXPECT_EQ(TextOf(found.kept()[0], Language::kEn),
            "a sample of kind house_sale cannot be converted to a price of land: price_unit "
            "yuan_per_sqm is missing or cannot be used");
}

TEST(Fates, ACostSampleNeedsNoPriceColumn) {
  UsePlan use = ResidentialPlan();
  use.conversion_constants = {{"acquisition_cost_yuan_per_sqm", 150},
                              {"development_cost_yuan_per_sqm", 80},
                              {"tax_yuan_per_sqm", 46},
                              {"interest_yuan_per_sqm", 14},
                              {"profit_yuan_per_sqm", 30},
                              {"appreciation_rate", 0.25}};
  const Sale sale = With([](Sale& s) {
    s.kind = SampleKind::kCost;
    s.price = 0.0;
  });
  const Assigned assigned = Assign({sale}, SmallPlan(use));
  EXPECT_EQ(assigned.fates[0], Fate::kUsed);
  EXPECT_DOUBLE_EQ(assigned.raw[0], 400.0);
}

TEST(Fates, ALeaseIsCapitalisedOverItsTermOrTheStatutoryOne) {
  UsePlan use = ResidentialPlan();
  use.conditions.capitalization_rate = Rate::FromUnits(60'000);
  Sale sale = With([](Sale& s) {
    s.kind = SampleKind::kLandLease;
    s.method = static_cast<int>(AssignmentMethod::kLease);
    s.unit = PriceUnit::kYuanPerSqmYear;
    s.price = 30;
  });
  EXPECT_NEAR(Assign({sale}, SmallPlan(use)).raw[0], 500.0 * (1 - std::pow(1.06, -70)), 1e-9);
  sale.term = 20;
  EXPECT_NEAR(Assign({sale}, SmallPlan(use)).raw[0], 500.0 * (1 - std::pow(1.06, -20)), 1e-9);
}

TEST(Fates, APriceOutsideThePlansLimitsIsImplausible) {
  UsePlan use = ResidentialPlan();
  use.screening.lowest_price = UnitPrice::Of(10);
  use.screening.highest_price = UnitPrice::Of(1000);
  const auto assigned = Assign(
      {With([](Sale& s) { s.price = 1.85; }), Sale{}, With([](Sale& s) { s.price = 13824; })},
      SmallPlan(use));
  EXPECT_EQ(assigned.fates,
            (std::vector{Fate::kPriceImplausible, Fate::kUsed, Fate::kPriceImplausible}));
  EXPECT_EQ(assigned.raw[2], 13824.0);  // shown beside the reason
}

TEST(Fates, APriceThatDevelopmentEatsUpIsImplausible) {
  UsePlan use = ResidentialPlan();
  use.conditions.development_level = "三通一平";
  use.development.cost_by_level = {{"三通一平", UnitPrice::Of(55)},
                                   {"五通一平", UnitPrice::Of(100)}};
  const Sale sale = With([](Sale& s) {
    s.price = 45;
    s.development = "五通一平";
  });
  EXPECT_EQ(FateOf(sale, SmallPlan(use)), Fate::kPriceImplausible);
}

TEST(Fates, ACircumstanceFactorOfZeroLeavesNoPrice) {
  EXPECT_EQ(FateOf(With([](Sale& s) { s.circumstance = 0.0; }), SmallPlan()),
            Fate::kPriceImplausible);
}

std::vector<Fate> AfterDuplicates(const std::vector<Sale>& sales, unsigned threads = 1) {
  SampleTable table;
  for (const Sale& sale : sales) test::Add(table, sale);
  const ComputePlan plan = SmallPlan();
  const PlanRules rules(table, plan);
  MarkDuplicates(table, rules, threads);
  return table.fate;
}

Sale Named(std::string id) {
  return With([&](Sale& s) { s.id = std::move(id); });
}

TEST(Duplicates, KeepTheSmallestSampleIdWhereverItStands) {
  EXPECT_EQ(AfterDuplicates({Named("B"), Named("A"), Named("C")}),
            (std::vector{Fate::kDuplicate, Fate::kUsed, Fate::kDuplicate}));
}

TEST(Duplicates, OfOneIdKeepTheOneWithTheSmallestContent) {
  Sale longer = Named("A");
  longer.term = 70;
  Sale shorter = Named("A");
  shorter.term = 40;
  EXPECT_EQ(AfterDuplicates({longer, shorter}), (std::vector{Fate::kDuplicate, Fate::kUsed}));
  EXPECT_EQ(AfterDuplicates({shorter, longer}), (std::vector{Fate::kUsed, Fate::kDuplicate}));
}

TEST(Duplicates, DifferInPlaceDayPriceUnitOrArea) {
  const std::vector<Sale> sales = {Sale{},
                                   With([](Sale& s) { s.county = "150784"; }),
                                   With([](Sale& s) { s.area = "南镇"; }),
                                   With([](Sale& s) {
                                     s.use = static_cast<int>(LandUse::kResidential);
                                     s.grade = 2;
                                   }),
                                   With([](Sale& s) { s.date = Day(2025, 3, 31); }),
                                   With([](Sale& s) { s.price = 500.0001; }),
                                   With([](Sale& s) { s.unit = PriceUnit::kWanYuanPerMu; }),
                                   With([](Sale& s) { s.area_sqm = 1000.0001; })};
  EXPECT_EQ(AfterDuplicates(sales), std::vector<Fate>(sales.size(), Fate::kUsed));
}

TEST(Duplicates, AreOnlySoughtAmongRowsWithAnArea) {
  const Sale blank = With([](Sale& s) { s.area_sqm = NAN; });
  EXPECT_EQ(AfterDuplicates({blank, blank}), (std::vector{Fate::kUsed, Fate::kUsed}));
}

TEST(Duplicates, OfALeftOutRowDoNotCount) {
  Sale left_out = Named("A");
  left_out.fate = Fate::kAreaTooSmall;
  EXPECT_EQ(AfterDuplicates({left_out, Named("B")}),
            (std::vector{Fate::kAreaTooSmall, Fate::kUsed}));
}

TEST(Duplicates, AreFoundAloneByAnyNumberOfThreadsInAnyOrder) {
  constexpr std::uint64_t kSeed = 7;
  SCOPED_TRACE("seed 7");
  std::mt19937_64 generator(kSeed);
  std::vector<Sale> sales;
  for (int i = 0; i < 5000; ++i) {
    Sale sale = Named("id" + std::to_string(i));
    sale.price = 100.0 + static_cast<double>(generator() % 40);
    sale.date = FromDays(ToDays(Day(2024, 1, 1)) + static_cast<Days>(generator() % 30));
    sales.push_back(sale);
  }
  const auto kept_ids = [](const std::vector<Sale>& rows, const std::vector<Fate>& fates) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (fates[i] == Fate::kUsed) ids.push_back(rows[i].id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  const auto expected = kept_ids(sales, AfterDuplicates(sales));
  EXPECT_GT(expected.size(), 1000U);
  EXPECT_LT(expected.size(), 1201U);  // 40 prices × 30 days
  EXPECT_EQ(kept_ids(sales, AfterDuplicates(sales, 8)), expected);
  std::shuffle(sales.begin(), sales.end(), generator);
  EXPECT_EQ(kept_ids(sales, AfterDuplicates(sales)), expected);
}

TEST(Cells, AreInOrderOfTheirNamesWithPlannedOnesAmongThem) {
  SampleTable table;
  test::Add(table, With([](Sale& s) {
              s.county = "150784";
              s.grade = 2;
            }));
  test::Add(table, With([](Sale& s) { s.county = "150102"; }));
  test::Add(table, With([](Sale& s) {
              s.county = "150102";
              s.fate = Fate::kNoPrice;
            }));
  ComputePlan plan = SmallPlan();
  plan.uses[0].grades = {1, 2};
  const PlanRules rules(table, plan);
  const CellIndex index = IndexCells(table, rules, 2);
  std::vector<std::string> names;
  for (const CellKey& key : index.keys) {
    names.push_back(table.counties.Name(key.county) + "/" + std::to_string(key.grade));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"150102/1", "150102/2", "150784/1", "150784/2"}));
  EXPECT_EQ(index.cell, (std::vector<std::uint32_t>{3, 0, Normalizer::kNoCell}));
}

TEST(Cells, OfAPlanWithoutAnyRowAreThePlannedOnes) {
  SampleTable table;
  ComputePlan plan = SmallPlan();
  plan.county = "152502";
  plan.uses[0].grades = {1, 2, 3};
  const PlanRules rules(table, plan);
  EXPECT_EQ(IndexCells(table, rules, 1).keys.size(), 3U);
}

TEST(Cells, SplitBySubUseOnlyWhenThePlanSaysSo) {
  SampleTable table;
  test::Add(table, With([](Sale& s) { s.sub_use = "商务"; }));
  test::Add(table, With([](Sale& s) { s.sub_use = "娱乐"; }));
  ComputePlan plan = SmallPlan();
  plan.uses[0].grades = {1, 2};
  EXPECT_EQ(IndexCells(table, PlanRules(table, plan), 1).keys.size(), 2U);
  plan.split_sub_uses = true;
  EXPECT_EQ(IndexCells(table, PlanRules(table, plan), 1).keys.size(), 4U);
}

}  // namespace
}  // namespace dijia

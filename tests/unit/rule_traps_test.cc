// One test for every trap of the legal notes (§11), in their order.
#include <gtest/gtest.h>

#include "support/case_builder.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

TEST(Trap01, ALowStartingPriceAloneProvesNoViolation) {
  const auto check = CheckWith(National(), {{"price.amount", "70"}, {"price.kind", "starting"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  EXPECT_TRUE(Asks(check, "price.amount"));
  EXPECT_EQ(VerdictWith(National(), {{"price.amount", "70"}, {"price.kind", "closing"}}),
            Verdict::kUnlawful);
}

TEST(Trap02, PriorityAloneIsNotIntensive) {
  const std::initializer_list<Stated> listed_only = {
      {"price.amount", "60"},          {"facts.priority_industry_listed", "yes"},
      {"facts.industry_code", "1391"}, {"facts.industry_code_version", "2002"},
      {"facts.far", "1.39"},           {"facts.building_coefficient", "0.42"}};
  EXPECT_EQ(VerdictWith(National(), listed_only), Verdict::kUnlawful);
}

TEST(Trap03, RatiosDoNotMultiply) {
  // 0.5 for unused land inside and 0.7 for agricultural processing: 0.5 × 84 = 42, not 29.40.
  const auto at = [](std::string_view price) {
    return CheckWith(National(), {{"price.amount", price},
                                  {"cost_yuan_per_sqm", "1"},
                                  {"facts.land_origin", "state_unused"},
                                  {"facts.self_developed", "yes"},
                                  {"facts.agri_processing_listed", "yes"},
                                  {"facts.at_place_of_origin", "yes"},
                                  {"facts.industry_code", "13"}});
  };
  EXPECT_EQ(at("42").verdict, Verdict::kLawful);
  EXPECT_EQ(at("41.99").verdict, Verdict::kUnlawful);
  EXPECT_EQ(at("42").ratio, 500'000);
}

TEST(Trap04, TheClosingPriceIsBoundToo) {
  EXPECT_EQ(VerdictWith(National(), {{"price.kind", "closing"}, {"price.amount", "83.99"}}),
            Verdict::kUnlawful);
}

TEST(Trap05, PastureAndReserveLandAreNotUnusedLand) {
  EXPECT_EQ(
      VerdictWith(National(), {{"price.amount", "42"}, {"facts.land_origin", "agricultural"}}),
      Verdict::kUnlawful);
  EXPECT_EQ(VerdictWith(National(), {{"price.amount", "42"},
                                     {"facts.land_origin", "state_unused"},
                                     {"facts.self_developed", "yes"},
                                     {"facts.in_cultivated_reserve", "yes"}}),
            Verdict::kUnlawful);
}

TEST(Trap06, OutsideTheAreaNeedsSelfDevelopment) {
  const auto at = [](std::string_view developed) {
    return VerdictWith(National(), {{"price.amount", "51"},
                                    {"facts.inside_planned_area", "no"},
                                    {"facts.self_developed", developed}});
  };
  EXPECT_EQ(at("yes"), Verdict::kLawful);  // 60 % of 84 is 50.40
  EXPECT_EQ(at("no"), Verdict::kUnlawful);
}

TEST(Trap07, TermsAreConvertedNotProrated) {
  EXPECT_EQ(
      VerdictWith(National(),
                  {{"term_years", "10"}, {"capitalization_rate", "0.06"}, {"price.amount", "20"}}),
      Verdict::kUnlawful);
}

TEST(Trap08, ARateBelowThePublishedOneIsUnlawfulAndLaterAMatterOfReading) {
  const std::initializer_list<Stated> in_2013 = {{"decided_on", "2013-05-01"},
                                                 {"term_years", "20"},
                                                 {"capitalization_rate", "0.0474"},
                                                 {"price.amount", "83"}};
  EXPECT_EQ(VerdictWith(National(), in_2013), Verdict::kUnlawful);
  const auto later = CheckWith(
      National(), {{"term_years", "20"}, {"capitalization_rate", "0.03"}, {"price.amount", "83"}});
  EXPECT_EQ(later.verdict, Verdict::kConflictReview);
  EXPECT_NE(FindingOf(later, "industrial.capitalization_rate"), nullptr);
}

TEST(Trap09, ATwoPercentRentCanFailTheConversion) {
  // 2 % of 100 is 2.00; the conversion of class 15 at 6 % asks for 3.8067.
  const auto check = CheckWith(National(), {{"method", "lease"},
                                            {"decided_on", "2024-06-01"},
                                            {"land_class", "15"},
                                            {"lease_years", "20"},
                                            {"price.amount", "2"},
                                            {"price.unit", "yuan_per_sqm_year"},
                                            {"capitalization_rate", "0.06"},
                                            {"rent_timing", "arrears"},
                                            {"cost_yuan_per_sqm", "10"},
                                            {"appraised_price_50y_yuan_per_sqm", "100"},
                                            {"rent_reviews.shortest_interval_years", "100"},
                                            {"rent_reviews.highest_rise", "1"}});
  EXPECT_EQ(check.verdict, Verdict::kConflictReview);
  ASSERT_EQ(check.readings.size(), 2U);
  EXPECT_EQ(check.readings[0].reading, "lease_rent_rule=conversion_307");
  EXPECT_EQ(check.readings[0].verdict, Verdict::kUnlawful);
  EXPECT_EQ(check.readings[1].verdict, Verdict::kLawful);
}

TEST(Trap10, TheCostFloorCanExceedTheStandard) {
  const auto check = CheckWith(National(), {{"cost_yuan_per_sqm", "90"}, {"price.amount", "85"}});
  // Whether it binds a reserve that needs no ratio is a contested point (§14 no. 8).
  EXPECT_EQ(check.verdict, Verdict::kConflictReview);
  EXPECT_EQ(FindingOf(check, "industrial.cost_floor")->outcome, Outcome::kConflictReview);
}

TEST(Trap11, MuAndFloorPricesAreConvertedExactly) {
  EXPECT_EQ(VerdictWith(National(), {{"price.amount", "5.6"}, {"price.unit", "wan_yuan_per_mu"}}),
            Verdict::kLawful);
  const auto floor = CheckWith(
      National(),
      {{"price.amount", "60"}, {"price.unit", "yuan_per_sqm_floor"}, {"facts.far", "1.4"}});
  EXPECT_EQ(floor.verdict, Verdict::kLawful);
  EXPECT_EQ(floor.price, 840'000);
}

TEST(Trap12, TheEditionOfTheIndustryCodeMatters) {
  // Division 32 is steel in 2002 (0.6) and non-ferrous metal in 2017 (33 of 2002, 0.6); 31 is
  // non-metallic minerals in 2002 (0.7) and steel in 2017 (0.6): 1.4 × 0.7 = 0.98, 1.4 × 0.6 =
  // 0.84.
  const auto at = [](std::string_view version) {
    return VerdictWith(National(), {{"price.amount", "60"},
                                    {"facts.priority_industry_listed", "yes"},
                                    {"facts.industry_code", "31"},
                                    {"facts.industry_code_version", version},
                                    {"facts.far", "0.90"},
                                    {"facts.building_coefficient", "0.5"},
                                    {"facts.investment_wan_yuan_per_ha", "1100"},
                                    {"facts.investment_standard_wan_yuan_per_ha", "1000"}});
  };
  EXPECT_EQ(at("2002"), Verdict::kUnlawful);
  EXPECT_EQ(at("2017"), Verdict::kLawful);
}

TEST(Trap13, AGradeIsNoLandClass) {
  EXPECT_FALSE(National().pack().FindFact("grade"));
  const auto check = CheckWith(National(), {{"land_class", "unknown"}, {"price.amount", "100"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  EXPECT_TRUE(Asks(check, "land_class"));
}

TEST(Trap14, ACountyWithoutAnEntryHasNoClass) {
  const auto check = CheckWith(InnerMongolia(), {{"land_class", "unknown"}, {"county", "150603"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  // The standard of class 1 is met whatever the class is.
  EXPECT_EQ(VerdictWith(InnerMongolia(), {{"land_class", "unknown"}, {"price.amount", "840"}}),
            Verdict::kLawful);
}

TEST(Trap15, TheBenchmarkClockRunsFromTheValuationDate) {
  const auto check = CheckWith(National(), {{"decided_on", "2025-07-01"},
                                            {"benchmark_base_date", "2019-06-30"},
                                            {"benchmark_published_on", "2020-01-01"}});
  const Finding* age = FindingOf(check, "benchmark.age");
  ASSERT_NE(age, nullptr);
  EXPECT_EQ(age->clause, "12-barred");
}

TEST(Trap16, TheFeeTableIsAnotherTableAndOnlyChecksTheStandard) {
  const RulePack& pack = National().pack();
  const auto table = [&](std::string_view id) {
    return *std::ranges::find(pack.tables, id, &Table::id);
  };
  const Days day = ToDays(*ParseDate("2020-01-01"));
  for (int land_class = 1; land_class <= 15; ++land_class) {
    EXPECT_EQ(table("standard").Find(land_class, 0, day),
              6 * *table("new_land_fee").Find(land_class, 0, day));
  }
}

TEST(Trap17, TheRepealedIndicatorsAreAReading) {
  // Building coefficient 45 %: enough for 42 % (2008), not for 56 % (2023).
  const auto check = CheckWith(National(), {{"decided_on", "2024-06-01"},
                                            {"price.amount", "60"},
                                            {"facts.priority_industry_listed", "yes"},
                                            {"facts.far", "2"},
                                            {"facts.far_standard", "1"},
                                            {"facts.building_coefficient", "0.45"},
                                            {"facts.investment_wan_yuan_per_ha", "1100"},
                                            {"facts.investment_standard_wan_yuan_per_ha", "1000"}});
  EXPECT_EQ(check.verdict, Verdict::kConflictReview);
  ASSERT_EQ(check.readings.size(), 2U);
  EXPECT_EQ(check.readings[0].reading, "intensive_standard=MLR24_2008");
  EXPECT_EQ(check.readings[0].verdict, Verdict::kLawful);
  EXPECT_EQ(check.readings[1].verdict, Verdict::kUnlawful);
}

TEST(Trap18, ABelowStandardPriceWithoutFactsIsOpen) {
  const auto check = CheckWith(
      National(), {{"price.amount", "60"}, {"facts.priority_industry_listed", "unknown"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
}

TEST(Trap19, TheFloorIsThatOfTheDayOfDecision) {
  EXPECT_EQ(VerdictWith(National(), {{"price.amount", "10"}, {"decided_on", "2006-12-31"}}),
            Verdict::kNotApplicable);
  EXPECT_EQ(VerdictWith(National(), {{"price.amount", "10"}, {"decided_on", "2007-01-01"}}),
            Verdict::kUnlawful);
}

TEST(Trap20, KindsOfPricesAreKeptApart) {
  const auto fact = National().pack().FindFact("price.kind");
  ASSERT_TRUE(fact);
  EXPECT_EQ(National().pack().facts[*fact].choices,
            (std::vector<std::string>{"reserve", "starting", "closing"}));
}

}  // namespace
}  // namespace dijia::rules

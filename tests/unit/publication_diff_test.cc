// What changed between two publications, difference by difference.
#include "dijia/publication_diff.h"

#include <gtest/gtest.h>

#include <string>

namespace dijia {
namespace {

UnitPrice Yuan(const std::string& text) { return UnitPrice::Parse(text).value(); }
Percent Hundredths(const std::string& text) { return Percent::Parse(text).value(); }

// Residential land of two grades at 790 and 710 and one zone at 800.
Publication Round2025() {
  Publication publication;
  publication.id = "demo-2025";
  publication.county = "152502";
  publication.area = "城区";
  publication.base_date = ParseDate("2025-04-01").value();
  publication.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.name = "居住用地";
  use.term = Years::Of(70);
  use.capitalization_rate = Rate::Parse("0.06").value();
  use.development_level = "五通一平";
  use.grades = {{1, "", Yuan("790"), FloorAreaRatio::Of(2), "computed", "median"},
                {2, "", Yuan("710"), FloorAreaRatio::Of(2), "computed", "median"}};
  use.zones = {{"J101", 1, Yuan("800"), std::nullopt}};
  use.formula.product = {"term"};
  use.coefficients = {{"term", TermFormula()}};
  return publication;
}

PublishedUse& Housing(Publication& publication) { return publication.uses[LandUse::kResidential]; }

TEST(PublicationDiff, NamesDatesAndStatusAreNotCompared) {
  Publication after = Round2025();
  after.id = "demo-2028";
  after.title = "新一轮";
  after.status = PublicationStatus::kPublished;
  after.effective_from = ParseDate("2028-01-01").value();
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  EXPECT_TRUE(diff.is_empty());
  EXPECT_EQ(diff.counts.at(LandUse::kResidential), (DiffCounts{0, 0, 3, 0}));
}

TEST(PublicationDiff, PricesThatMovedStandWithTheirChange) {
  Publication after = Round2025();
  Housing(after).grades[0].price = Yuan("829.5");  // 39.5 / 790 = 5 %
  Housing(after).grades[1].price = Yuan("700");    // −10 / 710 = −1.4084… %
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  ASSERT_EQ(diff.prices.size(), 2U);
  EXPECT_EQ(diff.prices[0].change, Hundredths("5"));
  EXPECT_EQ(diff.prices[0].before->price, Yuan("790"));
  EXPECT_EQ(diff.prices[0].after->price, Yuan("829.5"));
  EXPECT_EQ(diff.prices[1].change, Hundredths("-1.41"));
  EXPECT_EQ(diff.counts.at(LandUse::kResidential), (DiffCounts{1, 1, 1, 0}));
  EXPECT_TRUE(diff.conditions.empty());
  EXPECT_TRUE(diff.tables.empty());
}

TEST(PublicationDiff, ChangeIsRoundedOnceFromTheExactQuotient) {
  // 0.005 % exactly: half away from zero, both ways.
  EXPECT_EQ(ChangePercent(Yuan("20000"), Yuan("20001")), Hundredths("0.01"));
  EXPECT_EQ(ChangePercent(Yuan("20000"), Yuan("19999")), Hundredths("-0.01"));
  EXPECT_EQ(ChangePercent(Yuan("300"), Yuan("100")), Hundredths("-66.67"));
  EXPECT_EQ(ChangePercent(Yuan("0"), Yuan("100")), std::nullopt);
}

TEST(PublicationDiff, AGradeThatIsWithheldHasNoChange) {
  Publication after = Round2025();
  Housing(after).grades[1].price.reset();
  Housing(after).grades[1].status = "withheld";
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  ASSERT_EQ(diff.prices.size(), 1U);
  EXPECT_EQ(diff.prices[0].kind, DiffKind::kChanged);
  EXPECT_EQ(diff.prices[0].change, std::nullopt);
  EXPECT_EQ(diff.counts.at(LandUse::kResidential), (DiffCounts{0, 0, 2, 1}));
}

TEST(PublicationDiff, AZoneIsFoundAgainInAnotherGrade) {
  Publication after = Round2025();
  Housing(after).zones[0].grade = 2;
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  ASSERT_EQ(diff.prices.size(), 1U);
  EXPECT_EQ(diff.prices[0].kind, DiffKind::kChanged);
  EXPECT_EQ(diff.prices[0].before->grade, 1);
  EXPECT_EQ(diff.prices[0].after->grade, 2);
  EXPECT_EQ(diff.prices[0].change, Percent());
}

TEST(PublicationDiff, NewAndDroppedPlacesAndUses) {
  Publication after = Round2025();
  Housing(after).zones.clear();
  Housing(after).routes = {{"新华街", Yuan("1200"), 0, std::nullopt}};
  after.uses[LandUse::kIndustrial].grades = {{1, "", Yuan("200"), std::nullopt, "", ""}};
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  ASSERT_EQ(diff.prices.size(), 3U);
  EXPECT_EQ(diff.prices[0].name, "J101");
  EXPECT_EQ(diff.prices[0].kind, DiffKind::kDropped);
  EXPECT_EQ(diff.prices[1].name, "新华街");
  EXPECT_EQ(diff.prices[1].kind, DiffKind::kAdded);
  EXPECT_EQ(diff.prices[2].use, LandUse::kIndustrial);
  EXPECT_EQ(diff.prices[2].kind, DiffKind::kAdded);
}

TEST(PublicationDiff, ConditionsByTheirNamesInDocuments) {
  Publication after = Round2025();
  after.base_date = ParseDate("2028-01-01").value();
  after.rounding.unit_price = Rounding{RoundingMode::kHalfEven, 5'000'000};
  Housing(after).term = Years::Of(40);
  Housing(after).development_level.clear();
  Housing(after).formula.add = {"development"};
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  const auto use = std::optional(LandUse::kResidential);
  const std::vector<ConditionDiff> expected = {
      {std::nullopt, "base_date", "2025-04-01", "2028-01-01"},
      {std::nullopt, "rounding.unit_price", "1 half_up", "5 half_even"},
      {use, "term_years", "70", "40"},
      {use, "development_level", "五通一平", ""},
      {use, "formula", "sum -; product term", "sum -; product term; add development"}};
  EXPECT_EQ(diff.conditions, expected);
}

TEST(PublicationDiff, CorrectionTablesThatChanged) {
  Publication before = Round2025(), after = Round2025();
  Housing(before).coefficients["date"] = MonthlyRate{Rate::Parse("0.002").value(), {}};
  Housing(after).coefficients["date"] = MonthlyRate{Rate::Parse("0.003").value(), {}};
  Housing(before).coefficients["width"] = Levels();
  Housing(after).coefficients["shape"] = Levels();
  const PublicationDiff diff = DiffPublications(before, after);
  const std::vector<TableDiff> expected = {{LandUse::kResidential, "date", DiffKind::kChanged},
                                           {LandUse::kResidential, "shape", DiffKind::kAdded},
                                           {LandUse::kResidential, "width", DiffKind::kDropped}};
  EXPECT_EQ(diff.tables, expected);
}

TEST(PublicationDiff, FloorPricesAreNotMeasuredAgainstPricesOfLand) {
  Publication after = Round2025();
  after.primary_unit = PriceUnit::kYuanPerSqmFloor;
  Housing(after).grades[0].price = Yuan("395");
  const PublicationDiff diff = DiffPublications(Round2025(), after);
  ASSERT_EQ(diff.prices.size(), 1U);
  EXPECT_EQ(diff.prices[0].change, std::nullopt);
  EXPECT_EQ(diff.counts.at(LandUse::kResidential), (DiffCounts{0, 0, 0, 3}));
}

}  // namespace
}  // namespace dijia

// Who pays more and who less, against parcels valued one by one.
#include "dijia/publication_impact.h"

#include <gtest/gtest.h>

#include <string>

#include "dijia/valuation.h"
#include "support/random_publication.h"

namespace dijia {
namespace {

using test::Draw;

constexpr std::uint64_t kRounds = 60;
constexpr int kParcels = 80;

// Three grades of housing and a curve over the floor area ratio.
Publication DrawRound(Draw& draw) {
  Publication publication;
  publication.id = "round";
  publication.county = "152502";
  publication.base_date = ParseDate("2025-01-01").value();
  publication.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
  publication.rounding.total = Rounding{RoundingMode::kHalfUp, 1'000'000};
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.term = Years::Of(70);
  use.capitalization_rate = Rate::Parse("0.06").value();
  for (int grade = 1; grade <= 3; ++grade) {
    std::optional<UnitPrice> price;
    if (draw.Between(0, 5) > 0) price = UnitPrice::Of(draw.Between(300, 320));
    use.grades.push_back({grade, "", price, FloorAreaRatio::Of(2), "", ""});
  }
  use.coefficients = {{"term", TermFormula()}, {"far", test::DrawCurve(draw)}};
  use.formula.product = {"term"};
  if (draw.Coin()) use.formula.product.emplace_back("far");
  return publication;
}

Parcel DrawParcel(Draw& draw) {
  Parcel parcel;
  parcel.site.use = LandUse::kResidential;
  parcel.site.grade = static_cast<int>(draw.Between(1, 4));  // there is no grade 4
  parcel.site.far = draw.Maybe([&draw] { return draw.Amount<FloorAreaRatio>(3); });
  parcel.site.term = Years::Of(70);
  parcel.area_sqm = draw.Maybe([&draw] { return draw.Amount<Area>(5'000); });
  parcel.valuation_date = ParseDate("2026-01-01").value();
  return parcel;
}

TEST(PublicationImpact, AddsUpWhatEachParcelIsWorth) {
  std::size_t raised = 0, lowered = 0, not_valued = 0, with_total = 0;
  for (std::uint64_t seed = 1; seed <= kRounds; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Publication before = DrawRound(draw), after = DrawRound(draw);
    ImpactStudy study(before, after);
    std::map<int, ImpactTotals> expected;
    for (int i = 0; i < kParcels; ++i) {
      const Parcel parcel = DrawParcel(draw);
      study.Add(parcel);
      const Valuation was = ValueParcel(parcel, before), is = ValueParcel(parcel, after);
      ImpactTotals& totals = expected[parcel.site.grade];
      if (!was.unit_price || !is.unit_price) {
        ++totals.not_valued;
        continue;
      }
      totals.raised += *is.unit_price > *was.unit_price;
      totals.lowered += *is.unit_price < *was.unit_price;
      totals.same += *is.unit_price == *was.unit_price;
      if (!was.total || !is.total) continue;
      ++totals.with_total;
      totals.old_total = totals.old_total + *was.total;
      totals.new_total = totals.new_total + *is.total;
    }
    ASSERT_EQ(study.impact().size(), expected.size());
    for (const auto& [group, found] : study.impact()) {
      EXPECT_EQ(group.use, LandUse::kResidential);
      EXPECT_EQ(found.largest_rise.has_value(), found.raised > 0);
      EXPECT_EQ(found.largest_fall.has_value(), found.lowered > 0);
      ImpactTotals counts = found;
      counts.largest_rise.reset();
      counts.largest_fall.reset();
      EXPECT_EQ(counts, expected[group.grade]) << "grade " << group.grade;
      raised += found.raised;
      lowered += found.lowered;
      not_valued += found.not_valued;
      with_total += found.with_total;
    }
  }
  for (const std::size_t count : {raised, lowered, not_valued, with_total}) EXPECT_GT(count, 100U);
}

TEST(PublicationImpact, NobodyPaysMoreOrLessByTheSamePrices) {
  Draw draw(7);
  const Publication publication = DrawRound(draw);
  ImpactStudy study(publication, publication);
  for (int i = 0; i < kParcels; ++i) study.Add(DrawParcel(draw));
  for (const auto& [group, totals] : study.impact()) {
    EXPECT_EQ(totals.raised + totals.lowered, 0U);
    EXPECT_EQ(totals.old_total, totals.new_total);
  }
}

TEST(PublicationImpact, ByHand) {
  Publication before;
  before.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
  before.rounding.total = before.rounding.unit_price;
  PublishedUse& use = before.uses[LandUse::kIndustrial];
  use.term = Years::Of(50);
  use.capitalization_rate = Rate::Parse("0.06").value();
  use.grades = {{1, "", UnitPrice::Of(200), std::nullopt, "", ""},
                {2, "", UnitPrice::Of(120), std::nullopt, "", ""}};
  use.coefficients = {{"term", TermFormula()}};
  use.formula.product = {"term"};
  Publication after = before;
  after.uses[LandUse::kIndustrial].grades[0].price = UnitPrice::Of(230);  // +15 %
  after.uses[LandUse::kIndustrial].grades[1].price = UnitPrice::Of(119);  // −0.8333… %
  ImpactStudy study(before, after);
  Parcel parcel;
  parcel.site.use = LandUse::kIndustrial;
  parcel.site.term = Years::Of(50);  // the whole term: K = 1
  parcel.valuation_date = ParseDate("2026-01-01").value();
  parcel.area_sqm = Area::Of(1'000);
  for (const int grade : {1, 2, 2, 3}) {
    parcel.site.grade = grade;
    study.Add(parcel);
  }
  const auto at = [&](int grade) { return study.impact().at({LandUse::kIndustrial, grade}); };
  EXPECT_EQ(at(1).largest_rise, Percent::Of(15));
  EXPECT_EQ(at(1).new_total, Money::Of(230'000));
  EXPECT_EQ(at(2).lowered, 2U);
  EXPECT_EQ(at(2).largest_fall, Percent::Parse("-0.83").value());
  EXPECT_EQ(at(2).old_total, Money::Of(240'000));
  EXPECT_EQ(at(2).new_total, Money::Of(238'000));
  EXPECT_EQ(at(3).not_valued, 1U);
}

}  // namespace
}  // namespace dijia

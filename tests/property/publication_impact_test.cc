// Who pays more and who less, against parcels valued one by one.
#include "dijia/publication_impact.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
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
    std::map<Code, std::size_t> withheld;
    for (int i = 0; i < kParcels; ++i) {
      const Parcel parcel = DrawParcel(draw);
      study.Add(parcel);
      const Valuation was = ValueParcel(parcel, before), is = ValueParcel(parcel, after);
      ImpactTotals& totals = expected[parcel.site.grade];
      if (!was.unit_price || !is.unit_price) {
        ++totals.not_valued;
        std::set<Code> reasons;
        for (const Diagnostic& reason : was.missing) reasons.insert(reason.code);
        for (const Diagnostic& reason : is.missing) reasons.insert(reason.code);
        for (const Code reason : reasons) ++withheld[reason];
        continue;
      }
      totals.raised += *is.unit_price > *was.unit_price;
      totals.lowered += *is.unit_price < *was.unit_price;
      totals.same += *is.unit_price == *was.unit_price;
      if (!was.total || !is.total) continue;
      ++totals.with_total;
      totals.old_total = totals.old_total + *was.total;
      totals.new_total = totals.new_total + *is.total;
      if (*is.total > *was.total) totals.more = totals.more + (*is.total - *was.total);
      if (*is.total < *was.total) totals.less = totals.less + (*was.total - *is.total);
    }
    std::map<Code, std::size_t> counted;
    for (const auto& [code, reason] : study.impact().withheld) {
      counted[code] = reason.parcels;
      EXPECT_EQ(reason.first.code, code);
    }
    EXPECT_EQ(counted, withheld);
    ASSERT_EQ(study.impact().groups.size(), expected.size());
    for (const auto& [group, found] : study.impact().groups) {
      EXPECT_EQ(group.use, LandUse::kResidential);
      EXPECT_EQ(found.largest_rise.has_value(), found.raised > 0);
      EXPECT_EQ(found.largest_fall.has_value(), found.lowered > 0);
      EXPECT_EQ(found.with_change, found.raised + found.lowered + found.same);
      EXPECT_EQ(found.new_total - found.old_total, found.more - found.less);
      ImpactTotals counts = found;
      counts.largest_rise.reset();
      counts.largest_fall.reset();
      counts.with_change = 0;
      counts.changes = 0;
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
  for (const auto& [group, totals] : study.impact().groups) {
    EXPECT_EQ(totals.mean_change().value_or(Percent()), Percent());
    EXPECT_EQ(totals.raised + totals.lowered, 0U);
    EXPECT_EQ(totals.old_total, totals.new_total);
  }
}

// Industrial land of 200 and 120 yuan per m² for the whole term of 50 years (K = 1), then as
// stated.
struct Pair {
  Publication before, after;

  Pair(std::int64_t first, std::int64_t second) {
    before.county = "150304";
    before.area = "城区";
    before.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
    before.rounding.total = before.rounding.unit_price;
    PublishedUse& use = before.uses[LandUse::kIndustrial];
    use.term = Years::Of(50);
    use.capitalization_rate = Rate::Parse("0.06").value();
    use.grades = {{1, "", UnitPrice::Of(200), std::nullopt, "", ""},
                  {2, "", UnitPrice::Of(120), std::nullopt, "", ""}};
    use.coefficients = {{"term", TermFormula()}};
    use.formula.product = {"term"};
    after = before;
    after.uses[LandUse::kIndustrial].grades[0].price = UnitPrice::Of(first);
    after.uses[LandUse::kIndustrial].grades[1].price = UnitPrice::Of(second);
  }
  static Parcel Of(int grade) {
    Parcel parcel;
    parcel.site.use = LandUse::kIndustrial;
    parcel.site.grade = grade;
    parcel.site.term = Years::Of(50);
    parcel.valuation_date = ParseDate("2026-01-01").value();
    parcel.area_sqm = Area::Of(1'000);
    return parcel;
  }
};

TEST(PublicationImpact, ByHand) {
  const Pair pair(230, 119);  // +15 %, −0.8333… %
  ImpactStudy study(pair.before, pair.after);
  for (const int grade : {1, 2, 2, 3}) study.Add(Pair::Of(grade));
  const auto at = [&](int grade) {
    return study.impact().groups.at({LandUse::kIndustrial, grade});
  };
  EXPECT_EQ(at(1).largest_rise, Percent::Of(15));
  EXPECT_EQ(at(1).new_total, Money::Of(230'000));
  EXPECT_EQ(at(1).more, Money::Of(30'000));
  EXPECT_EQ(at(2).lowered, 2U);
  EXPECT_EQ(at(2).largest_fall, Percent::Parse("-0.83").value());
  EXPECT_EQ(at(2).mean_change(), Percent::Parse("-0.83").value());
  EXPECT_EQ(at(2).old_total, Money::Of(240'000));
  EXPECT_EQ(at(2).new_total, Money::Of(238'000));
  EXPECT_EQ(at(2).less, Money::Of(2'000));
  EXPECT_EQ(at(3).not_valued, 1U);
  EXPECT_EQ(at(3).mean_change(), std::nullopt);
  // (15 − 0.833333 − 0.833333) / 3 = 4.444445 %; (468 − 440) / 440 = 6.3636… %.
  const ImpactTotals all = study.impact().total();
  EXPECT_EQ(all.parcels(), 4U);
  EXPECT_EQ(all.mean_change(), Percent::Parse("4.44").value());
  EXPECT_EQ(all.total_change(), Percent::Parse("6.36").value());
  EXPECT_EQ(all.largest_rise, Percent::Of(15));
  EXPECT_EQ(all.largest_fall, Percent::Parse("-0.83").value());
  EXPECT_EQ(study.impact().by_use().at(LandUse::kIndustrial), all);
}

TEST(PublicationImpact, AMeanIsOfTheChangesAndNotOfTheRoundedOnes) {
  // (1/150 + 0) / 2 is 0.3333… %; half of 0.67 % would be 0.335, which rounds to 0.34.
  Pair pair(151, 120);
  pair.before.uses[LandUse::kIndustrial].grades[0].price = UnitPrice::Of(150);
  ImpactStudy study(pair.before, pair.after);
  for (const int grade : {1, 2}) study.Add(Pair::Of(grade));
  EXPECT_EQ(study.impact().total().mean_change(), Percent::Parse("0.33").value());
}

TEST(PublicationImpact, WhatStatesAnotherPlaceIsInNoSum) {
  const Pair pair(230, 119);
  ImpactStudy study(pair.before, pair.after);
  Parcel here = Pair::Of(1), town = Pair::Of(1), county = Pair::Of(1);
  here.county = "150304";
  here.area = "城区";
  town.area = "某镇";
  county.county = "152502";
  EXPECT_EQ(study.Add(here).kind, ImpactKind::kRaised);
  EXPECT_EQ(study.Add(town).kind, ImpactKind::kElsewhere);
  EXPECT_EQ(study.Add(county).kind, ImpactKind::kElsewhere);
  EXPECT_EQ(study.impact().elsewhere, 2U);
  EXPECT_EQ(study.impact().total().parcels(), 1U);
}

TEST(PublicationImpact, OneParcelIsToldApart) {
  const Pair pair(230, 119);
  ImpactStudy study(pair.before, pair.after);
  const ParcelImpact raised = study.Add(Pair::Of(1));
  EXPECT_EQ(raised.old_price, UnitPrice::Of(200));
  EXPECT_EQ(raised.new_price, UnitPrice::Of(230));
  EXPECT_EQ(raised.change, Percent::Of(15));
  EXPECT_EQ(raised.new_total, Money::Of(230'000));
  Parcel without = Pair::Of(2);
  without.area_sqm.reset();
  const ParcelImpact lowered = study.Add(without);
  EXPECT_EQ(lowered.kind, ImpactKind::kLowered);
  EXPECT_EQ(lowered.old_total, std::nullopt);
  EXPECT_EQ(study.Add(Pair::Of(3)).new_price, std::nullopt);
}

TEST(PublicationImpact, NothingIsNothing) {
  const Pair pair(230, 119);
  const ImpactStudy study(pair.before, pair.after);
  EXPECT_EQ(study.impact().total(), ImpactTotals());
  EXPECT_EQ(study.impact().total().mean_change(), std::nullopt);
  EXPECT_EQ(study.impact().total().total_change(), std::nullopt);
}

}  // namespace
}  // namespace dijia

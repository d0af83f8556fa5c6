#include "dijia/rules/inverse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "dijia/base/decimal.h"
#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/random_prices.h"

namespace dijia::rules {
namespace {

constexpr std::int64_t kFen = 100;  // of 10^-4 yuan

Inverse InverseWith(std::initializer_list<Stated> facts) {
  const PreparedRules& rules = National();
  return InvertReservePrice(With(rules.pack(), PlainCase(rules.pack()), facts), rules);
}

std::string Told(const LawfulFacts& facts) {
  std::string told;
  for (const FactChange& change : facts.changes) {
    told += (told.empty() ? "" : ", ") + change.fact + " " + change.from + " -> " + change.to;
  }
  return told;
}

TEST(Inverse, OfAPlainCaseIsItsStandard) {
  EXPECT_EQ(InverseWith({{"price.amount", "50"}}).price, 840'000);
  EXPECT_EQ(InverseWith({{"land_class", "10"}}).price, 1'680'000);
}

TEST(Inverse, OfAShortTermIsRoundedUpToTheFen) {
  // legal-rules §12 no. 7: 61.1269.
  const Inverse inverse = InverseWith(
      {{"term_years", "20"}, {"capitalization_rate", "0.06"}, {"price.amount", "61.12"}});
  EXPECT_EQ(inverse.price, 611'300);
  EXPECT_EQ(inverse.term, 190'000);  // 19 years at 61.12
}

TEST(Inverse, OfALeaseIsItsLowestRent) {
  // legal-rules §12 no. 8: 3.8067.
  const Inverse inverse = InverseWith({{"method", "lease"},
                                       {"land_class", "15"},
                                       {"lease_years", "10"},
                                       {"price.amount", "2.00"},
                                       {"price.unit", "yuan_per_sqm_year"},
                                       {"capitalization_rate", "0.06"},
                                       {"rent_timing", "arrears"},
                                       {"cost_yuan_per_sqm", "10"}});
  EXPECT_EQ(inverse.rent, 38'100);
  EXPECT_FALSE(inverse.price);
}

TEST(Inverse, HasNoPriceWhereTheTermIsUnlawful) {
  EXPECT_FALSE(InverseWith({{"term_years", "60"}}).price);
}

TEST(Inverse, TakesTheFullStandardWhereFactsAreMissing) {
  const Inverse inverse =
      InverseWith({{"facts.priority_industry_listed", "unknown"}, {"price.amount", "60"}});
  EXPECT_EQ(inverse.price, 840'000);
}

TEST(Inverse, NamesTheFactsThatWouldMakeARefusedPriceLawful) {
  const Inverse inverse = InverseWith({{"price.amount", "51"}});
  ASSERT_FALSE(inverse.nearest.empty());
  // 60 % for land outside that the user develops: 50.40.
  EXPECT_EQ(Told(inverse.nearest.front()),
            "facts.inside_planned_area yes -> no, "
            "facts.self_developed no -> yes");
  EXPECT_EQ(inverse.nearest.front().minimum, 504'000);
}

// Unused and sandy land inside the area ask for the same facts, in another order.
TEST(Inverse, NamesEveryWayOnce) {
  const Inverse inverse = InverseWith({{"price.amount", "60"},
                                       {"facts.land_origin", "agricultural"},
                                       {"facts.self_developed", "no"},
                                       {"facts.inside_planned_area", "yes"},
                                       {"facts.in_cultivated_reserve", "no"}});
  std::vector<std::vector<std::string>> ways;
  for (const LawfulFacts& facts : inverse.nearest) {
    std::vector<std::string>& way = ways.emplace_back();
    for (const FactChange& change : facts.changes) way.push_back(change.fact + change.to);
    std::ranges::sort(way);
  }
  ASSERT_GT(ways.size(), 1U);
  std::ranges::sort(ways);
  EXPECT_EQ(std::ranges::adjacent_find(ways), ways.end());
}

TEST(Inverse, OfALawfulPriceChangesNothing) {
  EXPECT_TRUE(InverseWith({{"price.amount", "84"}}).nearest.empty());
}

TEST(Inverse, OfAnAgreementTakesAPublicSale) {
  const Inverse inverse = InverseWith({{"method", "agreement"},
                                       {"facts.agreement_allowed_by_law", "no"},
                                       {"benchmark_price_yuan_per_sqm", "100"}});
  ASSERT_FALSE(inverse.nearest.empty());
  EXPECT_EQ(inverse.nearest.front().changes.size(), 1U);
}

// The changes make the case lawful, and none of them can be left out.
void ExpectNeeded(const ReservePriceCase& the_case, const LawfulFacts& facts) {
  const RulePack& pack = National().pack();
  ReservePriceCase changed = the_case;
  for (const FactChange& change : facts.changes) {
    const auto fact = *pack.FindFact(change.fact);
    changed.values[fact] = *ParseFact(pack.facts[fact], change.to);
  }
  EXPECT_EQ(VerdictOf(changed, National()), Verdict::kLawful) << Told(facts);
  for (const FactChange& change : facts.changes) {
    const auto fact = *pack.FindFact(change.fact);
    ReservePriceCase without = changed;
    without.values[fact] = the_case.values[fact];
    EXPECT_NE(VerdictOf(without, National()), Verdict::kLawful) << Told(facts);
  }
}

TEST(Inverse, FindsAMinimumThatPassesAndOneFenLessDoesNot) {
  constexpr std::uint64_t kSeed = 20'261'125;
  std::mt19937_64 random(kSeed);
  const RulePack& pack = National().pack();
  const std::uint16_t amount = *pack.FindFact("price.amount");
  const std::uint16_t unit = *pack.FindFact("price.unit");
  const auto per_sqm = *ParseFact(pack.facts[unit], "yuan_per_sqm");
  const std::size_t count = CaseCount(300);
  for (std::size_t i = 0; i < count; ++i) {
    ReservePriceCase the_case = RandomTransfer(pack, random);
    const Inverse inverse = InvertReservePrice(the_case, National());
    SCOPED_TRACE("case " + std::to_string(i) + " of seed " + std::to_string(kSeed));
    for (const LawfulFacts& facts : inverse.nearest) ExpectNeeded(the_case, facts);
    if (!inverse.price) continue;
    the_case.values[unit] = per_sqm;
    the_case.values[amount] = *inverse.price;
    const ReservePriceCheck at = CheckReservePrice(the_case, National());
    EXPECT_EQ(at.verdict, Verdict::kLawful);
    EXPECT_FALSE(at.equal_within_rounding);
    if (*inverse.price < kFen) continue;
    the_case.values[amount] -= kFen;
    const ReservePriceCheck below = CheckReservePrice(the_case, National());
    EXPECT_TRUE(below.verdict != Verdict::kLawful || below.equal_within_rounding)
        << FormatDecimal(*inverse.price, 4);
  }
}

}  // namespace
}  // namespace dijia::rules

// What changes between two packs, and for whom.
#include "dijia/rules/pack_diff.h"

#include <gtest/gtest.h>

#include "dijia/base/decimal.h"
#include "support/case_builder.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

// The national layer with one place changed.
RulePack Changed(std::string_view file, std::string_view was, std::string_view now) {
  PackLayer layer = ReadLayer("cn");
  const auto found = std::ranges::find(layer, file, &PackFile::name);
  const std::size_t at = found->text.find(was);
  EXPECT_NE(at, std::string::npos) << was;
  found->text.replace(at, was.size(), now);
  return MustLoad({layer});
}

TEST(PackDiff, OfAPackWithItselfIsEmpty) {
  const PackDiff diff = DiffPacks(National().pack(), National().pack(), Language::kZh);
  EXPECT_TRUE(diff.written.empty());
  EXPECT_TRUE(diff.effects.empty());
}

TEST(PackDiff, OfOtherTextsHasNoEffect) {
  const RulePack after = Changed("2006-31.toml", "A refund, subsidy", "A refund or subsidy");
  const PackDiff diff = DiffPacks(National().pack(), after, Language::kEn);
  ASSERT_EQ(diff.written.size(), 1U);
  EXPECT_EQ(diff.written[0].name, "clause 31-rebates · words");
  EXPECT_TRUE(diff.effects.empty());
}

TEST(PackDiff, OfARatioNamesTheCasesAndThePeriod) {
  const RulePack after = Changed("2009-56.toml", "ratio = \"0.15\"", "ratio = \"0.20\"");
  const PackDiff diff = DiffPacks(National().pack(), after, Language::kEn);
  ASSERT_EQ(diff.effects.size(), 1U);
  const EffectChange& effect = diff.effects[0];
  EXPECT_EQ(effect.what, "lowest ratio that applies");
  EXPECT_EQ(effect.before, "15%");
  EXPECT_EQ(effect.after, "20%");
  EXPECT_EQ(effect.period.from, ToDays(*ParseDate("2009-05-11")));
  EXPECT_EQ(effect.period.until, kNoEnd);
  EXPECT_TRUE(effect.whom_is_whole);
  for (const std::string& group : effect.whom) {
    EXPECT_NE(group.find("inside the planned area: no"), std::string::npos) << group;
    EXPECT_NE(group.find("in the central or western region: yes"), std::string::npos) << group;
  }
  // The example has the old ratio under the old pack and the new one under the new pack.
  ASSERT_TRUE(effect.example);
  ReservePriceCase the_case = *effect.example;
  const auto land_class = *after.FindFact("land_class");
  the_case.values[land_class] = 14;
  const auto ratio_in = [&](const RulePack& pack) {
    ReservePriceCase complete = the_case;
    for (const auto& [fact, text] :
         {Stated{"price.amount", "1"}, Stated{"price.unit", "yuan_per_sqm"},
          Stated{"price.kind", "reserve"}, Stated{"rebates_yuan_per_sqm", "0"},
          Stated{"term_years", "50"}}) {
      complete = With(pack, complete, {{fact, text}});
    }
    const ReservePriceCheck check = CheckReservePrice(complete, PreparedRules(pack));
    EXPECT_TRUE(check.ratio) << CodeOf(check.verdict);
    return check.ratio.value_or(0);
  };
  EXPECT_EQ(ratio_in(National().pack()), 150'000);
  EXPECT_EQ(ratio_in(after), 200'000);
}

TEST(PackDiff, OfAClosedClauseSaysSinceWhen) {
  const RulePack after =
      Changed("2009-56.toml", "from = 2009-05-11", "from = 2009-05-11\nuntil = 2027-01-01");
  const PackDiff diff = DiffPacks(National().pack(), after, Language::kZh);
  ASSERT_EQ(diff.written.size(), 1U);
  EXPECT_EQ(diff.written[0].name, "条款 56-2-priority · 期间");
  EXPECT_EQ(diff.written[0].after, "2009-05-11 至 2027-01-01（不含）");
  ASSERT_FALSE(diff.effects.empty());
  for (const EffectChange& effect : diff.effects) {
    EXPECT_EQ(effect.period.from, ToDays(*ParseDate("2027-01-01")));
    EXPECT_EQ(effect.before, "70%");
    EXPECT_EQ(effect.after, "100%");
  }
}

TEST(PackDiff, OfAConditionIsExact) {
  // Residential land drops out of the rule on real estate.
  const RulePack after = Changed("2010-34.toml", "in = [\"commercial\", \"residential\"] }]\nlimit",
                                 "in = [\"commercial\"] }]\nlimit");
  const PackDiff diff = DiffPacks(National().pack(), after, Language::kEn);
  ASSERT_EQ(diff.effects.size(), 1U);
  EXPECT_EQ(diff.effects[0].before, "applies");
  EXPECT_EQ(diff.effects[0].after, "does not apply");
  ASSERT_EQ(diff.effects[0].whom.size(), 1U);
  EXPECT_NE(diff.effects[0].whom[0].find("use: residential"), std::string::npos);
  EXPECT_NE(diff.effects[0].whom[0].find("way of supply: tender, auction, listing"),
            std::string::npos)
      << diff.effects[0].whom[0];
}

TEST(PackDiff, OfTablesNamesTheRows) {
  const RulePack after =
      Changed("standard.csv", "14,84,,,\n", "14,84,,2028-01-01,\n14,90,2028-01-01,,\n");
  const PackDiff diff = DiffPacks(National().pack(), after, Language::kZh);
  ASSERT_EQ(diff.written.size(), 3U);
  EXPECT_EQ(diff.written[2].name, "表 工业用地出让最低价标准 · 土地等别 14，自 2028-01-01 起");
  EXPECT_EQ(diff.written[2].after, "90");
}

TEST(PackDiff, OfALocalLayerKnowsItsFacts) {
  const PackDiff diff = DiffPacks(National().pack(), InnerMongolia().pack(), Language::kEn);
  const auto about = [&](std::string_view text) {
    return std::ranges::any_of(diff.effects, [&](const EffectChange& effect) {
      return effect.what.find(text) != std::string::npos ||
             std::ranges::any_of(effect.whom, [&](const std::string& group) {
               return group.find(text) != std::string::npos;
             });
    });
  };
  EXPECT_TRUE(about("wind or solar project: yes"));
  EXPECT_TRUE(about("intensity of standard land"));
}

}  // namespace
}  // namespace dijia::rules

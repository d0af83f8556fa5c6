// Columns of cases against the same cases one by one.
#include "dijia/rules/columns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "dijia/base/decimal.h"
#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/random_cases.h"

namespace dijia::rules {
namespace {

std::string Shown(const RulePack& pack, const ReservePriceCase& the_case) {
  std::string text;
  for (std::size_t fact = 0; fact < pack.facts.size(); ++fact) {
    if (the_case.values[fact] == kNotStated) continue;
    text += pack.facts[fact].id + "=" + FormatFact(pack.facts[fact], the_case.values[fact]) + " ";
  }
  return text + "candidates=" + std::to_string(the_case.land_class_candidates);
}

// Many cases share a profile, so that answers are taken from the forest: of each random case, its
// price, cost and rebates are moved around.
std::vector<ReservePriceCase> Variations(const RulePack& pack, RandomRuleCases& random,
                                         unsigned unknown, int cases) {
  static constexpr std::string_view kMoved[] = {"price.amount", "cost_yuan_per_sqm",
                                                "area_sqm",     "rebates_yuan_per_sqm",
                                                "facts.far",    "benchmark_price_yuan_per_sqm",
                                                "decided_on",   "facts.building_coefficient"};
  std::vector<ReservePriceCase> all;
  for (int i = 0; i < cases; ++i) {
    const ReservePriceCase first = random.Next(unknown);
    all.push_back(first);
    for (int variation = 0; variation < 12; ++variation) {
      ReservePriceCase next = first;
      const ReservePriceCase other = random.Next(0);
      for (const std::string_view id : kMoved) {
        const auto fact = *pack.FindFact(id);
        if (next.values[fact] == kNotStated || random.Below(2) == 0) continue;
        next.values[fact] = other.values[fact];
      }
      all.push_back(std::move(next));
    }
  }
  return all;
}

void ExpectSame(const PreparedRules& rules, unsigned seed, unsigned unknown, int cases) {
  SCOPED_TRACE("seed " + std::to_string(seed) + ", unknown " + std::to_string(unknown) + " %");
  const RulePack& pack = rules.pack();
  RandomRuleCases random(pack, seed);
  const auto all = Variations(pack, random, unknown, cases);
  CaseColumns columns(pack);
  for (const ReservePriceCase& one : all) columns.Add(one);
  ColumnJudge judge(columns, rules);
  std::vector<Verdict> first(all.size()), again(all.size());
  // In pieces: between them the judge tidies what it has learned, and learns on.
  const std::size_t piece = all.size() / 5 + 1;
  for (std::size_t i = 0; i < all.size(); i += piece) {
    judge.Judge(i, std::span(first).subspan(i, std::min(piece, all.size() - i)));
  }
  const std::size_t singly = judge.judged_singly();
  judge.Judge(0, again);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Verdict alone = VerdictOf(all[i], rules);
    ASSERT_EQ(CodeOf(first[i]), CodeOf(alone)) << "case " << i << ": " << Shown(pack, all[i]);
    ASSERT_EQ(CodeOf(again[i]), CodeOf(alone)) << "case " << i << ": " << Shown(pack, all[i]);
  }
  // Many answers come from what was judged before, in the same block too.
  EXPECT_LT(singly, all.size() * 2 / 3);
  // What was learned is not learned again: only irregular cases are judged singly each time.
  const std::size_t irregular = judge.judged_singly() - singly;
  judge.Judge(0, again);
  EXPECT_EQ(judge.judged_singly(), singly + 2 * irregular);
}

TEST(Columns, GiveTheVerdictsOfTheCasesOneByOne) {
  ExpectSame(National(), 1, 0, 80);
  ExpectSame(National(), 2, 10, 60);
  ExpectSame(InnerMongolia(), 3, 30, 30);
  ExpectSame(InnerMongolia(), 4, 60, 8);
}

TEST(Columns, GiveTheVerdictsOfTheExamples) {
  const RulePack& pack = National().pack();
  CaseColumns columns(pack);
  std::vector<ReservePriceCase> all;
  for (const Example& example : pack.examples) {
    ReservePriceCase the_case = CaseOfExample(pack, example);
    columns.Add(the_case);
    all.push_back(std::move(the_case));
  }
  const std::vector<Verdict> verdicts = VerdictsOf(columns, National());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(CodeOf(verdicts[i]), CodeOf(VerdictOf(all[i], National()))) << pack.examples[i].name;
  }
}

TEST(Columns, GiveBackTheCasesTheyTook) {
  const RulePack& pack = National().pack();
  RandomRuleCases random(pack, 5);
  CaseColumns columns(pack);
  std::vector<ReservePriceCase> all;
  for (int i = 0; i < 200; ++i) {
    all.push_back(random.Next(static_cast<unsigned>(i) % 101));
    columns.Add(all.back());
  }
  ASSERT_EQ(columns.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const ReservePriceCase back = columns.At(i);
    EXPECT_EQ(back.values, all[i].values);
    EXPECT_EQ(back.land_class_candidates, all[i].land_class_candidates);
  }
}

TEST(Columns, KeepTheirProfilesWhenCleared) {
  const RulePack& pack = National().pack();
  CaseColumns columns(pack);
  columns.Add(PlainCase(pack));
  columns.Add(With(pack, PlainCase(pack), {{"price.amount", "83.99"}}));
  ColumnJudge judge(columns, National());
  std::vector<Verdict> verdicts(2);
  judge.Judge(0, verdicts);
  const std::size_t profiles = columns.profiles(), singly = judge.judged_singly();
  columns.Clear();
  EXPECT_EQ(columns.size(), 0U);
  columns.Add(With(pack, PlainCase(pack), {{"price.amount", "84.01"}}));
  judge.Judge(0, std::span(verdicts).first(1));
  EXPECT_EQ(columns.profiles(), profiles);
  EXPECT_EQ(judge.judged_singly(), singly);
  EXPECT_EQ(verdicts[0], Verdict::kLawful);
}

// The vocabulary of the columns is that of the nation, the judge's pack knows more facts.
TEST(Columns, AreJudgedByAnotherPack) {
  const RulePack& pack = National().pack();
  CaseColumns columns(pack);
  columns.Add(With(pack, PlainCase(pack),
                   {{"facts.central_western_region", "unknown"},
                    {"facts.land_origin", "state_unused"},
                    {"price.amount", "45"}}));
  EXPECT_EQ(VerdictsOf(columns, InnerMongolia())[0],
            VerdictWith(InnerMongolia(), {{"facts.central_western_region", "unknown"},
                                          {"facts.land_origin", "state_unused"},
                                          {"price.amount", "45"}}));
}

}  // namespace
}  // namespace dijia::rules

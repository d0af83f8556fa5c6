// Full checks over columns against the same cases one by one: the same bytes of JSON.
#include "dijia/rules/column_checks.h"

#include <gtest/gtest.h>

#include "json/check_codec.h"
#include "json/check_lines.h"
#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/random_cases.h"

namespace dijia::rules {
namespace {

std::string LineOf(const ReservePriceCheck& check, const RulePack& pack, Language language) {
  std::string line;
  json::AppendCheck(check, pack, language, line);
  return line;
}

// Each random case with its amounts and dates moved around, so that outlines are used again.
std::vector<ReservePriceCase> Variations(const RulePack& pack, RandomRuleCases& random,
                                         unsigned unknown, int cases, int variations) {
  std::vector<ReservePriceCase> all;
  for (int i = 0; i < cases; ++i) {
    const ReservePriceCase first = random.Next(unknown);
    all.push_back(first);
    for (int variation = 0; variation < variations; ++variation) {
      ReservePriceCase next = first;
      const ReservePriceCase other = random.Next(0);
      for (std::size_t fact = 0; fact < pack.facts.size(); ++fact) {
        const bool moves =
            pack.facts[fact].type == FactType::kDecimal || pack.facts[fact].type == FactType::kDate;
        const bool derived = pack.facts[fact].derivation.first.has_value();
        if (!moves || derived || next.values[fact] == kNotStated || random.Below(2) == 0) continue;
        next.values[fact] = other.values[fact];
      }
      all.push_back(std::move(next));
    }
  }
  return all;
}

void ExpectSameLines(const PreparedRules& rules, unsigned seed, unsigned unknown, int cases,
                     int variations) {
  SCOPED_TRACE("seed " + std::to_string(seed) + ", unknown " + std::to_string(unknown) + " %");
  const RulePack& pack = rules.pack();
  RandomRuleCases random(pack, seed);
  const auto all = Variations(pack, random, unknown, cases, variations);
  CaseColumns columns(pack);
  for (const ReservePriceCase& one : all) columns.Add(one);
  ColumnChecker checker(columns, rules);
  checker.Read();
  json::CheckLines lines(checker, pack, Language::kZh);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ReservePriceCheck alone = CheckReservePrice(all[i], rules);
    const std::string id = "case \"" + std::to_string(i) + "\"";
    alone.case_id = id;
    TextBuffer line;
    const std::string_view ids[] = {id};
    Verdict verdicts[1];
    lines.Append(i, ids, verdicts, line);
    EXPECT_EQ(verdicts[0], alone.verdict);
    ASSERT_EQ(line.view(), LineOf(alone, pack, Language::kZh) + "\n") << "case " << i;
    ReservePriceCheck filled = checker.Check(i);
    filled.case_id = id;
    ASSERT_EQ(LineOf(filled, pack, Language::kEn), LineOf(alone, pack, Language::kEn))
        << "case " << i;
  }
}

TEST(ColumnChecks, GiveTheBytesOfTheCasesOneByOne) {
  ExpectSameLines(National(), 11, 0, 12, 10);
  ExpectSameLines(National(), 12, 10, 6, 10);
  ExpectSameLines(InnerMongolia(), 13, 30, 2, 10);
}

TEST(ColumnChecks, GiveTheBytesOfTheExamples) {
  const RulePack& pack = InnerMongolia().pack();
  CaseColumns columns(pack);
  std::vector<ReservePriceCase> all;
  for (const Example& example : pack.examples) {
    ReservePriceCase the_case = CaseOfExample(pack, example);
    columns.Add(the_case);
    all.push_back(std::move(the_case));
  }
  ColumnChecker checker(columns, InnerMongolia());
  checker.Read();
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(LineOf(checker.Check(i), pack, Language::kZh),
              LineOf(CheckReservePrice(all[i], InnerMongolia()), pack, Language::kZh))
        << pack.examples[i].name;
  }
}

// A price a step beside every turn of the verdict, once the outlines are there.
TEST(ColumnChecks, KeepEveryPriceOnItsSideOfALimit) {
  const RulePack& pack = National().pack();
  const auto amount = *pack.FindFact("price.amount"), cost = *pack.FindFact("cost_yuan_per_sqm");
  CaseColumns columns(pack);
  std::vector<ReservePriceCase> all;
  for (const std::int64_t of_cost : {400'000, 839'900, 840'000, 840'100, 900'000}) {
    for (const std::int64_t price : {399'900, 400'000, 839'900, 839'949, 839'950, 839'951, 840'000,
                                     840'100, 899'950, 900'000, 5'000'000}) {
      ReservePriceCase one = PlainCase(pack);
      one.values[amount] = price;
      one.values[cost] = of_cost;
      columns.Add(one);
      all.push_back(one);
    }
  }
  ColumnChecker checker(columns, National());
  checker.Read();
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(LineOf(checker.Check(i), pack, Language::kZh),
              LineOf(CheckReservePrice(all[i], National()), pack, Language::kZh))
        << all[i].values[amount] << " against " << all[i].values[cost];
  }
}

}  // namespace
}  // namespace dijia::rules

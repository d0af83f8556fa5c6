// Single checks that are answered from what is remembered against checks made one by one.
#include "http/remembered_checks.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "json/check_codec.h"
#include "support/pack_files.h"
#include "support/random_cases.h"

namespace dijia::http {
namespace {

using rules::PreparedRules;
using rules::ReservePriceCase;

// Random cases, each with its price, cost and date moved a few times.
std::vector<ReservePriceCase> Cases(const rules::RulePack& pack, unsigned seed) {
  rules::RandomRuleCases random(pack, seed);
  std::vector<ReservePriceCase> cases;
  for (int i = 0; i < 12; ++i) {
    const ReservePriceCase first = random.Next(10);
    for (int variation = 0; variation < 6; ++variation) {
      ReservePriceCase& one = cases.emplace_back(first);
      one.case_id = "case \"" + std::to_string(cases.size()) + "\"";
      const ReservePriceCase other = random.Next(0);
      for (const char* fact : {"price.amount", "cost_yuan_per_sqm", "decided_on"}) {
        std::int64_t& value = one.values[*pack.FindFact(fact)];
        if (value != rules::kNotStated) value = other.values[*pack.FindFact(fact)];
      }
    }
  }
  return cases;
}

void ExpectTheBytesOfOneByOne(RememberedChecks& checks,
                              const std::shared_ptr<const PreparedRules>& rules, unsigned seed) {
  for (const ReservePriceCase& one : Cases(rules->pack(), seed)) {
    const rules::ReservePriceCheck alone = CheckReservePrice(one, *rules);
    for (const Language language : {Language::kZh, Language::kEn}) {
      std::string answer = "before ", expected = "before ";
      EXPECT_EQ(checks.Append(one, rules, language, answer), alone.verdict);
      json::AppendCheck(alone, rules->pack(), language, expected);
      ASSERT_EQ(answer, expected);
    }
  }
}

TEST(RememberedChecks, HaveTheBytesOfChecksOneByOneOnEveryThread) {
  const auto rules = std::make_shared<const PreparedRules>(rules::National());
  RememberedChecks checks;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] { ExpectTheBytesOfOneByOne(checks, rules, i % 2); });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(RememberedChecks, AreForgottenWhenTheyAreTooMany) {
  const auto rules = std::make_shared<const PreparedRules>(rules::National());
  for (const RememberedChecks::Most& most :
       {RememberedChecks::Most{2, 100, 100}, {100, 3, 100}, {100, 100, 5}}) {
    RememberedChecks checks(most);
    ExpectTheBytesOfOneByOne(checks, rules, 7);
  }
}

TEST(RememberedChecks, BelongToTheRulesTheyWereMadeWith) {
  const auto nation = std::make_shared<const PreparedRules>(rules::National());
  const auto region = std::make_shared<const PreparedRules>(rules::InnerMongolia());
  RememberedChecks checks;
  for (const auto& rules : {nation, region, nation}) ExpectTheBytesOfOneByOne(checks, rules, 9);
}

}  // namespace
}  // namespace dijia::http

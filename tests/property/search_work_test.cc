// How much work an answer is: a case that states almost nothing must not keep a service busy. Work
// is counted in states evaluated, so that the machine does not matter.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <vector>

#include "compiled.h"
#include "findings.h"
#include "support/case_builder.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

constexpr std::size_t kMostEvaluations = 250'000;

struct Work {
  std::size_t evaluations = 0, asked = 0;
};

Work WorkOf(const ReservePriceCase& the_case, const Era& era) {
  CompletionSearch search(era);
  const Judgement judgement = Judge(era, StateOf(era, the_case), search);
  ReservePriceCheck check;
  AddMissingFacts(judgement, search, check);
  AddReadings(judgement, search, check);
  return {search.evaluations(), check.missing.size()};
}

// The work of the case under the standards of 2008 and of 2023.
Work MostWork(const ReservePriceCase& the_case, const PreparedRules& rules) {
  Work most;
  for (const std::string_view day : {"2020-03-01", "2024-03-01"}) {
    const Era& era = EraOn(rules.compiled().eras, ToDays(*ParseDate(day)));
    const Work work = WorkOf(the_case, era);
    most.evaluations = std::max(most.evaluations, work.evaluations);
    most.asked = std::max(most.asked, work.asked);
  }
  return most;
}

TEST(SearchWork, IsBoundedForACaseThatStatesNothing) {
  const RulePack& pack = National().pack();
  const Work work = MostWork(EmptyCase(pack), National());
  std::printf("nothing stated: %zu states, %zu facts asked\n", work.evaluations, work.asked);
  EXPECT_LE(work.evaluations, kMostEvaluations);
  EXPECT_GT(work.asked, 0U);
}

TEST(SearchWork, IsBoundedForEveryUseAndForEveryWayOfIndustrialSupply) {
  const RulePack& pack = National().pack();
  std::size_t most = 0;
  for (const std::string& use : pack.facts[*pack.FindFact("use")].choices) {
    const ReservePriceCase used = With(pack, EmptyCase(pack), {{"use", use}});
    most = std::max(most, MostWork(used, National()).evaluations);
    if (use != "industrial") continue;
    for (const std::string& method : pack.facts[*pack.FindFact("method")].choices) {
      const ReservePriceCase supplied = With(pack, used, {{"method", method}});
      most = std::max(most, MostWork(supplied, National()).evaluations);
    }
  }
  std::printf("use and method stated: %zu states at the most\n", most);
  EXPECT_LE(most, kMostEvaluations);
}

// A price per m² of floor with neither amount nor floor area ratio once had the two cut each other
// down until the stack was full. Two numbers make it more work than an amount alone.
TEST(SearchWork, IsBoundedForAPriceOfFloorSpaceThatIsNotKnown) {
  constexpr std::size_t kMost = 400'000;
  const RulePack& pack = National().pack();
  const Work work =
      MostWork(With(pack, EmptyCase(pack), {{"price.unit", "yuan_per_sqm_floor"}}), National());
  std::printf("unit of a floor price stated: %zu states\n", work.evaluations);
  EXPECT_LE(work.evaluations, kMost);
  EXPECT_GT(work.asked, 0U);
}

// The plain case with every fact taken away by chance.
TEST(SearchWork, IsBoundedForRandomKnowledge) {
  const unsigned seed = 20261126;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const RulePack& pack = National().pack();
  std::size_t most = 0;
  for (int i = 0; i < 40; ++i) {
    ReservePriceCase the_case = PlainCase(pack);
    const auto unknown = random() % 11;
    for (std::int64_t& value : the_case.values) {
      if (random() % 10 < unknown) value = kNotStated;
    }
    const auto& eras = National().compiled().eras;
    const Work work = WorkOf(the_case, eras[random() % eras.size()]);
    most = std::max(most, work.evaluations);
  }
  std::printf("random knowledge: %zu states at the most\n", most);
  EXPECT_LE(most, kMostEvaluations);
}

}  // namespace
}  // namespace dijia::rules

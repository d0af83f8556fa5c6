// Unknown facts and readings against brute force over every completion and every reading.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "support/case_builder.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

struct Choice {
  std::string_view reading;
  std::vector<std::string_view> options;
};

const std::vector<Choice>& Choices() {
  static const std::vector<Choice> choices = {
      {"intensive_standard", {"MLR24_2008", "MNR72_2023"}},
      {"x50_requires_self_development", {"no", "yes"}},
      {"cost_term", {"strict", "proportional"}},
      {"cost_scope", {"all", "discounts_only"}},
      {"rate_without_published", {"none", "last_published"}}};
  return choices;
}

// The national pack as an office uses it that has decided every contested point; bit i of
// `decisions` takes the second option of choice i.
PreparedRules Decided(unsigned decisions) {
  std::string text =
      "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n";
  for (std::size_t i = 0; i < Choices().size(); ++i) {
    const Choice& choice = Choices()[i];
    text += "[[select]]\nreading = \"" + std::string(choice.reading) + "\"\noption = \"" +
            std::string(choice.options[decisions >> i & 1U]) +
            "\"\nchosen_by = \"test\"\nchosen_on = 2026-01-01\n";
  }
  return PreparedRules(MustLoad({ReadLayer("cn"), {{"office.toml", text}}}));
}

constexpr std::string_view kAmount = "price.amount", kRebates = "rebates_yuan_per_sqm";

// Facts with values on both sides of everything the law asks of them.
const std::vector<std::pair<std::string_view, std::vector<std::string_view>>>& Samples() {
  static const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> samples = {
      {"facts.priority_industry_listed", {"yes", "no"}},
      {"facts.far", {"0", "1.399999", "1.4", "100"}},
      {"facts.building_coefficient", {"0", "0.42", "0.559999", "0.56", "1"}},
      {"facts.investment_wan_yuan_per_ha", {"0", "1099.9999", "1100", "100000000"}},
      {"facts.agri_processing_listed", {"yes", "no"}},
      {"facts.at_place_of_origin", {"yes", "no"}},
      {"facts.inside_planned_area", {"yes", "no"}},
      {"facts.land_origin",
       {"state_unused", "sandy_bare_unallocated", "agricultural", "construction", "other"}},
      {"facts.in_cultivated_reserve", {"yes", "no"}},
      {"facts.self_developed", {"yes", "no"}},
      {"facts.central_western_region", {"yes", "no"}},
      {"land_class",
       {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"}},
      {"cost_yuan_per_sqm", {"0", "30", "60"}},
      {"use", {"industrial", "storage"}},
      {kAmount, {"5", "20", "35", "50", "65", "80", "95", "110", "140", "170", "400", "900"}},
      {kRebates, {"0", "3", "12", "30", "70"}}};
  return samples;
}

class RandomCases {
 public:
  explicit RandomCases(unsigned seed) : random_(seed) {}

  ReservePriceCase Complete(const RulePack& pack) {
    ReservePriceCase the_case =
        With(pack, PlainCase(pack),
             {{"facts.far_standard", "1"},
              {"facts.investment_standard_wan_yuan_per_ha", "1000"},
              {"facts.industry_code", "14"},
              {"facts.industry_code_version", "2002"},
              {"capitalization_rate", Pick({"0.06", "0.04"})},
              {"term_years", Pick({"50", "50", "20"})},
              {"decided_on", Pick({"2008-03-01", "2013-03-01", "2020-03-01", "2024-03-01"})}});
    for (const auto& [fact, values] : Samples()) {
      the_case = With(pack, the_case, {{fact, values[Below(values.size())]}});
    }
    // Prices near the floors of the lower classes, where verdicts turn.
    const std::string price = std::to_string(5 + Below(180)) + "." + std::to_string(Below(10));
    return With(pack, the_case, {{kAmount, price}, {kRebates, "0"}});
  }

  std::size_t Below(std::size_t count) { return random_() % count; }

 private:
  std::string_view Pick(std::initializer_list<std::string_view> values) {
    return *(values.begin() + Below(values.size()));
  }

  std::mt19937 random_;
};

// Every completion of the unknown facts over their samples, with its verdict.
std::map<std::vector<std::size_t>, Verdict> Completions(const PreparedRules& rules,
                                                        const ReservePriceCase& the_case,
                                                        const std::vector<std::size_t>& unknown) {
  std::map<std::vector<std::size_t>, Verdict> verdicts;
  std::vector<std::size_t> at(unknown.size(), 0);
  for (bool more = true; more;) {
    ReservePriceCase completion = the_case;
    for (std::size_t i = 0; i < unknown.size(); ++i) {
      const auto& [fact, values] = Samples()[unknown[i]];
      const auto index = *rules.pack().FindFact(fact);
      completion.values[index] = *ParseFact(rules.pack().facts[index], values[at[i]]);
    }
    verdicts[at] = VerdictOf(completion, rules);
    more = false;
    for (std::size_t i = 0; i < at.size() && !more; ++i) {
      at[i] = (at[i] + 1) % Samples()[unknown[i]].second.size();
      more = at[i] != 0;
    }
  }
  return verdicts;
}

bool DecidesByBruteForce(const std::map<std::vector<std::size_t>, Verdict>& verdicts,
                         std::size_t position) {
  std::map<std::vector<std::size_t>, std::set<Verdict>> of_others;
  for (const auto& [completion, verdict] : verdicts) {
    std::vector<std::size_t> at = completion;
    at[position] = 0;
    of_others[at].insert(verdict);
  }
  return std::ranges::any_of(of_others, [](const auto& one) { return one.second.size() > 1; });
}

TEST(Supervaluation, EqualsBruteForceOverAllCompletions) {
  const unsigned seed = 20261125;
  SCOPED_TRACE(seed);
  const PreparedRules rules = Decided(0);
  const RulePack& pack = rules.pack();
  RandomCases random(seed);
  const int cases = std::getenv("DIJIA_LONG") != nullptr ? 100'000 : 1'500;
  for (int i = 0; i < cases; ++i) {
    ReservePriceCase the_case = random.Complete(pack);
    std::vector<std::size_t> unknown;
    for (std::size_t fact = 0; fact < Samples().size() && unknown.size() < 4; ++fact) {
      const std::string_view id = Samples()[fact].first;
      const bool is_number = id == "cost_yuan_per_sqm" || id == kAmount || id == kRebates;
      if (is_number || random.Below(5) != 0) continue;
      unknown.push_back(fact);
      the_case.values[*pack.FindFact(Samples()[fact].first)] = kNotStated;
    }
    const auto verdicts = Completions(rules, the_case, unknown);
    std::set<Verdict> seen;
    for (const auto& [at, verdict] : verdicts) seen.insert(verdict);
    const ReservePriceCheck check = CheckReservePrice(the_case, rules);
    ASSERT_EQ(check.verdict, seen.size() == 1 ? *seen.begin() : Verdict::kNeedsFacts)
        << "case " << i;
    for (std::size_t k = 0; k < unknown.size(); ++k) {
      ASSERT_EQ(Asks(check, Samples()[unknown[k]].first), DecidesByBruteForce(verdicts, k))
          << "case " << i << " " << Samples()[unknown[k]].first;
    }
  }
}

// Between samples of a number there are values that decide more: what decides in a sample is asked.
TEST(Supervaluation, AsksForAllThatDecidesBesideAnUnknownNumber) {
  const unsigned seed = 5;
  SCOPED_TRACE(seed);
  const PreparedRules rules = Decided(0);
  const RulePack& pack = rules.pack();
  RandomCases random(seed);
  const int cases = std::getenv("DIJIA_LONG") != nullptr ? 20'000 : 1'500;
  int found = 0;
  for (int i = 0; i < cases; ++i) {
    ReservePriceCase the_case = random.Complete(pack);
    std::vector<std::size_t> unknown = {Samples().size() - 1 - random.Below(2)};
    while (unknown.size() < 3) {
      const std::size_t fact = random.Below(Samples().size() - 2);
      // Unknown costs are asked for as evidence, which counts in other cases than a stated cost.
      const bool is_cost = Samples()[fact].first == "cost_yuan_per_sqm";
      const bool known = std::ranges::find(unknown, fact) != unknown.end();
      if (!is_cost && !known) unknown.push_back(fact);
    }
    for (const std::size_t fact : unknown) {
      the_case.values[*pack.FindFact(Samples()[fact].first)] = kNotStated;
    }
    const auto verdicts = Completions(rules, the_case, unknown);
    const ReservePriceCheck check = CheckReservePrice(the_case, rules);
    for (std::size_t k = 0; k < unknown.size(); ++k) {
      if (!DecidesByBruteForce(verdicts, k)) continue;
      ASSERT_EQ(check.verdict, Verdict::kNeedsFacts) << "case " << i;
      ASSERT_TRUE(Asks(check, Samples()[unknown[k]].first))
          << "case " << i << " " << Samples()[unknown[k]].first;
      ++found;
    }
  }
  EXPECT_GT(found, cases / 2);
}

TEST(Readings, JudgedTogetherEqualEachJudgedAlone) {
  const unsigned seed = 71;
  SCOPED_TRACE(seed);
  std::vector<PreparedRules> alone;
  for (unsigned decisions = 0; decisions < 1U << Choices().size(); ++decisions) {
    alone.push_back(Decided(decisions));
  }
  RandomCases random(seed);
  for (int i = 0; i < 2'000; ++i) {
    const ReservePriceCase the_case = random.Complete(National().pack());
    const bool from_2023 = the_case.values[*National().pack().FindFact("decided_on")] >=
                           ToDays(*ParseDate("2023-06-25"));
    const bool from_2014 = the_case.values[*National().pack().FindFact("decided_on")] >=
                           ToDays(*ParseDate("2014-11-22"));
    std::set<Verdict> seen;
    for (unsigned decisions = 0; decisions < alone.size(); ++decisions) {
      const bool too_early =
          ((decisions & 1U) != 0 && !from_2023) || ((decisions & 16U) != 0 && !from_2014);
      if (!too_early) seen.insert(VerdictOf(the_case, alone[decisions]));
    }
    const bool open = seen.contains(Verdict::kNeedsFacts);
    const Verdict expected = open               ? Verdict::kNeedsFacts
                             : seen.size() == 1 ? *seen.begin()
                                                : Verdict::kConflictReview;
    ASSERT_EQ(VerdictOf(the_case, National()), expected) << "case " << i;
  }
}

// Every class × every ratio, in three units: at the floor, one step above, one step below.
struct Discount {
  std::int64_t percent;
  std::vector<Stated> facts;
};

TEST(Floor, IsExactForEveryClassRatioAndUnit) {
  const RulePack& pack = National().pack();
  const std::vector<Discount> discounts = {
      {100, {}},
      {70,
       {{"facts.agri_processing_listed", "yes"},
        {"facts.at_place_of_origin", "yes"},
        {"facts.industry_code", "13"}}},
      {60, {{"facts.inside_planned_area", "no"}, {"facts.self_developed", "yes"}}},
      {50, {{"facts.land_origin", "state_unused"}, {"facts.self_developed", "yes"}}},
      {15,
       {{"facts.land_origin", "state_unused"},
        {"facts.self_developed", "yes"},
        {"facts.inside_planned_area", "no"}}},
  };
  const std::int64_t standards[] = {840, 720, 600, 480, 384, 336, 288, 252,
                                    204, 168, 144, 120, 96,  84,  60};
  const auto amount = *pack.FindFact("price.amount");
  const auto judge = [&](ReservePriceCase the_case, std::int64_t units) {
    the_case.values[amount] = units;
    return CheckReservePrice(the_case, National());
  };
  for (const Discount& discount : discounts) {
    ReservePriceCase plain = With(pack, PlainCase(pack), {{"cost_yuan_per_sqm", "0"}});
    for (const Stated& fact : discount.facts) plain = With(pack, plain, {fact});
    for (int i = 0; i < 15; ++i) {
      plain.values[*pack.FindFact("land_class")] = i + 1;
      const std::int64_t floor = standards[i] * discount.percent * 100;  // 10^-4 yuan per m²
      ReservePriceCase sqm = With(pack, plain, {{"price.unit", "yuan_per_sqm"}});
      EXPECT_EQ(judge(sqm, floor).verdict, Verdict::kLawful);
      EXPECT_EQ(judge(sqm, floor).lawful_minimum, floor);
      EXPECT_EQ(judge(sqm, floor + 100).verdict, Verdict::kLawful);
      EXPECT_EQ(judge(sqm, floor - 100).verdict, Verdict::kUnlawful);
      // 15 yuan per m² are 1 万元/亩; 0.0001 万元/亩 less is 0.0015 yuan, hidden by rounding.
      ReservePriceCase mu = With(pack, plain, {{"price.unit", "wan_yuan_per_mu"}});
      const std::int64_t per_mu = floor / 15 + (floor % 15 != 0 ? 1 : 0);
      EXPECT_FALSE(judge(mu, per_mu).equal_within_rounding);
      EXPECT_EQ(judge(mu, per_mu).verdict, Verdict::kLawful);
      EXPECT_TRUE(judge(mu, floor / 15 - 1).equal_within_rounding);
      EXPECT_EQ(judge(mu, floor / 15 - 4).verdict, Verdict::kUnlawful);
      // A total over 3,333.37 m²: one fen less is far below half a fen per m².
      ReservePriceCase total =
          With(pack, plain, {{"price.unit", "yuan_total"}, {"area_sqm", "3333.37"}});
      const std::int64_t exact = floor * 333337 / 100 + (floor * 333337 % 100 != 0 ? 1 : 0);
      EXPECT_FALSE(judge(total, exact).equal_within_rounding);
      EXPECT_TRUE(judge(total, exact - 100).equal_within_rounding);
      EXPECT_EQ(judge(total, exact - 170'000).verdict, Verdict::kUnlawful);
    }
  }
}

}  // namespace
}  // namespace dijia::rules

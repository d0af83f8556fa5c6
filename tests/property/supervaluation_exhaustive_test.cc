// Unknown facts and open readings, exhaustively: every way of knowing or not knowing the small
// facts that a verdict depends on, at the prices at which verdicts turn, against the verdicts of
// all completions.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "support/case_builder.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

// One bit a verdict of a completion.
using Verdicts = std::uint8_t;

struct Question {
  std::string_view fact;
  std::vector<std::string_view> values;
};

struct Regime {
  std::string_view name;
  std::vector<Stated> base;
  std::vector<Question> questions;
  std::vector<std::string_view> days, prices;
};

// All pack files below the office layer, by pack.
std::vector<PackLayer> LayersOf(std::string_view pack) {
  std::vector<PackLayer> layers = {ReadLayer("cn")};
  if (pack != "cn") layers.push_back(ReadLayer(std::string(pack)));
  return layers;
}

// Every reading decided by its default but for those named, which take the option given or stay
// open where it is empty.
PreparedRules Decided(std::string_view pack, const std::vector<Stated>& readings) {
  std::vector<PackLayer> layers = LayersOf(pack);
  std::string text =
      "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n";
  for (const Reading& reading : National().pack().readings) {
    std::string option = reading.options[reading.chosen].id;
    for (const auto& [id, chosen] : readings) {
      if (id == reading.id) option = chosen;
    }
    if (option.empty()) continue;
    text += "[[select]]\nreading = \"" + reading.id + "\"\noption = \"" + option +
            "\"\nchosen_by = \"test\"\nchosen_on = 2026-01-01\n";
  }
  layers.push_back({{"office.toml", text}});
  return PreparedRules(MustLoad(layers));
}

// Numbers the states of knowledge: digit i is the value of question i, or "unknown" as the last.
class Knowledge {
 public:
  Knowledge(const RulePack& pack, const Regime& regime) {
    for (const Question& question : regime.questions) {
      const auto fact = *pack.FindFact(question.fact);
      std::vector<std::int64_t> values;
      for (const std::string_view text : question.values) {
        values.push_back(*ParseFact(pack.facts[fact], text));
      }
      facts_.push_back(fact);
      steps_.push_back(size_);
      size_ *= values.size() + 1;
      values_.push_back(std::move(values));
    }
    class_ = *pack.FindFact("land_class");
  }

  std::size_t size() const { return size_; }

  // The case of a state; unknown classes are the candidates that the question names.
  void Put(std::size_t state, ReservePriceCase& the_case) const {
    the_case.land_class_candidates = 0;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const std::size_t digit = DigitOf(state, i);
      const bool known = digit < values_[i].size();
      the_case.values[facts_[i]] = known ? values_[i][digit] : kNotStated;
      if (known || facts_[i] != class_) continue;
      for (const std::int64_t value : values_[i]) {
        the_case.land_class_candidates |= std::uint64_t{1} << static_cast<unsigned>(value);
      }
    }
  }

  // The states of all values of the first question that is unknown; empty when everything is known.
  std::vector<std::size_t> Answers(std::size_t state) const {
    std::vector<std::size_t> answers;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (DigitOf(state, i) < values_[i].size()) continue;
      for (std::size_t k = 0; k < values_[i].size(); ++k) {
        answers.push_back(state - (values_[i].size() - k) * steps_[i]);
      }
      break;
    }
    return answers;
  }

 private:
  std::size_t DigitOf(std::size_t state, std::size_t question) const {
    return state / steps_[question] % (values_[question].size() + 1);
  }

  std::vector<std::uint16_t> facts_;
  std::vector<std::vector<std::int64_t>> values_;
  std::vector<std::size_t> steps_;
  std::size_t size_ = 1;
  std::uint16_t class_ = 0;
};

// The verdicts of the completions of every state: known states are judged, others are the union of
// their answers, which have smaller numbers.
std::vector<Verdicts> ByCompletion(const Knowledge& knowledge, ReservePriceCase the_case,
                                   const PreparedRules& rules) {
  std::vector<Verdicts> verdicts(knowledge.size(), 0);
  for (std::size_t state = 0; state < knowledge.size(); ++state) {
    const std::vector<std::size_t> answers = knowledge.Answers(state);
    for (const std::size_t answer : answers) {
      verdicts[state] = static_cast<Verdicts>(verdicts[state] | verdicts[answer]);
    }
    if (!answers.empty()) continue;
    knowledge.Put(state, the_case);
    const Verdict verdict = VerdictOf(the_case, rules);
    EXPECT_NE(verdict, Verdict::kNeedsFacts);
    verdicts[state] = static_cast<Verdicts>(1U << static_cast<unsigned>(verdict));
  }
  return verdicts;
}

Verdict VerdictOfSet(Verdicts set) {
  for (const Verdict one : {Verdict::kLawful, Verdict::kUnlawful, Verdict::kNotApplicable}) {
    if (set == 1U << static_cast<unsigned>(one)) return one;
  }
  return Verdict::kNeedsFacts;
}

bool Long() { return std::getenv("DIJIA_LONG") != nullptr; }  // NOLINT(concurrency-mt-unsafe)

ReservePriceCase BaseCase(const RulePack& pack, const Regime& regime, std::string_view day,
                          std::string_view price) {
  ReservePriceCase the_case = PlainCase(pack);
  for (const Stated& fact : regime.base) the_case = With(pack, the_case, {fact});
  return With(pack, the_case, {{"decided_on", day}, {"price.amount", price}});
}

const Question kClass{"land_class", {"14", "15"}};

const Regime& IndustrialTransfer() {
  static const Regime regime = {
      "industrial transfer",
      {{"facts.far_standard", "1"},
       {"facts.investment_standard_wan_yuan_per_ha", "1000"},
       {"facts.building_coefficient", "0.6"},
       {"facts.investment_wan_yuan_per_ha", "2000"},
       {"facts.industry_code", "1391"},
       {"facts.industry_code_version", "2002"},
       {"cost_yuan_per_sqm", "30"}},
      {kClass,
       {"facts.priority_industry_listed", {"yes", "no"}},
       {"facts.far", {"1.399999", "1.4"}},
       {"facts.agri_processing_listed", {"yes", "no"}},
       {"facts.at_place_of_origin", {"yes", "no"}},
       {"facts.inside_planned_area", {"yes", "no"}},
       {"facts.land_origin", {"state_unused", "sandy_bare_unallocated", "agricultural"}},
       {"facts.in_cultivated_reserve", {"yes", "no"}},
       {"facts.self_developed", {"yes", "no"}}},
      {"2013-06-01", "2008-06-01"},
      // Shares of both standards: at a floor and one fen below.
      {"58.8", "58.79", "42", "41.99", "84", "83.99", "60", "59.99", "50.4", "30", "36", "25.2"}};
  return regime;
}

Regime OtherSupply(std::string_view method) {
  return {"other ways of supply",
          {{"method", method},
           {"benchmark_price_yuan_per_sqm", "100"},
           {"cost_yuan_per_sqm", "65"},
           {"facts.far", "1.4"},
           {"facts.far_standard", "1"},
           {"facts.investment_standard_wan_yuan_per_ha", "1000"},
           {"facts.building_coefficient", "0.6"},
           {"facts.investment_wan_yuan_per_ha", "2000"}},
          {kClass,
           {"use",
            {"commercial", "residential", "industrial", "storage", "public_service",
             "public_utility", "transport", "other"}},
           {"facts.agreement_allowed_by_law", {"yes", "no"}},
           {"facts.office_applies_floor", {"yes", "no"}},
           {"facts.priority_industry_listed", {"yes", "no"}},
           {"facts.self_developed", {"yes", "no"}},
           {"facts.inside_planned_area", {"yes", "no"}}},
          {"2013-06-01", "2005-06-01", "2024-06-01"},
          {"84", "83.99", "70", "69.99", "65", "64.99", "60"}};
}

// In every test run the first prices and days; all of them with DIJIA_LONG.
template <class Use>
void ForEachPoint(const Regime& regime, std::size_t usual_prices, Use use) {
  const std::size_t days = Long() ? regime.days.size() : 1;
  const std::size_t prices = Long() ? regime.prices.size() : usual_prices;
  for (std::size_t day = 0; day < days; ++day) {
    for (std::size_t price = 0; price < prices; ++price) {
      use(regime.days[day], regime.prices[price]);
    }
  }
}

void ExpectExact(std::string_view pack_name, const Regime& regime, std::size_t usual_prices) {
  const PreparedRules rules = Decided(pack_name, {});
  const RulePack& pack = rules.pack();
  const Knowledge knowledge(pack, regime);
  std::size_t open = 0, decided = 0;
  ForEachPoint(regime, usual_prices, [&](std::string_view day, std::string_view price) {
    SCOPED_TRACE(std::string(regime.name) + " " + std::string(day) + " " + std::string(price));
    ReservePriceCase the_case = BaseCase(pack, regime, day, price);
    const std::vector<Verdicts> expected = ByCompletion(knowledge, the_case, rules);
    for (std::size_t state = 0; state < knowledge.size(); ++state) {
      knowledge.Put(state, the_case);
      const Verdict verdict = VerdictOf(the_case, rules);
      ASSERT_EQ(CodeOf(verdict), CodeOf(VerdictOfSet(expected[state]))) << "state " << state;
      ++(verdict == Verdict::kNeedsFacts ? open : decided);
    }
  });
  EXPECT_GT(open, 0U);
  EXPECT_GT(decided, 0U);
}

TEST(NationalPack, IsExactForEveryStateOfKnowledge) {
  ExpectExact("cn", IndustrialTransfer(), 2);
  for (const std::string_view method : {"agreement", "listing", "capital_contribution"}) {
    ExpectExact("cn", OtherSupply(method), 2);
  }
}

TEST(InnerMongoliaPack, IsExactForEveryStateOfKnowledge) {
  ExpectExact("cn-150000", IndustrialTransfer(), 1);
  ExpectExact("cn-150000", OtherSupply("agreement"), 2);
}

// Two readings open: the verdict of every state is that of the readings together.
TEST(OpenReadings, AreExactForEveryStateOfKnowledge) {
  static constexpr std::string_view kFirst = "x50_requires_self_development",
                                    kSecond = "cost_scope";
  const PreparedRules open = Decided("cn-150000", {{kFirst, ""}, {kSecond, ""}});
  std::vector<PreparedRules> alone;
  for (const std::string_view first : {"no", "yes"}) {
    for (const std::string_view second : {"all", "discounts_only"}) {
      alone.push_back(Decided("cn-150000", {{kFirst, first}, {kSecond, second}}));
    }
  }
  const Regime& regime = IndustrialTransfer();
  const Knowledge knowledge(open.pack(), regime);
  std::size_t conflicts = 0;
  // The costs lie above the price: whether they bind depends on the second reading.
  for (const std::string_view price : {"42", "60"}) {
    SCOPED_TRACE(std::string(price));
    ReservePriceCase the_case =
        With(open.pack(), BaseCase(open.pack(), regime, "2013-06-01", price),
             {{"cost_yuan_per_sqm", price == "42" ? "30" : "75"}});
    std::vector<std::vector<Verdicts>> expected;
    for (const PreparedRules& one : alone) {
      expected.push_back(ByCompletion(knowledge, the_case, one));
    }
    for (std::size_t state = 0; state < knowledge.size(); ++state) {
      bool needs_facts = false, differ = false;
      const Verdict first = VerdictOfSet(expected[0][state]);
      for (const std::vector<Verdicts>& one : expected) {
        needs_facts = needs_facts || VerdictOfSet(one[state]) == Verdict::kNeedsFacts;
        differ = differ || VerdictOfSet(one[state]) != first;
      }
      Verdict verdict = differ ? Verdict::kConflictReview : first;
      if (needs_facts) verdict = Verdict::kNeedsFacts;
      knowledge.Put(state, the_case);
      ASSERT_EQ(CodeOf(VerdictOf(the_case, open)), CodeOf(verdict)) << "state " << state;
      if (verdict == Verdict::kConflictReview) ++conflicts;
    }
  }
  EXPECT_GT(conflicts, 0U);
}

}  // namespace
}  // namespace dijia::rules

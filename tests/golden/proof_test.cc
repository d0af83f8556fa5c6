// A verdict carries its proof: a separate program derives it again and refuses altered digits.
#include <gtest/gtest.h>

#include <cctype>
#include <random>

#include "json/check_codec.h"
#include "support/pack_files.h"
#include "support/proof_checker.h"
#include "support/random_prices.h"

namespace dijia::proof {
namespace {

using json::Value;

std::string DayText(Days day) {
  const bool open = day == rules::kNoBeginning || day == rules::kNoEnd;
  return open ? std::string() : FormatDate(FromDays(day));
}

const KnownClauses& Clauses() {
  static const KnownClauses clauses = [] {
    KnownClauses all;
    for (const rules::Clause& clause : rules::InnerMongolia().pack().clauses) {
      const rules::Period& period = clause.citation.in_force;
      all[clause.key] = {clause.says.zh, clause.says.en, DayText(period.from),
                         DayText(period.until)};
    }
    return all;
  }();
  return clauses;
}

Value AnswerOf(const rules::ReservePriceCase& the_case) {
  const rules::PreparedRules& rules = rules::InnerMongolia();
  return json::WriteCheck(CheckReservePrice(the_case, rules), rules.pack(), Language::kZh);
}

// The day of the decision as the case states it.
std::string DayOf(const rules::ReservePriceCase& the_case) {
  const auto fact = *rules::InnerMongolia().pack().FindFact("decided_on");
  const std::int64_t day = the_case.values[fact];
  return day == rules::kNotStated ? std::string() : FormatDate(FromDays(static_cast<Days>(day)));
}

// All numbers, hashes and periods of the proof: figures of the answer, values, hashes and citations
// of findings.
void CollectDigits(Value& value, bool counts, std::vector<std::string*>& texts) {
  if (Value::Object* members = value.object()) {
    for (Value::Member& member : *members) {
      const bool part = member.name == "findings" || member.name == "values" ||
                        member.name == "citation" || member.name.ends_with("_yuan_per_sqm") ||
                        member.name == "ratio";
      if (member.name == "words_sha256" || member.name.starts_with("in_force_")) {
        texts.push_back(const_cast<std::string*>(member.value.text()));
      } else if (part || (counts && member.value.number() != nullptr)) {
        CollectDigits(member.value, member.name == "values", texts);
      }
    }
  } else if (Value::Array* items = value.array()) {
    for (Value& item : *items) CollectDigits(item, false, texts);
  } else if (value.number() != nullptr) {
    texts.push_back(&const_cast<Value::Number*>(value.number())->text);
  }
}

// Alters one digit after the other; gives the alterations that were accepted.
std::vector<std::string> Accepted(const rules::ReservePriceCase& the_case) {
  Value answer = AnswerOf(the_case);
  std::vector<std::string> accepted;
  std::vector<std::string*> texts;
  CollectDigits(answer, false, texts);
  for (std::string* text : texts) {
    for (std::size_t i = 0; i < text->size(); ++i) {
      const char digit = (*text)[i];
      if (std::isdigit(static_cast<unsigned char>(digit)) == 0) continue;
      (*text)[i] = digit == '9' ? '8' : static_cast<char>(digit + 1);
      if (FaultOf(answer, Clauses(), DayOf(the_case)).empty()) accepted.push_back(*text);
      (*text)[i] = digit;
    }
  }
  return accepted;
}

TEST(Proof, OfEveryExampleHolds) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  for (const rules::Example& example : pack.examples) {
    const rules::ReservePriceCase the_case = CaseOfExample(pack, example);
    EXPECT_EQ(FaultOf(AnswerOf(the_case), Clauses(), DayOf(the_case)), "") << example.name;
  }
}

TEST(Proof, OfDecidedExamplesIsRefusedWithAnyAlteredDigit) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  for (const rules::Example& example : pack.examples) {
    if (example.verdict != "lawful" && example.verdict != "unlawful") continue;
    const rules::ReservePriceCase the_case = CaseOfExample(pack, example);
    EXPECT_EQ(Accepted(the_case), std::vector<std::string>()) << example.name;
  }
}

TEST(Proof, OfRandomCasesHoldsAndIsRefusedWithAnAlteredDigit) {
  constexpr std::uint64_t kSeed = 307;
  std::mt19937_64 random(kSeed);
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  const std::size_t count = rules::CaseCount(400);
  for (std::size_t i = 0; i < count; ++i) {
    const rules::ReservePriceCase the_case = rules::RandomTransfer(pack, random);
    const Value answer = AnswerOf(the_case);
    ASSERT_EQ(FaultOf(answer, Clauses(), DayOf(the_case)), "") << "seed " << kSeed << " case " << i;
    const std::string verdict = *answer.Find("verdict")->text();
    if (i % 20 != 0 || (verdict != "lawful" && verdict != "unlawful")) continue;
    EXPECT_EQ(Accepted(the_case), std::vector<std::string>()) << "seed " << kSeed << " case " << i;
  }
}

// Unlawful whatever the price: the minimum is open, and no limit backs a figure of it.
rules::ReservePriceCase LongTerm() {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  rules::ReservePriceCase the_case = rules::With(
      pack, rules::PlainCase(pack), {{"term_years", "51"}, {"cost_yuan_per_sqm", "40"}});
  the_case.values[*pack.FindFact("capitalization_rate")] = rules::kNotStated;
  return the_case;
}

TEST(Proof, OfAnUnlawfulTermIsRefusedWithAnyAlteredDigitOrAFigureOfNoLimit) {
  const Value answer = AnswerOf(LongTerm());
  ASSERT_EQ(*answer.Find("deciding_rule")->text(), "term.maximum");
  EXPECT_EQ(FaultOf(answer, Clauses(), DayOf(LongTerm())), "");
  EXPECT_EQ(Accepted(LongTerm()), std::vector<std::string>());
  for (const char* name : {"standard_yuan_per_sqm", "ratio", "lawful_minimum_yuan_per_sqm"}) {
    Value more = answer;
    EXPECT_TRUE(more.Find(name)->is_null()) << name;
    *const_cast<Value*>(more.Find(name)) = Value::Integer(1);
    EXPECT_NE(FaultOf(more, Clauses(), DayOf(LongTerm())), "") << name;
  }
}

// Whether it is the answer that says another day or the decision that was made on one, also where
// all clauses that are cited are in force on both.
TEST(Proof, IsRefusedForADecisionOfAnotherDay) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  for (const rules::Example& example : pack.examples) {
    const rules::ReservePriceCase the_case = CaseOfExample(pack, example);
    const std::string day = DayOf(the_case);
    Value answer = AnswerOf(the_case);
    EXPECT_NE(FaultOf(answer, Clauses(), day.empty() ? "2023-05-01" : ""), "") << example.name;
    for (std::size_t i = 0; i < day.size(); ++i) {
      if (day[i] == '-') continue;
      std::string other = day;
      other[i] = day[i] == '9' ? '8' : static_cast<char>(day[i] + 1);
      EXPECT_NE(FaultOf(answer, Clauses(), other), "") << example.name << " " << other;
      std::string& said = *const_cast<std::string*>(answer.Find("decided_on")->text());
      said = other;
      EXPECT_NE(FaultOf(answer, Clauses(), day), "") << example.name << " " << other;
      said = day;
    }
  }
}

// A decision of a day on which a clause that is cited was not in force.
TEST(Proof, IsRefusedWithAClauseThatWasNotInForce) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  std::size_t refused = 0;
  for (const rules::Example& example : pack.examples) {
    Value answer = AnswerOf(CaseOfExample(pack, example));
    if (answer.Find("decided_on")->text() == nullptr) continue;
    std::string& said = *const_cast<std::string*>(answer.Find("decided_on")->text());
    for (const Value& finding : *answer.Find("findings")->array()) {
      const KnownClause& clause = Clauses().at(*finding.Find("clause")->text());
      if (clause.from.empty()) continue;
      said = FormatDate(FromDays(ToDays(*ParseDate(clause.from)) - 1));
      EXPECT_NE(FaultOf(answer, Clauses(), said), "") << example.name << " " << said;
      ++refused;
      if (clause.until.empty()) continue;
      said = clause.until;
      EXPECT_NE(FaultOf(answer, Clauses(), said), "") << example.name << " " << said;
    }
  }
  EXPECT_GT(refused, 100U);
}

TEST(Proof, IsRefusedWithAnotherVerdict) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  rules::ReservePriceCase the_case = rules::PlainCase(pack);
  Value answer = AnswerOf(the_case);
  *const_cast<std::string*>(answer.Find("verdict")->text()) = "unlawful";
  EXPECT_EQ(FaultOf(answer, Clauses(), DayOf(the_case)), "nothing is unlawful");
}

}  // namespace
}  // namespace dijia::proof

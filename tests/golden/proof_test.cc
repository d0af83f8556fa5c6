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
      if (FaultOf(answer, Clauses()).empty()) accepted.push_back(*text);
      (*text)[i] = digit;
    }
  }
  return accepted;
}

TEST(Proof, OfEveryExampleHolds) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  for (const rules::Example& example : pack.examples) {
    const rules::ReservePriceCase the_case = CaseOfExample(pack, example);
    EXPECT_EQ(FaultOf(AnswerOf(the_case), Clauses()), "") << example.name;
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
    ASSERT_EQ(FaultOf(answer, Clauses()), "") << "seed " << kSeed << " case " << i;
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
  EXPECT_EQ(FaultOf(answer, Clauses()), "");
  EXPECT_EQ(Accepted(LongTerm()), std::vector<std::string>());
  for (const char* name : {"standard_yuan_per_sqm", "ratio", "lawful_minimum_yuan_per_sqm"}) {
    Value more = answer;
    EXPECT_TRUE(more.Find(name)->is_null()) << name;
    *const_cast<Value*>(more.Find(name)) = Value::Integer(1);
    EXPECT_NE(FaultOf(more, Clauses()), "") << name;
  }
}

// A day on which a clause that is cited was not in force, or that is none, is refused; every other
// day gives an answer that holds on it.
TEST(Proof, CoversTheDay) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  std::size_t refused = 0;
  for (const rules::Example& example : pack.examples) {
    Value answer = AnswerOf(CaseOfExample(pack, example));
    const Value* day = answer.Find("decided_on");
    if (day->text() == nullptr) continue;
    std::string& text = *const_cast<std::string*>(day->text());
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char digit = text[i];
      if (digit == '-') continue;
      text[i] = digit == '9' ? '8' : static_cast<char>(digit + 1);
      bool holds = ParseDate(text).has_value();
      for (const Value& finding : *answer.Find("findings")->array()) {
        const KnownClause& clause = Clauses().at(*finding.Find("clause")->text());
        holds = holds && text >= clause.from && (clause.until.empty() || text < clause.until);
      }
      if (!answer.Find("findings")->array()->empty()) {
        EXPECT_EQ(FaultOf(answer, Clauses()).empty(), holds) << example.name << " " << text;
      }
      refused += holds ? 0 : 1;
      text[i] = digit;
    }
  }
  EXPECT_GT(refused, 100U);
}

TEST(Proof, IsRefusedWithAnotherVerdict) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  rules::ReservePriceCase the_case = rules::PlainCase(pack);
  Value answer = AnswerOf(the_case);
  *const_cast<std::string*>(answer.Find("verdict")->text()) = "unlawful";
  EXPECT_EQ(FaultOf(answer, Clauses()), "nothing is unlawful");
}

}  // namespace
}  // namespace dijia::proof

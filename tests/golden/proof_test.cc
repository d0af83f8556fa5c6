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

const ClauseWords& Words() {
  static const ClauseWords words = [] {
    ClauseWords all;
    for (const rules::Clause& clause : rules::InnerMongolia().pack().clauses) {
      all[clause.key] = {clause.says.zh, clause.says.en};
    }
    return all;
  }();
  return words;
}

Value AnswerOf(const rules::ReservePriceCase& the_case) {
  const rules::PreparedRules& rules = rules::InnerMongolia();
  return json::WriteCheck(CheckReservePrice(the_case, rules), rules.pack(), Language::kZh);
}

// All numbers and hashes of the proof: figures of the answer, values and hashes of findings.
void CollectDigits(Value& value, bool counts, std::vector<std::string*>& texts) {
  if (Value::Object* members = value.object()) {
    for (Value::Member& member : *members) {
      const bool part = member.name == "findings" || member.name == "values" ||
                        member.name.ends_with("_yuan_per_sqm") || member.name == "ratio";
      if (member.name == "words_sha256") {
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
      if (FaultOf(answer, Words()).empty()) accepted.push_back(*text);
      (*text)[i] = digit;
    }
  }
  return accepted;
}

TEST(Proof, OfEveryExampleHolds) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  for (const rules::Example& example : pack.examples) {
    const rules::ReservePriceCase the_case = CaseOfExample(pack, example);
    EXPECT_EQ(FaultOf(AnswerOf(the_case), Words()), "") << example.name;
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
    ASSERT_EQ(FaultOf(answer, Words()), "") << "seed " << kSeed << " case " << i;
    const std::string verdict = *answer.Find("verdict")->text();
    if (i % 20 != 0 || (verdict != "lawful" && verdict != "unlawful")) continue;
    EXPECT_EQ(Accepted(the_case), std::vector<std::string>()) << "seed " << kSeed << " case " << i;
  }
}

TEST(Proof, IsRefusedWithAnotherVerdict) {
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  rules::ReservePriceCase the_case = rules::PlainCase(pack);
  Value answer = AnswerOf(the_case);
  *const_cast<std::string*>(answer.Find("verdict")->text()) = "unlawful";
  EXPECT_EQ(FaultOf(answer, Words()), "nothing is unlawful");
}

}  // namespace
}  // namespace dijia::proof

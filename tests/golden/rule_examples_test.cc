// The packs' own examples: every worked example and real notice of the legal notes.
#include <gtest/gtest.h>

#include "dijia/base/decimal.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

std::string Told(const ReservePriceCheck& check) {
  std::string told = std::string(CodeOf(check.verdict)) + " by " + check.deciding_rule + "\n";
  for (const Finding& finding : check.findings) {
    told += "  " + finding.clause + " " + std::string(CodeOf(finding.outcome)) + ": " +
            finding.reason.zh + "\n";
  }
  for (const MissingFact& missing : check.missing) told += "  ? " + missing.fact + "\n";
  for (const ReadingVerdict& reading : check.readings) {
    told += "  " + reading.reading + " " + std::string(CodeOf(reading.verdict)) + "\n";
  }
  return told;
}

void RunExamples(const PreparedRules& rules) {
  for (const Example& example : rules.pack().examples) {
    SCOPED_TRACE(example.name);
    const ReservePriceCheck check = CheckReservePrice(CaseOfExample(rules.pack(), example), rules);
    const std::string told = Told(check);
    EXPECT_EQ(CodeOf(check.verdict), example.verdict) << told;
    if (!example.minimum.empty()) {
      EXPECT_EQ(FormatDecimal(check.lawful_minimum.value_or(-1), 4), example.minimum) << told;
    }
    if (!example.rule.empty()) {
      EXPECT_EQ(check.deciding_rule, example.rule) << told;
    }
    if (!example.finding.empty()) {
      const bool found = std::ranges::any_of(check.findings, [&](const Finding& finding) {
        return finding.rule == example.finding && CodeOf(finding.outcome) == example.outcome;
      });
      EXPECT_TRUE(found) << told;
    }
    for (const std::string& fact : example.missing) {
      EXPECT_TRUE(std::ranges::any_of(
          check.missing, [&](const MissingFact& missing) { return missing.fact == fact; }))
          << fact << "\n"
          << told;
    }
  }
}

TEST(NationalPack, GivesTheAnswersOfItsExamples) { RunExamples(National()); }

TEST(InnerMongoliaPack, GivesTheAnswersOfAllExamples) { RunExamples(InnerMongolia()); }

}  // namespace
}  // namespace dijia::rules

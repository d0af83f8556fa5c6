// What lint and the examples say.
#include "law/lint_text.h"

#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "json/check_codec.h"
#include "json/text.h"
#include "support/pack_files.h"

namespace dijia::law {
namespace {

using rules::PackLayer;

TEST(Examples, OfTheShippedPacksHoldAndApplyEveryClause) {
  for (const rules::PreparedRules& rules : {rules::National(), rules::InnerMongolia()}) {
    Diagnostics diagnostics;
    const ExampleRun run = RunExamples(rules, diagnostics);
    for (const Diagnostic& d : diagnostics.kept()) ADD_FAILURE() << Describe(d, Language::kEn);
    EXPECT_EQ(run.failed, 0U);
    EXPECT_EQ(run.applied, run.clauses);
  }
}

std::vector<PackLayer> WithOffice(const std::string& text) {
  return {
      rules::ReadLayer("cn"),
      {{"office.toml",
        "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n" + text}}};
}

const char* const kNeverApplies =
    "[[clause]]\nkey = \"plots\"\nrule = \"office.plots\"\ninstrument = \"307\"\n"
    "confidence = \"seen\"\ndefect = true\nsays_zh = \"x\"\nsays_en = \"x\"\nwhen = [{ fact = "
    "\"area_sqm\", less_than = \"1000\" }, { fact = \"area_sqm\", at_least = \"2000\" }]\n";

TEST(Examples, ThatFailSayWhatIsDifferent) {
  const rules::PreparedRules rules(
      rules::MustLoad(WithOffice(std::string(kNeverApplies) +
                                 "[[example]]\nname = \"ours\"\nlike = \"1 class 14 at the "
                                 "standard\"\nverdict = \"unlawful\"\nminimum = \"90\"\n")));
  Diagnostics diagnostics;
  const ExampleRun run = RunExamples(rules, diagnostics);
  EXPECT_EQ(run.failed, 1U);
  std::string told;
  for (const Diagnostic& d : diagnostics.kept()) told += TextOf(d, Language::kEn) + "\n";
  EXPECT_EQ(told,
            "the verdict of the example \"ours\" must be \"unlawful\", not \"lawful\"\n"
            "the minimum of the example \"ours\" must be \"90\", not \"84\"\n"
            "no example applies the clause \"plots\"\n");
}

TEST(LintText, CarriesACaseThatTheCheckReads) {
  const std::vector<PackLayer> layers = WithOffice(kNeverApplies);
  const rules::RulePack pack = rules::MustLoad(layers);
  const rules::LintReport report = rules::LintLayers(layers);
  ASSERT_EQ(report.findings.size(), 1U);
  const std::string line = LintNdjson(report, &pack, Language::kEn);
  Diagnostics diagnostics;
  const auto value = json::ParseJson(line, "lint", diagnostics);
  ASSERT_TRUE(value) << line;
  const json::Value* witness = value->Find("case");
  ASSERT_TRUE(witness != nullptr && !witness->is_null()) << line;
  const rules::ReservePriceCase the_case = json::ReadCase(*witness, pack, "lint", diagnostics);
  for (const Diagnostic& d : diagnostics.kept()) ADD_FAILURE() << Describe(d, Language::kEn);
  EXPECT_EQ(the_case.case_id, "lint-1");
  EXPECT_EQ(the_case.values[*pack.FindFact("area_sqm")], 9'999'999);  // just under 1,000 m²
  const std::string lines = LintLines(report, &pack, 0.0421, Language::kEn);
  EXPECT_NE(lines.find("DJ-5301: the clause \"plots\" applies to no case\n  case: {"),
            std::string::npos)
      << lines;
  EXPECT_NE(lines.find(" cases proved in 0.042 s: 1 fault(s) found\n"), std::string::npos) << lines;
}

}  // namespace
}  // namespace dijia::law

// `rules lint`: the shipped packs are clean, every planted fault is found with a case that shows
// it.
#include "dijia/rules/lint.h"

#include <gtest/gtest.h>

#include <set>

#include "dijia/base/codes.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

constexpr std::string_view kOffice =
    "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n";
constexpr std::string_view kCite = "instrument = \"307\"\nconfidence = \"seen\"\n";

// In a file of the national layer `was` becomes `now`; an empty `was` adds `now` at the end.
struct Change {
  std::string_view file, was, now;
};

struct Fault {
  Code code;
  std::string_view about;  // stands in the message
  bool witnessed;
  std::vector<Change> changes;
};

void Apply(const Change& change, PackLayer& layer) {
  const auto file = std::ranges::find(layer, change.file, &PackFile::name);
  ASSERT_NE(file, layer.end()) << change.file;
  if (change.was.empty()) {
    file->text += "\n" + std::string(change.now);
    return;
  }
  const std::size_t at = file->text.find(change.was);
  ASSERT_NE(at, std::string::npos) << "not planted: " << change.was;
  file->text.replace(at, change.was.size(), change.now);
}

std::string Told(const LintReport& report) {
  std::string told;
  for (const LintFinding& finding : report.findings) {
    told += Describe(finding.problem, Language::kEn) + "\n";
  }
  return told;
}

const LintFinding* Find(const LintReport& report, Code code, std::string_view about) {
  for (const LintFinding& finding : report.findings) {
    const std::string text = TextOf(finding.problem, Language::kEn);
    if (finding.problem.code == code && text.find(about) != std::string::npos) return &finding;
  }
  return nullptr;
}

// A case that `dijia check` can be given: every value is one of its fact, and nothing contradicts.
void ExpectUsable(const ReservePriceCase& the_case, const RulePack& pack) {
  Diagnostics diagnostics;
  ValidateCase(pack, the_case, diagnostics);
  for (const Diagnostic& d : diagnostics.kept()) ADD_FAILURE() << Describe(d, Language::kEn);
  for (std::size_t i = 0; i < the_case.values.size(); ++i) {
    if (the_case.values[i] == kNotStated) continue;
    EXPECT_GE(the_case.values[i], pack.facts[i].lowest) << pack.facts[i].id;
    EXPECT_LE(the_case.values[i], pack.facts[i].highest) << pack.facts[i].id;
  }
}

void ExpectFound(const Fault& fault) {
  SCOPED_TRACE(std::string(fault.about));
  PackLayer layer = ReadLayer("cn");
  for (const Change& change : fault.changes) Apply(change, layer);
  const std::vector<PackLayer> layers = {layer};
  const LintReport report = LintLayers(layers);
  const LintFinding* finding = Find(report, fault.code, fault.about);
  ASSERT_NE(finding, nullptr) << CodeId(fault.code) << " is missing among\n" << Told(report);
  EXPECT_FALSE(finding->problem.where.source.empty()) << Told(report);
  EXPECT_EQ(finding->witness.has_value(), fault.witnessed) << Told(report);
  if (finding->witness) ExpectUsable(*finding->witness, MustLoad(layers));
}

TEST(Lint, FindsNothingInTheShippedPacks) {
  for (const auto& layers : {std::vector<PackLayer>{ReadLayer("cn")},
                             std::vector<PackLayer>{ReadLayer("cn"), ReadLayer("cn-150000")}}) {
    const LintReport report = LintLayers(layers);
    EXPECT_EQ(Told(report), "");
    EXPECT_GT(report.eras, 25U);
    EXPECT_GT(report.states, 1e9);
  }
}

TEST(Lint, FindsConditionsThatCannotBeMeantSo) {
  const Fault faults[] = {
      {Code::kLintNeverApplies,
       "56-4-inside",
       true,
       {{"2009-56.toml", "\"facts.inside_planned_area\", \"state_unused_land\"",
         "\"facts.inside_planned_area\", \"!facts.inside_planned_area\", \"state_unused_land\""}}},
      // Limits that exclude each other.
      {Code::kLintNeverApplies,
       "201-lease-term",
       true,
       {{"2022-201.toml", "{ fact = \"lease_years\", more_than = \"20\" }",
         "{ fact = \"lease_years\", more_than = \"20\" }, { fact = \"lease_years\", less_than = "
         "\"5\" }"},
        {"2022-201.toml", "{ fact = \"lease_years\", more_than = \"5\" }",
         "{ fact = \"lease_years\", more_than = \"5\" }, \"industrial_lease\""}}},
      // A table whose greatest number is still too small.
      {Code::kLintNeverApplies,
       "term-12",
       true,
       {{"1990-term.toml", "more_than = { table = \"maximum_term\" }",
         "more_than = { table = \"maximum_term\", times = \"3\" }"}}},
      // Dates that cannot lie so.
      {Code::kLintNeverApplies,
       "12-overdue",
       true,
       {{"procedure.toml",
         "at = \"decided_on\", more_than = 3 }, { not = { since = "
         "\"benchmark_base_date\", at = \"decided_on\", more_than = 6 } }",
         "at = \"decided_on\", more_than = 7 }, { not = { since = \"benchmark_base_date\", at = "
         "\"decided_on\", more_than = 6 } }"}}},
      // Only under a reading that is over when the clause begins.
      {Code::kLintNeverApplies,
       "307-4-rate-last",
       true,
       {{"readings.toml", "from = 2014-11-22", "from = 2014-11-20\nuntil = 2014-11-22"}}},
      {Code::kLintAlwaysApplies,
       "56-1-decision",
       true,
       {{"procedure.toml", "when = \"!facts.collective_decision\"",
         "when = { any = [\"!facts.collective_decision\", \"facts.collective_decision\"] }"}}},
      {Code::kLintAlwaysApplies,
       "4-methods",
       true,
       {{"procedure.toml", "in = [\"0\", \"1\"]",
         "in = [\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]"}}},
      {Code::kLintNeverDecides,
       "56-4-outside",
       true,
       {{"2009-56.toml", "ratio = \"0.15\"", "ratio = \"0.65\""}}},
      {Code::kLintPartWithoutEffect,
       "56-3-agri",
       true,
       {{"2009-56.toml", "\"agri_processing_division\"]",
         "\"agri_processing_division\", { fact = \"facts.industry_division\", at_most = \"20\" "
         "}]"}}},
      {Code::kLintPartWithoutEffect,
       "34-deposit",
       true,
       {{"2010-34.toml", "{ fact = \"facts.bid_deposit_share\", less_than = \"0.2\" }",
         "{ fact = \"facts.bid_deposit_share\", less_than = \"0.2\" }, { fact = "
         "\"facts.bid_deposit_share\", less_than = \"0.5\" }"}}},
  };
  for (const Fault& fault : faults) ExpectFound(fault);
}

TEST(Lint, FindsClausesThatContradictOrRepeatEachOther) {
  const std::string_view twin =
      "[[clause]]\nkey = \"twin\"\nrule = \"industrial.method\"\nfrom = 2012-01-01\n"
      "instrument = \"307\"\nconfidence = \"seen\"\nunlawful = true\nsays_zh = \"x\"\n"
      "says_en = \"x\"\nfailed_zh = \"x\"\nfailed_en = \"x\"\n"
      "when = [\"!facts.agreement_allowed_by_law\", { fact = \"method\", is = \"agreement\" }, "
      "{ not = { fact = \"use\", not_in = [\"industrial\"] } }]\n";
  const std::string_view later =
      "[[clause]]\nkey = \"56-2-later\"\nrule = \"industrial.ratio.priority_intensive\"\n"
      "from = 2028-01-01\ninstrument = \"56\"\nconfidence = \"seen\"\nratio = \"0.75\"\n"
      "says_zh = \"x\"\nsays_en = \"x\"\nwhen = [\"floor_or_lease\", "
      "\"facts.priority_industry_listed\"]\n";
  const Fault faults[] = {
      {Code::kLintTwin, "twin", true, {{"2006-307.toml", "", twin}}},
      // The new clause begins, the old one was not closed.
      {Code::kLintOverlap, "56-2-later", true, {{"2009-56.toml", "", later}}},
      // Full and reduced costs no longer exclude each other.
      {Code::kLintOverlap,
       "56-5-cost-term",
       true,
       {{"definitions.toml", "reading = \"cost_term\", is = \"proportional\"",
         "reading = \"cost_term\", is = \"strict\""},
        {"definitions.toml", "{ fact = \"term_years\", at_least = { value = \"full_term_years\" }",
         "{ fact = \"term_years\", at_least = \"40\""}}},
  };
  for (const Fault& fault : faults) ExpectFound(fault);
}

TEST(Lint, FindsGaps) {
  const Fault faults[] = {
      {Code::kLintClaimBroken,
       "industrial-transfer-has-a-floor",
       true,
       {{"definitions.toml", "\"auction\", \"listing\", \"agreement\"] },",
         "\"listing\", \"agreement\"] },"}}},
      // The clause ends and nothing follows it.
      {Code::kLintClaimBroken,
       "from 2026-01-01",
       true,
       {{"2006-307.toml", "from = 2007-01-01", "from = 2007-01-01\nuntil = 2026-01-01"}}},
      // Between 3 and 4 years nothing is said.
      {Code::kLintClaimBroken,
       "old-benchmark-has-one-status",
       true,
       {{"procedure.toml",
         "more_than = 3 }, { not = { since = \"benchmark_base_date\", at = "
         "\"decided_on\", more_than = 6 } }, \"facts.stable",
         "more_than = 4 }, { not = { since = \"benchmark_base_date\", at = \"decided_on\", "
         "more_than = 6 } }, \"facts.stable"}}},
      // After exactly two years both consequences.
      {Code::kLintClaimBroken,
       "> 1 of its clauses",
       true,
       {{"procedure.toml",
         "{ not = { since = \"facts.agreed_start_on\", at = "
         "\"facts.idle_observed_on\", at_least = 2 } }",
         "{ not = { since = \"facts.agreed_start_on\", at = \"facts.idle_observed_on\", more_than "
         "= "
         "2 } }"}}},
      {Code::kLintTableHole, "land_class = 9", true, {{"standard.csv", "9,204,,,\n", ""}}},
      {Code::kLintTableHole, "use = storage", true, {{"maximum_term.csv", "storage,50,,,\n", ""}}},
      {Code::kLintTableHole,
       "facts.industry_division_2002 = 25",
       true,
       {{"far_standard_2008.csv", "25,0.5,,,\n", "25,0.5,,2012-01-01,\n25,0.5,2013-01-01,,\n"}}},
      {Code::kLintTableHole,
       "from 2010-01-01 to 2011-01-01",
       true,
       {{"standard.csv", "9,204,,,\n", "9,204,,2010-01-01,\n9,204,2011-01-01,,\n"}}},
      {Code::kLintIdentityBroken,
       "which is 384, not 374",
       true,
       {{"standard.csv", "5,384", "5,374"}}},
  };
  for (const Fault& fault : faults) ExpectFound(fault);
}

TEST(Lint, FindsHolesInTime) {
  const Fault faults[] = {
      {Code::kLintRuleHole,
       "industrial.capitalization_rate",
       true,
       {{"2006-307.toml", "until = 2014-11-22", "until = 2014-10-22"}}},
      {Code::kLintValueHole,
       "from 2007-03-01 to 2007-03-18",
       true,
       {{"values.toml", "until = 2007-03-18", "until = 2007-03-01"}}},
      // The clause goes on, its number ends.
      {Code::kLintValueHole,
       "deposit_rate_5y_last_published",
       true,
       {{"values.toml", "value = \"0.0475\"\nunit = \"per_year\"\nfrom = 2014-11-22",
         "value = \"0.0475\"\nunit = \"per_year\"\nfrom = 2014-11-22\nuntil = 2030-01-01"}}},
      {Code::kLintDefaultNotInForce,
       "cost_term",
       true,
       {{"readings.toml", "id = \"strict\"", "id = \"strict\"\nuntil = 2028-01-01"}}},
  };
  for (const Fault& fault : faults) ExpectFound(fault);
}

TEST(Lint, FindsWhatNothingUses) {
  const Fault faults[] = {
      {Code::kLintUnusedValue,
       "old_rate",
       false,
       {{"values.toml", "",
         "[[value]]\nid = \"old_rate\"\nvalue = \"0.1\"\nunit = \"per_year\"\ninstrument = "
         "\"pboc\"\nconfidence = \"memory\"\n"}}},
      {Code::kLintUnusedTable,
       "new_land_fee",
       false,
       {{"tables.toml",
         "[[identity]]\ntable = \"standard\"\nequals = \"new_land_fee\"\ntimes = \"6\"\n", ""}}},
      {Code::kLintUnusedInstrument,
       "国务院令第743号",
       false,
       {{"instruments.toml", "implementing the land administration law\"\nbackground = true",
         "implementing the land administration law\""}}},
      {Code::kLintUnusedReading,
       "cost_evidence",
       false,
       {{"2009-56.toml",
         "{ any = [{ reading = \"cost_evidence\", is = \"always\" }, "
         "\"!meets_standard\"] }",
         "\"!meets_standard\""}}},
      {Code::kLintUnusedDefinition,
       "lonely",
       false,
       {{"definitions.toml", "",
         "[[definition]]\nid = \"lonely\"\nname_zh = \"x\"\nname_en = \"x\"\nwhen = "
         "\"industrial\"\n"}}},
      {Code::kLintUnusedFact,
       "facts.bid_deposit_colour",
       false,
       {{"facts.toml", "",
         "[[fact]]\nid = \"facts.bid_deposit_colour\"\ntype = \"yes_no\"\nquestion_zh = "
         "\"x\"\nquestion_en = \"x\"\n"}}},
  };
  for (const Fault& fault : faults) ExpectFound(fault);
}

TEST(Lint, FindsMissingTextsCitationsAndNumbers) {
  const Fault faults[] = {
      {Code::kLintTextMissing,
       "failed_en",
       false,
       {{"2006-31.toml", "failed_en = \"after rebates", "# \"after rebates"}}},
      {Code::kLintTextsDiffer,
       "{deficit} {limit}",
       false,
       {{"2006-31.toml", "is below {limit} yuan/m² by {deficit} yuan/m²",
         "is below {limit} yuan/m²"}}},
      // What the loader refuses is found by the lint too.
      {Code::kMissingField, "instrument", false, {{"2009-56.toml", "instrument = \"56\"\n", ""}}},
      {Code::kRatioOutOfRange, "1.5", false, {{"2009-56.toml", "\"0.15\"", "\"1.5\""}}},
      {Code::kNameMisspelt,
       "facts.self_developed",
       false,
       {{"2009-56.toml", "\"facts.self_developed\"", "\"facts.self_develloped\""}}},
      {Code::kPeriodsOverlap,
       "deposit_rate_5y",
       false,
       {{"values.toml", "until = 2007-03-18", "until = 2007-04-18"}}},
  };
  for (const Fault& fault : faults) ExpectFound(fault);
}

// A local layer with one more section.
LintReport WithOffice(const std::string& text, const std::string& csv = "") {
  return LintLayers(std::vector<PackLayer>{
      ReadLayer("cn"), {{"office.toml", std::string(kOffice) + text}, {"local.csv", csv}}});
}

TEST(Lint, ShowsWhatALocalPackLoosens) {
  const RulePack& national = National().pack();
  const std::string ratio =
      "[[clause]]\nkey = \"x\"\nrule = \"industrial.ratio.local\"\nratio = \"0.5\"\n"
      "when = [\"floor_transfer\", \"facts.priority_industry_listed\"]\n"
      "says_zh = \"x\"\nsays_en = \"x\"\n" +
      std::string(kCite);
  const std::string table =
      "[[table]]\nid = \"standard\"\nfile = \"local.csv\"\nunit = \"yuan_per_sqm\"\n"
      "keys = [\"land_class\"]\nfrom = 2020-01-01\ntighten = true\n" +
      std::string(kCite);
  const LintReport reports[] = {WithOffice(ratio),
                                WithOffice(table, "land_class,value,from,until,note\n15,59,,,\n")};
  for (const LintReport& report : reports) {
    const LintFinding* finding = Find(report, Code::kLoosens, "must not loosen");
    ASSERT_NE(finding, nullptr) << Told(report);
    ASSERT_TRUE(finding->witness) << Told(report);
    // The national pack does not let this price pass without more facts.
    ReservePriceCase the_case = *finding->witness;
    the_case.values.resize(national.facts.size());
    ExpectUsable(the_case, national);
    the_case.values[*national.FindFact("use")] = 2;
    the_case.values[*national.FindFact("method")] = 2;
    for (const std::string_view no :
         {"facts.priority_industry_listed", "facts.agri_processing_listed", "facts.self_developed",
          "facts.in_cultivated_reserve"}) {
      the_case.values[*national.FindFact(no)] = 0;
    }
    the_case.values[*national.FindFact("facts.land_origin")] = 3;
    EXPECT_EQ(VerdictOf(the_case, National()), Verdict::kUnlawful);
  }
}

TEST(Lint, SaysWhenANumberHasTooManyLimits) {
  std::string text;
  for (int i = 0; i < 70; ++i) {
    text += "[[clause]]\nkey = \"k" + std::to_string(i) + "\"\nrule = \"r\"\ndefect = true\n" +
            "when = { fact = \"area_sqm\", more_than = \"" + std::to_string(1000 + i) + "\" }\n" +
            "says_zh = \"x\"\nsays_en = \"x\"\n" + std::string(kCite);
  }
  const LintReport report = WithOffice(text);
  EXPECT_NE(Find(report, Code::kLintTooManyCells, "area_sqm"), nullptr) << Told(report);
}

}  // namespace
}  // namespace dijia::rules

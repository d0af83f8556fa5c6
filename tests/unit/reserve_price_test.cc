#include "dijia/rules/reserve_price.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "support/case_builder.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

// The sentence of issue 3 §2.
TEST(Finding, SaysTheNumbersInAPlainSentence) {
  const auto check = CheckWith(National(), {{"price.amount", "83.99"}});
  const Finding* finding = FindingOf(check, "industrial.minimum_price");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->reason.zh, "底价 83.99 元/㎡ 低于十四等最低价标准 84 元/㎡，差 0.01 元/㎡");
  EXPECT_EQ(finding->reason.en,
            "the reserve of 83.99 yuan/m² is below the class 14 minimum price of 84 yuan/m² by "
            "0.01 yuan/m²");
  EXPECT_EQ(finding->citation.instrument, "国土资发〔2006〕307号");
  EXPECT_EQ(finding->words_sha256.size(), 64U);
}

TEST(Check, HidesADeficitBelowHalfAFenInRounding) {
  const auto check = CheckWith(National(), {{"price.amount", "83.9951"}});
  EXPECT_EQ(check.verdict, Verdict::kLawful);
  EXPECT_TRUE(check.equal_within_rounding);
  EXPECT_EQ(VerdictWith(National(), {{"price.amount", "83.995"}}), Verdict::kUnlawful);
}

// Two sentences that contradict each other do not explain a verdict.
TEST(Finding, DoesNotSayThatAPriceWithinRoundingReachesItsLimit) {
  const auto check = CheckWith(National(), {{"price.amount", "83.9951"}});
  const Finding* finding = FindingOf(check, "industrial.minimum_price");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->outcome, Outcome::kLawful);
  EXPECT_EQ(finding->reason.zh,
            "底价 83.9951 元/㎡ 低于十四等最低价标准 84 元/㎡，差 0.0049 "
            "元/㎡；差额在四舍五入误差之内，视为相等");
  EXPECT_EQ(finding->reason.en,
            "the reserve of 83.9951 yuan/m² is below the class 14 minimum price of 84 yuan/m² by "
            "0.0049 yuan/m²; rounding hides that much: it counts as equal");
}

// It is held against the full standard, although an exception would allow half of it.
TEST(Check, HidesADeficitInRoundingAlsoWhereAnExceptionHolds) {
  const auto check = CheckWith(National(), {{"price.amount", "83.9951"},
                                            {"facts.inside_planned_area", "yes"},
                                            {"facts.land_origin", "state_unused"},
                                            {"facts.in_cultivated_reserve", "no"},
                                            {"facts.self_developed", "yes"}});
  EXPECT_EQ(check.verdict, Verdict::kLawful);
  EXPECT_EQ(check.lawful_minimum, 840'000);
  EXPECT_TRUE(check.equal_within_rounding);
}

// legal-rules §12 no. 8: a rent is restated to 50 years, whatever its own term is.
TEST(Check, OfALeaseWithoutATermKnowsTheLowestRent) {
  const auto check = CheckWith(National(), {{"method", "lease"},
                                            {"land_class", "15"},
                                            {"term_years", "unknown"},
                                            {"lease_years", "10"},
                                            {"price.amount", "2.00"},
                                            {"price.unit", "yuan_per_sqm_year"},
                                            {"capitalization_rate", "0.06"},
                                            {"rent_timing", "arrears"},
                                            {"decided_on", "2020-01-01"},
                                            {"cost_yuan_per_sqm", "10"}});
  EXPECT_EQ(check.verdict, Verdict::kUnlawful);
  EXPECT_EQ(check.lawful_minimum, 38'067);
  EXPECT_EQ(check.price_full_term, 315'237);
  const Finding* finding = FindingOf(check, "lease.minimum_price");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->reason.zh.find('?'), std::string::npos) << finding->reason.zh;
}

// The readings differ on the rate alone: the cost floor is met under each of them.
TEST(Check, HangsAConflictOnTheClauseThatReadingsDecide) {
  const auto check = CheckWith(National(), {{"term_years", "20"},
                                            {"capitalization_rate", "0.04"},
                                            {"price.amount", "100"},
                                            {"decided_on", "2024-05-01"}});
  EXPECT_EQ(check.verdict, Verdict::kConflictReview);
  EXPECT_EQ(check.deciding_rule, "industrial.capitalization_rate");
  for (const Finding& finding : check.findings) {
    if (finding.rule != "industrial.cost_floor") continue;
    EXPECT_EQ(finding.outcome, Outcome::kLawful) << finding.clause;
  }
}

// legal-rules §12 no. 11 at the price that is lawful: the costs bind, not 70 % of the benchmark.
TEST(Check, NamesTheClauseThatBindsAmongThoseOfOneRule) {
  const auto check = CheckWith(National(), {{"use", "commercial"},
                                            {"method", "agreement"},
                                            {"term_years", "40"},
                                            {"price.amount", "450"},
                                            {"cost_yuan_per_sqm", "450"},
                                            {"benchmark_price_yuan_per_sqm", "600"}});
  EXPECT_EQ(check.verdict, Verdict::kLawful);
  EXPECT_EQ(check.deciding_rule, "agreement.minimum");
  EXPECT_EQ(check.deciding_clause, "21-5-cost");
}

TEST(Check, GivesNoPriceOfLandWhereTheFloorAreaRatioIsUnknown) {
  const auto check = CheckWith(
      National(),
      {{"price.amount", "100"}, {"price.unit", "yuan_per_sqm_floor"}, {"facts.far", "unknown"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  EXPECT_TRUE(Asks(check, "facts.far"));
  EXPECT_FALSE(check.price);
  EXPECT_FALSE(check.price_full_term);
  const Finding* finding = FindingOf(check, "industrial.minimum_price");
  ASSERT_NE(finding, nullptr);
  EXPECT_NE(finding->reason.zh.find("底价 ? 元/㎡"), std::string::npos) << finding->reason.zh;
}

TEST(Check, TakesRebatesOffThePrice) {
  const auto check =
      CheckWith(National(), {{"price.amount", "90"}, {"rebates_yuan_per_sqm", "10"}});
  EXPECT_EQ(check.verdict, Verdict::kUnlawful);
  EXPECT_NE(FindingOf(check, "price.effective"), nullptr);
}

TEST(Check, AsksForCostOnlyWhereARatioIsNeeded) {
  const auto full = CheckWith(National(), {{"cost_yuan_per_sqm", "unknown"}});
  EXPECT_EQ(full.verdict, Verdict::kLawful);
  EXPECT_EQ(FindingOf(full, "industrial.cost_floor")->outcome, Outcome::kDefect);
  const auto half = CheckWith(National(), {{"cost_yuan_per_sqm", "unknown"},
                                           {"price.amount", "42"},
                                           {"facts.land_origin", "state_unused"},
                                           {"facts.self_developed", "yes"}});
  EXPECT_EQ(half.verdict, Verdict::kNeedsFacts);
  ASSERT_EQ(half.missing.size(), 1U);
  EXPECT_EQ(half.missing[0].fact, "cost_yuan_per_sqm");
}

TEST(Check, SaysWhatEachAnswerWouldMean) {
  const auto check = CheckWith(National(), {{"price.amount", "51"},
                                            {"facts.inside_planned_area", "no"},
                                            {"facts.self_developed", "unknown"}});
  ASSERT_EQ(check.missing.size(), 1U);
  const MissingFact& missing = check.missing[0];
  EXPECT_EQ(missing.fact, "facts.self_developed");
  ASSERT_EQ(missing.answers.size(), 2U);
  EXPECT_EQ(missing.answers[0].value, "no");
  EXPECT_EQ(missing.answers[0].verdict, Verdict::kUnlawful);
  EXPECT_EQ(missing.answers[0].minimum, 840'000);
  EXPECT_EQ(missing.answers[1].value, "yes");
  EXPECT_EQ(missing.answers[1].verdict, Verdict::kLawful);
  EXPECT_EQ(missing.answers[1].minimum, 504'000);
}

// Such an answer is "any number": the end of the range that may be stated is no bound of the law.
TEST(Check, DoesNotBoundAnAnswerThatTurnsNowhere) {
  const auto check =
      CheckWith(National(), {{"price.amount", "83.99"},
                             {"decided_on", "2024-05-01"},
                             {"facts.priority_industry_listed", "unknown"},
                             {"facts.far", "unknown"},
                             {"facts.far_standard", "unknown"},
                             {"facts.industry_code", "unknown"},
                             {"facts.building_coefficient", "unknown"},
                             {"facts.investment_wan_yuan_per_ha", "unknown"},
                             {"facts.investment_standard_wan_yuan_per_ha", "unknown"},
                             {"facts.agri_processing_listed", "unknown"},
                             {"facts.at_place_of_origin", "unknown"},
                             {"facts.inside_planned_area", "unknown"},
                             {"facts.land_origin", "unknown"},
                             {"facts.in_cultivated_reserve", "unknown"},
                             {"facts.self_developed", "unknown"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  int unbounded = 0;
  for (const MissingFact& missing : check.missing) {
    if (missing.answers.size() != 1) continue;
    ++unbounded;
    EXPECT_TRUE(missing.answers[0].value.starts_with(">= ")) << missing.fact;
  }
  EXPECT_GT(unbounded, 0);
}

TEST(Check, DoesNotAskForFactsThatCannotChangeTheVerdict) {
  const auto check = CheckWith(National(), {{"price.amount", "100"},
                                            {"facts.priority_industry_listed", "unknown"},
                                            {"facts.self_developed", "unknown"}});
  EXPECT_EQ(check.verdict, Verdict::kLawful);
  EXPECT_TRUE(check.missing.empty());
}

TEST(Check, LooksOnlyAtTheCandidateClasses) {
  ReservePriceCase the_case =
      With(National().pack(), PlainCase(National().pack()), {{"land_class", "unknown"}});
  the_case.land_class_candidates = 1U << 14U | 1U << 15U;
  EXPECT_EQ(VerdictOf(the_case, National()), Verdict::kLawful);
  the_case.land_class_candidates = 1U << 13U | 1U << 14U;
  EXPECT_EQ(VerdictOf(the_case, National()), Verdict::kNeedsFacts);
}

// A starting price opens the amount upwards; asking for the kind once split it without end.
TEST(Check, AsksForTheKindOfALowPrice) {
  const auto check = CheckWith(National(), {{"price.kind", "unknown"},
                                            {"price.amount", "70"},
                                            {"facts.self_developed", "unknown"},
                                            {"facts.inside_planned_area", "unknown"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  EXPECT_TRUE(Asks(check, "price.kind"));
}

TEST(Check, WithoutADateAsksForIt) {
  const auto check = CheckWith(National(), {{"decided_on", "unknown"}, {"price.amount", "10"}});
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  EXPECT_TRUE(Asks(check, "decided_on"));
}

TEST(Check, OfStorageLandIsNotApplicable) {
  EXPECT_EQ(VerdictWith(National(), {{"use", "storage"}, {"price.amount", "1"}}),
            Verdict::kNotApplicable);
}

TEST(Check, OfAnIndustrialAgreementAsksWhetherTheLawAllowsIt) {
  const std::initializer_list<Stated> agreement = {{"method", "agreement"},
                                                   {"benchmark_price_yuan_per_sqm", "100"}};
  const auto check = CheckWith(National(), agreement);
  EXPECT_EQ(check.verdict, Verdict::kNeedsFacts);
  EXPECT_TRUE(Asks(check, "facts.agreement_allowed_by_law"));
  EXPECT_EQ(VerdictWith(National(), {{"method", "agreement"},
                                     {"benchmark_price_yuan_per_sqm", "100"},
                                     {"facts.agreement_allowed_by_law", "no"}}),
            Verdict::kUnlawful);
}

TEST(Check, RefusesATermAboveTheMaximum) {
  const auto check = CheckWith(National(), {{"term_years", "51"}});
  EXPECT_EQ(check.verdict, Verdict::kUnlawful);
  EXPECT_EQ(check.deciding_rule, "term.maximum");
}

TEST(Check, OfALeaseBeforeATransferUsesThePresentValue) {
  // 5 years of 3.00 at 6 % are 12.6371; 97 after them 72.4840: together 85.1211 ≥ 84.
  const std::initializer_list<Stated> package = {{"method", "lease_then_transfer"},
                                                 {"decided_on", "2024-06-01"},
                                                 {"price.amount", "3"},
                                                 {"price.unit", "yuan_per_sqm_year"},
                                                 {"capitalization_rate", "0.06"},
                                                 {"rent_timing", "arrears"},
                                                 {"lease_years", "5"},
                                                 {"transfer_price_yuan_per_sqm", "97"}};
  const auto check = CheckWith(National(), package);
  EXPECT_EQ(check.verdict, Verdict::kLawful);
  EXPECT_EQ(FormatDecimal(check.price_full_term.value_or(0), 4), "85.1211");
}

TEST(Check, OfAPartYearIsDecidedByBounds) {
  EXPECT_EQ(VerdictWith(
                National(),
                {{"term_years", "20.5"}, {"capitalization_rate", "0.06"}, {"price.amount", "70"}}),
            Verdict::kLawful);
  EXPECT_EQ(VerdictWith(
                National(),
                {{"term_years", "20.5"}, {"capitalization_rate", "0.06"}, {"price.amount", "61"}}),
            Verdict::kUnlawful);
}

TEST(Case, ReportsEveryUnknownFactAndValue) {
  const std::vector<Stated> facts = {{"facts.fa", "1"},       {"use", "factory"},
                                     {"land_class", "16"},    {"price.amount", "0,8"},
                                     {"decided_on", "today"}, {"price.amount", "1.23456"},
                                     {"zzzzzzzz", "1"}};
  Diagnostics diagnostics;
  CaseOf(National().pack(), facts, diagnostics);
  std::vector<Code> codes;
  for (const Diagnostic& diagnostic : diagnostics.kept()) codes.push_back(diagnostic.code);
  EXPECT_EQ(codes, (std::vector<Code>{Code::kFactMisspelt, Code::kNotAFactValue,
                                      Code::kFactOutOfRange, Code::kNotANumber, Code::kNotADate,
                                      Code::kTooManyDecimals, Code::kFactUnknown}));
  EXPECT_EQ(TextOf(diagnostics.kept()[0], Language::kEn),
            "there is no fact \"facts.fa\"; \"facts.far\" may be meant");
}

TEST(Case, OfATransferCannotHaveARent) {
  const RulePack& pack = National().pack();
  Diagnostics diagnostics;
  ValidateCase(pack, With(pack, PlainCase(pack), {{"price.unit", "yuan_per_mu_year"}}),
               diagnostics);
  ValidateCase(pack, With(pack, PlainCase(pack), {{"price.unit", "unknown"}}), diagnostics);
  ASSERT_EQ(diagnostics.total(), 2U);
  EXPECT_EQ(diagnostics.kept()[0].code, Code::kRentUnitForTransfer);
  EXPECT_EQ(diagnostics.kept()[1].code, Code::kPriceIncomplete);
}

// Ratios, prices and shares of the law live in the packs (issue 3 §1).
TEST(RulesSource, HasNoLegalNumber) {
  const std::regex legal(
      R"((0\.7\b|0\.15\b|0\.6\b|0\.3\b|0\.02\b|\b840\b|\b720\b|\b504\b|\b4\.75\b|)"
      R"(0\.0475|\b1\.4\b|\b0\.42\b|\b700'?000\b|\b150'?000\b|0\.005))");
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/src")) {
    std::ifstream in(entry.path());
    std::string line;
    while (std::getline(in, line)) {
      const std::string code = line.substr(0, line.find("//"));
      // Example texts of messages are not law.
      if (code.find('"') != std::string::npos) continue;
      EXPECT_FALSE(std::regex_search(code, legal)) << entry.path() << ": " << line;
    }
  }
}

}  // namespace
}  // namespace dijia::rules

// The contract's example of a reserve-price check, in and out (contract.md §6).
#include "json/check_codec.h"

#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "json/text.h"
#include "support/pack_files.h"

namespace dijia::json {
namespace {

constexpr std::string_view kCase = R"({ "case_id": "A-1", "county": "150304", "land_class": 10,
  "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "area_sqm": 27662,
  "term_years": 50, "capitalization_rate": "0.06",
  "price": {"amount": "464.7216", "unit": "wan_yuan_total", "kind": "reserve"},
  "rent_timing": "arrears", "rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, "rent_reviews": [],
  "appraised_price_50y_yuan_per_sqm": null, "lease_years": null,
  "transfer_price_yuan_per_sqm": null, "benchmark_price_yuan_per_sqm": null,
  "benchmark_base_date": null,
  "facts": { "priority_industry_listed": true, "industry_code": "3011",
             "industry_code_version": "2017", "far": 1.2, "building_coefficient": 0.45,
             "investment_wan_yuan_per_ha": 5000, "investment_standard_wan_yuan_per_ha": 4400,
             "far_standard": null, "agri_processing_listed": null, "at_place_of_origin": null,
             "inside_planned_area": true, "land_origin": "state_unused",
             "in_cultivated_reserve": false, "self_developed": null,
             "valuation_methods": 2, "collective_decision": true } })";

rules::ReservePriceCase Read(std::string_view text, Diagnostics& diagnostics) {
  const auto value = ParseJson(text, "case.json", diagnostics);
  if (!value) return {};
  return ReadCase(*value, rules::InnerMongolia().pack(), "case.json", diagnostics);
}

TEST(CheckCodec, AnswersTheExampleOfTheContract) {
  Diagnostics diagnostics;
  const auto the_case = Read(kCase, diagnostics);
  for (const Diagnostic& d : diagnostics.kept()) ADD_FAILURE() << Describe(d, Language::kEn);
  const rules::PreparedRules& rules = rules::InnerMongolia();
  const Value answer = WriteCheck(CheckReservePrice(the_case, rules), rules.pack(), Language::kZh);
  const std::string text = ToPretty(answer);
  for (const std::string_view part :
       {R"("verdict": "lawful")", R"("lawful_minimum_yuan_per_sqm": 168)",
        R"("price_yuan_per_sqm": 168)", R"("price_50y_yuan_per_sqm": 168)",
        R"("standard_yuan_per_sqm": 168)", R"("ratio": 1)", R"("deficit_yuan_per_sqm": 0)",
        R"("equal_within_rounding": false)", R"("missing": [])", R"("decided_on": "2023-05-01")",
        R"("deciding_rule": "industrial.minimum_price")", R"("id": "cn-150000")"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(CheckCodec, ReportsEveryProblemWithItsPointer) {
  Diagnostics diagnostics;
  Read(R"({"land_class": 16, "price": {"amount": 1.23456, "units": "yuan_total"},
           "facts": {"fa": 1, "at_place_of_origin": "maybe"}, "rent_reviews": [{"rent": 1}]})",
       diagnostics);
  std::vector<std::string> fields;
  for (const Diagnostic& diagnostic : diagnostics.kept()) fields.push_back(diagnostic.where.field);
  EXPECT_EQ(fields,
            (std::vector<std::string>{"/land_class", "/price/amount", "/price/units", "/facts/fa",
                                      "/facts/at_place_of_origin", "/rent_reviews/0"}));
}

TEST(CheckCodec, WritesTheSameLineWithAndWithoutATree) {
  const rules::PreparedRules& rules = rules::InnerMongolia();
  for (const rules::Example& example : rules.pack().examples) {
    rules::ReservePriceCase the_case = CaseOfExample(rules.pack(), example);
    the_case.case_id = example.name;
    const rules::ReservePriceCheck check = CheckReservePrice(the_case, rules);
    for (const Language language : {Language::kZh, Language::kEn}) {
      std::string line;
      AppendCheck(check, rules.pack(), language, line);
      EXPECT_EQ(line, ToLine(WriteCheck(check, rules.pack(), language)));
    }
  }
}

TEST(CheckCodec, AnswersABadCaseInItsPlace) {
  Diagnostics problems;
  Read(R"({"case_id": "B-7", "land_class": 16, "facts": 3, "price": {"amount": 5}})", problems);
  EXPECT_EQ(ToLine(WriteCaseError("B-7", problems, Language::kEn)),
            R"({"case_id": "B-7", "error": {"code": "DJ-5201", )"
            R"("title": "the case has 3 problems and was not judged", "errors": [)"
            R"({"code": "DJ-5008", "pointer": "/land_class", )"
            R"("text": "16 is out of range; 1 to 15 is allowed"}, )"
            R"({"code": "DJ-1262", "pointer": "/facts", "text": "3 is not a table of fields"}, )"
            R"({"code": "DJ-5104", "pointer": "/price/unit", )"
            R"("text": "price.amount is given; price.unit is needed too"}]}})");
}

TEST(CheckCodec, RefusesWhatContradictsItself) {
  Diagnostics problems;
  Read(R"({"case_id": [1], "land_class": [], "term_years": 50, "price.amount": 1,
           "price": {"amount": 2, "unit": "yuan_total"},
           "benchmark_base_date": "2024-01-01", "benchmark_published_on": "2023-01-01",
           "rent_reviews": [{"after_years": 5, "rent": 1, "note": ""}]})",
       problems);
  std::vector<std::string> told;
  for (const Diagnostic& problem : problems.kept()) {
    told.push_back(CodeId(problem.code) + " " + problem.where.field);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"DJ-1257 /case_id", "DJ-5007 /land_class",
                                            "DJ-1253 /price/amount", "DJ-1255 /rent_reviews/0/note",
                                            "DJ-5024 /benchmark_published_on"}));
}

TEST(CheckCodec, ReducesReviewsToIntervalAndRise) {
  Diagnostics diagnostics;
  const auto the_case = Read(
      R"({"price": {"amount": 100, "unit": "yuan_per_sqm_year"},
          "rent_reviews": [{"after_years": 5, "rent": 110}, {"after_years": 4, "rent": 121.0001}]})",
      diagnostics);
  const rules::RulePack& pack = rules::InnerMongolia().pack();
  EXPECT_EQ(the_case.values[*pack.FindFact("rent_reviews.shortest_interval_years")], 40'000);
  EXPECT_EQ(the_case.values[*pack.FindFact("rent_reviews.highest_rise")], 1'100'001);
}

}  // namespace
}  // namespace dijia::json

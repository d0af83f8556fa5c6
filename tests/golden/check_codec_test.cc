// The contract's example of a reserve-price check, in and out (contract.md §6).
#include "json/check_codec.h"

#include <gtest/gtest.h>

#include "json/text.h"
#include "support/pack_files.h"

namespace dijia::json {
namespace {

constexpr std::string_view kCase = R"({ "case_id": "A-1", "county": "150304", "land_class": 10,
  "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "area_sqm": 27662,
  "term_years": 50, "capitalization_rate": "0.06",
  "price": {"amount": "464.7216", "unit": "wan_yuan_total", "kind": "reserve"},
  "rent_timing": "arrears", "rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, "rent_reviews": [],
  "lease_years": null, "benchmark_base_date": null,
  "facts": { "priority_industry_listed": true, "industry_code": "3011", "far": 1.2,
             "industry_code_version": "2017", "inside_planned_area": true,
             "land_origin": "construction", "valuation_methods": 2, "collective_decision": true } })";

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
        R"("price_yuan_per_sqm": 168)", R"("standard_yuan_per_sqm": 168)",
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

#include "json/publication_codec.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "json/text.h"

namespace dijia::json {
namespace {

// The example of contract §4, with a street frontage table and an index added so that every kind of
// coefficient occurs.
constexpr std::string_view kExample = R"json({
 "format": "dijia-publication/1", "id": "demo-2025", "county": "000000", "area": "城区",
 "title": "示例", "document_no": "示例〔2026〕1号",
 "base_date": "2025-04-01", "effective_from": "2026-01-06", "effective_until": null,
 "status": "published", "primary_unit": "yuan_per_sqm",
 "rounding": {"coefficient": {"interval": "0.0001", "mode": "half_up"},
   "factor_sum": {"interval": "0.000001", "mode": "half_up"},
   "months": {"interval": "0.01", "mode": "half_up"},
   "unit_price": {"interval": "0.1", "mode": "half_up"},
   "floor_price": {"interval": "0.01", "mode": "half_up"},
   "total": {"interval": "1", "mode": "half_up"}},
 "uses": {"residential": {
  "name": "居住用地", "term_years": 70, "capitalization_rate": "0.0675",
  "development_level": "五通一平",
  "grades": [{"grade": 1, "price": "790", "far": "2.0"}, {"grade": 2, "price": null, "far": 2.0}],
  "zones": [{"zone": "J101", "grade": 1, "price": "800"}],
  "formula": {"sum": "regional", "product": ["term", "far", "date", "area", "shape", "depth"],
              "add": ["development"]},
  "coefficients": {
   "term": {"kind": "term_formula"},
   "far": {"kind": "curve", "by": "grade", "interpolation": "linear", "outside": "clamp",
           "rows": [{"at": "1.0", "values": {"1": "0.7001", "2": "0.7384"}},
                    {"at": "1.1", "values": {"1": "0.7353", "*": "0.7698"}}]},
   "date": {"kind": "monthly_rate", "rate": "0.002", "months": "whole_plus_days_over_30"},
   "index": {"kind": "index", "points": [{"date": "2025-01-01", "index": "1"},
                                         {"date": "2025-04-01", "index": "1.02"}]},
   "regional": {"kind": "factors", "unit": "percent", "by": "grade",
    "tables": {"2": [{"factor": "距汽车站距离",
      "levels": {"优": "0.4108", "较优": "0.2054", "一般": "0", "较劣": "-0.3202", "劣": "-0.6403"},
      "breaks": {"bounds": ["300", "700", "1100", "1500"], "closed": "right",
                 "order": ["优", "较优", "一般", "较劣", "劣"]}}]}},
   "area": {"kind": "levels", "levels": {"优": "1.02", "劣": "0.98"},
            "breaks": {"bounds": ["200"], "closed": "left", "order": ["劣", "优"]}},
   "shape": {"kind": "levels", "levels": {"优": "1.03", "劣": "0.97"}},
   "depth": {"kind": "depth", "standard_depth_m": "16", "outside": "clamp",
             "rows": [{"at": "0.25", "percent": "160"}, {"at": "1", "percent": "100"}]},
   "development": {"kind": "additive", "levels": {"五通一平": "0", "三通一平": "-45"}}
  }}}})json";

std::string Replaced(std::string_view from, std::string_view to) {
  std::string text(kExample);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::vector<std::string> Complaints(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(ReadPublication(text, "p.json", diagnostics));
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    lines.push_back(Describe(diagnostic, Language::kEn));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(ReadPublication, ReadsTheExampleOfTheContract) {
  Diagnostics diagnostics;
  const auto publication = ReadPublication(kExample, "p.json", diagnostics);
  ASSERT_TRUE(publication);
  EXPECT_EQ(diagnostics.total(), 0U);
  EXPECT_EQ(publication->id, "demo-2025");
  const PublishedUse& use = publication->uses.at(LandUse::kResidential);
  EXPECT_EQ(use.term, Years::Of(70));
  EXPECT_EQ(use.capitalization_rate.ToString(), "0.0675");
  EXPECT_EQ(use.grades.at(0).price, UnitPrice::Of(790));
  EXPECT_EQ(use.grades.at(1).price, std::nullopt);
  EXPECT_EQ(use.grades.at(1).far, FloorAreaRatio::Of(2));
  const auto& far = std::get<Curve>(use.coefficients.at("far"));
  EXPECT_EQ(far.rows.at(1).values.at(0).ToString(), "0.7698");
  const auto& regional = std::get<Factors>(use.coefficients.at("regional"));
  EXPECT_EQ(regional.tables.at(2).at(0).levels.at("劣").ToString(), "-0.6403");
}

TEST(WritePublication, ReadsBackAsTheSamePublication) {
  Diagnostics diagnostics;
  const auto first = ReadPublication(kExample, "p.json", diagnostics);
  ASSERT_TRUE(first);
  const std::string pretty = ToPretty(WritePublication(*first));
  const auto second = ReadPublication(pretty, "p.json", diagnostics);
  ASSERT_TRUE(second) << pretty;
  EXPECT_EQ(*first, *second);
  const std::string canonical = ToCanonical(WritePublication(*second));
  EXPECT_EQ(canonical, ToCanonical(WritePublication(*first)));
  const auto third = ReadPublication(canonical, "p.json", diagnostics);
  ASSERT_TRUE(third);
  EXPECT_EQ(*first, *third);
}

TEST(ReadPublication, NamesTheNearestFieldOfAMisspeltOne) {
  EXPECT_EQ(Complaints(Replaced("\"zones\"", "\"zonse\"")),
            Lines{"p.json: error DJ-1254 [/uses/residential/zonse]: there is no \"zonse\" here; "
                  "\"zones\" may be meant"});
}

TEST(ReadPublication, ReportsEverythingAtOnce) {
  std::string text = Replaced("\"published\"", "\"ready\"");
  text.replace(text.find("\"790\""), 5, "\"790.12345\"");
  text.replace(text.find("2025-04-01"), 10, "2025-02-30");
  text.replace(text.find("\"id\": \"demo-2025\", "), 19, "");
  EXPECT_EQ(Complaints(text),
            (Lines{"p.json: error DJ-1104 [/base_date]: \"2025-02-30\" is not a date; a date from "
                   "1900 to 2199 such as 2025-04-01 is allowed",
                   "p.json: error DJ-1264 [/status]: \"ready\" is not allowed; allowed are: draft, "
                   "submitted, approved, published, superseded, withdrawn",
                   "p.json: error DJ-1102 [/uses/residential/grades/0/price]: \"790.12345\" has "
                   "too many decimals; at most 4 are allowed",
                   "p.json: error DJ-1256 [/id]: \"id\" is missing"}));
}

TEST(ReadPublication, RefusesAnotherFormat) {
  EXPECT_EQ(Complaints(Replaced("dijia-publication/1", "dijia-publication/2")),
            Lines{"p.json: error DJ-1264 [/format]: \"dijia-publication/2\" is not allowed; "
                  "allowed are: dijia-publication/1"});
}

TEST(ReadPublication, ChecksThatFormulasNameCoefficientsOfTheRightKind) {
  EXPECT_EQ(Complaints(Replaced("\"product\": [\"term\"", "\"product\": [\"trem\"")),
            Lines{"p.json: error DJ-1271 [/uses/residential/formula/product/0]: the formula names "
                  "\"trem\", but there is no such coefficient"});
  EXPECT_EQ(Complaints(Replaced("\"add\": [\"development\"]", "\"add\": [\"far\"]")),
            Lines{"p.json: error DJ-1272 [/uses/residential/formula/add/0]: the coefficient "
                  "\"far\" is of a kind that this part of the formula cannot use"});
  EXPECT_EQ(Complaints(Replaced("\"add\": [\"development\"]",
                                "\"add\": [], \"excess\": [\"development\"]")),
            Lines{"p.json: error DJ-1272 [/uses/residential/formula/excess/0]: the coefficient "
                  "\"development\" is of a kind that this part of the formula cannot use"});
}

TEST(ReadPublication, ChecksThatTablesAscend) {
  EXPECT_EQ(Complaints(Replaced("\"at\": \"1.1\"", "\"at\": \"0.9\"")),
            Lines{"p.json: error DJ-1268 [/uses/residential/coefficients/far/rows/1]: 0.9 is not "
                  "above 1, which comes before it"});
  EXPECT_EQ(Complaints(Replaced("\"700\"", "\"200\"")),
            Lines{"p.json: error DJ-1268 "
                  "[/uses/residential/coefficients/regional/tables/2/0/breaks/bounds/1]: 200 is "
                  "not above 300, which comes before it"});
}

TEST(ReadPublication, ChecksThatBreaksMatchTheirLevels) {
  EXPECT_EQ(Complaints(Replaced("[\"200\"]", "[\"200\", \"500\"]")),
            Lines{"p.json: error DJ-1269 "
                  "[/uses/residential/coefficients/area/breaks/order]: there are 2 bounds and 2 "
                  "levels; one level more than bounds is allowed"});
  EXPECT_EQ(Complaints(Replaced("\"order\": [\"劣\"", "\"order\": [\"中\"")),
            Lines{"p.json: error DJ-1270 [/uses/residential/coefficients/area/breaks/order]: the "
                  "level \"中\" has no coefficient"});
}

TEST(ReadPublication, ChecksThatAMatrixHasTheRowsOfItsStandards) {
  constexpr std::string_view kShape =
      R"({"kind": "levels", "levels": {"优": "1.03", "劣": "0.97"}})";
  EXPECT_EQ(Complaints(Replaced(kShape, R"({"kind": "matrix", "standard": {"1": "优", "*": "中"},
                            "rows": {"优": {"优": "1", "劣": "0.94"}}})")),
            Lines{"p.json: error DJ-1270 [/uses/residential/coefficients/shape/standard/*]: the "
                  "level \"中\" has no coefficient"});
  Diagnostics diagnostics;
  const auto read = ReadPublication(Replaced(kShape, R"({"kind": "matrix", "standard": {"*": "优"},
                           "rows": {"优": {"优": "1", "劣": "0.94"}}})"),
                                    "p.json", diagnostics);
  ASSERT_TRUE(read);
  const auto& shape = read->uses.at(LandUse::kResidential).coefficients.at("shape");
  EXPECT_EQ(std::get<Matrix>(shape).rows.at("优").at("劣").ToString(), "0.94");
}

TEST(ReadPublication, ChecksThatMagnitudesAscend) {
  constexpr std::string_view kLarger =
      R"("unit_price_by_magnitude": [
        {"from": "10000", "rounding": {"interval": "1000", "mode": "half_up"}},
        {"from": "10000", "rounding": {"interval": "100", "mode": "half_up"}}], "uses")";
  EXPECT_EQ(Complaints(Replaced("\"uses\"", kLarger)),
            Lines{"p.json: error DJ-1268 [/unit_price_by_magnitude/1]: 10000 is not above 10000, "
                  "which comes before it"});
}

TEST(ReadPublication, ChecksGradesAndPrices) {
  EXPECT_EQ(Complaints(Replaced("\"grade\": 2, \"price\": null", "\"grade\": 1, \"price\": null")),
            Lines{"p.json: error DJ-1267 [/uses/residential/grades/1]: \"1\" is listed twice"});
  EXPECT_EQ(Complaints(Replaced("\"grade\": 2, \"price\": null", "\"grade\": 0, \"price\": null")),
            Lines{"p.json: error DJ-1259 [/uses/residential/grades/1/grade]: 0 is not an integer "
                  "from 1 to 255"});
  EXPECT_EQ(Complaints(Replaced("\"price\": \"790\"", "\"price\": \"-790\"")),
            Lines{"p.json: error DJ-1266 [/uses/residential/grades/0/price]: -790 is not above 0"});
  EXPECT_EQ(Complaints(Replaced("\"term_years\": 70", "\"term_years\": 0")),
            Lines{"p.json: error DJ-1266 [/uses/residential/term_years]: 0 is not above 0"});
}

TEST(ReadPublication, ChecksThatAPublicationEndsAfterItBegins) {
  EXPECT_EQ(
      Complaints(Replaced("\"effective_until\": null", "\"effective_until\": \"2026-01-06\"")),
      Lines{"p.json: error DJ-1268 [/effective_until]: 2026-01-06 is not above 2026-01-06, "
            "which comes before it"});
}

TEST(ReadPublication, NamesAKindThatDoesNotExistAndOneThatIsMissing) {
  EXPECT_EQ(Complaints(Replaced("\"kind\": \"term_formula\"", "\"kind\": \"term\"")),
            Lines{"p.json: error DJ-1264 [/uses/residential/coefficients/term/kind]: \"term\" is "
                  "not allowed; allowed are: term_formula, curve, monthly_rate, index, levels, "
                  "factors, additive, depth, matrix"});
  EXPECT_EQ(Complaints(Replaced("{\"kind\": \"term_formula\"}", "{}")),
            Lines{"p.json: error DJ-1256 [/uses/residential/coefficients/term/kind]: \"kind\" is "
                  "missing"});
}

TEST(ReadPublication, NamesWrongTypes) {
  EXPECT_EQ(Complaints("[]"), Lines{"p.json: error DJ-1262: […] is not a table of fields"});
  EXPECT_EQ(Complaints(Replaced("\"id\": \"demo-2025\"", "\"id\": 7")),
            Lines{"p.json: error DJ-1257 [/id]: 7 is not a text; a text in quotes is allowed"});
  EXPECT_EQ(Complaints(Replaced("[{\"zone\": \"J101\", \"grade\": 1, \"price\": \"800\"}]", "{}")),
            Lines{"p.json: error DJ-1263 [/uses/residential/zones]: {…} is not a list; a list such "
                  "as [1, 2] is allowed"});
  EXPECT_EQ(Complaints(Replaced("\"price\": \"800\"", "\"price\": true")),
            Lines{"p.json: error DJ-1261 [/uses/residential/zones/0/price]: true is not a decimal; "
                  "a number such as 84.5 or a text such as \"84.50\" is allowed"});
  EXPECT_EQ(Complaints(
                Replaced("\"grade\": 1, \"price\": \"800\"", "\"grade\": 1.5, \"price\": \"800\"")),
            Lines{"p.json: error DJ-1259 [/uses/residential/zones/0/grade]: 1.5 is not an integer "
                  "from 1 to 255"});
}

TEST(ReadPublication, EscapesNamesInPointers) {
  EXPECT_EQ(Complaints(Replaced("\"zones\"", "\"a/b~c\"")),
            Lines{"p.json: error DJ-1255 [/uses/residential/a~1b~0c]: there is no \"a/b~c\" here; "
                  "allowed are: name, term_years, capitalization_rate, development_level, grades, "
                  "zones, formula, routes, frontage_formula, coefficients"});
}

TEST(ReadPublication, RefusesAGradeKeyThatIsNone) {
  EXPECT_EQ(Complaints(Replaced("{\"1\": \"0.7001\"", "{\"01\": \"0.7001\"")),
            Lines{"p.json: error DJ-1265 [/uses/residential/coefficients/far/rows/0/values/01]: "
                  "\"01\" is not a grade; 1 to 255, or * for all others, is allowed"});
}

}  // namespace
}  // namespace dijia::json

// Four public programs carry wrong official depth factors of Japan (anchors D11): each is refused
// against the dated official table (validation V26).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/table_lint.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

Measure M(const std::string& text) { return Measure::Parse(text).value(); }
Coefficient K(const std::string& text) { return Coefficient::Parse(text).value(); }

// A step table of depth factors, in force on a day until another.
Publication DepthTable(const std::string& id, const Curve& curve, const std::string& from,
                       const std::string& until = "") {
  Publication publication;
  publication.id = id;
  publication.base_date = ParseDate(from).value();
  if (!until.empty()) publication.effective_until = ParseDate(until).value();
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.term = Years::Of(70);
  use.coefficients["depth_m"] = curve;
  return publication;
}

// 普通住宅地区 for 2018 onward.
Curve Official() {
  const test::ReferenceTable table =
      test::ReadReferenceTable("validation/coeff/japan_nta_depth_residential.csv");
  Curve curve;
  curve.by = TableBy::kAll;
  curve.interpolation = Interpolation::kStep;
  for (const auto& row : table.rows) {
    curve.rows.push_back(
        {M(row[table.Column("depth_from_m")]), {{0, K(row[table.Column("rate")])}}});
  }
  return curve;
}

Curve::Row& RowAt(Curve& curve, const std::string& depth) {
  for (Curve::Row& row : curve.rows) {
    if (row.at == M(depth)) return row;
  }
  ADD_FAILURE() << depth;
  return curve.rows.front();
}

void ExpectRefused(const Publication& tested, const Publication& official,
                   const std::string& text) {
  const std::vector<Publication> officials{official};
  const std::vector<Diagnostic> findings = CompareWithOfficial(tested, officials);
  ASSERT_EQ(findings.size(), 1);
  EXPECT_EQ(findings[0].code, Code::kDiffersFromOfficial);
  EXPECT_EQ(RowOf(findings[0].code).severity, Severity::kError);
  EXPECT_EQ(TextOf(findings[0], Language::kEn), text);
}

TEST(OfficialTables, RefuseTheColumnsOfFourPublicPrograms) {
  DIJIA_SKIP_WITHOUT("validation/coeff/japan_nta_depth_residential.csv");
  const Publication official = DepthTable("nta-2018", Official(), "2018-01-01");
  EXPECT_TRUE(
      CompareWithOfficial(DepthTable("same", Official(), "2024-01-01"), std::vector{official})
          .empty());
  for (const std::string wrong : {"0.99", "0.99", "0.98"}) {
    Curve curve = Official();
    RowAt(curve, "24").values = {{0, K(wrong)}};
    ExpectRefused(DepthTable("program", curve, "2024-01-01"), official,
                  "24 is " + wrong + "; the official table (nta-2018, 2018-01-01) has 0.97");
  }
  // ビル街: the rows that are at hand.
  Curve buildings;
  buildings.by = TableBy::kAll;
  buildings.interpolation = Interpolation::kStep;
  buildings.rows = {{M("4"), {{0, K("0.80")}}}};
  Curve fourth = buildings;
  fourth.rows[0].values = {{0, K("0.92")}};
  ExpectRefused(DepthTable("fourth", fourth, "2024-01-01"),
                DepthTable("nta-2018", buildings, "2018-01-01"),
                "4 is 0.92; the official table (nta-2018, 2018-01-01) has 0.8");
}

TEST(OfficialTables, OfAnotherDayOrAnotherTableAreNotCompared) {
  Curve curve;
  curve.rows = {{M("1"), {{0, K("1")}}}};
  const Publication tested = DepthTable("t", curve, "2017-06-01");
  const std::vector<Diagnostic> early =
      CompareWithOfficial(tested, std::vector{DepthTable("o", curve, "2018-01-01")});
  ASSERT_EQ(early.size(), 1);
  EXPECT_EQ(early[0].code, Code::kNoOfficialInForce);
  Publication other = DepthTable("o", curve, "2010-01-01", "2018-01-01");
  EXPECT_TRUE(CompareWithOfficial(tested, std::vector{other}).empty());
  other.uses.begin()->second.coefficients = {{"far", curve}};
  const std::vector<Diagnostic> nothing = CompareWithOfficial(tested, std::vector{other});
  ASSERT_EQ(nothing.size(), 1);
  EXPECT_EQ(nothing[0].code, Code::kNothingToCompare);
}

TEST(OfficialTables, NameRowsThatAreMissingAndRowsTooMany) {
  Curve curve;
  curve.rows = {{M("1"), {{0, K("1")}}}, {M("2"), {{0, K("1.1")}}}};
  Curve other = curve;
  other.rows[1].at = M("3");
  const std::vector<Diagnostic> findings = CompareWithOfficial(
      DepthTable("t", other, "2024-01-01"), std::vector{DepthTable("o", curve, "2018-01-01")});
  ASSERT_EQ(findings.size(), 2);
  EXPECT_EQ(TextOf(findings[0], Language::kEn),
            "3 is 1.1; the official table (o, 2018-01-01) has —");
  EXPECT_EQ(TextOf(findings[1], Language::kEn),
            "2 is —; the official table (o, 2018-01-01) has 1.1");
}

}  // namespace
}  // namespace dijia

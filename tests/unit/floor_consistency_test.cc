// Industrial prices against the national minimum, by the shipped rules.
#include "law/floor_consistency.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "dijia/base/codes.h"
#include "support/pack_files.h"

namespace dijia {
namespace {

const rules::RulePack& Pack() { return rules::InnerMongolia().pack(); }

// Industrial land at 84 and 60 yuan, the standards of classes 14 and 15 (rules/packs/cn/
// standard.csv), in force from a day on.
Publication Prices(const std::string& from) {
  Publication publication;
  publication.id = "x-2024";
  publication.effective_from = ParseDate(from).value();
  PublishedUse& use = publication.uses[LandUse::kIndustrial];
  use.grades = {{1, "", UnitPrice::Of(84), {}, "", ""}, {2, "", UnitPrice::Of(60), {}, "", ""}};
  return publication;
}

TEST(FloorConsistency, WarnsOfPricesBelowTheStandardWithBothCitations) {
  const auto warnings = law::FloorConsistency(Prices("2024-01-01"), 14, Pack());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, Code::kFloorInconsistent);
  const auto& words = warnings[0].arguments;
  EXPECT_EQ(words.at(0), "industrial 2");
  EXPECT_EQ(words.at(1) + " " + words.at(2) + " " + words.at(4), "60 60 84");
  EXPECT_NE(words.at(5).find("307"), std::string::npos) << words.at(5);
  EXPECT_EQ(words.at(6).find("benchmark.floor_consistency: "), 0U) << words.at(6);
  EXPECT_EQ(law::FloorConsistency(Prices("2024-01-01"), 13, Pack()).size(), 2U);
  EXPECT_TRUE(law::FloorConsistency(Prices("2024-01-01"), 15, Pack()).empty());
}

// The price alone meets the standard; with its worst level it does not.
TEST(FloorConsistency, CountsTheLowestCorrections) {
  Publication publication = Prices("2024-01-01");
  PublishedUse& use = publication.uses.at(LandUse::kIndustrial);
  use.formula.product = {"shape"};
  use.coefficients.emplace("shape", Levels{{{"劣", Coefficient::Parse("0.97").value()}}, {}});
  const auto warnings = law::FloorConsistency(publication, 15, Pack());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].arguments.at(2), "58.2");  // 60 × 0.97
}

TEST(FloorConsistency, SaysNothingWithoutAStandard) {
  // The standard is in force from 2007-01-01 on.
  EXPECT_TRUE(law::FloorConsistency(Prices("2006-12-31"), 1, Pack()).empty());
  EXPECT_TRUE(law::FloorConsistency(Prices("2024-01-01"), {}, Pack()).empty());  // no county
  Publication other = Prices("2024-01-01");
  other.uses.clear();
  EXPECT_TRUE(law::FloorConsistency(other, 1, Pack()).empty());
}

// An office's own layer lists the class of its county.
TEST(FloorConsistency, TakesTheClassOfTheCounty) {
  rules::RulePack pack = Pack();
  const auto classes = std::ranges::find(pack.tables, "county_class", &rules::Table::id);
  ASSERT_NE(classes, pack.tables.end());
  classes->rows.push_back({150502, 0, {}, 14 * PowerOfTen(classes->scale)});
  Publication publication = Prices("2024-01-01");
  publication.county = "150502";
  const auto warnings = law::FloorConsistency(publication, {}, pack);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].arguments.at(3), "14");
}

}  // namespace
}  // namespace dijia

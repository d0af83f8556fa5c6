// Land classes of an office in the table of counties of a pack.
#include "law/county_classes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "law/industrial_minimum.h"
#include "support/pack_files.h"

namespace dijia::law {
namespace {

using rules::kNoEnd;

constexpr std::int64_t kCounty = 150304;

Days Day(const std::string& text) { return ToDays(*ParseDate(text)); }

const rules::RulePack& Shipped() { return rules::InnerMongolia().pack(); }

// A pack that lists class 8 from 2007 on.
rules::RulePack Listed() {
  const CountyClass listed{kCounty, {Day("2007-01-01"), kNoEnd}, 8};
  return WithCountyClasses(Shipped(), std::span(&listed, 1));
}

std::vector<rules::TableRow> RowsOf(const rules::RulePack& pack) {
  return std::ranges::find(pack.tables, "county_class", &rules::Table::id)->rows;
}

TEST(CountyClasses, StandOnTheirDaysAndLeaveTheOthers) {
  const CountyClass classes[] = {{kCounty, {Day("2010-01-01"), Day("2020-01-01")}, 10},
                                 {kCounty, {Day("2020-01-01"), Day("2021-01-01")}, std::nullopt},
                                 {150102, {Day("2010-01-01"), kNoEnd}, 3}};
  const rules::RulePack pack = WithCountyClasses(Listed(), classes);
  const auto on = [&pack](const char* day) { return LandClassOf(pack, "150304", Day(day)); };
  EXPECT_EQ(on("2006-12-31"), std::nullopt);
  EXPECT_EQ(on("2007-01-01"), 8);
  EXPECT_EQ(on("2009-12-31"), 8);
  EXPECT_EQ(on("2010-01-01"), 10);
  EXPECT_EQ(on("2019-12-31"), 10);
  EXPECT_EQ(on("2020-01-01"), std::nullopt);
  EXPECT_EQ(on("2020-12-31"), std::nullopt);
  EXPECT_EQ(on("2021-01-01"), 8);
  EXPECT_EQ(LandClassOf(pack, "150102", Day("2030-01-01")), 3);
  EXPECT_EQ(LandClassOf(pack, "150103", Day("2030-01-01")), std::nullopt);
  // Ascending, each row as long as its value holds.
  const auto rows = RowsOf(pack);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].key, 150102);
  EXPECT_TRUE(std::ranges::is_sorted(
      rows, {}, [](const rules::TableRow& row) { return std::pair(row.key, row.period.from); }));
}

TEST(CountyClasses, ChangeTheHashWithTheTableOnly) {
  EXPECT_EQ(WithCountyClasses(Shipped(), {}).sha256, Shipped().sha256);
  const std::string listed = Listed().sha256;
  EXPECT_NE(listed, Shipped().sha256);
  EXPECT_EQ(Listed().sha256, listed);
  // What the table says already changes nothing, in however many parts.
  const CountyClass same[] = {{kCounty, {Day("2007-01-01"), Day("2012-01-01")}, 8},
                              {kCounty, {Day("2012-01-01"), kNoEnd}, 8}};
  EXPECT_EQ(WithCountyClasses(Listed(), same).sha256, listed);
  const CountyClass other{kCounty, {Day("2007-01-01"), Day("2007-01-02")}, 9};
  EXPECT_NE(WithCountyClasses(Listed(), std::span(&other, 1)).sha256, listed);
  rules::RulePack without = Shipped();
  for (rules::Table& table : without.tables) {
    if (table.id == "county_class") table.id = "other";
  }
  EXPECT_EQ(WithCountyClasses(without, std::span(&other, 1)).sha256, Shipped().sha256);
}

}  // namespace
}  // namespace dijia::law

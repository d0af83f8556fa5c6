#include "io/balance_plan_toml.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "json/balance_plan_codec.h"

namespace dijia::io {
namespace {

TEST(BalancePlanFile, IsRead) {
  Diagnostics diagnostics;
  const auto plan = ReadBalancePlanToml(
      "largest_residual = 2.5\n[counties]\n150428 = { land_class = 13, score = 41.5 }\n"
      "150426 = { land_class = 14 }\n",
      "balance.toml", diagnostics);
  ASSERT_TRUE(plan);
  EXPECT_EQ(diagnostics.total(), 0U);
  EXPECT_EQ(plan->largest_residual, 2.5);
  EXPECT_EQ(plan->counties.at("150428").score, 41.5);
  EXPECT_FALSE(plan->counties.at("150426").score);
}

TEST(BalancePlanFile, ReportsEveryFaultWithItsLine) {
  Diagnostics diagnostics;
  EXPECT_FALSE(
      ReadBalancePlanToml("largest_residual = 0\n[counties]\n150428 = { land_class = 0 }\n",
                          "balance.toml", diagnostics));
  ASSERT_EQ(diagnostics.errors(), 2U);
  EXPECT_EQ(diagnostics.kept()[0].where.row, 1U);
  EXPECT_EQ(diagnostics.kept()[1].where.row, 3U);
}

// service/README.md has a row for every key.
TEST(BalancePlanFile, KeysAreDocumented) {
  std::ifstream file(DIJIA_SOURCE_DIR "/service/README.md");
  std::stringstream text;
  text << file.rdbuf();
  for (const json::PlanKey& key : json::BalancePlanKeys()) {
    EXPECT_NE(text.str().find("| `" + key.path + "` | "), std::string::npos) << key.path;
    EXPECT_NE(text.str().find(" | " + key.meaning + " |"), std::string::npos) << key.meaning;
  }
}

}  // namespace
}  // namespace dijia::io

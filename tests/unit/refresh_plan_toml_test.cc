#include "io/refresh_plan_toml.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "json/refresh_plan_codec.h"

namespace dijia::io {
namespace {

constexpr std::string_view kPlan = R"(id = "demo-2028"
base_date = "2028-01-01"
largest_rise_percent = 10

[uses.commercial]
method = "index"
reason = "样点不足"
method_by_grade.2 = "carry"
index = [{ date = "2025-01-01", index = 100 }, { date = "2028-01-01", index = "104.5" }]
index_by_grade.1 = [{ date = "2025-01-01", index = 100 }, { date = "2028-01-01", index = 99 }]
)";

std::vector<std::string> Faults(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(ReadRefreshPlanToml(text, "refresh.toml", diagnostics));
  std::vector<std::string> faults;
  for (const Diagnostic& fault : diagnostics.kept()) {
    faults.push_back(Describe(fault, Language::kEn));
  }
  return faults;
}

TEST(RefreshPlanFile, IsReadAndWrittenWithoutLoss) {
  Diagnostics diagnostics;
  const auto plan = ReadRefreshPlanToml(kPlan, "refresh.toml", diagnostics);
  ASSERT_TRUE(plan);
  EXPECT_EQ(diagnostics.total(), 0U);
  EXPECT_EQ(plan->largest_rise, Percent::Of(10));
  const UseRefreshPlan& use = plan->uses.at(LandUse::kCommercial);
  EXPECT_EQ(use.method_by_grade.at(2), RefreshMethod::kCarry);
  EXPECT_EQ(use.index.at(1).index, Coefficient::Parse("104.5").value());
  EXPECT_EQ(use.index_by_grade.at(1).size(), 2U);
  const std::string text = WriteRefreshPlanToml(*plan);
  const auto again = ReadRefreshPlanToml(text, "refresh.toml", diagnostics);
  ASSERT_TRUE(again);
  EXPECT_EQ(WriteRefreshPlanToml(*again), text);
}

TEST(RefreshPlanFile, ReportsEveryLimitAtOnce) {
  const std::vector<std::string> faults = Faults(R"(id = ""
base_date = "2028-01-01"
largest_rise_percent = 0
largest_fall_percent = 101
[uses.commercial]
method = "index"
reason = ""
[uses.residential]
method = "index"
reason = "x"
index = [{ date = "2025-01-01", index = 0 }, { date = "2025-01-01", index = 1 }]
)");
  EXPECT_EQ(faults.size(), 7U);
  for (const std::string& fault : faults) EXPECT_EQ(fault.find("refresh.toml:"), 0U) << fault;
}

TEST(RefreshPlanFile, RefusesUnknownKeysAndMethods) {
  EXPECT_EQ(Faults(std::string(kPlan) + "smoothing = 1\n").size(), 1U);
  EXPECT_EQ(Faults("id = \"a\"\nbase_date = \"2028-01-01\"\n[uses.commercial]\n"
                   "method = \"guess\"\nreason = \"x\"\n")
                .size(),
            1U);
}

// service/README.md has a row for every key.
TEST(RefreshPlanFile, KeysAreDocumented) {
  std::ifstream file(DIJIA_SOURCE_DIR "/service/README.md");
  std::stringstream text;
  text << file.rdbuf();
  for (const json::PlanKey& key : json::RefreshPlanKeys()) {
    const bool is_word =
        key.fallback.empty() || key.fallback == "none" || key.fallback == "required";
    const std::string row = "| `" + key.path + "` | " +
                            (is_word ? key.fallback : "`" + key.fallback + "`") + " | " +
                            key.meaning + " |";
    EXPECT_NE(text.str().find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace dijia::io

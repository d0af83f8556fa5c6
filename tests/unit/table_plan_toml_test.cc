#include "io/table_plan_toml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "json/table_plan_codec.h"

namespace dijia::io {
namespace {

std::string TextOfFile(const std::string& name) {
  std::ifstream file(DIJIA_SOURCE_DIR "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr std::string_view kPlan = R"(seed = 7

[rounding]
amplitude = { interval = "0.01", mode = "half_up" }
percent = { interval = "0.0001", mode = "half_up" }
coefficient = { interval = "0.0001", mode = "half_up" }
method_rate = { interval = "0.0001", mode = "half_up" }
rate = { interval = "0.0005", mode = "half_up" }

[uses.commercial]
term_years = 40
capitalization_rate = "0.0854"
term = { name = "years" }

[uses.commercial.regional]
half_of = "printed"
weights = [{ factor = "a", weight = "0.6" }, { factor = "b", weight = 0.4 }]
grades.1 = { upward_percent = "5.28", downward_percent = 8.23 }
grades.2 = { highest_yuan_per_sqm = "747.5" }

[uses.commercial.far]
from = "1"
to = 5
step = "0.1"
families = ["power", "monotone_piecewise"]

[uses.commercial.date]
methods = ["stratified_fisher"]
publish = "stratified_fisher"

[uses.commercial.capitalization]
house_premium = "0.02"
[uses.commercial.capitalization.methods.rent_to_price]
weight = "0.5"
cases = [{ net_rent_yuan_per_sqm_year = 80, price_yuan_per_sqm = 1000, term_years = 40 }]
[uses.commercial.capitalization.methods.safe_rate]
weight = "0.5"
safe_rate = "0.015"
risks = [{ weight = 1, premium = "0.05" }]

[uses.commercial.development]
base = "五通一平"
costs_yuan_per_sqm = { "通路" = 20, "通电" = "15.5" }
levels = { "五通一平" = ["通路", "通电"], "一通" = ["通路"] }
)";

std::vector<std::string> Faults(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(ReadTablePlanToml(text, "tables.toml", diagnostics));
  std::vector<std::string> faults;
  for (const Diagnostic& fault : diagnostics.kept()) {
    faults.push_back(Describe(fault, Language::kEn));
  }
  return faults;
}

std::string Replaced(std::string_view from, std::string_view to) {
  std::string text(kPlan);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(TablePlanFile, IsReadAndWrittenWithoutLoss) {
  Diagnostics diagnostics;
  const auto plan = ReadTablePlanToml(kPlan, "tables.toml", diagnostics);
  for (const Diagnostic& fault : diagnostics.kept()) {
    ADD_FAILURE() << Describe(fault, Language::kEn);
  }
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->seed, 7U);
  const UseTablesPlan& use = plan->uses.at(LandUse::kCommercial);
  EXPECT_EQ(use.term_table->name, "years");
  EXPECT_EQ(use.regional->weights[1].weight, Coefficient::Parse("0.4").value());
  EXPECT_EQ(use.far->step, Measure::Parse("0.1").value());
  EXPECT_EQ(use.development->levels.at("一通"), std::vector<std::string>{"通路"});
  const std::string text = WriteTablePlanToml(*plan);
  const auto again = ReadTablePlanToml(text, "tables.toml", diagnostics);
  ASSERT_TRUE(again);
  EXPECT_EQ(WriteTablePlanToml(*again), text);
}

TEST(TablePlanFile, ExampleOfTongdaoIsRead) {
  Diagnostics diagnostics;
  EXPECT_TRUE(ReadTablePlanToml(TextOfFile("tests/golden/tongdao/tables.toml"), "tables.toml",
                                diagnostics));
  EXPECT_EQ(diagnostics.total(), 0U);
}

TEST(TablePlanFile, NamesTheLineOfALimit) {
  EXPECT_EQ(Faults(Replaced("weight = 0.4", "weight = 0.5")),
            std::vector<std::string>{"tables.toml:17:1: error DJ-1207 "
                                     "[uses.commercial.regional.weights]: the weights sum to 1.1; "
                                     "1 is allowed"});
  EXPECT_EQ(Faults(Replaced(R"(factor = "b")", R"(factor = "a")")),
            std::vector<std::string>{"tables.toml:17:48: error DJ-1267 "
                                     "[uses.commercial.regional.weights.1.factor]: \"a\" is "
                                     "listed twice"});
}

TEST(TablePlanFile, ReportsEveryLimitAtOnce) {
  const std::vector<std::string> faults = Faults(R"([rounding]
[uses.residential]
term_years = 0
[uses.residential.term]
name = ""
[uses.residential.regional]
levels = ["a", "b"]
weights = [{ factor = "", weight = -1, breaks = { bounds = [2, 1], closed = "left", order = ["x"] } }]
grades.1 = { upward_percent = -1 }
grades.2 = { upward_percent = 1, downward_percent = 100 }
[uses.residential.far]
from = 0
to = 0
step = 0
families = []
min_sales = 1
folds = 1
[uses.residential.date]
methods = ["hedonic", "hedonic"]
publish = "repeat_sales"
period_months = 0
[uses.residential.capitalization]
house_premium = -1
[uses.residential.capitalization.methods.investment_return]
weight = 0
loan_share = 2
[uses.residential.capitalization.methods.rent_to_price]
weight = 0.4
cases = [{ net_rent_yuan_per_sqm_year = 0, price_yuan_per_sqm = 1, term_years = 0 }]
[uses.residential.capitalization.methods.safe_rate]
weight = 0.4
risks = [{ weight = 0.5, premium = 0.1 }]
[uses.residential.development]
base = "z"
costs_yuan_per_sqm = { road = -1 }
levels = { y = ["road", "road", "gas"] }
)");
  const std::vector<std::string> codes{"DJ-1200", "DJ-1201", "DJ-1207", "DJ-1266",
                                       "DJ-1267", "DJ-1268", "DJ-1269", "DJ-1270"};
  for (const std::string& code : codes) {
    EXPECT_TRUE(std::ranges::any_of(faults, [&](const std::string& fault) {
      return fault.find(code) != std::string::npos;
    })) << code;
  }
  EXPECT_EQ(faults.size(), 39U);
  for (const std::string& fault : faults) {
    EXPECT_EQ(fault.find("tables.toml:"), 0U) << fault;
  }
}

TEST(TablePlanFile, NeedsUses) {
  EXPECT_EQ(Faults("[rounding]\n[uses]\n").size(), 1U);
  EXPECT_EQ(Faults("uses.commercial.term = {}\n").size(), 1U);
  EXPECT_EQ(Faults(Replaced("seed = 7", "seed = 7\nsede = 8")).size(), 1U);
}

// service/README.md has a row for every key.
TEST(TablePlanFile, KeysAreDocumented) {
  const std::string readme = TextOfFile("service/README.md");
  for (const json::PlanKey& key : json::TablePlanKeys()) {
    const std::string row =
        "| `" + key.path + "` | " +
        (key.fallback.empty() || key.fallback == "none" || key.fallback == "required"
             ? key.fallback
             : "`" + key.fallback + "`") +
        " | " + key.meaning + " |";
    EXPECT_NE(readme.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace dijia::io

// data/example/plan.toml undoes exactly what the generator of the example county did.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "dijia/plan.h"
#include "io/plan_toml.h"
#include "support/example_samples.h"
#include "synthetic_county.h"

namespace dijia {
namespace {

std::optional<ComputePlan> ReadExamplePlan(Diagnostics& diagnostics) {
  std::ifstream in(std::string(DIJIA_SOURCE_DIR) + "/data/example/plan.toml", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return io::ReadPlanToml(text, "plan.toml", diagnostics);
}

double ExponentOf(const FarCorrection& far, int grade) {
  if (far.kind != FarCorrectionKind::kPower) return 0.0;
  const auto own = far.exponent_by_grade.find(grade);
  return own != far.exponent_by_grade.end() ? own->second : far.exponent_by_grade.at(0);
}

FloorAreaRatio BaseFar(const BenchmarkConditions& conditions, int grade) {
  const auto own = conditions.far_by_grade.find(grade);
  return own != conditions.far_by_grade.end() ? own->second : *conditions.far;
}

TEST(ExamplePlan, UndoesWhatTheGeneratorDid) {
  Diagnostics diagnostics;
  const auto plan = ReadExamplePlan(diagnostics);
  ASSERT_TRUE(plan) << Describe(diagnostics.kept().at(0), Language::kEn);
  EXPECT_EQ(diagnostics.total(), 0U);
  const ComputePlan made = test::ExamplePlan();
  EXPECT_EQ(plan->county, made.county);
  EXPECT_EQ(plan->base_date, made.base_date);
  EXPECT_EQ(plan->window, made.window);
  ASSERT_EQ(plan->uses.size(), made.uses.size());
  for (std::size_t i = 0; i < made.uses.size(); ++i) {
    const UsePlan& read = plan->uses[i];
    const UsePlan& want = made.uses[i];
    SCOPED_TRACE(CodeOf(want.use));
    EXPECT_EQ(read.use, want.use);
    EXPECT_EQ(read.conditions.term, want.conditions.term);
    EXPECT_EQ(read.conditions.capitalization_rate, want.conditions.capitalization_rate);
    EXPECT_EQ(read.conditions.development_level, want.conditions.development_level);
    EXPECT_EQ(read.date.kind, want.date.kind);
    EXPECT_EQ(read.date.monthly_rate, want.date.monthly_rate);
    EXPECT_EQ(read.date.points, want.date.points);
    EXPECT_EQ(read.development.cost_by_level, want.development.cost_by_level);
    for (const auto& [grade, far] : want.conditions.far_by_grade) {
      EXPECT_EQ(BaseFar(read.conditions, grade), far) << grade;
      EXPECT_EQ(ExponentOf(read.far, grade), ExponentOf(want.far, grade)) << grade;
    }
  }
}

}  // namespace
}  // namespace dijia

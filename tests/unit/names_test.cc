#include "dijia/base/names.h"

#include <gtest/gtest.h>

namespace dijia {
namespace {

constexpr std::string_view kNames[] = {"mad_limit", "max_passes", "cv_limit", "rule"};

TEST(NearestName, FindsASwapALossAndAChange) {
  EXPECT_EQ(NearestName("mad_limti", kNames), "mad_limit");
  EXPECT_EQ(NearestName("max_pases", kNames), "max_passes");
  EXPECT_EQ(NearestName("role", kNames), "rule");
}

TEST(NearestName, IsEmptyWhenNothingIsNear) {
  EXPECT_EQ(NearestName("estimator", kNames), "");
  EXPECT_EQ(NearestName("", kNames), "");
  EXPECT_EQ(NearestName("mad_limit", {}), "");
}

TEST(NearestName, DoesNotCompareAbsurdlyLongWords) {
  EXPECT_EQ(NearestName(std::string(1'000'000, 'x'), kNames), "");
}

TEST(JoinNames, PutsCommasBetween) {
  EXPECT_EQ(JoinNames(kNames), "mad_limit, max_passes, cv_limit, rule");
  EXPECT_EQ(JoinNames({}), "");
}

TEST(PointerTo, WritesStepsAsJsonPointersDo) {
  EXPECT_EQ(PointerTo("", "uses"), "/uses");
  EXPECT_EQ(PointerTo("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(PointerTo("/a", std::size_t{3}), "/a/3");
}

}  // namespace
}  // namespace dijia

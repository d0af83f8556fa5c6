#include "support/reference_csv.h"

#include <gtest/gtest.h>

namespace dijia::test {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TEST(ReferenceCsv, ReadsQuotedCommasAndDoubledQuotes) {
  EXPECT_EQ(ParseCsv("\"a,b\",\"say \"\"no\"\"\"\n1,2\n"),
            (Rows{{"a,b", "say \"no\""}, {"1", "2"}}));
}

TEST(ReferenceCsv, SkipsTheByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(ParseCsv("\xEF\xBB\xBFx,y\r\n1,\r\n\r\n,2"), (Rows{{"x", "y"}, {"1", ""}, {"", "2"}}));
}

TEST(ReferenceCsv, FindsAValueByProcedureAndQuantity) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceValues values("validation/numeric/expected/robust.csv");
  EXPECT_EQ(values.Of("location/scale rivers", "median"), 425);
  EXPECT_THROW(values.Of("location/scale rivers", "mode"), std::runtime_error);
}

TEST(ReferenceCsv, ReadsAColumnAsNumbers) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const std::vector<double> x =
      ReadReferenceTable("validation/numeric/data/rivers.csv").Numbers("x");
  ASSERT_EQ(x.size(), 141U);
  EXPECT_EQ(x.front(), 735);
}

}  // namespace
}  // namespace dijia::test

#include "json/parcel_codec.h"

#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "json/text.h"

namespace dijia::json {
namespace {

TEST(ParcelCodec, TellsAllThatIsWrongInThePlaceOfTheValuation) {
  Diagnostics diagnostics;
  const auto value =
      ParseJson(R"({"parcel_id": "P", "gradee": 1, "far": "two"})", "p", diagnostics);
  ASSERT_TRUE(value);
  const Parcel parcel = ReadParcel(*value, "p", diagnostics);
  EXPECT_EQ(parcel.parcel_id, "P");
  EXPECT_GE(diagnostics.errors(), 2U);
  const std::string line = ToLine(WriteParcelError("P", diagnostics, Language::kEn));
  EXPECT_TRUE(line.starts_with(R"({"parcel_id": "P", "error": {"code": "DJ-2218",)")) << line;
  EXPECT_NE(line.find("/gradee"), std::string::npos) << line;
  EXPECT_NE(line.find("/far"), std::string::npos) << line;
}

// One mistake, one message: a far that is no number was reported as not positive too.
TEST(ParcelCodec, ReportsANumberThatIsNoneOnce) {
  Diagnostics diagnostics;
  const auto value = ParseJson(R"({"far": "two", "area_sqm": "-1"})", "p", diagnostics);
  ASSERT_TRUE(value);
  ReadParcel(*value, "p", diagnostics);
  ASSERT_EQ(diagnostics.errors(), 2U);
  EXPECT_EQ(diagnostics.kept()[0].code, Code::kNotANumber);
  EXPECT_EQ(diagnostics.kept()[1].code, Code::kNotPositive);
}

}  // namespace
}  // namespace dijia::json

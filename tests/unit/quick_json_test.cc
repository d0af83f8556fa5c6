// The fast reader of JSON against the careful one.
#include <gtest/gtest.h>

#include <string>

#include "json/quick_json.h"
#include "json/text.h"

namespace dijia::json {
namespace {

std::optional<Value> Carefully(const std::string& text) {
  Diagnostics problems;
  // A byte-order mark is left to the careful reader, and is no part of the document.
  return ParseJson("\xEF\xBB\xBF" + text, "", problems);
}

TEST(QuickJson, GivesTheDocumentOfTheCarefulReader) {
  for (const char* text : {" {} ", "[1]\n", "[[],{}]", "{\"a\":{\"b\":[{}]}}",
                           "[\"\\u0000\", \"\\u4f60\\\"\\ud83d\\ude00\"]",
                           "[1.50,2e3,-7,0,123456789012345678901234567890,1E-2]",
                           "{\"a\":[true,false,null,\"地\"]}"}) {
    const auto quick = ParseQuickly(text), careful = Carefully(text);
    ASSERT_TRUE(quick) << text;
    ASSERT_TRUE(careful) << text;
    EXPECT_EQ(ToLine(*quick), ToLine(*careful));
  }
}

TEST(QuickJson, LeavesWhatIsWrongOrUnusualToTheCarefulReader) {
  for (const char* text : {"",
                           "{",
                           "[1,2",
                           "{\"a\":1,\"a\":2}",
                           "{\"a\":01}",
                           "{\"a\":1.}",
                           "{\"a\":+1}",
                           "[1e999]",
                           "[NaN]",
                           "[1,]",
                           "{\"a\":1,}",
                           "[\"\xff\"]",
                           "[\"\\ud800\"]",
                           "{} x",
                           "{}{}",
                           "[-0]",
                           "[1 2]",
                           "[tru]",
                           "[truex]",
                           "[nul]",
                           "{\"a\" 1}",
                           "{\"a\":}",
                           "[\"\t\"]",
                           "[.5]",
                           "[1E+]",
                           "[1e5x]",
                           "\xEF\xBB\xBF{}",
                           "1",
                           "\"a\"",
                           "null",
                           "[\"a\"\"b\"]",
                           "{1:2}",
                           "[,]",
                           "[1,,2]",
                           "[1}"}) {
    EXPECT_FALSE(ParseQuickly(text)) << text;
  }
}

TEST(QuickJson, HasTheSameDepth) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_TRUE(ParseQuickly(deep));
  EXPECT_FALSE(ParseQuickly("[" + deep + "]"));
}

}  // namespace
}  // namespace dijia::json

#include "json/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "json/value.h"

namespace dijia::json {
namespace {

std::string Canonical(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Value> value = ParseJson(text, "t.json", diagnostics);
  return value ? ToCanonical(*value) : "refused";
}

std::string Complaint(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(ParseJson(text, "t.json", diagnostics)) << text;
  if (diagnostics.kept().empty()) return "nothing";
  return Describe(diagnostics.kept().front(), Language::kEn);
}

std::string DoubleText(double number) { return ToCanonical(Value::Double(number)); }

TEST(ParseJson, KeepsTheTextOfADecimal) {
  EXPECT_EQ(Canonical("[84.50, 1e2, -0.10, 12345678901234567890.123456789]"),
            "[84.50,1e2,-0.10,12345678901234567890.123456789]");
}

TEST(ParseJson, RefusesAFieldThatStandsTwice) {
  EXPECT_EQ(Complaint(R"({"uses": {"a": [1, {"x": 1, "x": 2}]}})"),
            "t.json: error DJ-1253 [/uses/a/1/x]: \"x\" stands twice");
}

TEST(ParseJson, AllowsTheSameNameInDifferentObjects) {
  EXPECT_EQ(Canonical(R"([{"x":1},{"x":2}])"), R"([{"x":1},{"x":2}])");
}

TEST(ParseJson, NamesTheLineAndColumnOfASyntaxError) {
  EXPECT_EQ(Complaint("{\n  \"价\": 01\n}"), "t.json:2:9: error DJ-1251: not valid JSON at \"1\"");
}

TEST(ParseJson, RefusesWhatJsonDoesNotHave) {
  for (const char* text : {"", "NaN", "[1,]", "{'a':1}", "[1] 2", "// c\n1", "[+1]", "[1e999]",
                           "\"\xFF\"", "\"\\ud800\"", "[\"\t\"]"}) {
    EXPECT_EQ(Canonical(text), "refused") << text;
  }
}

TEST(ParseJson, RefusesNestingBeyondSixtyFourLevels) {
  const std::string deep(64, '['), ends(64, ']');
  EXPECT_EQ(Canonical(deep + ends), deep + ends);
  EXPECT_EQ(Complaint("[" + deep + ends + "]"),
            "t.json: error DJ-1252: nested more than 64 levels deep");
}

// RFC 8785 §3.2.3: names are ordered by their UTF-16 units, so U+1F600 (D83D DE00) comes before
// U+FB33, although its UTF-8 bytes are greater.
TEST(ToCanonical, OrdersNamesByTheirUtf16Units) {
  EXPECT_EQ(Canonical("{\"\xEF\xAC\xB3\":1,\"\xF0\x9F\x98\x80\":2,\"1\":3,\"\xC3\xB6\":4,\"\":5}"),
            "{\"\":5,\"1\":3,\"\xC3\xB6\":4,\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}");
}

TEST(AppendString, PutsAMarkInThePlaceOfWhatIsNoUtf8) {
  const auto written = [](std::string_view text) {
    std::string out = "x";
    AppendString(text, out);
    return out;
  };
  EXPECT_EQ(written("级别 \xF0\x9F\x8F\xA0"), "x\"级别 \xF0\x9F\x8F\xA0\"");
  EXPECT_EQ(written("\"\xFF\"\n级"), "x\"\\\"\xEF\xBF\xBD\\\"\\n级\"");
  EXPECT_EQ(written("\xE7\xBA"), "x\"\xEF\xBF\xBD\"");
  EXPECT_EQ(written("\xED\xA0\x80"), "x\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(ToCanonical, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(Canonical("\"\\u20ac$\\u000f\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\""),
            "\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
}

// The sample values of RFC 8785, appendix B.
TEST(ValueDouble, PrintsAsEcmaScriptDoes) {
  EXPECT_EQ(DoubleText(0.0), "0");
  EXPECT_EQ(DoubleText(-0.0), "0");
  EXPECT_EQ(DoubleText(5e-324), "5e-324");
  EXPECT_EQ(DoubleText(-std::numeric_limits<double>::max()), "-1.7976931348623157e+308");
  EXPECT_EQ(DoubleText(9007199254740992), "9007199254740992");
  EXPECT_EQ(DoubleText(295147905179352830000.0), "295147905179352830000");
  EXPECT_EQ(DoubleText(1e21), "1e+21");
  EXPECT_EQ(DoubleText(9.999999999999997e22), "9.999999999999997e+22");
  EXPECT_EQ(DoubleText(333333333.33333329), "333333333.3333333");
  EXPECT_EQ(DoubleText(0.000001), "0.000001");
  EXPECT_EQ(DoubleText(1e-7), "1e-7");
  EXPECT_EQ(DoubleText(-0.0000033333333333333333), "-0.0000033333333333333333");
  EXPECT_EQ(DoubleText(1424953923781206.2), "1424953923781206.2");
  EXPECT_EQ(DoubleText(3.5), "3.5");
}

TEST(ValueDouble, OfNoNumberIsNull) {
  EXPECT_EQ(DoubleText(std::nan("")), "null");
  EXPECT_EQ(DoubleText(std::numeric_limits<double>::infinity()), "null");
}

TEST(ToPretty, PutsShortListsOnOneLine) {
  Diagnostics diagnostics;
  const auto value =
      ParseJson(R"({"b":[{"x":1,"y":"z"},{"x":2,"y":null}],"a":{},"c":[]})", "", diagnostics);
  ASSERT_TRUE(value);
  EXPECT_EQ(ToPretty(*value),
            "{\n  \"b\": [\n    {\"x\": 1, \"y\": \"z\"},\n    {\"x\": 2, \"y\": null}\n  ],\n"
            "  \"a\": {},\n  \"c\": []\n}\n");
}

TEST(ToPretty, KeepsATextThatIsTooLongForALine) {
  const std::string text(200, 'x');
  EXPECT_EQ(ToPretty(Value(text)), "\"" + text + "\"\n");
}

// Found by fuzz_json: what was empty and stood beyond the end of the line lost its bracket.
TEST(ToPretty, KeepsTheBracketsOfAnEmptyListBeyondTheEndOfTheLine) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  Diagnostics diagnostics;
  const auto value = ParseJson(deep, "", diagnostics);
  ASSERT_TRUE(value);
  const auto again = ParseJson(ToPretty(*value), "", diagnostics);
  ASSERT_TRUE(again) << ToPretty(*value);
  EXPECT_EQ(ToCanonical(*again), deep);
  EXPECT_NE(
      ToPretty(Value(Value::Array{Value(std::string(95, 'x')), Value(Value::Object())})).find("{}"),
      std::string::npos);
}

TEST(ValueShown, CutsALongTextBetweenCharacters) {
  std::string price;
  for (int i = 0; i < 61; ++i) price += "价";
  EXPECT_EQ(Value(price).Shown(), "\"" + price.substr(0, 180) + "…\"");
}

}  // namespace
}  // namespace dijia::json

#include "dijia/base/toml_fault.h"

#include <gtest/gtest.h>

#include <string>

#include "dijia/base/codes.h"

#include "io/toml_document.h"

namespace dijia::io {
namespace {

// The one fault of a text that is no TOML.
std::string FaultOf(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(ParseToml(text, "plan.toml", diagnostics)) << text;
  return diagnostics.total() == 1 ? Describe(diagnostics.kept()[0], Language::kEn) : "not one";
}

TEST(TomlFault, NamesWhatIsNeededAndWhatStandsThere) {
  EXPECT_EQ(FaultOf("id = \"a\"\ncounty : 1\n"),
            "plan.toml:2:8: error DJ-1273: = is needed here, not :");
  EXPECT_EQ(FaultOf("a = [1 2]\n"), "plan.toml:1:8: error DJ-1273: , ] is needed here, not 2");
  EXPECT_EQ(FaultOf("a = { x = 1 y = 2 }\n"),
            "plan.toml:1:13: error DJ-1273: , } is needed here, not y");
  EXPECT_EQ(FaultOf("[a b]\n"), "plan.toml:1:4: error DJ-1273: ] is needed here, not b");
}

TEST(TomlFault, NamesWhatIsMissingAtTheEnd) {
  EXPECT_EQ(FaultOf("a = [1, 2\n"),
            "plan.toml:1:11: error DJ-1275: this ends too early; ] is missing");
  EXPECT_EQ(FaultOf("a = { x = 1\n}\n"),
            "plan.toml:1:12: error DJ-1275: this ends too early; } is missing");
  EXPECT_EQ(FaultOf("[rounding\nx = 1\n"),
            "plan.toml:1:10: error DJ-1275: this ends too early; ] is missing");
  EXPECT_EQ(FaultOf("county\n"), "plan.toml:1:7: error DJ-1275: this ends too early; = is missing");
  EXPECT_EQ(FaultOf("county = \n"), "plan.toml:1:10: error DJ-1286: \"county\" has no value");
}

TEST(TomlFault, KnowsChinesePunctuation) {
  EXPECT_EQ(FaultOf("county = “150102”\n"),
            "plan.toml:1:10: error DJ-1282: \"“\" is a Chinese punctuation mark; \" is allowed");
  EXPECT_EQ(FaultOf("grades = [1，2]\n"),
            "plan.toml:1:12: error DJ-1282: \"，\" is a Chinese punctuation mark; , is allowed");
  EXPECT_EQ(FaultOf("county＝1\n"),
            "plan.toml:1:7: error DJ-1282: \"＝\" is a Chinese punctuation mark; = is allowed");
}

TEST(TomlFault, TellsAKeyThatStandsTwice) {
  EXPECT_EQ(FaultOf("id = 1\nid = 2\n"), "plan.toml:2:6: error DJ-1253: \"id\" stands twice");
  EXPECT_EQ(FaultOf("[a]\n[a]\n"), "plan.toml:2:1: error DJ-1253: \"a\" stands twice");
  EXPECT_EQ(FaultOf("a = {x = 1}\na.y = 2\n"),
            "plan.toml:2:1: error DJ-1253: \"a.y\" stands twice");
}

TEST(TomlFault, ShowsTheValueThatIsNone) {
  EXPECT_EQ(FaultOf("county = 000000\n"),
            "plan.toml:1:16: error DJ-1279: \"000000\" begins with 0; a code in quotes, or a "
            "number without the 0, is allowed");
  EXPECT_EQ(FaultOf("rate = 5%\n"), "plan.toml:1:9: error DJ-1278: \"5%\" is not a number");
  EXPECT_EQ(FaultOf("term = 50年 # 法定\n"),
            "plan.toml:1:10: error DJ-1278: \"50年\" is not a number");
  EXPECT_EQ(FaultOf("rate = 0,06\n"), "plan.toml:1:9: error DJ-1278: \"0,06\" is not a number");
  EXPECT_EQ(FaultOf("seed = 99999999999999999999\n"),
            "plan.toml:1:28: error DJ-1103: \"99999999999999999999\" is too large");
  EXPECT_EQ(FaultOf("base_date = 2025-02-30\n"),
            "plan.toml:1:23: error DJ-1280: \"2025-02-30\" is not a date; a date such as "
            "2025-04-01 is allowed");
  EXPECT_EQ(FaultOf("base_date = 2025-1-1\n"),
            "plan.toml:1:19: error DJ-1280: \"2025-1-1\" is not a date; a date such as 2025-04-01 "
            "is allowed");
  EXPECT_EQ(FaultOf("id = 住宅\n"),
            "plan.toml:1:6: error DJ-1281: \"住宅\" cannot be a value; a text in quotes, or a "
            "number, is allowed");
  EXPECT_EQ(FaultOf("x = True\n"),
            "plan.toml:1:5: error DJ-1281: \"True\" cannot be a value; a text in quotes, or a "
            "number, is allowed");
}

TEST(TomlFault, KnowsTextsThatAreNotClosed) {
  const std::string kOpen =
      "error DJ-1276: a quote is not closed; a text in one pair of quotes on one line is allowed";
  EXPECT_EQ(FaultOf("id = \"a\nb = 1\n"), "plan.toml:1:8: " + kOpen);
  EXPECT_EQ(FaultOf("id = \"a"), "plan.toml:1:8: " + kOpen);
  EXPECT_EQ(FaultOf("id = 'a\nb = 1\n"), "plan.toml:1:8: " + kOpen);
}

TEST(TomlFault, ShowsABackslashThatIsNotUnderstood) {
  EXPECT_EQ(FaultOf("path = \"c:\\data\"\n"),
            "plan.toml:1:12: error DJ-1277: a backslash inside quotes is not understood: \\data; a "
            "text with backslashes in single quotes is allowed");
}

TEST(TomlFault, KnowsTheOtherKinds) {
  EXPECT_EQ(FaultOf("a = [1,,2]\n").substr(0, 28), "plan.toml:1:8: error DJ-1287");
  EXPECT_EQ(FaultOf("a = { x = 1, }\n").substr(0, 29), "plan.toml:1:14: error DJ-1287");
  EXPECT_EQ(FaultOf("a = 1 b = 2\n"),
            "plan.toml:1:7: error DJ-1284: one entry a line is allowed; \"b = 2\" belongs on a "
            "line of its own");
  EXPECT_EQ(FaultOf("用途 = 1\n"),
            "plan.toml:1:1: error DJ-1288: \"用途\" cannot be a name; letters, digits and "
            "underscores are allowed");
  EXPECT_EQ(FaultOf("a = \"x\x01\"\n"),
            "plan.toml:1:7: error DJ-1283: a control character stands here; remove it");
  EXPECT_EQ(FaultOf("a = \"\xD6\xD0\"\n"),
            "plan.toml:1:5: error DJ-1274: the text is not UTF-8; save it as UTF-8");
  EXPECT_EQ(FaultOf("a = 1 \r\r\nb"),
            "plan.toml:1:8: error DJ-1275: this ends too early; = is missing");
}

TEST(TomlFault, ShowsTheLineOfAFaultThatIsNew) {
  EXPECT_EQ(FaultOf("a = " + std::string(300, '[') + "\n"),
            "plan.toml:1:261: error DJ-1252: nested more than 256 levels deep");
  const Diagnostic fault =
      TomlFault("Error while parsing key: unheard of", {"plan.toml", 2, 1, ""}, "a = 1\nb c\n");
  EXPECT_EQ(fault.code, Code::kNotToml);
  EXPECT_EQ(Describe(fault, Language::kEn), "plan.toml:2:1: error DJ-1250: not valid TOML: b c");
}

}  // namespace
}  // namespace dijia::io

// Planted slips in copies of the packs: each is refused with its exact message.
#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "support/pack_files.h"

namespace dijia::rules {
namespace {

struct Slip {
  std::string_view file, was, now;
  Code code;
  std::string_view message;
};

std::string Messages(const std::vector<PackLayer>& layers) {
  Diagnostics diagnostics;
  const bool loaded = LoadRulePack(layers, diagnostics).has_value();
  std::string text = loaded ? "loaded" : "";
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    text += Describe(diagnostic, Language::kEn) + "\n";
  }
  return text;
}

std::string Repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string WithSlip(const Slip& slip) {
  PackLayer layer = ReadLayer("cn");
  const auto file = std::ranges::find(layer, slip.file, &PackFile::name);
  const std::size_t at = file == layer.end() ? std::string::npos : file->text.find(slip.was);
  if (at == std::string::npos) return "not planted: " + std::string(slip.was);
  file->text.replace(at, slip.was.size(), slip.now);
  return Messages({layer});
}

TEST(RulePack, RefusesPlantedSlips) {
  const Slip slips[] = {
      {"2009-56.toml", "ratio = \"0.70\"", "ratio = 0.70", Code::kDecimalNotQuoted,
       "must be a decimal in quotes"},
      {"2009-56.toml", "ratio = \"0.70\"", "ratio = \"1.70\"", Code::kRatioOutOfRange,
       "the ratio 1.7 is out of range"},
      {"2009-56.toml", "ratio = \"0.70\"", "ratio = \"0.70\"\nratio = \"0.15\"",
       Code::kDuplicateField, "\"ratio\" stands twice"},
      {"2009-56.toml", "from = 2009-05-11", "from = \"2009-05-11\"", Code::kDateNotBare,
       "must be a date without quotes"},
      {"2009-56.toml", "from = 2009-05-11", "from = 2009-02-30", Code::kTomlBadDate,
       "\"2009-02-30\" is not a date"},
      {"2009-56.toml", "from = 2009-05-11", "from = 2009-05-11\nuntil = 2009-05-11",
       Code::kPeriodEmpty, "the period is empty"},
      {"2009-56.toml", "from = 2009-05-11", "form = 2009-05-11", Code::kMisspeltField,
       "\"from\" may be meant"},
      {"2009-56.toml", "instrument = \"56\"", "instrument = \"5678901\"", Code::kNameUnknown,
       "there is no \"5678901\"; allowed are"},
      {"2009-56.toml", "confidence = \"seen\"", "confidence = \"sen\"", Code::kNameMisspelt,
       "\"seen\" may be meant"},
      {"2009-56.toml", "confidence = \"seen\"", "", Code::kMissingField,
       "\"confidence\" is missing"},
      {"2009-56.toml", "\"facts.priority_industry_listed\"", "\"facts.priority_industry_lsted\"",
       Code::kNameMisspelt, "\"facts.priority_industry_listed\" may be meant"},
      {"2009-56.toml", "\"facts.priority_industry_listed\"", "\"facts.far\"", Code::kWrongFactType,
       "the fact \"facts.far\" cannot stand here: yes_no"},
      {"2009-56.toml", "\"intensive\"", "42", Code::kPredicateShape,
       "the condition is not understood"},
      {"2009-56.toml", "key = \"56-3-agri\"", "key = \"56-2-priority\"", Code::kNameTwice,
       "\"56-2-priority\" is defined twice"},
      {"2009-56.toml", "ratio = \"0.70\"", "ratio = \"0.70\"\ndefect = true", Code::kClauseGives,
       "this one gives 2"},
      {"2009-56.toml", "按标准的 {ratio_percent}", "按标准的 {ratios}", Code::kPlaceholderUnknown,
       "the placeholder \"ratios\" of the text is not known"},
      {"standard.csv", "14,84", "14,84.5", Code::kTooManyDecimals,
       "\"84.5\" has too many decimals"},
      {"standard.csv", "14,84", "16,84", Code::kFactOutOfRange,
       "16 is out of range; 1 to 15 is allowed"},
      {"standard.csv", "14,84", "13,84", Code::kTableRowTwice,
       "the key and period overlap with those of row 14"},
      {"standard.csv", "14,84,,,", "14,84,,", Code::kTableCells,
       "the row has 4 cells; 5 are allowed"},
      {"standard.csv", "land_class,value", "class,value", Code::kTableHeader,
       "the header must be \"land_class, value"},
      {"tables.toml", "file = \"standard.csv\"", "file = \"standards.csv\"",
       Code::kTableFileMissing, "the pack has no file \"standards.csv\""},
      {"values.toml", "until = 2007-03-18", "until = 2007-04-18", Code::kPeriodsOverlap,
       "two periods of \"deposit_rate_5y\" overlap"},
      {"definitions.toml", "is = \"industrial\"", "is = \"industry\"", Code::kNotAFactValue,
       "\"industry\" is not allowed; allowed are: commercial"},
      {"facts.toml", "id = \"land_class\"", "id = \"land_klass\"", Code::kFormulaFactMissing,
       "the formulas need the fact \"land_class\""},
      {"readings.toml", "default = \"strict\"", "default = \"strikt\"", Code::kNameMisspelt,
       "\"strict\" may be meant"},
      {"definitions.toml", "\"!", "\"!!", Code::kPredicateShape,
       "the condition is not understood: !!"},
      {"facts.toml", "scale = 4", "scale = 40", Code::kNotAnInteger,
       "scale is not an integer from 0 to 6"},
      {"facts.toml", "lowest = \"1\"", "lowest = \"16\"", Code::kFactOutOfRange,
       "15 is out of range; 16 to"},
      {"facts.toml", "highest = \"10000000000\"", "highest = \"100000000000000\"",
       Code::kFactOutOfRange, "100000000000000 is out of range"},
      {"facts.toml", "lowest = \"0.0001\"\nhighest = \"10000000000\"",
       "lowest = \"0\"\nhighest = \"10000000000\"", Code::kWrongFactType,
       "the fact \"area_sqm\" cannot stand here: decimal, scale 4, 0.0001 to 10000000000"},
      {"facts.toml", "choices = [\"reserve\", \"starting\", \"closing\"]",
       "choices = [\"reserve\", \"closing\", \"starting\"]", Code::kWrongFactType,
       "the fact \"price.kind\" cannot stand here: choice: reserve, starting, closing"},
      {"facts.toml", "choices = [\"reserve\", \"starting\", \"closing\"]", "choices = []",
       Code::kFactOutOfRange, "0 is out of range; 1 to 64"},
      {"values.toml", "value = \"50\"", "value = \"50.5\"", Code::kFactOutOfRange,
       "50.5 is out of range; 1 to 100"},
      {"values.toml", "value = \"50\"", "value = \"99999999999\"", Code::kFactOutOfRange,
       "99999999999 is out of range; -10000000000 to 10000000000"},
  };
  for (const Slip& slip : slips) {
    const std::string messages = WithSlip(slip);
    EXPECT_NE(messages.find(slip.message), std::string::npos)
        << slip.file << ": " << slip.now << "\n"
        << messages;
    EXPECT_NE(messages.find(CodeId(slip.code)), std::string::npos) << messages;
    EXPECT_EQ(messages.find("loaded"), std::string::npos) << slip.now;
  }
}

TEST(RulePack, RefusesAReadingWithoutOptionsAndTooManyFacts) {
  std::string text =
      "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n"
      "[[reading]]\nid = \"empty\"\nquestion_zh = \"o\"\nquestion_en = \"o\"\n"
      "default = \"x\"\nchosen_by = \"x\"\nchosen_on = 2026-01-01\n";
  for (int i = 0; i < 80; ++i) {
    text += "[[fact]]\nid = \"f" + std::to_string(i) +
            "\"\ntype = \"yes_no\"\nquestion_zh = \"o\"\nquestion_en = \"o\"\n";
  }
  const std::string messages = Messages({ReadLayer("cn"), {{"office.toml", text}}});
  EXPECT_NE(messages.find(CodeId(Code::kReadingWithoutDefault)), std::string::npos) << messages;
  EXPECT_NE(messages.find(CodeId(Code::kTooManyPackNames)), std::string::npos) << messages;
}

// Found by reading what the loader let through to the check before it was fuzzed.
TEST(RulePack, RefusesWhatTheCheckCannotReckonWith) {
  constexpr std::string_view kYears =
      "[[definition]]\nid = \"late\"\n"
      "when = { since = \"decided_on\", at = \"decided_on\", at_least = 5000000000 }\n";
  constexpr std::string_view kTimes =
      "[[definition]]\nid = \"dear\"\n"
      "when = { fact = \"facts.far\", at_least = { fact = \"facts.far\", times = \"1000000.1\" } "
      "}\n";
  constexpr std::string_view kFirst =
      "[[fact]]\nid = \"far_again\"\ntype = \"decimal\"\nscale = 6\nlowest = \"0\"\n"
      "highest = \"50\"\nfirst = \"facts.far\"\nquestion_zh = \"q\"\nquestion_en = \"q\"\n";
  constexpr std::string_view kTable =
      "[[fact]]\nid = \"standard_again\"\ntype = \"integer\"\nlowest = \"60\"\n"
      "highest = \"839\"\ntable = \"standard\"\nquestion_zh = \"q\"\nquestion_en = \"q\"\n";
  std::string doubled = "[[definition]]\nid = \"d0\"\nwhen = [\"industrial\", \"industrial\"]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "\"d" + std::to_string(i - 1) + "\"";
    doubled += "[[definition]]\nid = \"d" + std::to_string(i) + "\"\nwhen = [" + before + ", " +
               before + "]\n";
  }
  std::string nested = "[[definition]]\nid = \"n0\"\nwhen = \"industrial\"\n";
  for (int i = 1; i < 3000; ++i) {
    nested += "[[definition]]\nid = \"n" + std::to_string(i) + "\"\nwhen = { not = \"n" +
              std::to_string(i - 1) + "\" }\n";
  }
  const std::pair<std::string, std::string_view> slips[] = {
      {"[*[clause]]\n", "\"[*[clause]]\" cannot be a name"},  // an assertion of toml++
      {"[a" + Repeated(".a", 200'000) + "]\n", "nested more than 32 levels deep"},
      {std::string(kYears), "at_least is not an integer from 0 to 200"},
      {std::string(kTimes), "1000000.1 is out of range; 0 to 1000000"},
      {std::string(kFirst), "the fact \"far_again\" cannot stand here: first"},
      {std::string(kTable), "the fact \"standard_again\" cannot stand here: table"},
      {doubled, "the condition is not understood: > 2000"},
      {nested, "the condition is not understood: > 2000"},
  };
  for (const auto& [text, message] : slips) {
    const std::string messages = Messages({ReadLayer("cn"), {{"office.toml", text}}});
    EXPECT_NE(messages.find(message), std::string::npos) << message << "\n" << messages;
    EXPECT_EQ(messages.find("loaded"), std::string::npos) << message;
  }
}

TEST(RulePack, SaysFileLineAndColumn) {
  const std::string messages = WithSlip(
      {"pack.toml", "version = \"2026.11.0\"", "verson = \"2026.11.0\"", Code::kMisspeltField, ""});
  EXPECT_EQ(messages,
            "pack.toml:4:1: error DJ-1254 [verson]: there is no \"verson\" here; \"version\" may "
            "be meant\n"
            "pack.toml:2:2: error DJ-1256 [version]: \"version\" is missing\n");
}

TEST(LocalPack, MustNotLoosen) {
  constexpr std::string_view kHead =
      "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n";
  constexpr std::string_view kCite = "instrument = \"307\"\nconfidence = \"seen\"\n";
  const auto with = [&](const std::string& text, const std::string& csv = "") {
    return Messages(
        {ReadLayer("cn"), {{"office.toml", std::string(kHead) + text}, {"local.csv", csv}}});
  };
  EXPECT_EQ(with(""), "loaded");
  EXPECT_NE(with("[[clause]]\nkey = \"x\"\nrule = \"industrial.ratio.local\"\nratio = \"0.5\"\n"
                 "when = \"industrial\"\nsays_zh = \"x\"\nsays_en = \"x\"\n" +
                 std::string(kCite))
                .find(CodeId(Code::kLoosens) + " [ratio]"),
            std::string::npos);
  EXPECT_NE(with("[[value]]\nid = \"full_term_years\"\nvalue = \"60\"\nunit = \"years\"\n"
                 "until = 1950-01-01\n" +
                 std::string(kCite))
                .find("must not loosen the layer below: full_term_years"),
            std::string::npos);
  const std::string table =
      "[[table]]\nid = \"standard\"\nfile = \"local.csv\"\nunit = \"yuan_per_sqm\"\n"
      "keys = [\"land_class\"]\nfrom = 2020-01-01\ntighten = true\n" +
      std::string(kCite);
  EXPECT_NE(with(table, "land_class,value,from,until,note\n15,59,,,\n").find("59 < 60"),
            std::string::npos);
  EXPECT_EQ(with(table, "land_class,value,from,until,note\n15,80,,,\n"), "loaded");
  EXPECT_NE(
      with("[[given]]\nfact = \"facts.self_developed\"\nvalue = \"yes\"\n" + std::string(kCite))
          .find(CodeId(Code::kNotRegional)),
      std::string::npos);
}

}  // namespace
}  // namespace dijia::rules

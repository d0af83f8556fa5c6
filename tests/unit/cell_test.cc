#include "io/cell.h"

#include <gtest/gtest.h>

#include <string>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

std::string AreaText(std::string_view text, AreaUnit unit = AreaUnit::kSqm) {
  const auto cell = ReadAreaCell(text, unit);
  if (cell.problem) return CodeId(cell.problem->code);
  return cell.value ? cell.value->ToString() : "blank";
}

TEST(AreaCell, IsReadInTheUnitItStates) {
  EXPECT_EQ(AreaText("1234.5"), "1234.5");
  EXPECT_EQ(AreaText("1.2公顷"), "12000");
  EXPECT_EQ(AreaText("１．２公顷"), "12000");
  EXPECT_EQ(AreaText("1.5万㎡"), "15000");
  EXPECT_EQ(AreaText("3亩"), "2000");
  EXPECT_EQ(AreaText("1亩"), "666.6667");
  EXPECT_EQ(AreaText("0.02 km2"), "20000");
  EXPECT_EQ(AreaText("1,234.5 m²"), "1234.5");
  EXPECT_EQ(AreaText("　800　"), "800");
}

TEST(AreaCell, TakesTheUnitOfTheColumnWhenItStatesNone) {
  EXPECT_EQ(AreaText("15.616520", AreaUnit::kHectare), "156165.2");
  EXPECT_EQ(AreaText("3", AreaUnit::kMu), "2000");
  EXPECT_EQ(AreaText("800㎡", AreaUnit::kHectare), "800");
}

TEST(AreaCell, IsRefusedByName) {
  EXPECT_EQ(AreaText("0,8"), "DJ-1106");
  EXPECT_EQ(AreaText("1,234"), "DJ-1106");
  EXPECT_EQ(AreaText("12,34,567.5"), "DJ-1106");
  EXPECT_EQ(AreaText("5间"), "DJ-1105");
  EXPECT_EQ(AreaText("NaN"), "DJ-1101");
  EXPECT_EQ(AreaText("约800"), "DJ-1101");
  EXPECT_EQ(AreaText("1e309"), "DJ-1103");
  EXPECT_EQ(AreaText("1.23456"), "DJ-1102");
  EXPECT_EQ(AreaText("-5"), "DJ-1107");
  EXPECT_EQ(AreaText(""), "blank");
}

std::string PriceText(std::string_view text, std::optional<PriceUnit> unit = std::nullopt) {
  const auto cell = ReadPriceCell(text, unit);
  if (cell.problem) return CodeId(cell.problem->code);
  if (!cell.value) return "blank";
  return FormatDecimal(cell.value->units, Money::kScale) + " " +
         std::string(CodeOf(cell.value->unit));
}

TEST(PriceCell, IsReadInTheUnitItStates) {
  EXPECT_EQ(PriceText("350元/㎡"), "350 yuan_per_sqm");
  EXPECT_EQ(PriceText("350元/平方米"), "350 yuan_per_sqm");
  EXPECT_EQ(PriceText("12万元/亩"), "12 wan_yuan_per_mu");
  EXPECT_EQ(PriceText("４０００万元"), "4000 wan_yuan_total");
  EXPECT_EQ(PriceText("8元/㎡·年"), "8 yuan_per_sqm_year");
  EXPECT_EQ(PriceText("84.5", PriceUnit::kYuanPerSqm), "84.5 yuan_per_sqm");
  EXPECT_EQ(PriceText("12万元/亩", PriceUnit::kYuanPerSqm), "12 wan_yuan_per_mu");
}

TEST(PriceCell, WithoutAnyUnitIsRefused) {
  EXPECT_EQ(PriceText("350"), "DJ-1108");
  EXPECT_EQ(PriceText("350美元"), "DJ-1105");
  EXPECT_EQ(PriceText("面议", PriceUnit::kYuanPerSqm), "DJ-1101");
}

std::string FarText(std::string_view text) {
  const auto cell = ReadFarCell(text);
  if (cell.problem) return CodeId(cell.problem->code);
  if (!cell.value) return "blank";
  const auto bound = [](const auto& far) { return far ? far->ToString() : std::string("none"); };
  return bound(cell.value->lower) + ".." + bound(cell.value->upper);
}

TEST(FarCell, IsANumberOrBounds) {
  EXPECT_EQ(FarText("1.8"), "1.8..1.8");
  EXPECT_EQ(FarText("1.5-2.5"), "1.5..2.5");
  EXPECT_EQ(FarText("≤1.5"), "none..1.5");
  EXPECT_EQ(FarText("≥2.5"), "2.5..none");
  EXPECT_EQ(FarText("1.0～1.2"), "1..1.2");
  EXPECT_EQ(FarText("0.00"), "none..none");
  EXPECT_EQ(FarText(""), "blank");
}

TEST(FarCell, IsRefusedByName) {
  EXPECT_EQ(FarText("0,8"), "DJ-1106");
  EXPECT_EQ(FarText("一般"), "DJ-1101");
  EXPECT_EQ(FarText("1.0<FAR≤1.8"), "DJ-1101");
  EXPECT_EQ(FarText("-1"), "DJ-1107");
}

std::string TermText(std::string_view text) {
  const auto cell = ReadTermCell(text);
  if (cell.problem) return CodeId(cell.problem->code);
  if (!cell.value) return "blank";
  if (cell.value->is_mixed) return "mixed";
  return cell.value->is_text ? "text" : cell.value->years->ToString();
}

TEST(TermCell, IsYearsOrSaysWhyNot) {
  EXPECT_EQ(TermText("40"), "40");
  EXPECT_EQ(TermText("３０年"), "30");
  EXPECT_EQ(TermText("63.97"), "63.97");
  EXPECT_EQ(TermText("其他商服用地40年; 住宅用地70年"), "mixed");
  EXPECT_EQ(TermText("其他普通商品住房用地70年; 其他商服用地40"), "mixed");
  EXPECT_EQ(TermText("长期"), "text");
  EXPECT_EQ(TermText(""), "blank");
}

std::string GradeText(std::string_view text) {
  const auto cell = ReadGradeCell(text);
  if (cell.problem) return CodeId(cell.problem->code);
  if (!cell.value) return "blank";
  if (cell.value->not_assessed) return "not assessed";
  if (cell.value->land_class.value > 0) {
    return "class " + std::to_string(cell.value->land_class.value);
  }
  return "grade " + std::to_string(cell.value->grade.value);
}

// real-cases §10: Ⅰ, I, 一级 and 1 are one grade; §11: 十三等级 is the county's class.
TEST(GradeCell, TellsGradesFromLandClasses) {
  for (const char* text : {"1", "一级", "Ⅰ", "I", "Ⅰ级", "1级", "１"}) {
    EXPECT_EQ(GradeText(text), "grade 1") << text;
  }
  EXPECT_EQ(GradeText("十一级"), "grade 11");
  EXPECT_EQ(GradeText("十三等级"), "class 13");
  EXPECT_EQ(GradeText("13等"), "class 13");
  EXPECT_EQ(GradeText("未评估地区"), "not assessed");
  EXPECT_EQ(GradeText("十七等级"), "DJ-1110");
  EXPECT_EQ(GradeText("甲级"), "DJ-1109");
  EXPECT_EQ(GradeText("0"), "DJ-1109");
  EXPECT_EQ(GradeText(" "), "blank");
}

TEST(DateCell, IgnoresTheMidnightOfSpreadsheets) {
  EXPECT_EQ(FormatDate(*ReadDateCell("2024/01/02 00:00:00").value), "2024-01-02");
  EXPECT_EQ(FormatDate(*ReadDateCell("２０２４年１月２日").value), "2024-01-02");
  EXPECT_EQ(ReadDateCell("2024-02-30").problem->code, Code::kNotADate);
  EXPECT_FALSE(ReadDateCell("").value.has_value());
}

TEST(DoubleCell, IsNeitherInfiniteNorNaN) {
  EXPECT_EQ(ReadDoubleCell("０．０２").value, 0.02);
  EXPECT_EQ(ReadDoubleCell("1,234.5").value, 1234.5);
  for (const char* text : {"inf", "nan", "0x10", "1 2"}) {
    EXPECT_EQ(ReadDoubleCell(text).problem->code, Code::kNotANumber) << text;
  }
  EXPECT_EQ(ReadDoubleCell("1e309").problem->code, Code::kNumberTooLarge);
  EXPECT_EQ(ReadDoubleCell("0,8").problem->code, Code::kSeparatorAmbiguous);
}

TEST(Plain, KeepsWhatNeedsNoChangeWhereItIs) {
  std::string buffer;
  const std::string text = " 84.5 ";
  EXPECT_EQ(Plain(text, buffer).data(), text.data() + 1);
  EXPECT_EQ(Plain("（Ａ１）", buffer), "(A1)");
}

TEST(ReadDateCell, RefusesTheSerialNumberOfASpreadsheetByThatName) {
  for (const char* text : {"45292", "45292.5"}) {
    const auto cell = ReadDateCell(text);
    ASSERT_TRUE(cell.problem) << text;
    EXPECT_EQ(cell.problem->code, Code::kDateIsSerial);
    EXPECT_EQ(cell.problem->arguments, (std::vector<std::string>{text, "2024-01-01"}));
  }
  EXPECT_EQ(ReadDateCell("4529").problem->code, Code::kNotADate);
  EXPECT_EQ(ReadDateCell("01234").problem->code, Code::kNotADate);
}

TEST(SpreadsheetText, KeepsTheDigitsThatAreShown) {
  EXPECT_EQ(SpreadsheetText("3.3000000000000003"), "3.3");
  EXPECT_EQ(SpreadsheetText("-1234.5600000000001"), "-1234.56");
  EXPECT_EQ(SpreadsheetText("1234.56789"), "1234.56789");
  EXPECT_EQ(SpreadsheetText("150102199001011234"), "150102199001011234") << "a whole number";
  EXPECT_EQ(SpreadsheetText("3.3000000000000003元"), "3.3000000000000003元");
  EXPECT_EQ(SpreadsheetText(""), "");
}

}  // namespace
}  // namespace dijia::io

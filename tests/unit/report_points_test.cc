#include "report/points.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "report/words.h"
#include "support/sample_report.h"

namespace dijia::report {
namespace {

GradePrice CellWith(int grade, CellStatus status, std::vector<Diagnostic> notes) {
  GradePrice cell;
  cell.key.use = LandUse::kCommercial;
  cell.key.grade = static_cast<std::uint8_t>(grade);
  cell.status = status;
  cell.notes = std::move(notes);
  return cell;
}

Diagnostic Note(Code code, std::vector<std::string> arguments) {
  return {code, {}, std::move(arguments)};
}

// The points of a commercial series of these cells, each as "weight grades: words".
std::vector<std::string> Written(const std::vector<GradePrice>& cells, Language language) {
  const Labels labels = Labels::Parse("code,zh,en\nmad,中位绝对偏差,median absolute deviation\n");
  std::vector<std::string> lines;
  for (const Point& point : PointsOf({LandUse::kCommercial, 0, nullptr, cells, nullptr})) {
    lines.push_back(std::to_string(static_cast<int>(point.weight)) + " " +
                    GradesWords(point, language) + ": " + PointWords(point, labels, language));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Points, GiveWhatWithholdsAPriceBeforeWhatOnlyQualifiesIt) {
  const std::vector<GradePrice> cells{CellWith(
      4, CellStatus::kWithheld,
      {Note(Code::kCvAboveLimit, {"0.799", "0.3"}), Note(Code::kTooFewSamples, {"2", "5"})})};
  EXPECT_EQ(Written(cells, Language::kEn),
            (Lines{"0 Grade 4 (n = 2): fewer than the minimum of 5 usable samples",
                   "1 Grade 4 (0.799): coefficient of variation above the limit of 0.3"}));
}

TEST(Points, OfTooFewSamplesAreAWarningWhereAnotherPriceStandsIn) {
  const std::vector<GradePrice> cells{
      CellWith(3, CellStatus::kModelled, {Note(Code::kTooFewSamples, {"2", "5"})})};
  EXPECT_EQ(Written(cells, Language::kZh), (Lines{"1 三级（2 宗）: 可用样点不足 5 宗"}));
}

TEST(Points, SayOnceWhatHoldsForSeveralGrades) {
  const Diagnostic order =
      Note(Code::kGradeOrderContradicted, {"2", "55.1", "1238", "3", "99.8", "7", "< 0.0001"});
  const std::vector<GradePrice> cells{
      CellWith(1, CellStatus::kWithheld, {Note(Code::kTooFewSamples, {"1", "5"}), order}),
      CellWith(2, CellStatus::kWithheld, {order}),
      CellWith(3, CellStatus::kWithheld, {order, Note(Code::kTooFewSamples, {"4", "5"})})};
  const Lines lines = Written(cells, Language::kZh);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "0 一级（1 宗）、三级（4 宗）: 可用样点不足 5 宗");
  EXPECT_EQ(lines[1].substr(0, lines[1].find("，不是偶然")),
            "0 一级、二级、三级: 二级 55.1 元/㎡（1,238 宗）低于三级 99.8 元/㎡（7 宗）");
}

TEST(Points, KeepLimitsOfTwoPlansApart) {
  const std::vector<GradePrice> cells{
      CellWith(1, CellStatus::kThin, {Note(Code::kThinCell, {"8", "15"})}),
      CellWith(2, CellStatus::kThin, {Note(Code::kThinCell, {"9", "20"})})};
  EXPECT_EQ(Written(cells, Language::kZh),
            (Lines{"2 一级（8 宗）: 可用样点不足 15 宗，价格依据偏少",
                   "2 二级（9 宗）: 可用样点不足 20 宗，价格依据偏少"}));
}

TEST(Points, TakeTheFirstNoteOfAWithheldCellForItsReasonWhereNoneIsOneByNature) {
  const std::vector<GradePrice> cells{
      CellWith(2, CellStatus::kWithheld,
               {Note(Code::kNoUsableSample, {}), Note(Code::kNotNormal, {"= 0.01", "= 0.02"})})};
  const Lines lines = Written(cells, Language::kEn);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].substr(0, 10), "0 Grade 2:");
  EXPECT_EQ(lines[1].substr(0, 10), "3 Grade 2:");
}

TEST(Points, OfCellsWithoutNotesAreNone) {
  EXPECT_TRUE(Written({CellWith(1, CellStatus::kComputed, {})}, Language::kZh).empty());
}

TEST(NoteWords, NameRulesAndMethodsByTheirLabels) {
  const Labels labels = Labels::Parse(
      "code,zh,en\nmad,中位绝对偏差,median absolute deviation\n"
      "carry_forward,沿用现行价,carry forward\n");
  EXPECT_EQ(
      NoteWords(Note(Code::kRejectionCapped, {"mad", "5", "11", "20"}), labels, Language::kEn),
      "the median absolute deviation rule would reject 5 of 11 samples, more than the 20% "
      "allowed, so none is rejected");
  EXPECT_EQ(NoteWords(Note(Code::kStandInOutOfOrder, {"carry_forward:demo-2022", "1900"}), labels,
                      Language::kZh),
            "沿用现行价（demo-2022）得出 1,900 元/㎡，与相邻级别的次序矛盾，不采用");
}

TEST(NoteWords, WriteGradesAsTheLanguageDoesAndLeaveNamesAlone) {
  const Labels labels;
  const Diagnostic housing =
      Note(Code::kResidentialAboveCommercial, {"152502", "", "11", "1976", "1576"});
  const std::string zh = NoteWords(housing, labels, Language::kZh);
  EXPECT_EQ(zh.rfind("152502 十一级：居住 1,976 元/㎡ 高于商业 1,576 元/㎡", 0), 0U) << zh;
  const std::string en = NoteWords(housing, labels, Language::kEn);
  EXPECT_EQ(en.rfind("grade 11 of 152502: residential 1,976 yuan/m² is above", 0), 0U) << en;
  EXPECT_EQ(NoteWords(Note(Code::kCarriedForward, {"2022"}), labels, Language::kEn),
            "carried forward from 2022");
}

TEST(RunNotes, PutTheNameOfTheCountyInThePlaceOfItsCode) {
  const Diagnostic note = Note(Code::kIndexNotEstimated, {"152502", "commercial", "9"});
  EXPECT_EQ(WithCountyName(note, "锡林浩特市").arguments.front(), "锡林浩特市");
  EXPECT_EQ(WithCountyName(note, "").arguments.front(), "152502");
  const Diagnostic of_all = Note(Code::kFarUnknownKept, {"9", "63"});
  EXPECT_EQ(WithCountyName(of_all, "锡林浩特市").arguments.front(), "9");
}

}  // namespace
}  // namespace dijia::report

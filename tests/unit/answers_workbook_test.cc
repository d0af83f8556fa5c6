// Workbooks of answers, read back: what an office mails says what the answers say.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/check_words.h"
#include "app/check_workbook.h"
#include "app/reference.h"
#include "app/value_workbook.h"
#include "app/workbook_rows.h"
#include "dijia/base/codes.h"
#include "io/workbook.h"
#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/temporary_folder.h"

namespace dijia::app {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr double kYuan = 1e-9;  // numbers of a spreadsheet are doubles

class AnswersWorkbook : public ::testing::Test {
 protected:
  // A workbook written by `write`, read back.
  template <class Write>
  void Make(const Write& write) {
    io::OutputFile file(folder_ / "answers.xlsx");
    write(file);
    file.Commit();
    Diagnostics diagnostics;
    auto sheets = io::ReadWorkbook(folder_ / "answers.xlsx", io::TableFormat::kXlsx, diagnostics);
    ASSERT_TRUE(sheets) << (diagnostics.kept().empty()
                                ? ""
                                : Describe(diagnostics.kept().front(), Language::kEn));
    sheets_ = *std::move(sheets);
  }

  // The rows of a sheet below the row that begins with `header`.
  Rows Below(const std::string& sheet, const std::string& header) const {
    Rows rows;
    bool is_below = false;
    for (const io::WorkbookSheet& one : sheets_) {
      if (one.name != sheet) continue;
      for (const auto& row : one.records) {
        if (is_below) rows.push_back(row);
        is_below = is_below || (!row.empty() && row[0] == header);
      }
    }
    EXPECT_TRUE(is_below) << sheet << ": no row begins with " << header;
    return rows;
  }

  test::TemporaryFolder folder_;
  std::vector<io::WorkbookSheet> sheets_;
};

// A cell; empty where the row ends before it.
std::string At(const std::vector<std::string>& row, std::size_t column) {
  return column < row.size() ? row[column] : "";
}

ParcelAnswer Valued() {
  ParcelAnswer answer;
  answer.source = "parcels.csv";
  answer.row = 2;
  answer.valuation_date = Date(std::chrono::year(2026) / 6 / 3);
  Valuation& valuation = answer.valuation;
  valuation.parcel_id = "=甲-1";  // a text that looks like a formula
  valuation.status = ValuationStatus::kValued;
  valuation.unit_price = UnitPrice::FromUnits(11'446'000);
  valuation.total = Money::FromUnits(217'702'900);
  valuation.publication = "tongdao-2026";
  ValuationStep base;
  base.name = base.kind = "base";
  base.after = "640";
  valuation.steps = {base};
  ValuationStep sum;
  sum.name = sum.kind = "sum";
  sum.after = "1144.6";
  valuation.steps.push_back(sum);
  return answer;
}

ParcelAnswer Withheld() {
  ParcelAnswer answer;
  answer.source = "parcels.csv";
  answer.row = 3;
  answer.valuation.parcel_id = "乙";
  answer.valuation.missing = {
      {Code::kPriceNotPublished, {"parcels.csv", 3, 0, "grade"}, {"grade 9"}}};
  return answer;
}

ParcelAnswer NotRead() {
  ParcelAnswer answer;
  answer.source = "parcels.csv";
  answer.row = 4;
  answer.problems.Add(Code::kNotANumber, {"parcels.csv", 4, 2, "far"}, {"x"});
  return answer;
}

TEST_F(AnswersWorkbook, OfValuesSaysWhatTheAnswersSay) {
  const Reference reference = LoadReference(DIJIA_SOURCE_DIR "/data/reference");
  ValueOutputOptions options;
  options.language = Language::kEn;
  options.explain = true;
  Make([&](io::OutputFile& file) {
    ValueWorkbook book(options, reference.labels, file);
    RenderedValues block;
    ValueCounts counts;
    for (ParcelAnswer answer : {Valued(), Withheld(), NotRead()}) {
      counts.Add(answer);
      book.Render(std::move(answer), block);
    }
    book.Write(std::move(block));
    book.End(counts);
  });

  const Rows values = Below("values", "file");
  ASSERT_EQ(values.size(), 3U);
  EXPECT_EQ(At(values[0], 1), "2");
  EXPECT_EQ(At(values[0], 2), "=甲-1");
  EXPECT_NEAR(std::stod(At(values[0], 4)), 1144.6, kYuan);
  EXPECT_EQ(At(values[0], 5), "");  // no floor price
  EXPECT_NEAR(std::stod(At(values[0], 6)), 21770.29, kYuan);
  EXPECT_EQ(At(values[0], 8), "tongdao-2026");
  EXPECT_EQ(At(values[1], 2), "乙");
  EXPECT_EQ(At(values[1], 4), "");
  EXPECT_NE(At(values[1], 10).find("no price is published for grade 9"), std::string::npos)
      << At(values[1], 10);
  EXPECT_EQ(At(values[2], 3), "error");
  EXPECT_NE(At(values[2], 10).find("DJ-1101"), std::string::npos);

  const Rows steps = Below("steps", "file");
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(At(steps[0], 8), "640");
  EXPECT_EQ(At(steps[1], 8), "1144.6");

  const Rows summary = Below("summary", "result");
  ASSERT_EQ(summary.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(At(summary[i], 1), "1");
  EXPECT_EQ(At(summary[3], 1), "3");
}

TEST_F(AnswersWorkbook, OfChecksSaysWhatTheAnswersSay) {
  const rules::PreparedRules& rules = rules::InnerMongolia();
  std::vector<CaseAnswer> answers(4);
  answers[0].check = rules::CheckWith(rules, {{"price.amount", "168"}});
  answers[1].check = rules::CheckWith(rules, {{"price.amount", "1"}});
  answers[2].check = rules::CheckWith(rules, {{"land_class", "unknown"}});
  for (std::size_t i = 0; i < 3; ++i) {
    answers[i].row = i + 2;
    answers[i].check.case_id = "A-" + std::to_string(i);
  }
  answers[3].row = 5;
  answers[3].problems.Add(Code::kNotANumber, {"cases.csv", 5, 2, "price.amount"}, {"x"});
  const std::vector<CaseAnswer> stated = answers;

  CheckOutputOptions options;
  options.language = Language::kEn;
  CheckCounts counts;
  Make([&](io::OutputFile& file) {
    CheckWorkbook book(options, rules.pack(), file);
    RenderedBlock block;
    for (CaseAnswer& answer : answers) {
      counts.Add(answer);
      book.Render(std::move(answer), block);
    }
    book.Write(std::move(block));
    book.End(counts);
  });

  const Rows verdicts = Below("verdicts", "row");
  ASSERT_EQ(verdicts.size(), 4U);
  std::size_t questions = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const rules::ReservePriceCheck& check = stated[i].check;
    EXPECT_EQ(At(verdicts[i], 1), check.case_id);
    EXPECT_EQ(At(verdicts[i], 2), NameOf(check.verdict, Language::kEn));
    ASSERT_EQ(At(verdicts[i], 4).empty(), !check.lawful_minimum);
    if (check.lawful_minimum) {
      EXPECT_NEAR(std::stod(At(verdicts[i], 4)), static_cast<double>(*check.lawful_minimum) / 1e4,
                  kYuan);
    }
    questions += check.missing.size();
  }
  EXPECT_EQ(stated[1].check.verdict, rules::Verdict::kUnlawful);
  EXPECT_EQ(At(verdicts[3], 2), "error");
  EXPECT_GT(questions, 0U);
  EXPECT_EQ(Below("questions", "row").size(), questions);

  const Rows summary = Below("summary", "verdict");
  EXPECT_EQ(At(summary.back(), 1), "4");
}

TEST_F(AnswersWorkbook, SaysHowManyRowsAreLeftOut) {
  for (const std::uint64_t rows : {kMostWorkbookRows, kMostWorkbookRows + 7}) {
    Make([&](io::OutputFile& file) {
      report::Book book(file.staged().string(), {"0", "0", ""});
      report::Sheet sheet(book, "values", "values", {}, {{"file", 12.0, report::Style::kText}});
      NoteRest(sheet, rows, Language::kEn);
      ASSERT_TRUE(book.Save());
    });
    const Rows below = Below("values", "file");
    if (rows == kMostWorkbookRows) {
      EXPECT_TRUE(below.empty());
    } else {
      ASSERT_EQ(below.size(), 1U);
      EXPECT_EQ(At(below[0], 0), "7 more rows: write CSV or NDJSON to have them");
    }
  }
}

}  // namespace
}  // namespace dijia::app

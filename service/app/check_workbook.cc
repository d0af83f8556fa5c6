#include "app/check_workbook.h"

#include <algorithm>

#include "app/check_words.h"
#include "app/problem_text.h"
#include "app/workbook_rows.h"
#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "io/file_error.h"

namespace dijia::app {
namespace {

using report::SheetCell;
using report::Style;

constexpr std::size_t kFixedColumns = 10;
constexpr double kPriceUnits = 10'000.0, kRatioUnits = 1'000'000.0;

// By Verdict.
constexpr Style kVerdictStyles[] = {Style::kComputed, Style::kWithheld, Style::kThin,
                                    Style::kModelled, Style::kCarriedForward};

SheetCell Number(const std::optional<std::int64_t>& units, double one) {
  if (!units) return std::monostate();
  return static_cast<double>(*units) / one;
}

// The rules of the clauses, titled ones first in the order of their titles.
std::vector<std::string> RulesOf(const rules::RulePack& pack) {
  std::vector<std::string> ids;
  const auto add = [&ids](const std::string& id) {
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  };
  for (const rules::RuleTitle& rule : pack.rules) add(rule.id);
  for (const rules::Clause& clause : pack.clauses) add(clause.rule);
  return ids;
}

std::string PackText(const rules::RulePack& pack) {
  return pack.id + " " + pack.version + "  SHA-256 " + pack.sha256;
}

}  // namespace

CheckWorkbook::CheckWorkbook(const CheckOutputOptions& options, const rules::RulePack& pack,
                             io::OutputFile& file)
    : options_(options),
      pack_(pack),
      file_(file),
      rules_(RulesOf(pack)),
      book_(file.staged().string(), {"#,##0.00##", "#,##0.00##", pack.title.In(options.language)}) {
  const Language language = options.language;
  const auto text = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  const std::string rules_note = text("规则：", "rules: ") + PackText(pack);
  summary_.emplace(
      book_, text("汇总", "summary"), text("地价合规检查", "check of land prices"),
      std::vector<std::string>{rules_note},
      std::vector<report::SheetColumn>{{text("结论", "verdict"), 22.0, Style::kText},
                                       {text("案例数", "cases"), 12.0, Style::kCount}});
  verdicts_.emplace(book_, text("结论", "verdicts"), text("逐宗结论", "verdicts"),
                    std::vector<std::string>{rules_note}, VerdictColumns());
  questions_.emplace(
      book_, text("待补充", "questions"), text("须补充的事实", "facts to supply"),
      std::vector<std::string>{},
      std::vector<report::SheetColumn>{{text("行", "row"), 8.0, Style::kCount},
                                       {text("案例", "case"), 18.0, Style::kText},
                                       {text("事实", "fact"), 34.0, Style::kText},
                                       {text("问题", "question"), 46.0, Style::kWrapped},
                                       {text("凭据", "evidence"), 46.0, Style::kWrapped},
                                       {text("各答案的结论", "answers"), 46.0, Style::kWrapped}});
}

std::vector<report::SheetColumn> CheckWorkbook::VerdictColumns() const {
  const auto text = [this](std::string_view zh, std::string_view en) {
    return std::string(In(options_.language, zh, en));
  };
  std::vector<report::SheetColumn> columns{
      {text("行", "row"), 8.0, Style::kCount},
      {text("案例", "case"), 18.0, Style::kText},
      {text("结论", "verdict"), 14.0, Style::kCentred},
      {text("价格（元/㎡）", "price (yuan/m²)"), 14.0, Style::kPrice},
      {text("最低价（元/㎡）", "minimum (yuan/m²)"), 14.0, Style::kPrice},
      {text("差额（元/㎡）", "deficit (yuan/m²)"), 12.0, Style::kPrice},
      {text("等别标准（元/㎡）", "standard (yuan/m²)"), 12.0, Style::kPrice},
      {text("比例", "ratio"), 8.0, Style::kPercent},
      {text("依据", "rule"), 26.0, Style::kText},
      {text("说明", "reason"), 60.0, Style::kWrapped}};
  for (const std::string& rule : rules_) {
    columns.push_back({pack_.TitleOf(rule).In(options_.language), 28.0, Style::kWrapped});
  }
  return columns;
}

void CheckWorkbook::Render(CaseAnswer&& answer, RenderedBlock& block) const {
  block.answers.push_back(std::move(answer));
}

void CheckWorkbook::Write(RenderedBlock&& block) {
  for (const CaseAnswer& answer : block.answers) {
    if (verdict_rows_++ < kMostWorkbookRows) WriteAnswer(answer);
    WriteQuestions(answer);
  }
}

void CheckWorkbook::WriteAnswer(const CaseAnswer& answer) {
  const rules::ReservePriceCheck& check = answer.check;
  verdicts_->Write(0, static_cast<double>(answer.row), Style::kCount);
  verdicts_->Write(1, check.case_id, Style::kText);
  if (answer.is_judged()) {
    latest_ = std::max(latest_, check.decided_on);
    verdicts_->Write(2, std::string(NameOf(check.verdict, options_.language)),
                     kVerdictStyles[static_cast<std::size_t>(check.verdict)]);
    WriteFigures(check);
    WriteFindings(check);
  } else {
    verdicts_->Write(2, std::string(In(options_.language, "有错误", "error")), Style::kWithheld);
    verdicts_->Write(9, ProblemText(answer.problems, options_.language), Style::kWrapped);
  }
  verdicts_->End();
}

void CheckWorkbook::WriteFigures(const rules::ReservePriceCheck& check) {
  verdicts_->Write(3, Number(check.price, kPriceUnits), Style::kPrice);
  verdicts_->Write(4, Number(check.lawful_minimum, kPriceUnits), Style::kPrice);
  verdicts_->Write(5, Number(check.deficit, kPriceUnits), Style::kPrice);
  verdicts_->Write(6, Number(check.standard, kPriceUnits), Style::kPrice);
  verdicts_->Write(7, Number(check.ratio, kRatioUnits), Style::kPercent);
  const std::string rule =
      check.deciding_rule.empty() ? "" : pack_.TitleOf(check.deciding_rule).In(options_.language);
  verdicts_->Write(8, rule, Style::kText);
  verdicts_->Write(9, MainReason(check, options_.language), Style::kWrapped);
}

// One cell a rule: what its clauses say. The colour is that of the verdict for what decides.
void CheckWorkbook::WriteFindings(const rules::ReservePriceCheck& check) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    std::string text;
    for (const rules::Finding& finding : check.findings) {
      if (finding.rule != rules_[i]) continue;
      text += text.empty() ? "" : "\n";
      text += std::string(NameOf(finding.outcome, options_.language)) + "：" +
              finding.reason.In(options_.language) + " [" + CitationText(finding.citation) + "]";
    }
    verdicts_->Write(kFixedColumns + i, text, Style::kWrapped);
  }
}

void CheckWorkbook::WriteQuestions(const CaseAnswer& answer) {
  if (!answer.is_judged()) return;
  for (const rules::MissingFact& missing : answer.check.missing) {
    if (question_rows_++ < kMostWorkbookRows) WriteQuestion(answer, missing);
  }
}

void CheckWorkbook::WriteQuestion(const CaseAnswer& answer, const rules::MissingFact& missing) {
  const Language language = options_.language;
  std::string answers;
  for (const rules::Answer& one : missing.answers) {
    answers += (answers.empty() ? "" : "\n") + one.value + " → " +
               std::string(NameOf(one.verdict, language));
    if (one.minimum) answers += "（" + PriceText(one.minimum) + "）";
  }
  questions_->Row({static_cast<double>(answer.row), answer.check.case_id, missing.fact,
                   missing.question.In(language), missing.evidence.In(language), answers});
}

void CheckWorkbook::WriteSummary(const CheckCounts& counts) {
  for (std::size_t i = 0; i < counts.verdicts.size(); ++i) {
    const auto verdict = static_cast<rules::Verdict>(i);
    summary_->Write(0, std::string(NameOf(verdict, options_.language)), kVerdictStyles[i]);
    summary_->Write(1, static_cast<double>(counts.verdicts[i]), Style::kCount);
    summary_->End();
  }
  summary_->Row({std::string(In(options_.language, "有错误，未判断", "not judged: errors")),
                 static_cast<double>(counts.errors)});
  summary_->Row(
      {std::string(In(options_.language, "合计", "all")), static_cast<double>(counts.cases())});
}

void CheckWorkbook::End(const CheckCounts& counts) {
  NoteRest(*verdicts_, verdict_rows_, options_.language);
  NoteRest(*questions_, question_rows_, options_.language);
  WriteSummary(counts);
  // The only day a workbook must state is that of the latest decision: no output depends on a
  // clock.
  const Days day = latest_ == kNoDate ? ToDays(Date(std::chrono::year(2007) / 1 / 1)) : latest_;
  book_.Describe(std::string(In(options_.language, "地价合规检查", "check of land prices")),
                 FromDays(day));
  const Status saved = book_.Save();
  if (!saved)
    throw io::FileError(
        {Code::kFileNotWritten, {}, {file_.staged().string(), saved.error().detail}});
}

}  // namespace dijia::app

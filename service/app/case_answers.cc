#include "app/case_answers.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/kept_checks.h"
#include "dijia/base/codes.h"
#include "json/text.h"
#include "law/case_json.h"

namespace dijia::app {
namespace {

// The case as JSON on one line: as it stood, else what the cells of a table say.
std::string CaseText(const io::CaseRow& row, const rules::RulePack& pack) {
  if (!row.line.empty()) return std::string(row.line);
  return json::ToLine(law::ToJson(row.the_case, pack));
}

constexpr std::size_t kMostProfiles = std::size_t{1} << 16;
constexpr std::size_t kMostOutlines = std::size_t{1} << 12;

// The text of an outline, with the number of the row as the figure beyond its own.
rules::MarkedText RenderOutline(const rules::ReservePriceCheck& outline,
                                std::span<const std::uint8_t> dates, const CheckOutput& output) {
  std::vector<std::uint8_t> figures(dates.begin(), dates.end());
  figures.push_back(0);
  CaseAnswer answer;
  answer.row = static_cast<std::uint64_t>(rules::MarkOfFigure(dates.size()));
  answer.check = outline;
  RenderedBlock rendered;
  output.Render(std::move(answer), rendered);
  return {rendered.text.view(), figures};
}

}  // namespace

SingleAnswers::SingleAnswers(const io::CaseInput& input, const rules::PreparedRules& rules,
                             const CheckOutput& output, const CaseAnswersOptions& options)
    : input_(input),
      rules_(rules),
      output_(output),
      options_(options),
      decided_on_(*rules.pack().FindFact("decided_on")) {}

void SingleAnswers::Answer(io::InputBlock& block, AnsweredBlock& answered) {
  input_.Read(block, [&](io::CaseRow& row) { AnswerRow(row, answered); });
}

void SingleAnswers::AnswerRow(io::CaseRow& row, AnsweredBlock& answered) const {
  CaseAnswer answer;
  answer.row = row.row;
  if (row.problems.has_errors()) {
    answer.check.case_id = row.the_case.case_id;
  } else {
    std::string given;
    if (options_.keep) given = CaseText(row, rules_.pack());
    if (options_.as_of) row.the_case.values[decided_on_] = *options_.as_of;
    answer.check = CheckReservePrice(row.the_case, rules_);
    if (options_.inverse) answer.inverse = InvertReservePrice(row.the_case, rules_);
    if (options_.keep) Keep(row, std::move(given), answer.check, answered);
  }
  if (row.problems.total() > 0) {
    answered.problems.Append(row.problems);
    answer.problems = row.problems;
  }
  answered.counts.Add(answer);
  output_.Render(std::move(answer), answered.rendered);
}

void SingleAnswers::Keep(const io::CaseRow& row, std::string given,
                         const rules::ReservePriceCheck& check, AnsweredBlock& answered) const {
  store::NewCheck kept = CheckToKeep(row.the_case, check, rules_.pack(), std::move(given));
  if (kept.county.empty()) {
    answered.problems.Add(Code::kCheckWithoutCounty, {options_.source, row.row, 0, "county"},
                          {check.case_id});
  } else {
    answered.kept.push_back(std::move(kept));
  }
}

ColumnAnswers::Memory::Memory(const io::CaseInput& input, const rules::PreparedRules& rules,
                              const CheckOutput& output, const CaseAnswersOptions& options)
    : columns(rules.pack()),
      checker(
          columns, rules,
          [&output](const auto& outline, auto dates) {
            return RenderOutline(outline, dates, output);
          },
          options.learned),
      reader(input.ColumnReader(rules.pack(), columns, options.as_of)) {}

bool ColumnAnswers::Memory::is_full() const {
  return reader->is_full() || columns.profiles() >= kMostProfiles ||
         checker.outlines() >= kMostOutlines;
}

ColumnAnswers::ColumnAnswers(const io::CaseInput& input, const rules::PreparedRules& rules,
                             const CheckOutput& output, const CaseAnswersOptions& options)
    : input_(input), rules_(rules), output_(output), options_(options) {}

void ColumnAnswers::Answer(io::InputBlock& block, AnsweredBlock& answered) {
  if (memory_ == nullptr || memory_->is_full()) {
    memory_ = std::make_unique<Memory>(input_, rules_, output_, options_);
  }
  const std::span<const io::ColumnRow> rows = memory_->reader->Read(block);
  memory_->checker.Read();
  FindOutlines(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].problems != nullptr) answered.problems.Append(*rows[i].problems);
    if (rows[i].has_errors()) {
      AnswerRefused(rows[i], answered);
    } else {
      AnswerJudged(rows[i], i, answered);
    }
  }
}

// Rows with errors are not judged: a case that states nothing has every question open.
void ColumnAnswers::FindOutlines(std::span<const io::ColumnRow> rows) {
  outlines_.assign(rows.size(), rules::kNoOutline);
  const auto has_errors = [](const io::ColumnRow& row) { return row.has_errors(); };
  for (auto begin = rows.begin(); begin != rows.end();) {
    const auto end = std::find_if(begin, rows.end(), has_errors);
    const auto first = static_cast<std::size_t>(begin - rows.begin());
    const auto count = static_cast<std::size_t>(end - begin);
    memory_->checker.FindAll(first, std::span(outlines_).subspan(first, count));
    begin = std::find_if_not(end, rows.end(), has_errors);
  }
}

void ColumnAnswers::AnswerJudged(const io::ColumnRow& row, std::size_t index,
                                 AnsweredBlock& answered) {
  rules::ColumnChecker& checker = memory_->checker;
  if (const std::uint32_t outline = outlines_[index]; outline != rules::kNoOutline) {
    const OutlineText& of = TextOf(outline);
    const auto figures = of.text->figures();
    if (values_.size() <= figures.size()) values_.resize(figures.size() + 1);
    checker.ReadFigures(outline, index, figures, values_);
    values_[of.number] = static_cast<std::int64_t>(row.number);
    std::string written;
    std::string_view id = row.case_id;
    if (!output_.HasAsItIs(id)) id = written = output_.Written(id);
    of.text->AppendTo(answered.rendered.text, values_, id);
    ++answered.counts.verdicts[static_cast<std::size_t>(of.verdict)];
    return;
  }
  CaseAnswer answer;
  answer.row = row.number;
  answer.check = checker.Check(index);
  answer.check.case_id = row.case_id;
  answered.counts.Add(answer);
  output_.Render(std::move(answer), answered.rendered);
}

void ColumnAnswers::AnswerRefused(const io::ColumnRow& row, AnsweredBlock& answered) const {
  CaseAnswer answer;
  answer.row = row.number;
  answer.check.case_id = row.case_id;
  answer.problems = *row.problems;
  answered.counts.Add(answer);
  output_.Render(std::move(answer), answered.rendered);
}

const ColumnAnswers::OutlineText& ColumnAnswers::TextOf(std::uint32_t outline) {
  auto& texts = memory_->texts;
  if (outline >= texts.size()) texts.resize(outline + 1);
  OutlineText& of = texts[outline];
  if (of.text != nullptr) return of;
  const rules::ColumnChecker& checker = memory_->checker;
  of.text = &checker.text(outline);
  of.verdict = checker.outline(outline).verdict;
  const auto shown = of.text->figures();
  const auto number = std::ranges::find(shown, checker.dates(outline).size());
  of.number = static_cast<std::size_t>(number - shown.begin());
  return of;
}

std::unique_ptr<CaseAnswers> MakeCaseAnswers(const io::CaseInput& input,
                                             const rules::PreparedRules& rules,
                                             const CheckOutput& output,
                                             const CaseAnswersOptions& options) {
  if (output.is_text() && !options.inverse && !options.keep) {
    return std::make_unique<ColumnAnswers>(input, rules, output, options);
  }
  return std::make_unique<SingleAnswers>(input, rules, output, options);
}

}  // namespace dijia::app

#include "cli/check_table.h"

#include <algorithm>
#include <optional>

#include "app/check_words.h"
#include "app/problem_text.h"
#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/base/result.h"
#include "dijia/rules/words.h"

namespace dijia::cli {
namespace {

using Align = TextTable::Align;

constexpr std::string_view kIndent = "    ";

std::string CaseName(const app::CaseAnswer& answer, Language language) {
  if (!answer.check.case_id.empty()) return answer.check.case_id;
  if (answer.row == 0) return std::string(In(language, "案例", "case"));
  return std::string(In(language, "第", "row ")) + std::to_string(answer.row) +
         std::string(In(language, "行", ""));
}

// A value of the pack's fact for people; a range of numbers as it stands.
std::string ValueText(const rules::RulePack& pack, std::string_view id, const std::string& value,
                      Language language) {
  if (value.empty()) return std::string(In(language, "未知", "unknown"));
  // Some yes/no questions are asked for a number: do the costs exceed the price?
  if (value == "yes") return std::string(In(language, "是", "yes"));
  if (value == "no") return std::string(In(language, "否", "no"));
  const auto fact = pack.FindFact(id);
  if (!fact || pack.facts[*fact].type != rules::FactType::kChoice) return value;
  const Result<std::int64_t> choice = rules::ParseFact(pack.facts[*fact], value);
  return choice ? rules::ValueInWords(pack.facts[*fact], *choice, language) : value;
}

// "在规划建设用地范围内 是 → 否".
std::string ChangeText(const rules::RulePack& pack, const rules::FactChange& change,
                       Language language) {
  const auto fact = pack.FindFact(change.fact);
  const std::string name = fact ? rules::NameOf(pack.facts[*fact], language) : change.fact;
  return name + " " + ValueText(pack, change.fact, change.from, language) + " → " +
         ValueText(pack, change.fact, change.to, language);
}

// One line: of several questions the first and how many more there are.
std::string ShortReason(const rules::ReservePriceCheck& check, Language language) {
  const bool asks = check.verdict == rules::Verdict::kNeedsFacts && check.missing.size() > 1;
  if (!asks) return app::MainReason(check, language);
  const std::string more = std::to_string(check.missing.size() - 1);
  return check.missing.front().question.In(language) +
         std::string(In(language, "（另有 ", " (and ")) + more +
         std::string(In(language, " 项待补，见 --explain）", " more, see --explain)"));
}

}  // namespace

CheckTable::CheckTable(const app::CheckOutputOptions& options, io::OutputFile& file)
    : options_(options),
      file_(file),
      table_({Align::kLeft, Align::kLeft, Align::kRight, Align::kRight, Align::kLeft}) {
  const auto text = [&](std::string_view zh, std::string_view en) {
    return std::string(In(options.language, zh, en));
  };
  table_.Add({text("案例", "case"), text("结论", "verdict"), text("价格", "price"),
              text("最低价", "minimum"), text("说明", "reason")});
}

void CheckTable::Render(app::CaseAnswer&& answer, app::RenderedBlock& block) const {
  block.answers.push_back(std::move(answer));
}

void CheckTable::Write(app::RenderedBlock&& block) {
  for (const app::CaseAnswer& answer : block.answers) {
    if (++rows_ > kMostRows) continue;
    const rules::ReservePriceCheck& check = answer.check;
    if (!answer.is_judged()) {
      table_.Add({CaseName(answer, options_.language),
                  std::string(In(options_.language, "有错误", "error")), "", "",
                  app::ProblemText(answer.problems, options_.language)});
      continue;
    }
    table_.Add({CaseName(answer, options_.language),
                std::string(app::NameOf(check.verdict, options_.language)),
                app::PriceText(check.price), app::PriceText(check.lawful_minimum),
                ShortReason(check, options_.language)});
  }
}

void CheckTable::End(const app::CheckCounts&) {
  file_.Write(table_.ToString());
  if (rows_ <= kMostRows) return;
  const std::string shown = std::to_string(kMostRows);
  file_.Write(TextOf({Code::kRowsNotShown, {}, {shown}}, options_.language) + "\n");
}

CheckExplanation::CheckExplanation(const app::CheckOutputOptions& options,
                                   const rules::RulePack& pack, io::OutputFile& file)
    : options_(options), pack_(pack), file_(file) {}

void CheckExplanation::Render(app::CaseAnswer&& answer, app::RenderedBlock& block) const {
  TextBuffer& out = block.text;
  out += Heading(answer);
  if (!answer.is_judged()) {
    out += std::string(kIndent) + app::ProblemText(answer.problems, options_.language) + "\n\n";
    return;
  }
  const rules::ReservePriceCheck& check = answer.check;
  out += Figures(check);
  for (const rules::Finding& finding : check.findings) out += Step(finding);
  for (const rules::MissingFact& missing : check.missing) out += Question(missing);
  for (const rules::ReadingVerdict& reading : check.readings) {
    out += "  * " + reading.reading + ": " +
           std::string(app::NameOf(reading.verdict, options_.language)) + "\n";
  }
  if (answer.inverse) out += Lawful(*answer.inverse);
  out += "\n";
}

std::string CheckExplanation::Heading(const app::CaseAnswer& answer) const {
  const std::string_view verdict = answer.is_judged()
                                       ? app::NameOf(answer.check.verdict, options_.language)
                                       : In(options_.language, "有错误", "error");
  std::string text = CaseName(answer, options_.language) + "  " + std::string(verdict);
  const Days day = answer.check.decided_on;
  if (day != kNoDate) text += "  (" + FormatDate(FromDays(day)) + ")";
  return text + "\n";
}

std::string CheckExplanation::Figures(const rules::ReservePriceCheck& check) const {
  const Language language = options_.language;
  std::string text;
  const auto add = [&](std::string_view zh, std::string_view en, const std::string& figure) {
    if (figure.empty()) return;
    text += (text.empty() ? "  " : std::string(In(language, "，", ", "))) +
            std::string(In(language, zh, en)) + " " + figure;
  };
  add("价格", "price", app::PriceText(check.price));
  add("50年期价格", "price for 50 years", app::PriceText(check.price_full_term));
  add("标准", "standard", app::PriceText(check.standard));
  if (check.ratio) add("比例", "ratio", FormatDecimal(*check.ratio, 6));
  add("最低价", "minimum", app::PriceText(check.lawful_minimum));
  add("差额", "deficit", app::PriceText(check.deficit));
  if (check.equal_within_rounding) {
    text += In(language, "（四舍五入内相等）", " (equal within rounding)");
  }
  return text.empty() ? text : text + "\n";
}

std::string CheckExplanation::Step(const rules::Finding& finding) const {
  const Language language = options_.language;
  std::string text = "  - [" + std::string(app::NameOf(finding.outcome, language)) + "] " +
                     finding.reason.In(language) + "\n";
  const auto clause = std::ranges::find(pack_.clauses, finding.clause, &rules::Clause::key);
  text += std::string(kIndent) + app::CitationText(finding.citation) + " (" + finding.clause + ")";
  if (clause != pack_.clauses.end()) text += ": " + clause->says.In(language);
  return text + "\n";
}

std::string CheckExplanation::Question(const rules::MissingFact& missing) const {
  const Language language = options_.language;
  std::string text = "  ? " + missing.question.In(language) + " [" + missing.fact + "]\n";
  if (!missing.evidence.In(language).empty()) {
    text += std::string(kIndent) + std::string(In(language, "凭据：", "evidence: ")) +
            missing.evidence.In(language) + "\n";
  }
  for (const rules::Answer& answer : missing.answers) {
    text += std::string(kIndent) + ValueText(pack_, missing.fact, answer.value, language) + " → " +
            std::string(app::NameOf(answer.verdict, language));
    if (answer.minimum) {
      text += std::string(In(language, "，最低价 ", ", minimum ")) + app::PriceText(answer.minimum);
    }
    text += "\n";
  }
  return text;
}

std::string CheckExplanation::Lawful(const rules::Inverse& inverse) const {
  const Language language = options_.language;
  std::string text;
  const auto add = [&](std::string_view zh, std::string_view en,
                       const std::optional<std::int64_t>& units, std::string_view unit_zh,
                       std::string_view unit_en) {
    if (!units) return;
    text += "  = " + std::string(In(language, zh, en)) + " " + app::PriceText(units) + " " +
            std::string(In(language, unit_zh, unit_en)) + "\n";
  };
  add("最低合规价格", "lowest lawful price", inverse.price, "元/㎡", "yuan/m²");
  add("最低合规租金", "lowest lawful rent", inverse.rent, "元/㎡·年", "yuan/m² a year");
  add("租后最低出让价", "lowest price after the lease", inverse.transfer_price, "元/㎡", "yuan/m²");
  add("此价格可用的最长年限", "longest term for this price", inverse.term, "年", "years");
  for (const rules::LawfulFacts& facts : inverse.nearest) {
    text += "  + " + std::string(In(language, "如下事实成立则符合规定：", "lawful if: "));
    for (const rules::FactChange& change : facts.changes) {
      if (&change != &facts.changes.front()) text += In(language, "；", "; ");
      text += ChangeText(pack_, change, language);
    }
    text += "\n";
  }
  return text;
}

std::string CountsLine(const app::CheckCounts& counts, Language language) {
  std::string text =
      std::string(In(language, "共 ", "")) + std::to_string(counts.cases()) +
      std::string(In(language, " 个案例：", counts.cases() == 1 ? " case: " : " cases: "));
  for (std::size_t i = 0; i < counts.verdicts.size(); ++i) {
    text += std::string(app::NameOf(static_cast<rules::Verdict>(i), language)) + " " +
            std::to_string(counts.verdicts[i]) + std::string(In(language, "，", ", "));
  }
  return text + std::string(In(language, "有错误 ", "errors ")) + std::to_string(counts.errors);
}

}  // namespace dijia::cli

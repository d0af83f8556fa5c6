#include "law/lint_text.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "json/diagnostic_writer.h"
#include "json/text.h"
#include "law/case_json.h"

namespace dijia::law {
namespace {

using json::Value;

constexpr int kPriceScale = 4;

// "7.7×10^19".
std::string PowerText(double count) {
  if (count < 1e6) return std::to_string(static_cast<std::uint64_t>(count));
  const int power = static_cast<int>(std::floor(std::log10(count)));
  const auto tenths = static_cast<std::int64_t>(count / std::pow(10.0, power - 1));
  return FormatDecimal(tenths, 1) + "×10^" + std::to_string(power);
}

Value CaseOf(const rules::LintFinding& finding, const rules::RulePack* pack, std::size_t number) {
  if (!finding.witness || pack == nullptr) return {};
  rules::ReservePriceCase the_case = *finding.witness;
  the_case.case_id = "lint-" + std::to_string(number);
  return ToJson(the_case, *pack);
}

}  // namespace

std::string LintLines(const rules::LintReport& report, const rules::RulePack* pack, double seconds,
                      Language language) {
  std::string lines;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const rules::LintFinding& finding = report.findings[i];
    lines += Describe(finding.problem, language) + "\n";
    const Value the_case = CaseOf(finding, pack, i + 1);
    if (the_case.is_null()) continue;
    lines += std::string(In(language, "  案例：", "  case: ")) + json::ToLine(the_case) + "\n";
    for (const std::string& reading : finding.readings) {
      lines += std::string(In(language, "  解释：", "  reading: ")) + reading + "\n";
    }
  }
  if (report.eras > 0) {
    const std::string proved =
        std::to_string(report.clauses) + std::string(In(language, " 条条款，", " clauses, ")) +
        std::to_string(report.eras) + std::string(In(language, " 个时期，", " periods, ")) +
        PowerText(report.states) +
        std::string(In(language, " 种情形，用时 ", " cases proved in ")) +
        FormatDecimal(std::llround(seconds * 1000), 3) + std::string(In(language, " 秒", " s"));
    lines += proved + std::string(In(language, "：发现 ", ": ")) +
             std::to_string(report.findings.size()) +
             std::string(In(language, " 处问题\n", " fault(s) found\n"));
  }
  return lines;
}

std::string LintNdjson(const rules::LintReport& report, const rules::RulePack* pack,
                       Language language) {
  std::string lines;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    Value readings{Value::Array()};
    for (const std::string& reading : report.findings[i].readings) {
      readings.array()->push_back(Value::Text(reading));
    }
    Value object = json::WriteDiagnostic(report.findings[i].problem, language);
    object.Add("readings", std::move(readings));
    object.Add("case", CaseOf(report.findings[i], pack, i + 1));
    lines += json::ToLine(object) + "\n";
  }
  return lines;
}

namespace {

// Compares one answer with one example; reports what differs.
class ExampleCheck {
 public:
  ExampleCheck(const rules::Example& example, const rules::ReservePriceCheck& check,
               Diagnostics& diagnostics)
      : example_(example), check_(check), diagnostics_(diagnostics) {}

  bool Run() {
    Expect("verdict", example_.verdict, std::string(CodeOf(check_.verdict)));
    const auto& minimum = check_.lawful_minimum;
    Expect("minimum", example_.minimum, minimum ? FormatDecimal(*minimum, kPriceScale) : "–");
    Expect("rule", example_.rule, check_.deciding_rule);
    if (!example_.finding.empty()) Expect("finding", Wanted(), Found());
    for (const std::string& fact : example_.missing) {
      const bool asked = std::ranges::any_of(
          check_.missing, [&](const rules::MissingFact& missing) { return missing.fact == fact; });
      Expect("missing", fact, asked ? fact : "–");
    }
    return good_;
  }

 private:
  void Expect(const std::string& what, const std::string& wanted, const std::string& is) {
    if (wanted.empty() || wanted == is) return;
    good_ = false;
    diagnostics_.Add(Code::kExampleFails, example_.where, {example_.name, what, wanted, is});
  }
  std::string Wanted() const { return example_.finding + " " + example_.outcome; }
  std::string Found() const {
    std::string found = "–";
    for (const rules::Finding& finding : check_.findings) {
      if (finding.rule != example_.finding) continue;
      found = finding.rule + " " + std::string(CodeOf(finding.outcome));
      if (found == Wanted()) break;
    }
    return found;
  }

  const rules::Example& example_;
  const rules::ReservePriceCheck& check_;
  Diagnostics& diagnostics_;
  bool good_ = true;
};

}  // namespace

ExampleRun RunExamples(const rules::PreparedRules& rules, Diagnostics& diagnostics) {
  const rules::RulePack& pack = rules.pack();
  ExampleRun run;
  run.examples = pack.examples.size();
  run.clauses = pack.clauses.size();
  std::set<std::string> applied;
  for (const rules::Example& example : pack.examples) {
    const rules::ReservePriceCheck check = CheckReservePrice(CaseOfExample(pack, example), rules);
    for (const rules::Finding& finding : check.findings) applied.insert(finding.clause);
    if (!ExampleCheck(example, check, diagnostics).Run()) ++run.failed;
  }
  for (const rules::Clause& clause : pack.clauses) {
    if (applied.contains(clause.key)) continue;
    diagnostics.Add(Code::kClauseNotInExamples, clause.where, {clause.key});
  }
  run.applied = applied.size();
  return run;
}

}  // namespace dijia::law

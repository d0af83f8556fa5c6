#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/county_balance_text.h"
#include "cli/command.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/publications_answer.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "io/balance_plan_toml.h"
#include "io/file_text.h"

namespace dijia::cli {
namespace {

// The words of the command line as they are: the plan, then the publications.
struct BalanceWords {
  std::vector<std::string> files;
  PublicationsOutput output;
  std::string diagnostics, language = "zh";
};

std::optional<Diagnostic> FindFault(const Command& command, const BalanceWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.files.size() < 2) {
    return Diagnostic{Code::kMissingWord, {}, {words.files.empty() ? "PLAN" : "FILE"}};
  }
  if (const auto fault = FaultOfOutput(words.output)) return fault;
  return FaultOf(words.language, "0");
}

// A figure with so many places, for display; empty where it is no number.
std::string Shown(double figure, int places) {
  if (!std::isfinite(figure)) return "";
  const std::int64_t one = PowerOfTen(places);
  return FormatFixed(std::llround(figure * static_cast<double>(one)), places, places);
}

class BalanceWriter {
 public:
  BalanceWriter(const std::vector<Publication>& publications, const report::Labels& labels,
                Language language)
      : publications_(publications), labels_(labels), language_(language) {}

  std::string Text(const std::vector<UseBalance>& balances) const {
    std::string text;
    for (const UseBalance& balance : balances) {
      text += (text.empty() ? "" : "\n") + Label("", CodeOf(balance.use)) + Say("：", ": ");
      if (balance.fault) {
        text += Say("不能回归（", "no regression (") + CodeId(balance.fault->code) + " " +
                balance.fault->detail + Say("）", ")") + "\n";
      } else {
        text += Formula(balance) + Prices(balance);
      }
    }
    return text;
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  std::string Label(std::string_view group, std::string_view code) const {
    return std::string(labels_.Of(std::string(group) + std::string(code), language_));
  }

  // ln price = 7.1234 − 0.0812 · land class − 0.2540 · grade, R² 0.93
  std::string Formula(const UseBalance& balance) const {
    std::string text = Say("ln 地价 = ", "ln price = ");
    for (std::size_t i = 0; i < balance.estimates.size(); ++i) {
      const double value = balance.estimates[i].value;
      if (i == 0) {
        text += Shown(value, 4);
        continue;
      }
      text += (value < 0 ? " − " : " + ") + Shown(std::fabs(value), 4) + " · " +
              Label("balance.", balance.terms[i]);
    }
    return text + Say("，R² ", ", R² ") + Shown(balance.r_squared, 3) + "\n";
  }

  std::string Prices(const UseBalance& balance) const {
    using enum TextTable::Align;
    TextTable table({kLeft, kLeft, kRight, kRight, kRight, kRight, kRight, kLeft});
    table.Add({Say("县代码", "county"), Say("成果", "publication"), Say("级别", "grade"),
               Say("地价", "price"), Say("预期", "expected"), Say("偏离 %", "residual %"),
               Say("学生化残差", "studentized"), Say("说明", "note")});
    for (const BalancedPrice& price : balance.prices) {
      const Publication& publication = publications_[price.publication];
      table.Add({publication.county, publication.id, std::to_string(price.grade),
                 price.price.ToString(), Shown(price.expected, 1), Shown(100.0 * price.residual, 1),
                 Shown(price.studentized, 2), price.is_flagged ? Say("待核", "look at it") : ""});
    }
    return table.ToString();
  }

  const std::vector<Publication>& publications_;
  const report::Labels& labels_;
  Language language_;
};

std::optional<Answers> Work(const BalanceWords& words, Language language,
                            Diagnostics& diagnostics) {
  const std::string& plan_file = words.files.front();
  const auto plan = io::ReadBalancePlanToml(io::ReadText(plan_file), plan_file, diagnostics);
  const auto publications = ReadPublications(std::span(words.files).subspan(1), diagnostics);
  if (!plan || !publications) return std::nullopt;
  const std::vector<UseBalance> balances = BalanceCounties(*publications, *plan);
  WriteTableOrJson(
      words.output, language,
      [&](const report::Labels& labels) {
        return BalanceWriter(*publications, labels, language).Text(balances);
      },
      [&] { return app::CountyBalanceJson(*publications, balances); });
  return Answers{"", kFine};
}

}  // namespace

void AddBalanceCommand(const Command& group, Action& action) {
  const Command command = group.AddCommand(
      "balance",
      "县间平衡：按土地等别和分值回归，标出偏离的地价\n"
      "counties against each other: prices that their class and score do not explain");
  const auto words = std::make_shared<BalanceWords>();
  command.DressHelp("PLAN FILE... [OPTIONS]");
  const OptionGroup options(command);
  options.Add("FILE", words->files, "",
              "平衡方案（TOML 文件），然后各县的基准地价：JSON、XLSX、ODS\n"
              "the plan, a TOML file, then the publications of the counties");
  options.Add("-o,--out", words->output.out, "FILE", "输出文件\nwrite into this file");
  options.Add("--output-format", words->output.output_format, "FORMAT",
              "table（默认）或 json；默认按 --out 的扩展名\n"
              "by the extension of --out, else a table");
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(command, words, action, FindFault,
        [](const BalanceWords& said) { return AnswerFiles(said, Work); });
}

}  // namespace dijia::cli

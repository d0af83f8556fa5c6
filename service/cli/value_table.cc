#include "cli/value_table.h"

#include <optional>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/waterfall.h"

namespace dijia::cli {
namespace {

using Align = TextTable::Align;

constexpr std::string_view kIndent = "  ";

std::string ParcelName(const app::ParcelAnswer& answer, Language language) {
  if (!answer.valuation.parcel_id.empty()) return answer.valuation.parcel_id;
  if (answer.row == 0) return std::string(In(language, "宗地", "parcel"));
  return std::string(In(language, "第", "row ")) + std::to_string(answer.row) +
         std::string(In(language, "行", ""));
}

template <class Unit, int Scale>
std::string TextOf(const std::optional<Quantity<Unit, Scale>>& quantity) {
  return quantity ? quantity->ToString() : std::string();
}

// A long exact decimal to 10^-4, for reading only.
std::string Shortened(const std::string& exact) {
  const std::size_t point = exact.find('.');
  const std::size_t end = point == std::string::npos ? exact.size() : point + 1 + UnitPrice::kScale;
  const Result<UnitPrice> cut = UnitPrice::Parse(exact.substr(0, end));
  if (exact.size() <= end || !cut || exact[end] < '5') return cut ? cut->ToString() : exact;
  const bool negative = exact.starts_with('-');
  return UnitPrice::FromUnits(cut->units() + (negative ? -1 : 1)).ToString();
}

std::string_view StatusLabel(const report::Labels& labels, ValuationStatus status,
                             Language language) {
  return labels.Of("value." + std::string(CodeOf(status)), language);
}

std::string Signed(const std::string& number) {
  return number.starts_with('-') || number == "0" ? number : "+" + number;
}

}  // namespace

ValueTable::ValueTable(const app::ValueOutputOptions& options, const report::Labels& labels,
                       io::TextSink& sink)
    : language_(options.language),
      labels_(labels),
      sink_(sink),
      table_({Align::kLeft, Align::kLeft, Align::kRight, Align::kRight, Align::kRight,
              Align::kRight, Align::kLeft, Align::kLeft}) {
  const auto text = [this](std::string_view zh, std::string_view en) {
    return std::string(In(language_, zh, en));
  };
  table_.Add({text("宗地", "parcel"), text("结果", "result"), text("地价 元/㎡", "price yuan/m²"),
              text("楼面地价", "of floor"), text("总价 元", "total yuan"),
              text("基准地价", "benchmark"), text("依据", "publication"), text("说明", "reason")});
}

void ValueTable::Render(app::ParcelAnswer&& answer, app::RenderedValues& block) const {
  block.answers.push_back(std::move(answer));
}

void ValueTable::Write(app::RenderedValues&& block) {
  for (const app::ParcelAnswer& answer : block.answers) {
    if (++rows_ > kMostRows) continue;
    const Valuation& valuation = answer.valuation;
    const std::string status(answer.is_read() ? StatusLabel(labels_, valuation.status, language_)
                                              : In(language_, "有错误", "error"));
    table_.Add({ParcelName(answer, language_), status, TextOf(valuation.unit_price),
                TextOf(valuation.floor_price), TextOf(valuation.total),
                TextOf(valuation.base_price), valuation.publication,
                app::ReasonText(answer, true, language_)});
  }
}

void ValueTable::End(const app::ValueCounts&) {
  sink_.Write(table_.ToString());
  if (rows_ <= kMostRows) return;
  const std::string shown = std::to_string(kMostRows);
  sink_.Write(dijia::TextOf({Code::kRowsNotShown, {}, {shown}}, language_) + "\n");
}

void ValueExplanation::Render(app::ParcelAnswer&& answer, app::RenderedValues& block) const {
  const Valuation& valuation = answer.valuation;
  TextBuffer& out = block.text;
  out += Heading(answer);
  if (valuation.status == ValuationStatus::kValued && answer.is_read()) {
    out += valuation.parts.empty() ? Whole(valuation) : Parts(valuation);
  }
  out += Notes(answer) + "\n";
}

std::string ValueExplanation::Heading(const app::ParcelAnswer& answer) const {
  const Valuation& valuation = answer.valuation;
  std::string text = ParcelName(answer, language_) + "  ";
  if (!answer.is_read()) return text + std::string(In(language_, "有错误", "error")) + "\n";
  text += StatusLabel(labels_, valuation.status, language_);
  if (valuation.unit_price) {
    text +=
        " " + valuation.unit_price->ToString() + std::string(In(language_, " 元/㎡", " yuan/m²"));
  }
  if (!valuation.publication.empty()) text += "  (" + valuation.publication;
  if (!valuation.publication.empty() && answer.valuation_date) {
    text += std::string(In(language_, "，估价期日 ", ", valuation date ")) +
            FormatDate(*answer.valuation_date);
  }
  return text + (valuation.publication.empty() ? "\n" : ")\n");
}

// The name of a step or part; names that only a publication knows stand as they are.
std::string ValueExplanation::Label(const std::string& prefix, const std::string& name) const {
  return labels_.Has(prefix + name) ? std::string(labels_.Of(prefix + name, language_)) : name;
}

// What decided a step. The engine names the place of a benchmark price in English.
std::string ValueExplanation::Basis(const ValuationStep& step) const {
  if (step.name == "rounding") return Shortened(step.input);
  if (step.name != "base" || language_ != Language::kZh) return step.input;
  static constexpr std::pair<std::string_view, std::string_view> kPlaces[] = {
      {"grade ", "级别 "}, {"zone ", "区片 "}, {"route ", "路线价区段 "}};
  for (const auto& [en, zh] : kPlaces) {
    if (step.input.starts_with(en)) return std::string(zh) + step.input.substr(en.size());
  }
  return step.input;
}

void ValueExplanation::AddFactors(const ValuationStep& step, TextTable& table) const {
  for (const FactorChoice& choice : step.factors) {
    table.Add({std::string(kIndent) + choice.factor, choice.input,
               Signed(choice.percent.ToString()) + " %", "", ""});
  }
}

std::string ValueExplanation::Steps(const std::vector<ValuationStep>& steps,
                                    const std::vector<std::string>& worths) const {
  TextTable table({Align::kLeft, Align::kLeft, Align::kRight, Align::kRight, Align::kRight});
  const auto text = [this](std::string_view zh, std::string_view en) {
    return std::string(In(language_, zh, en));
  };
  table.Add({text("步骤", "step"), text("依据", "decided by"), text("系数或增减", "coefficient"),
             text("之后 元/㎡", "after yuan/m²"),
             worths.empty() ? "" : text("影响 元/㎡", "worth yuan/m²")});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const ValuationStep& step = steps[i];
    const bool starts = step.name == "base" || step.name == "mixed";
    const std::string by = step.coefficient ? "× " + step.coefficient->ToString()
                           : starts         ? Shortened(step.add)
                                            : Signed(Shortened(step.add));
    table.Add({Label("step.", step.name), Basis(step), by, Shortened(step.after),
               i < worths.size() ? worths[i] : ""});
    AddFactors(step, table);
  }
  if (!worths.empty()) {
    table.Add({text("合计", "together"), "", "", steps.back().after, worths.back()});
  }
  return table.ToString();
}

// The worth of each step, with the sum as one more at the end.
std::string ValueExplanation::Whole(const Valuation& valuation) const {
  std::vector<std::string> worths{""};  // of the benchmark price itself
  for (const WaterfallBar& bar : WaterfallOf(valuation)) {
    worths.push_back(Signed(bar.yuan.ToString()));
  }
  worths.push_back(Signed((*valuation.unit_price - *valuation.base_price).ToString()));
  return Steps(valuation.steps, worths);
}

std::string ValueExplanation::Parts(const Valuation& valuation) const {
  std::string text;
  for (const ValuedPart& part : valuation.parts) {
    const std::size_t point = part.name.find('.');
    std::string name = Label("part.", part.name.substr(point == std::string::npos ? 0 : point + 1));
    if (name == CodeOf(part.use) || point != std::string::npos) {
      name = std::string(labels_.Of(CodeOf(part.use), language_)) +
             (point == std::string::npos ? "" : " " + name);
    }
    text += name + " × " + part.weight + "\n" + Steps(part.steps, {});
  }
  return text + Steps(valuation.steps, {});
}

std::string ValueExplanation::Notes(const app::ParcelAnswer& answer) const {
  const Valuation& valuation = answer.valuation;
  std::string text;
  const auto add = [&](std::string_view zh, std::string_view en, const std::string& figure,
                       std::string_view unit_zh, std::string_view unit_en) {
    if (figure.empty()) return;
    text += std::string(kIndent) + "= " + std::string(In(language_, zh, en)) + " " + figure + " " +
            std::string(In(language_, unit_zh, unit_en)) + "\n";
  };
  add("楼面地价", "price of floor", TextOf(valuation.floor_price), "元/㎡", "yuan/m²");
  add("总价", "total", TextOf(valuation.total), "元", "yuan");
  const auto note = [&](const char* mark, const Diagnostic& problem) {
    text += std::string(kIndent) + mark + CodeId(problem.code) + " " +
            dijia::TextOf(problem, language_) + "\n";
  };
  for (const Diagnostic& warning : valuation.warnings) note("! ", warning);
  for (const Diagnostic& missing : valuation.missing) note("? ", missing);
  if (!answer.is_read()) {
    text += std::string(kIndent) + app::ReasonText(answer, false, language_) + "\n";
  }
  return text;
}

std::string CountsLine(const app::ValueCounts& counts, Language language) {
  const auto count = [&](std::string_view zh, std::string_view en, std::uint64_t number) {
    return std::string(In(language, zh, en)) + std::to_string(number);
  };
  return count("共 ", "parcels ", counts.parcels()) +
         count(" 宗：已评估 ", ": valued ", counts.valued) +
         count("，不予评估 ", ", withheld ", counts.withheld) +
         count("，有错误 ", ", errors ", counts.errors);
}

}  // namespace dijia::cli

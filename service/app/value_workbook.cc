#include "app/value_workbook.h"

#include <algorithm>
#include <utility>

#include "app/workbook_rows.h"
#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "io/file_error.h"

namespace dijia::app {
namespace {

using report::SheetCell;
using report::SheetColumn;
using report::Style;

template <class Unit, int Scale>
SheetCell Number(const std::optional<Quantity<Unit, Scale>>& quantity) {
  if (!quantity) return std::monostate();
  return ToDouble(*quantity);
}

constexpr Style kStatusStyles[] = {Style::kComputed, Style::kThin};  // by ValuationStatus

}  // namespace

std::string ValueWorkbook::Text(std::string_view zh, std::string_view en) const {
  return std::string(In(options_.language, zh, en));
}

ValueWorkbook::ValueWorkbook(const ValueOutputOptions& options, const report::Labels& labels,
                             io::OutputFile& file)
    : options_(options),
      labels_(labels),
      file_(file),
      book_(file.staged().string(), {"#,##0.00##", "#,##0.00##", "dijia"}) {
  using Columns = std::vector<SheetColumn>;
  const std::vector<std::string> no_notes;
  summary_.emplace(book_, Text("汇总", "summary"), Text("宗地估价", "values of parcels"), no_notes,
                   Columns{{Text("结果", "result"), 22.0, Style::kText},
                           {Text("宗数", "parcels"), 12.0, Style::kCount}});
  parcels_.emplace(
      book_, Text("估价", "values"), Text("逐宗地价", "values"), no_notes,
      Columns{{Text("文件", "file"), 18.0, Style::kText},
              {Text("行", "row"), 8.0, Style::kCount},
              {Text("宗地", "parcel"), 18.0, Style::kText},
              {Text("结果", "result"), 12.0, Style::kCentred},
              {Text("地面地价（元/㎡）", "price (yuan/m²)"), 14.0, Style::kPrice},
              {Text("楼面地价（元/㎡）", "floor price (yuan/m²)"), 14.0, Style::kPrice},
              {Text("总价（元）", "total (yuan)"), 16.0, Style::kPrice},
              {Text("基准地价（元/㎡）", "base (yuan/m²)"), 14.0, Style::kPrice},
              {Text("依据", "publication"), 22.0, Style::kText},
              {Text("提示", "warnings"), 46.0, Style::kWrapped},
              {Text("不予评估的原因", "missing"), 46.0, Style::kWrapped}});
  if (!options_.explain) return;
  steps_.emplace(book_, Text("步骤", "steps"), Text("逐步修正", "every step"), no_notes,
                 Columns{{Text("文件", "file"), 18.0, Style::kText},
                         {Text("行", "row"), 8.0, Style::kCount},
                         {Text("宗地", "parcel"), 18.0, Style::kText},
                         {Text("部分", "part"), 12.0, Style::kText},
                         {Text("修正", "step"), 16.0, Style::kText},
                         {Text("依据", "basis"), 46.0, Style::kWrapped},
                         {Text("系数", "coefficient"), 14.0, Style::kText},
                         {Text("加价（元/㎡）", "added (yuan/m²)"), 16.0, Style::kText},
                         {Text("修正后（元/㎡）", "after (yuan/m²)"), 18.0, Style::kText},
                         {Text("出处", "source"), 46.0, Style::kText}});
}

void ValueWorkbook::Write(RenderedValues&& block) {
  for (const ParcelAnswer& answer : block.answers) {
    if (answer.valuation_date) {
      latest_ = std::max(latest_.value_or(*answer.valuation_date), *answer.valuation_date);
    }
    if (parcel_rows_++ < kMostWorkbookRows) WriteParcel(answer);
    if (steps_ && answer.is_read()) WriteSteps(answer);
  }
}

void ValueWorkbook::WriteParcel(const ParcelAnswer& answer) {
  const Valuation& valuation = answer.valuation;
  parcels_->Write(0, answer.source, Style::kText);
  parcels_->Write(1, static_cast<double>(answer.row), Style::kCount);
  parcels_->Write(2, valuation.parcel_id, Style::kText);
  if (answer.is_read()) {
    const std::string code(CodeOf(valuation.status));
    parcels_->Write(3, std::string(labels_.Of("value." + code, options_.language)),
                    kStatusStyles[static_cast<std::size_t>(valuation.status)]);
  } else {
    parcels_->Write(3, Text("有错误", "error"), Style::kWithheld);
  }
  parcels_->Write(4, Number(valuation.unit_price), Style::kPrice);
  parcels_->Write(5, Number(valuation.floor_price), Style::kPrice);
  parcels_->Write(6, Number(valuation.total), Style::kPrice);
  parcels_->Write(7, Number(valuation.base_price), Style::kPrice);
  parcels_->Write(8, valuation.publication, Style::kText);
  parcels_->Write(9, WarningText(answer, options_.language), Style::kWrapped);
  parcels_->Write(10, ReasonText(answer, false, options_.language), Style::kWrapped);
  parcels_->End();
}

void ValueWorkbook::WriteSteps(const ParcelAnswer& answer) {
  for (const ValuedPart& part : answer.valuation.parts) {
    for (const ValuationStep& step : part.steps) WriteStep(answer, part.name, step);
  }
  for (const ValuationStep& step : answer.valuation.steps) WriteStep(answer, "", step);
}

// Figures as texts: their exact decimals are longer than a spreadsheet's numbers.
void ValueWorkbook::WriteStep(const ParcelAnswer& answer, const std::string& part,
                              const ValuationStep& step) {
  if (step_rows_++ >= kMostWorkbookRows) return;
  const auto label = [this](const std::string& prefix, const std::string& name) {
    return labels_.Has(prefix + name) ? std::string(labels_.Of(prefix + name, options_.language))
                                      : name;
  };
  std::string use = part;
  if (!part.empty()) use = labels_.Has("part." + part) ? label("part.", part) : label("", part);
  steps_->Row({answer.source, static_cast<double>(answer.row), answer.valuation.parcel_id, use,
               label("step.", step.name), step.input,
               step.coefficient ? step.coefficient->ToString() : std::string(), step.add,
               step.after, step.source});
}

void ValueWorkbook::End(const ValueCounts& counts) {
  NoteRest(*parcels_, parcel_rows_, options_.language);
  if (steps_) NoteRest(*steps_, step_rows_, options_.language);
  const auto add = [this](std::string name, std::uint64_t count, Style style) {
    summary_->Write(0, std::move(name), style);
    summary_->Write(1, static_cast<double>(count), Style::kCount);
    summary_->End();
  };
  const Language language = options_.language;
  add(std::string(labels_.Of("value.valued", language)), counts.valued, Style::kComputed);
  add(std::string(labels_.Of("value.withheld", language)), counts.withheld, Style::kThin);
  add(Text("有错误", "error"), counts.errors, Style::kWithheld);
  add(Text("合计", "all"), counts.parcels(), Style::kText);
  // No output depends on a clock: the workbook is dated by its latest valuation.
  const Date day = latest_.value_or(Date(std::chrono::year(2007) / 1 / 1));
  book_.Describe(Text("宗地估价", "values of parcels"), day);
  const Status saved = book_.Save();
  if (saved) return;
  throw io::FileError({Code::kFileNotWritten, {}, {file_.staged().string(), saved.error().detail}});
}

}  // namespace dijia::app

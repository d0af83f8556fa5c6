#include "app/value_output.h"

#include <string_view>
#include <utility>

#include "app/csv_text.h"
#include "app/problem_text.h"
#include "json/parcel_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

json::Value DocumentOf(const ParcelAnswer& answer, Language language) {
  if (answer.is_read()) return json::WriteValuation(answer.valuation, language);
  return json::WriteParcelError(answer.valuation.parcel_id, answer.problems, language);
}

class ValueLines : public ValueOutput {
 public:
  ValueLines(Language language, io::TextSink& sink) : language_(language), sink_(sink) {}

  void Render(ParcelAnswer&& answer, RenderedValues& block) const override {
    block.text += json::ToLine(DocumentOf(answer, language_)) + '\n';
  }
  void Write(RenderedValues&& block) override { sink_.Write(block.text.view()); }

 private:
  Language language_;
  io::TextSink& sink_;
};

class ValueDocument : public ValueOutput {
 public:
  ValueDocument(const ValueOutputOptions& options, io::TextSink& sink)
      : language_(options.language), text_(options.is_single, sink) {}

  void Begin() override { text_.Begin(); }
  void Render(ParcelAnswer&& answer, RenderedValues& block) const override {
    text_.Append(json::ToPretty(DocumentOf(answer, language_)), block.text);
  }
  void Write(RenderedValues&& block) override { text_.Write(block.text.view()); }
  void End(const ValueCounts&) override { text_.End(); }

 private:
  Language language_;
  JsonListText text_;
};

template <class Unit, int Scale>
void PutNumber(const std::optional<Quantity<Unit, Scale>>& quantity, CsvText& out) {
  if (quantity) out.PutDecimal(quantity->units(), Scale);
  out += ',';
}

std::string StepsText(const std::vector<ValuationStep>& steps) {
  std::string text;
  for (const ValuationStep& step : steps) {
    text += (text.empty() ? "" : "; ") + step.name + " ";
    if (step.coefficient) {
      text += "×" + step.coefficient->ToString();
    } else {
      text += (&step == &steps.front() || step.add.starts_with('-') ? "" : "+") + step.add;
    }
  }
  return text;
}

std::string StepsText(const Valuation& valuation) {
  std::string text;
  for (const ValuedPart& part : valuation.parts) {
    text += part.name + " × " + part.weight + " [" + StepsText(part.steps) + "]; ";
  }
  return text + StepsText(valuation.steps);
}

class ValueCsv : public ValueOutput {
 public:
  ValueCsv(Language language, io::TextSink& sink) : language_(language), sink_(sink) {}

  void Begin() override {
    sink_.Write(
        "source,row,parcel_id,status,unit_price_yuan_per_sqm,floor_price_yuan_per_sqm,total_yuan,"
        "base_price_yuan_per_sqm,publication,steps,warnings,missing\n");
  }
  void Render(ParcelAnswer&& answer, RenderedValues& block) const override {
    const Valuation& valuation = answer.valuation;
    const std::string source = CsvCell(answer.source), publication = CsvCell(valuation.publication),
                      steps = CsvCell(StepsText(valuation)),
                      warnings = CsvCell(NoteText(valuation.warnings, language_)),
                      missing = CsvCell(ReasonText(answer, false, language_));
    CsvText out;
    PutValueRow({source, answer.row, valuation.parcel_id,
                 answer.is_read() ? CodeOf(valuation.status) : "error", valuation.unit_price,
                 valuation.floor_price, valuation.total, valuation.base_price, publication, steps,
                 warnings, missing},
                out);
    block.text += out.view();
  }
  void Write(RenderedValues&& block) override { sink_.Write(block.text.view()); }

 private:
  Language language_;
  io::TextSink& sink_;
};

}  // namespace

void ValueCounts::Add(const ParcelAnswer& answer) {
  if (!answer.is_read()) {
    ++errors;
  } else {
    ++(answer.valuation.status == ValuationStatus::kValued ? valued : withheld);
  }
}

void ValueCounts::Add(const ValueCounts& other) {
  valued += other.valued;
  withheld += other.withheld;
  errors += other.errors;
}

void PutValueRow(const ValueRow& row, CsvText& out) {
  out += row.source;
  out += ',';
  out.PutUnsigned(row.row);
  out += ',';
  out.PutText(row.parcel_id);
  out += ',';
  out += row.status;
  out += ',';
  PutNumber(row.unit_price, out);
  PutNumber(row.floor_price, out);
  PutNumber(row.total, out);
  PutNumber(row.base_price, out);
  out += row.publication;
  out += ',';
  out += row.steps;
  out += ',';
  out += row.warnings;
  out += ',';
  out += row.missing;
  out += '\n';
}

void PutSteps(const PricedRow& row, std::span<const PreparedStep> steps, CsvText& out) {
  out.clear();
  out += "base ";
  out.PutDecimal(row.base_price.units(), UnitPrice::kScale);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    out += "; ";
    out += steps[i].name;
    if (steps[i].adds) {
      out += row.steps[i] < 0 ? " " : " +";
      out.PutDecimal(row.steps[i], UnitPrice::kScale);
    } else {
      out += " ×";
      out.PutDecimal(row.steps[i], AppliedCoefficient::kScale);
    }
  }
  out += row.rounding.starts_with('-') ? "; rounding " : "; rounding +";
  out += row.rounding;
}

std::string ReasonText(const ParcelAnswer& answer, bool warnings, Language language) {
  if (!answer.is_read()) return ProblemText(answer.problems, language);
  std::string text = NoteText(answer.valuation.missing, language);
  if (!warnings || answer.valuation.warnings.empty()) return text;
  return text + (text.empty() ? "" : "; ") + NoteText(answer.valuation.warnings, language);
}

std::string WarningText(const ParcelAnswer& answer, Language language) {
  return NoteText(answer.valuation.warnings, language);
}

std::unique_ptr<ValueOutput> MakeValueOutput(const ValueOutputOptions& options,
                                             io::TextSink& sink) {
  if (options.format == AnswerFormat::kJson) return std::make_unique<ValueDocument>(options, sink);
  if (options.format == AnswerFormat::kCsv) {
    return std::make_unique<ValueCsv>(options.language, sink);
  }
  return std::make_unique<ValueLines>(options.language, sink);
}

}  // namespace dijia::app

// Valuations for people at a terminal: a table, or every step of every parcel.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/value_output.h"
#include "cli/text_table.h"
#include "io/output_file.h"
#include "report/labels.h"

namespace dijia::cli {

// A line a parcel, the first kMostRows; how many there are more follows below.
class ValueTable : public app::ValueOutput {
 public:
  static constexpr std::size_t kMostRows = 1000;

  // `labels` must outlive the object.
  ValueTable(const app::ValueOutputOptions& options, const report::Labels& labels,
             io::TextSink& sink);

  void Render(app::ParcelAnswer&& answer, app::RenderedValues& block) const override;
  void Write(app::RenderedValues&& block) override;
  void End(const app::ValueCounts& counts) override;

 private:
  Language language_;
  const report::Labels& labels_;
  io::TextSink& sink_;
  TextTable table_;
  std::size_t rows_ = 0;
};

// Every step with what decided it, its coefficient, the price after it, and what it is worth in
// yuan: the worths sum to the price less the benchmark price.
class ValueExplanation : public app::ValueOutput {
 public:
  ValueExplanation(const app::ValueOutputOptions& options, const report::Labels& labels,
                   io::TextSink& sink)
      : language_(options.language), labels_(labels), sink_(sink) {}

  void Render(app::ParcelAnswer&& answer, app::RenderedValues& block) const override;
  void Write(app::RenderedValues&& block) override { sink_.Write(block.text.view()); }

 private:
  std::string Heading(const app::ParcelAnswer& answer) const;
  std::string Steps(const std::vector<ValuationStep>& steps,
                    const std::vector<std::string>& worths) const;
  void AddFactors(const ValuationStep& step, TextTable& table) const;
  std::string Parts(const Valuation& valuation) const;
  std::string Whole(const Valuation& valuation) const;
  std::string Notes(const app::ParcelAnswer& answer) const;
  std::string Label(const std::string& prefix, const std::string& name) const;
  std::string Basis(const ValuationStep& step) const;

  Language language_;
  const report::Labels& labels_;
  io::TextSink& sink_;
};

// "共 5 宗：已评估 3，不予评估 1，有错误 1".
std::string CountsLine(const app::ValueCounts& counts, Language language);

}  // namespace dijia::cli

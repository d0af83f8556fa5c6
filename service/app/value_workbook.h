// Valuations as a workbook: a row a parcel, a row a step, and how many came out how.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/value_output.h"
#include "io/output_file.h"
#include "report/labels.h"
#include "report/sheet.h"

namespace dijia::app {

class ValueWorkbook : public ValueOutput {
 public:
  // Writes into the staged file; `labels` must outlive the object.
  ValueWorkbook(const ValueOutputOptions& options, const report::Labels& labels,
                io::OutputFile& file);

  void Render(ParcelAnswer&& answer, RenderedValues& block) const override {
    block.answers.push_back(std::move(answer));
  }
  void Write(RenderedValues&& block) override;
  void End(const ValueCounts& counts) override;

 private:
  void WriteParcel(const ParcelAnswer& answer);
  void WriteSteps(const ParcelAnswer& answer);
  void WriteStep(const ParcelAnswer& answer, const std::string& part, const ValuationStep& step);
  std::string Text(std::string_view zh, std::string_view en) const;

  ValueOutputOptions options_;
  const report::Labels& labels_;
  io::OutputFile& file_;
  report::Book book_;
  std::optional<report::Sheet> summary_, parcels_, steps_;
  std::uint64_t parcel_rows_ = 0, step_rows_ = 0;
  std::optional<Date> latest_;  // valuation date
};

}  // namespace dijia::app

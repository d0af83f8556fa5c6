// Cases from spreadsheets and geodata through GDAL, read whole.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "io/case_input.h"
#include "io/table_rows.h"

namespace dijia::io {

class TableCases : public CaseInput {
 public:
  static std::unique_ptr<CaseInput> Open(const CaseInputOptions& options, const std::string& format,
                                         const rules::RulePack& pack,
                                         const CaseReference& reference, Diagnostics& diagnostics);

  bool Next(InputBlock& block) override { return rows_.Next(block); }
  void Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::string format() const override { return format_; }

 private:
  TableCases(std::string format, CaseLayout columns, TableRows rows)
      : format_(std::move(format)), columns_(std::move(columns)), rows_(std::move(rows)) {}

  std::string format_;
  CaseLayout columns_;
  TableRows rows_;
};

}  // namespace dijia::io

// Cases from spreadsheets and geodata through GDAL, read whole.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dijia/sample.h"
#include "io/case_input.h"

namespace dijia::io {

class TableCases : public CaseInput {
 public:
  static std::unique_ptr<CaseInput> Open(const CaseInputOptions& options, const std::string& format,
                                         const rules::RulePack& pack,
                                         const CaseReference& reference, Diagnostics& diagnostics);

  bool Next(InputBlock& block) override;
  void Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::string format() const override { return format_; }

 private:
  struct Fault {
    std::size_t row = 0;  // of texts_
    Diagnostic problem;
  };

  std::string format_;
  CaseLayout columns_;
  std::vector<std::size_t> positions_;
  std::vector<TextColumn> texts_;  // by position_, below the header
  std::vector<Fault> faults_;      // ascending by row
  std::vector<std::uint32_t> blank_rows_;
  std::size_t rows_ = 0, next_ = 0;
};

}  // namespace dijia::io

// Cases from CSV texts, as a stream.
#pragma once

#include <memory>
#include <string>

#include "io/case_input.h"
#include "io/csv_records.h"

namespace dijia::io {

class CsvCases : public CaseInput {
 public:
  static std::unique_ptr<CaseInput> Open(const CaseInputOptions& options,
                                         const rules::RulePack& pack,
                                         const CaseReference& reference, Diagnostics& diagnostics);

  bool Next(InputBlock& block) override { return records_.Next(block); }
  void Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::unique_ptr<CaseColumnReader> ColumnReader(const rules::RulePack& pack,
                                                 rules::CaseColumns& columns,
                                                 std::optional<Days> as_of) const override;
  std::string format() const override { return "csv"; }

  const std::filesystem::path& path() const { return records_.path(); }
  const CaseLayout& layout() const { return columns_; }
  char delimiter() const { return records_.delimiter(); }
  // Reads the record that a cutter stands at. Its bytes are text.
  void ReadRecord(const RecordCutter& cutter, std::uint64_t number, CaseRow& row) const;

 private:
  explicit CsvCases(const CaseInputOptions& options)
      : records_(options.path, {options.encoding, options.read, options.eager, true}) {}

  CsvRecords records_;
  CaseLayout columns_;
};

}  // namespace dijia::io

// Cases from CSV texts, as a stream.
#pragma once

#include <memory>
#include <string>

#include "io/case_input.h"
#include "io/record_cutter.h"

namespace dijia::io {

class CsvCases : public CaseInput {
 public:
  static std::unique_ptr<CaseInput> Open(const CaseInputOptions& options,
                                         const rules::RulePack& pack,
                                         const CaseReference& reference, Diagnostics& diagnostics);

  bool Next(CaseBlock& block) override;
  void Read(const CaseBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::unique_ptr<CaseColumnReader> ColumnReader(const rules::RulePack& pack,
                                                 rules::CaseColumns& columns,
                                                 std::optional<Days> as_of) const override;
  std::string format() const override { return "csv"; }

  const std::filesystem::path& path() const { return path_; }
  const CaseLayout& layout() const { return columns_; }
  char delimiter() const { return delimiter_; }
  // Reads the record that a cutter stands at. Its bytes are text.
  void ReadRecord(const RecordCutter& cutter, std::uint64_t number, CaseRow& row) const;

 private:
  CsvCases(const CaseInputOptions& options, RecordStreamOptions stream)
      : path_(options.path), stream_(options.path, std::move(stream)) {}

  std::filesystem::path path_;
  RecordStream stream_;
  RecordPiece first_;  // with the header, until it is given out
  bool first_pending_ = false;
  char delimiter_ = ',';
  CaseLayout columns_;
};

}  // namespace dijia::io

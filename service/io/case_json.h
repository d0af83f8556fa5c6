// Cases from JSON texts: one object or a list, or one object a line.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "io/case_input.h"
#include "io/json_records.h"

namespace dijia::io {

// NDJSON, as a stream; the row of a case is its line.
class JsonLines : public CaseInput {
 public:
  JsonLines(const CaseInputOptions& options, const rules::RulePack& pack)
      : path_(options.path),
        pack_(pack),
        stream_(options.path, {options.encoding, options.read, options.eager, false}) {}

  bool Next(InputBlock& block) override { return stream_.Next(block.piece); }
  void Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::string format() const override { return "ndjson"; }

 private:
  std::filesystem::path path_;
  const rules::RulePack& pack_;
  RecordStream stream_;
};

// One document, read whole; the row of a case is its number in the list.
class JsonCases : public CaseInput {
 public:
  static std::unique_ptr<CaseInput> Open(const CaseInputOptions& options,
                                         const rules::RulePack& pack, Diagnostics& diagnostics);

  bool Next(InputBlock& block) override { return list_.Next(block); }
  void Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::string format() const override { return list_.is_list() ? "json" : "case"; }

 private:
  JsonCases(const rules::RulePack& pack, JsonList list) : pack_(pack), list_(std::move(list)) {}

  const rules::RulePack& pack_;
  JsonList list_;
};

}  // namespace dijia::io

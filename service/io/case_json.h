// Cases from JSON texts: one object or a list, or one object a line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/case_input.h"
#include "json/value.h"

namespace dijia::io {

// NDJSON, as a stream; the row of a case is its line.
class JsonLines : public CaseInput {
 public:
  JsonLines(const CaseInputOptions& options, const rules::RulePack& pack)
      : path_(options.path),
        pack_(pack),
        stream_(options.path, {options.encoding, options.read, options.eager, false}) {}

  bool Next(CaseBlock& block) override { return stream_.Next(block.piece); }
  void Read(const CaseBlock& block, const std::function<void(CaseRow&)>& use) const override;
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

  bool Next(CaseBlock& block) override;
  void Read(const CaseBlock& block, const std::function<void(CaseRow&)>& use) const override;
  std::string format() const override { return is_list_ ? "json" : "case"; }

 private:
  explicit JsonCases(const rules::RulePack& pack) : pack_(pack) {}

  const rules::RulePack& pack_;
  std::string source_;
  json::Value::Array cases_;
  bool is_list_ = true;
  std::size_t next_ = 0;
};

}  // namespace dijia::io

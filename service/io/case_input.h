// Inputs of the check: tables and JSON texts as cases, block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "io/case_columns.h"
#include "io/case_layout.h"
#include "io/input_block.h"

namespace dijia::io {

struct CaseInputOptions {
  std::filesystem::path path;  // `-` = the standard input
  std::string format;    // csv, json, ndjson, xlsx, ods, gpkg, shp, geojson; empty = by extension
  std::string encoding;  // utf-8, gb18030, gbk; empty = detected
  std::string layer;     // sheet or layer; empty = the only one with a known header
  std::optional<std::string> source = {};  // what reports call the input; its path otherwise
  // CSV and NDJSON: where the bytes come from instead (RecordStreamOptions).
  std::function<std::size_t(char*, std::size_t)> read = {};
  bool eager = false;
};

class CaseInput {
 public:
  virtual ~CaseInput() = default;

  // The next block, in order; false at the end. Throws FileError.
  virtual bool Next(InputBlock& block) = 0;

  // Reads the cases of a block in order, from any thread. `use` may keep nothing of the row.
  virtual void Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const = 0;

  // Reads blocks into columns, for one worker; the same cases, answered by any thread. All that is
  // given must outlive the reader.
  virtual std::unique_ptr<CaseColumnReader> ColumnReader(const rules::RulePack& pack,
                                                         rules::CaseColumns& columns,
                                                         std::optional<Days> as_of) const;

  // `csv`, `json`, …
  virtual std::string format() const = 0;
};

// Opens an input. Throws FileError for what cannot be read at all; nothing after reports of what is
// wrong with a header or a JSON document. `pack` and `reference` must outlive the input.
std::unique_ptr<CaseInput> OpenCases(const CaseInputOptions& options, const rules::RulePack& pack,
                                     const CaseReference& reference, Diagnostics& diagnostics);

}  // namespace dijia::io

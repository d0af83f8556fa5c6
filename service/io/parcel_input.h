// Inputs of valuations: CSV, NDJSON, JSON and spreadsheets as parcels, block by block.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "io/csv_records.h"
#include "io/input_block.h"
#include "io/parcel_layout.h"

namespace dijia::io {

struct ParcelInputOptions {
  std::filesystem::path path;  // `-` = the standard input
  std::string format;          // csv, ndjson, json or a table format; empty = by extension
  std::string encoding;        // utf-8, gb18030, gbk; empty = detected
  std::string layer;           // sheet or layer; empty = the only one with a header of parcels
  // CSV and NDJSON: where the bytes come from instead (RecordStreamOptions).
  std::function<std::size_t(char*, std::size_t)> read = {};
  bool eager = false;
  std::optional<std::string> source = {};  // what reports call a table; its path otherwise
};

class CsvParcels;

class ParcelInput {
 public:
  virtual ~ParcelInput() = default;

  // The next block, in order; false at the end. Throws FileError.
  virtual bool Next(InputBlock& block) = 0;
  // Reads the parcels of a block in order, from any thread.
  virtual void Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const = 0;
  // Whether the input is one parcel and no list.
  virtual bool is_single() const { return false; }
  // What stands before the texts of rows in a file of its own; empty where nothing does.
  virtual std::string header_text() const { return {}; }
  // Whether rows have texts.
  virtual bool has_texts() const { return true; }
  // The input as CSV, which can be read by columns; null for others.
  virtual const CsvParcels* csv() const { return nullptr; }
};

class CsvParcels : public ParcelInput {
 public:
  CsvParcels(CsvRecords records, ParcelLayout layout);

  bool Next(InputBlock& block) override { return records_.Next(block); }
  void Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const override;
  std::string header_text() const override { return header_text_; }
  const CsvParcels* csv() const override { return this; }

  const std::filesystem::path& path() const { return records_.path(); }
  const ParcelLayout& layout() const { return layout_; }
  char delimiter() const { return records_.delimiter(); }
  // Reads the record that a cutter stands at. Its bytes are text.
  ParcelRow ReadRecord(const RecordCutter& cutter, std::uint64_t number) const;

 private:
  ParcelRow RowOf(const RecordCutter& cutter, std::uint64_t number,
                  const std::optional<Diagnostic>& fault) const;

  CsvRecords records_;
  ParcelLayout layout_;
  std::string header_text_;
};

// Opens an input. Throws FileError for what cannot be read at all, kParcelFormatNotKnown among
// them; nothing after reports of what is wrong with a header or a JSON document. `reference` must
// outlive the input.
std::unique_ptr<ParcelInput> OpenParcels(const ParcelInputOptions& options,
                                         const Reference& reference, Diagnostics& diagnostics);

}  // namespace dijia::io

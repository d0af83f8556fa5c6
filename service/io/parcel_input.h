// Inputs of valuations: CSV, NDJSON, JSON and spreadsheets as parcels, block by block.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "dijia/base/diagnostic.h"
#include "io/input_block.h"
#include "io/parcel_layout.h"

namespace dijia::io {

struct ParcelInputOptions {
  std::filesystem::path path;  // `-` = the standard input
  std::string format;          // csv, ndjson, json, xlsx, ods; empty = by extension
  std::string encoding;        // utf-8, gb18030, gbk; empty = detected
  std::string layer;           // sheet; empty = the only one with a header of parcels
};

class ParcelInput {
 public:
  virtual ~ParcelInput() = default;

  // The next block, in order; false at the end. Throws FileError.
  virtual bool Next(InputBlock& block) = 0;
  // Reads the parcels of a block in order, from any thread.
  virtual void Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const = 0;
  // Whether the input is one parcel and no list.
  virtual bool is_single() const { return false; }
};

// Opens an input. Throws FileError for what cannot be read at all, kParcelFormatNotKnown among
// them; nothing after reports of what is wrong with a header or a JSON document. `reference` must
// outlive the input.
std::unique_ptr<ParcelInput> OpenParcels(const ParcelInputOptions& options,
                                         const Reference& reference, Diagnostics& diagnostics);

}  // namespace dijia::io

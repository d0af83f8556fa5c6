// Sample files in: CSV, XLSX, ODS, GeoPackage, Shapefile and GeoJSON → SampleTable.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/result.h"
#include "dijia/sample.h"

namespace dijia::io {

// SampleTable::source is one byte.
inline constexpr std::size_t kMostSampleFiles = 255;

struct ReadSamplesOptions {
  // The column mapping: `canonical`, `landchina` or another file of reference_folder/mappings by
  // its name without .toml, or the path of a .toml file of the user.
  std::string mapping = "canonical";
  // `utf-8`, `gb18030`, `gbk`; empty = detected: a byte-order mark or valid UTF-8 is UTF-8,
  // anything else GB18030.
  std::string encoding;
  // The sheet or layer to read; empty = the only one that has a known header.
  std::string layer;
  // `csv`, `xlsx`, `ods`, `gpkg`, `shp` or `geojson`; empty = by the file's extension, CSV for `-`.
  std::string format;
  // 0 = all cores. The result is the same for every number.
  unsigned threads = 0;
  // The folder data/reference: mappings, header names, land-use names, counties.
  std::filesystem::path reference_folder;
};

// What was read from one input file, for evidence and report.
struct SamplesFile {
  std::string source;    // as in SampleTable::sources: the path as given, or `-`
  std::string format;    // `csv`, `xlsx`, …
  std::string encoding;  // `utf-8` or `gb18030`; empty where the format has none
  std::string layer;     // sheet or layer; empty where the format has none
  std::size_t rows = 0;  // data rows, blank ones not counted
};

struct SamplesInput {
  // Every data row of every file, in the order given. A row that could not be read is there too,
  // with the fate that says so.
  SampleTable table;
  // Bad cells, rows, headers and files, all at once; at least one error = the input is not to be
  // trusted as a whole, though its good rows are.
  Diagnostics diagnostics;
  std::vector<SamplesFile> files;  // those that were read
  // A file, or the mapping, could not be used at all: what is in the table is not what was meant.
  bool is_refused = false;
};

// Reads sample files. `-` is the standard input. Files that the system does not give are told
// before anything is read. Error: reading stopped in the middle, or the reference tables cannot be
// used. A file without data rows gives no rows and a warning.
Result<SamplesInput> ReadSamples(std::span<const std::filesystem::path> files,
                                 const ReadSamplesOptions& options);

}  // namespace dijia::io

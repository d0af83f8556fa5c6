// The texts of a Shapefile as UTF-8: its bytes do not say what they are, and the .cpg file that
// should is often absent or wrong.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/result.h"
#include "io/layer_records.h"

namespace dijia::io {

struct ShapefileText {
  std::string encoding;               // `utf-8` or `gb18030`
  std::vector<std::size_t> cut;       // fields whose names fill all of the 10 bytes they may have
  std::optional<Diagnostic> warning;  // kCodePageWrong
};

// Decodes the records, the first of which are the field names, in place. `encoding` is what the
// user says, empty = told by the bytes: valid UTF-8 with Chinese characters is UTF-8, anything else
// GB18030, and the .cpg file beside `path` decides where the bytes could be both. Errors:
// kUnknownEncoding, kNotGb18030, kTextNotUtf8.
Result<ShapefileText> DecodeShapefile(const std::filesystem::path& path,
                                      const std::string& encoding, Records& records);

}  // namespace dijia::io

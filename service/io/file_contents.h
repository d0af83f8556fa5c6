// What a file really holds, told from its own bytes before a reader of one format meets them: what
// goes by the name of another format, is cut short, or has a part missing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "dijia/base/diagnostic.h"
#include "io/byte_source.h"
#include "io/table_format.h"

namespace dijia::io {

// Unpacked spreadsheets of more bytes are refused: they are bombs, or far beyond a spreadsheet.
inline constexpr std::uint64_t kLargestUnpacked = std::uint64_t{1} << 30;

// Why `bytes`, the file at `path`, cannot be of the format; nothing where no reason shows. Without
// a source. Codes: kFileIsEmpty, kUtf16, kOtherContents, kSpreadsheetLocked, kFileIncomplete,
// kUnpackedTooLarge, kShapefilePartMissing, and those of reading.
std::optional<Diagnostic> FaultOfContents(const ByteSource& bytes,
                                          const std::filesystem::path& path, TableFormat format);

}  // namespace dijia::io

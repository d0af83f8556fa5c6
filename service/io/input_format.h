// Which format an input file has.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace dijia::io {

// `csv`, `json`, `ndjson`, `xlsx`, `ods`, `gpkg`, `shp` or `geojson`: the stated one, else that of
// the extension; `-` and what has none are CSV. Nothing for other words; `word` is what was taken
// for a format.
std::optional<std::string> InputFormat(const std::filesystem::path& path, std::string stated,
                                       std::string& word);

}  // namespace dijia::io

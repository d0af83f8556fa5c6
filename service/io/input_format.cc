#include "io/input_format.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace dijia::io {

std::optional<std::string> InputFormat(const std::filesystem::path& path, std::string stated,
                                       std::string& word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNames{{
      {"csv", "csv"},
      {"txt", "csv"},
      {"tsv", "csv"},
      {"json", "json"},
      {"ndjson", "ndjson"},
      {"jsonl", "ndjson"},
      {"xlsx", "xlsx"},
      {"ods", "ods"},
      {"gpkg", "gpkg"},
      {"shp", "shp"},
      {"geojson", "geojson"},
      {"", "csv"},
  }};
  word = std::move(stated);
  if (word.empty() && path != "-") {
    word = path.extension().string();
    if (!word.empty()) word.erase(0, 1);
    for (char& c : word) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  const auto found =
      std::ranges::find(kNames, word, &std::pair<std::string_view, std::string_view>::first);
  if (found == kNames.end()) return std::nullopt;
  return std::string(found->second);
}

}  // namespace dijia::io

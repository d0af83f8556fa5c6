// The shipped rule packs as the texts of their files.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

// A folder of rules/packs, its files by name.
inline PackLayer ReadLayer(const std::string& id) {
  PackLayer layer;
  const std::filesystem::path folder = std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs" / id;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    layer.push_back(
        {entry.path().filename().string(), std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::ranges::sort(layer, {}, &PackFile::name);
  return layer;
}

}  // namespace dijia::rules

// Rule packs from the texts of a fuzzer.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/rule_pack.h"

namespace dijia::fuzz {

// Layers from one text: a line `=== ` begins a layer, a line `--- NAME` a file of it.
inline std::vector<rules::PackLayer> LayersOf(std::string_view text) {
  std::vector<rules::PackLayer> layers;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with("=== ") || layers.empty()) layers.emplace_back();
    if (line.starts_with("=== ")) continue;
    rules::PackLayer& layer = layers.back();
    if (line.starts_with("--- ")) {
      layer.push_back({std::string(line.substr(4)), ""});
    } else if (!layer.empty()) {
      layer.back().text.append(line).append("\n");
    }
  }
  return layers;
}

}  // namespace dijia::fuzz

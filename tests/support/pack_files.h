// The shipped rule packs, read for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

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

inline RulePack MustLoad(const std::vector<PackLayer>& layers) {
  Diagnostics diagnostics;
  std::optional<RulePack> pack = LoadRulePack(layers, diagnostics);
  for (const Diagnostic& d : diagnostics.kept()) ADD_FAILURE() << Describe(d, Language::kEn);
  return pack ? std::move(*pack) : RulePack{};
}

inline const PreparedRules& National() {
  static const PreparedRules rules(MustLoad({ReadLayer("cn")}));
  return rules;
}

inline const PreparedRules& InnerMongolia() {
  static const PreparedRules rules(MustLoad({ReadLayer("cn"), ReadLayer("cn-150000")}));
  return rules;
}

}  // namespace dijia::rules

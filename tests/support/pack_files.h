// The shipped rule packs, read for tests.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <utility>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "support/shipped_layer.h"

namespace dijia::rules {

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

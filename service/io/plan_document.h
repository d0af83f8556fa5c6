// What the readers of all plans share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "io/toml_document.h"
#include "json/reader.h"

namespace dijia::io {

// Reads a plan with `read`(tree, source, style, diagnostics) and checks its limits. Everything that
// is wrong is reported in the order of the file; nothing is returned when there was an error.
template <class Read>
auto ReadPlanDocument(std::string_view text, const std::string& source, Read read,
                      Diagnostics& diagnostics)
    -> decltype(read(json::Value(), source, json::PathStyle::kDotted, diagnostics)) {
  const std::optional<json::Value> root = ParseToml(text, source, diagnostics);
  if (!root) return std::nullopt;
  Diagnostics found;
  auto plan = read(*root, source, json::PathStyle::kDotted, found);
  if (plan) AppendPlaced(plan->Validate(), *root, source, found);
  if (found.has_errors()) plan.reset();
  AppendInFileOrder(found, diagnostics);
  return plan;
}

}  // namespace dijia::io

// TOML texts as trees of values, with numbers from their own text and places for messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "json/value.h"

namespace dijia::io {

// Reads one TOML document. What is not TOML is reported with its place and gives nothing.
std::optional<json::Value> ParseToml(std::string_view text, const std::string& source,
                                     Diagnostics& diagnostics);

// Appends the limits that a plan breaks, which name their values by paths such as
// `uses.residential.conditions.far` or `weights.2.factor`, with the lines where these stand; what
// is missing gets the place of the nearest table around it.
void AppendPlaced(const Diagnostics& broken, const json::Value& root, const std::string& source,
                  Diagnostics& diagnostics);

// Appends `found` in the order of the file: toml++ walks its tables by name, people read from the
// top.
void AppendInFileOrder(const Diagnostics& found, Diagnostics& diagnostics);

}  // namespace dijia::io

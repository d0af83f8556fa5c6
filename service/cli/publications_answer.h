// For commands that read several publications and answer with a table or as JSON.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/code.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "json/value.h"
#include "report/labels.h"

namespace dijia::cli {

// Where the answer goes, as the words of the command line are.
struct PublicationsOutput {
  std::string out, output_format;
};

// The fault when they ask for something else than a table or JSON.
std::optional<Diagnostic> FaultOfOutput(const PublicationsOutput& output);

// All of the files, in their order; nothing after reports of every file that cannot be used.
std::optional<std::vector<Publication>> ReadPublications(std::span<const std::string> files,
                                                         Diagnostics& diagnostics);

// Writes the one that is asked for, whole or not at all. Throws FileError.
void WriteTableOrJson(const PublicationsOutput& output, Language language,
                      const std::function<std::string(const report::Labels&)>& table,
                      const std::function<json::Value()>& as_json);

}  // namespace dijia::cli

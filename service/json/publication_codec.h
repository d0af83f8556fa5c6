// The publication document as JSON (contract §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "json/value.h"

namespace dijia::json {

// Reads a document of the format dijia-publication/1. Everything that is wrong is reported at once
// with its JSON pointer: fields that are not known or stand twice, wrong types, more decimals than
// a field has, tables that do not ascend, formulas that name no coefficient. Nothing is returned
// when there was an error.
std::optional<Publication> ReadPublication(std::string_view text, const std::string& source,
                                           Diagnostics& diagnostics);

// The same from the tree of a document.
std::optional<Publication> ReadPublication(const Value& document, const std::string& source,
                                           Diagnostics& diagnostics);

// The document as a tree; ToCanonical gives the bytes that are hashed, ToPretty those of files.
Value WritePublication(const Publication& publication);

// One coefficient as it stands in a document.
Value WriteCoefficient(const CoefficientTable& table);

}  // namespace dijia::json

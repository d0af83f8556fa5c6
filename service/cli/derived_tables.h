// Derived tables for people.
#pragma once

#include <span>
#include <string>

#include "app/derived_table.h"
#include "dijia/base/code.h"
#include "report/labels.h"

namespace dijia::cli {

// Each table with its cells and what states how good it is.
std::string DerivedTablesText(std::span<const app::DerivedTable> tables,
                              const report::Labels& labels, Language language);

}  // namespace dijia::cli

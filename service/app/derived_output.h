// Derived tables as documents: JSON whose `uses` drop into a publication, and CSV.
#pragma once

#include <span>
#include <string>

#include "app/derived_table.h"
#include "dijia/publication.h"

namespace dijia::app {

inline constexpr std::string_view kTablesFormat = "dijia-coefficients/1";

// `uses.X.coefficients` and `uses.X.capitalization_rate` as a publication has them, then
// `derivations`: of each table its method and figures.
std::string TablesJson(std::span<const DerivedTable> tables);

// One row for each cell and each figure: use, name, method, part (`table` or `figure`), grade, row,
// column, value.
std::string TablesCsv(std::span<const DerivedTable> tables);

}  // namespace dijia::app

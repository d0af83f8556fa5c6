// Whether the tables of a publication can be right: what contradicts itself, what no office would
// publish so, and what differs from a dated official table (benchmark-price notes §4).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"

namespace dijia {

// What the engine does not know by itself.
struct TableLintOptions {
  // Names of levels from the best to the worst; figures must fall along each.
  std::vector<std::vector<std::string>> ladders;
  // The lowest lawful price of industrial land, which is the law's (rules), and where it stands.
  struct Minimum {
    UnitPrice price;
    int land_class = 0;
    std::string source;
  };
  std::optional<Minimum> industrial_minimum;
};

// The findings about a publication that json::ReadPublication accepts; `where.field` is the JSON
// pointer of the figure. Errors contradict the table itself: a column with a second peak, levels
// out of order, pairs that are not reciprocal, cumulative percentages that fall. Warnings may have
// been published so: prices or floor area ratio coefficients out of order, a base that is not 1, a
// row that is missing between even ones, figures of other decimals than all the rest or finer than
// the rounding, weights that two columns imply differently, a unit that the figures contradict,
// prices below the minimum.
std::vector<Diagnostic> LintTables(const Publication& publication, const TableLintOptions& options);

// Every figure in which a table of the publication differs from that of the same use, name and kind
// in an official publication in force on its day (effective_from, else base_date). An error too:
// none in force then, or nothing to compare.
std::vector<Diagnostic> CompareWithOfficial(const Publication& publication,
                                            std::span<const Publication> officials);

}  // namespace dijia

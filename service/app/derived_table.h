// Tables of a correction system that were derived, each with what states how good it is.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dijia/base/land.h"
#include "dijia/coefficient.h"

namespace dijia::app {

// A figure about a table: what it was made of, or how well it fits.
struct DerivedFigure {
  std::string name;   // code, `upward_percent`; data/reference/labels.csv has its names
  int grade = 0;      // 0 = of the whole table
  std::string value;  // a decimal, or a code
};

struct DerivedTable {
  LandUse use = LandUse::kOther;
  std::string name;    // of the coefficient, or `capitalization_rate`
  std::string method;  // code of how it was made
  // What drops into a publication; nothing for parameters that were recovered from one.
  std::variant<std::monostate, CoefficientTable, Rate> content;
  std::vector<DerivedFigure> figures;

  const CoefficientTable* table() const { return std::get_if<CoefficientTable>(&content); }
};

// A table that is still without content.
DerivedTable NamedTable(LandUse use, std::string_view name, std::string_view method);

// The cells of a table for people: one grid for each grade where grades have tables of their own.
struct TableGrid {
  int grade = 0;                               // 0 = not by grade
  std::vector<std::string> head;               // codes, grades or names of levels
  std::vector<std::vector<std::string>> rows;  // as wide as the head; figures as they are published
};

// Empty for kinds that have no cells: formulas and rates.
std::vector<TableGrid> GridsOf(const CoefficientTable& table);

}  // namespace dijia::app

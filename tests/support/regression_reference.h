// Columns of reference tables as a design, for tests of the regressions.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "dijia/matrix_view.h"
#include "support/reference_csv.h"

namespace dijia::test {

// A design that owns its columns.
struct OwnedDesign {
  std::vector<std::string> names;
  std::vector<double> values;
  std::size_t rows = 0;

  void Add(std::string name, const std::vector<double>& column) {
    rows = column.size();
    names.push_back(std::move(name));
    values.insert(values.end(), column.begin(), column.end());
  }
  ColumnMajorView View() const { return {values, rows, names.size()}; }
};

inline std::vector<double> Mapped(std::vector<double> values,
                                  const std::function<double(double)>& f) {
  for (double& value : values) value = f(value);
  return values;
}

inline OwnedDesign DesignOf(const ReferenceTable& table, const std::vector<std::string>& columns) {
  OwnedDesign design;
  for (const std::string& name : columns) design.Add(name, table.Numbers(name));
  return design;
}

}  // namespace dijia::test

// A view of a table of numbers, one column after the other.
#pragma once

#include <cstddef>
#include <span>

namespace dijia {

// Element (row, column) is values[column · rows + row]. The numbers belong to someone else and
// outlive the view; values.size() = rows · columns.
struct ColumnMajorView {
  std::span<const double> values;
  std::size_t rows = 0;
  std::size_t columns = 0;

  std::span<const double> Column(std::size_t column) const {
    return values.subspan(column * rows, rows);
  }
  double At(std::size_t row, std::size_t column) const { return values[column * rows + row]; }
};

}  // namespace dijia

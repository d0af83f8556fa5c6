// The columns of a table that fill a SampleTable, each with its reader of cells.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/sample.h"
#include "io/column.h"
#include "io/mapping.h"

namespace dijia::io {

// One table being read into rows [first, first + rows) of `samples`, which has them already.
class SampleColumns {
 public:
  SampleColumns(const MatchedHeader& header, const ColumnMapping& mapping,
                const Reference& reference, SampleTable& samples, std::size_t first,
                std::size_t rows);

  const std::vector<WantedColumn>& wanted() const { return wanted_; }

  // After the columns are filled: combines bounds and units, gives rows the reasons that were found
  // and reports everything with its place. `first_row` is the number in the file of row 0.
  void Finish(const Filling& filling, const std::string& source, std::uint64_t first_row,
              Diagnostics& diagnostics);

 private:
  void WantTexts();
  void WantChoices();
  void WantNumbers();
  void WantFigures();
  void CombineFarBounds();
  void ApplyUnits(const Filling& filling);
  Location At(std::uint32_t row, std::size_t column) const;
  void Refuse(std::size_t row, std::string_view column, Code code, std::string cell,
              Diagnostics& diagnostics);
  void CheckSigns(Diagnostics& diagnostics);
  void CheckUnits(Diagnostics& diagnostics);
  void Report(const Filling& filling, Diagnostics& diagnostics);

  // Adds a column when the header has it.
  void Want(const std::string& column, ColumnTarget target, CellReader reader,
            bool plain_cells = true);
  std::optional<std::size_t> PositionOf(const std::string& column) const;
  template <class T>
  std::span<T> Rows(std::vector<T>& column) const;

  const MatchedHeader& header_;
  const ColumnMapping& mapping_;
  const Reference& reference_;
  SampleTable& samples_;
  std::size_t first_, rows_;
  std::optional<PriceUnit> price_unit_;
  std::vector<std::int64_t> far_lower_, far_upper_;
  std::vector<WantedColumn> wanted_;
  std::string source_;
  std::uint64_t first_row_ = 0;
};

}  // namespace dijia::io

// Tables of parcels: which columns give which fields, and what their cells say. Headers are the
// names of the fields (`area_sqm`, `factors.shape`, `factors.regional.距汽车站距离`) or those of
// parcel_columns.csv and columns.csv.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/parcel.h"
#include "io/reference.h"

namespace dijia::io {

// A parcel as it was read; with an error among the problems it is not valued.
struct ParcelRow {
  std::uint64_t row = 0;
  std::string_view
      text;  // as it stands in the input, in UTF-8, while the row is read; empty in JSON
  Parcel parcel;
  Diagnostics problems;
};

class ParcelLayout {
 public:
  // Finds the header among the first records. Reports what is wrong with it: no header, an unknown
  // name in the style of a field, a field twice; notes columns that are not used. Nothing after an
  // error. `reference` must outlive the object.
  static std::optional<ParcelLayout> Match(const std::vector<std::vector<std::string>>& head,
                                           const Reference& reference, std::string source,
                                           Diagnostics& diagnostics);

  std::size_t header() const { return header_; }  // which of the first records
  std::size_t width() const { return width_; }    // its number of columns
  std::vector<std::size_t> positions() const;     // of the columns that are read

  // Reads all cells of the row; any thread.
  ParcelRow Read(std::uint64_t row, std::span<const std::string_view> cells) const;

  struct Column {
    std::size_t position = 0;
    std::string field;  // `far`, `factors.shape`, …
  };
  // Those that are used.
  const std::vector<Column>& columns() const { return columns_; }
  // Reads a row of which only one cell says something.
  ParcelRow ReadCell(std::uint64_t row, const Column& column, std::string_view cell) const;

 private:
  using Cells = std::vector<std::pair<const Column*, std::string_view>>;
  ParcelRow ReadCells(std::uint64_t row, const Cells& cells) const;

  void Use(std::size_t position, const std::string& header, Diagnostics& diagnostics);
  std::string Understood(const std::string& field, std::string_view cell) const;

  const Reference* reference_ = nullptr;
  std::string source_;
  std::size_t header_ = 0, width_ = 0;
  std::vector<Column> columns_;
};

}  // namespace dijia::io

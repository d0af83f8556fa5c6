// Cells of a grid → typed columns, with fast ways for plain decimals, dates and names.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "dijia/base/codes.h"
#include "io/csv_block.h"

namespace dijia::io {
namespace {

constexpr int kRealScale = 6;
constexpr double kRealOne = 1e6;
// Decimals up to here are exact as doubles, and so is 10^6, so that their quotient is the double
// nearest to the text.
constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;

class GridFiller {
 public:
  GridFiller(const CellGrid& grid, std::span<const WantedColumn> wanted, const CsvKernels& kernels,
             CellWriter& writer)
      : grid_(grid), wanted_(wanted), kernels_(kernels), writer_(writer) {
    for (const WantedColumn& column : wanted) factors_.push_back(FactorsOf(column.target));
  }

  // A batch of rows in all columns: what one column brings into the cache serves the others.
  void FillBatch(std::size_t first) {
    first_ = first;
    count_ = std::min(kDecimalBatch, grid_.rows - first);
    for (std::size_t column = 0; column < wanted_.size(); ++column) FillColumn(column);
  }

 private:
  static ScaleFactors FactorsOf(const ColumnTarget& target) {
    if (const auto* wide = std::get_if<ToInt64>(&target)) return FactorsOfScale(wide->scale);
    if (const auto* small = std::get_if<ToInt32>(&target)) return FactorsOfScale(small->scale);
    return FactorsOfScale(kRealScale);
  }

  void FillColumn(std::size_t column) {
    const WantedColumn& wanted = wanted_[column];
    if (wanted.plain_cells) {
      if (const auto* wide = std::get_if<ToInt64>(&wanted.target)) return FillInt64(column, *wide);
      if (const auto* small = std::get_if<ToInt32>(&wanted.target))
        return FillInt32(column, *small);
      if (const auto* real = std::get_if<ToReal>(&wanted.target)) return FillReal(column, *real);
      if (const auto* date = std::get_if<ToDate>(&wanted.target)) return FillDates(column, *date);
    }
    for (std::size_t row = first_; row < first_ + count_; ++row) PutCell(column, row);
  }

  std::uint32_t TableRow(std::size_t row) const {
    return writer_.block().first_row + static_cast<std::uint32_t>(row);
  }

  // The careful way, for any cell.
  void PutCell(std::size_t column, std::size_t row) {
    const std::string_view field = grid_.Cell(row, wanted_[column].position);
    if (!grid_.has_quotes || field.find('"') == std::string_view::npos) {
      return writer_.Put(column, TableRow(row), field);
    }
    if (Unquote(field, unquoted_)) return writer_.Put(column, TableRow(row), unquoted_);
    writer_.PutMissing(column, TableRow(row));
    writer_.block().faults.push_back({.row = TableRow(row),
                                      .column = static_cast<std::uint16_t>(column),
                                      .fate = Fate::kUnreadable,
                                      .code = Code::kStrayQuote,
                                      .arguments = {std::string(field)}});
  }

  // Loads the cells of the batch; the rest of the memory for cells is empty ones.
  void LoadBatch(std::size_t column) {
    const std::size_t position = wanted_[column].position;
    const bool is_last = position + 1 == grid_.columns;
    const std::uint32_t* at = grid_.offsets + first_ * grid_.stride + position;
    for (std::size_t i = 0; i < count_; ++i, at += grid_.stride) {
      const std::uint32_t begin = at[0] + 1;
      std::uint32_t end = at[1];
      if (is_last) end -= grid_.bytes[end - 1] == '\r' ? 1U : 0U;
      const auto length = static_cast<std::int32_t>(end - begin);
      std::uint64_t word = 0;
      std::memcpy(&word, grid_.bytes + begin, sizeof word);
      const bool is_long = length > 8;
      cells_.words[i] = is_long ? 0 : word;
      cells_.lengths[i] = is_long ? 8U : static_cast<std::uint64_t>(std::max(length, 0));
    }
    std::fill(cells_.lengths + count_, cells_.lengths + kDecimalBatch, 0);
  }

  // `keep` puts decimals_ into the column; false when it made cells odd.
  template <class Keep>
  void FillDecimals(std::size_t column, const Keep& keep) {
    LoadBatch(column);
    bool careful = kernels_.parse_decimals(cells_, factors_[column], decimals_);
    careful |= !keep(TableRow(first_));
    if (!careful) return;
    for (std::size_t i = 0; i < count_; ++i) {
      if (decimals_.odd[i] != 0) PutCell(column, first_ + i);
    }
  }

  void FillInt64(std::size_t column, const ToInt64& to) {
    FillDecimals(column, [&](std::uint32_t row) {
      std::memcpy(to.out.data() + row, decimals_.units, count_ * sizeof(std::int64_t));
      return true;
    });
  }

  void FillInt32(std::size_t column, const ToInt32& to) {
    FillDecimals(column, [&](std::uint32_t row) {
      std::int64_t too_large = 0;
      for (std::size_t i = 0; i < count_; ++i) {
        const std::int64_t units = decimals_.units[i];
        const auto small = static_cast<std::int32_t>(units);
        const bool is_missing = units == kMissing64;
        const std::int64_t overflow = small != units && !is_missing ? -1 : 0;
        decimals_.odd[i] |= overflow;
        too_large |= overflow;
        to.out[row + i] = is_missing ? kMissing32 : small;
      }
      return too_large == 0;
    });
  }

  void FillReal(std::size_t column, const ToReal& to) {
    FillDecimals(column, [&](std::uint32_t row) {
      std::int64_t too_large = 0;
      for (std::size_t i = 0; i < count_; ++i) {
        const std::int64_t units = decimals_.units[i];
        const bool is_missing = units == kMissing64;
        const std::int64_t inexact =
            (units > kLargestExact || units < -kLargestExact) && !is_missing ? -1 : 0;
        decimals_.odd[i] |= inexact;
        too_large |= inexact;
        to.out[row + i] = is_missing ? std::numeric_limits<double>::quiet_NaN()
                                     : static_cast<double>(units) / kRealOne;
      }
      return too_large == 0;
    });
  }

  void FillDates(std::size_t column, const ToDate& to) {
    for (std::size_t row = first_; row < first_ + count_; ++row) {
      const std::string_view cell = grid_.Cell(row, wanted_[column].position);
      const Days day = PlainDate(cell);
      to.out[TableRow(row)] = day;
      if (day == kNoDate && !cell.empty()) PutCell(column, row);
    }
  }

  // 2025-04-01 or 2025/04/01 of the years ParseDate knows; kNoDate for anything else.
  Days PlainDate(std::string_view cell) {
    if (cell.size() != 10 || cell[4] != cell[7] || (cell[4] != '-' && cell[4] != '/')) {
      return kNoDate;
    }
    constexpr std::array<std::size_t, 8> kPlaces{0, 1, 2, 3, 5, 6, 8, 9};
    unsigned number = 0, bad = 0;
    for (const std::size_t place : kPlaces) {
      const unsigned digit = static_cast<unsigned char>(cell[place]) - unsigned{'0'};
      bad |= digit > 9 ? 1U : 0U;
      number = number * 10 + digit;
    }
    if (bad != 0) return kNoDate;
    if (number == last_date_) return last_day_;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number / 10'000)),
                                           std::chrono::month(number / 100 % 100),
                                           std::chrono::day(number % 100)};
    if (!date.ok() || number < 19'000'000 || number >= 22'000'000) return kNoDate;
    last_date_ = number;
    last_day_ = ToDays(date);
    return last_day_;
  }

  const CellGrid& grid_;
  std::span<const WantedColumn> wanted_;
  const CsvKernels& kernels_;
  CellWriter& writer_;
  std::vector<ScaleFactors> factors_;  // by wanted column
  std::size_t first_ = 0, count_ = 0;  // the batch
  ShortCells cells_;
  ShortDecimals decimals_;
  std::string unquoted_;
  unsigned last_date_ = 0;
  Days last_day_ = kNoDate;
};

}  // namespace

bool Unquote(std::string_view field, std::string& out) {
  out.clear();
  const std::size_t first = field.find_first_not_of(" \t");
  const std::size_t last = field.find_last_not_of(" \t");
  if (first == std::string_view::npos || field[first] != '"') {
    out = field;
    return field.find('"') == std::string_view::npos;
  }
  if (last == first || field[last] != '"') return false;
  field = field.substr(first + 1, last - first - 1);
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '"' && (++i >= field.size() || field[i] != '"')) return false;
    out += field[i];
  }
  return true;
}

void FillFromGrid(const CellGrid& grid, std::span<const WantedColumn> wanted,
                  const CsvKernels& kernels, CellWriter& writer) {
  GridFiller filler(grid, wanted, kernels, writer);
  for (std::size_t first = 0; first < grid.rows; first += kDecimalBatch) filler.FillBatch(first);
}

}  // namespace dijia::io

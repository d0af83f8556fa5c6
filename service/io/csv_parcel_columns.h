// Blocks of CSV texts as columns of parcels, column by column and with what was read before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/cell_memo.h"
#include "io/csv_cells.h"
#include "io/csv_kernels.h"
#include "io/parcel_input.h"

namespace dijia::io {

// What a cell of a column of texts says; one of them where it says something.
struct SaidByCell {
  bool is_stated = false;
  bool careful = false;  // what is wrong with it is found by reading the row the careful way
  std::string text;      // county, area, sub_use, zone, route, development_level
  std::optional<LandUse> use;
  int grade = 0;
  Days date = kNoDate;
  FactorInput factor;
};

// Texts with few values are read the careful way once and looked up then; numbers are read many at
// a time. Whatever is not plain (quotes, another number of cells, a cell with something wrong) is
// read the careful way, as Parcel.
class CsvParcelColumns {
 public:
  static constexpr std::size_t kBatch = kDecimalBatch;
  static constexpr std::int64_t kNotStated = INT64_MIN;

  // A column of texts by its field.
  struct Texts {
    std::string field;
    const ParcelLayout::Column* column = nullptr;
    CellMemo memo;
    std::vector<SaidByCell> said;             // by id
    std::array<std::uint32_t, kBatch> ids{};  // by row of the batch

    const SaidByCell& Said(std::size_t row) const { return said[ids[row]]; }
  };
  // A column of numbers: counts of 10^-scale, or kNotStated.
  struct Numbers {
    std::string field;
    const ParcelLayout::Column* column = nullptr;
    int scale = 0;
    bool may_be_any = false;  // else above 0
    ScaleFactors factors;
    std::array<std::int64_t, kBatch> units{};  // by row of the batch
  };
  struct Row {
    std::uint64_t number = 0;
    std::string_view id;   // of the parcel
    bool careful = false;  // its columns say nothing: Careful reads it
  };

  explicit CsvParcelColumns(const CsvParcels& input);

  // Takes a block; false when all of it has to be read the careful way, with CsvParcels::Read.
  bool Take(InputBlock& block) { return block_.Cut(block); }
  // The next rows of the block; none at its end. They live until the next call.
  std::span<const Row> Next();
  // A row of the batch read the careful way.
  ParcelRow Careful(std::size_t row) const;
  // Whether so many different texts were seen that the object should be made anew.
  bool is_full() const;

  const std::vector<Texts>& texts() const { return texts_; }
  const std::vector<Numbers>& numbers() const { return numbers_; }

 private:
  void ReadTexts(Texts& texts);
  void ReadNumbers(Numbers& numbers);
  std::uint32_t Learn(Texts& texts, std::string_view cell) const;
  std::int64_t ReadNumber(const Numbers& numbers, std::string_view cell, bool& careful) const;
  bool ReadId(const CsvCells::Record& record, std::string_view& id);

  const CsvParcels& input_;
  const CsvKernels& kernels_;
  CsvCells block_;
  std::vector<Texts> texts_;
  std::vector<Numbers> numbers_;
  std::optional<std::size_t> id_;  // its position
  std::vector<CsvCells::Record> records_;
  std::vector<Row> rows_;
  std::unique_ptr<ShortCells> cells_;
  std::unique_ptr<ShortDecimals> decimals_;
  std::string id_buffer_;
};

}  // namespace dijia::io

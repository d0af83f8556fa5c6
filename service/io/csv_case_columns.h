// Blocks of CSV texts as columns of cases, column by column and with what was read before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/case_columns.h"
#include "io/case_layout.h"
#include "io/cell_memo.h"
#include "io/csv_cells.h"
#include "io/csv_kernels.h"
#include "io/run_memo.h"

namespace dijia::io {

class CsvCases;

// Texts with few values are looked up, numbers are read many at a time. The texts of a row that do
// not belong to columns of their own, and which numbers it states, make its key: the first row with
// a key is read the careful way, and what it states besides its numbers holds for all rows with
// that key. Once it is known which columns have few values, neighbouring ones are looked up
// together. Whatever is not plain (quotes, another number of cells, a number with a unit) is read
// the careful way too.
class CsvColumnReader : public CaseColumnReader {
 public:
  CsvColumnReader(const CsvCases& input, rules::CaseColumns& columns, std::optional<Days> as_of);

  // Whether the columns of a table can be read so.
  static bool CanRead(const CaseLayout& layout, const rules::CaseColumns& columns);

  std::span<const ColumnRow> Read(InputBlock& block) override;
  bool is_full() const override;

 private:
  // A column of numbers, read by their digits.
  struct Numbers {
    std::size_t position = 0;
    const rules::Fact* fact = nullptr;
    ScaleFactors factors;
    std::size_t values = 0;  // which of values_
    unsigned bit = 0;        // of the key
    bool in_run = false;
    std::vector<std::int64_t> seen;  // different values so far, kMostSeen at the most
  };
  // A column of texts that are looked up.
  struct Texts {
    std::size_t position = 0;
    const CaseLayout::Column* column = nullptr;
    CellMemo memo;
    std::size_t most = 0;                 // ids
    std::optional<std::size_t> values;    // of a date: which of values_
    unsigned bit = 0;                     // of a date, in the key
    std::optional<std::size_t> key_byte;  // where the id stands in the key
    bool wide = false;                    // the id has two bytes
    bool is_steady = true;                // the same text for long
    bool in_run = false;
    bool has_empty = false;  // among what was seen before the runs were planned
  };
  // Columns side by side that have few texts together. What was read of one text, which begins in
  // the first of them and ends in the last, holds wherever it stands again.
  struct Run {
    std::vector<const Numbers*> numbers;
    std::vector<Texts*> texts;
    std::size_t first = 0, last = 0;  // positions
    std::size_t key_byte = 0;         // where two bytes of the part stand in the key
    std::vector<std::size_t> own;     // which of values_
    RunMemo memo;
    // By number of the memo; the first one is for rows that are read the careful way.
    std::vector<std::uint32_t> parts;
    std::vector<std::int64_t> values;  // as many as `own` has
    // By what the texts say besides the numbers.
    std::map<std::vector<std::uint32_t>, std::uint32_t> known_parts;
  };
  // A column that may belong to a run.
  struct Candidate {
    std::size_t position = 0, distinct = 0;
    Numbers* numbers = nullptr;
    Texts* texts = nullptr;
  };
  using Record = CsvCells::Record;

  static constexpr std::uint32_t kCareful = UINT32_MAX;  // instead of an id or a profile

  void PlanColumns(const CaseLayout& layout);
  void PlanKey();
  bool IsInKey(const Texts& texts) const;
  std::size_t NewValues(std::uint16_t fact);

  // csv_case_runs.cc
  void Observe();
  std::vector<Candidate> Candidates();
  void PlanRuns();
  void AddRun(std::span<const Candidate> columns);
  void DissolveRuns();
  void ReadRun(Run& run);
  std::uint32_t LearnRun(Run& run, const Record& record);
  bool ReadRunCells(Run& run, const Record& record, std::vector<std::uint32_t>& part,
                    std::vector<std::int64_t>& values);
  // From the beginning of the first cell of the run to the end of the last one.
  std::string_view CellsOf(const Run& run, const Record& record) const {
    const std::string_view first = block_.Cell(record, run.first);
    const std::string_view last = block_.Cell(record, run.last);
    return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
  }

  void ReadBatch();
  void ReadNumbers(const Numbers& numbers);
  void ReadTexts(Texts& texts);
  const CellMemo::Entry* Learn(Texts& texts, std::string_view cell);
  bool ReadId(const Record& record, std::string_view& id);
  std::uint32_t ReadCarefully(std::size_t row);

  std::size_t PlaceOfKey(const std::uint64_t* key) const;
  std::uint32_t FindKey(std::size_t row) const;
  void Learn(std::size_t row);

  const CsvCases& cases_;
  const CsvKernels& kernels_;
  std::vector<Numbers> numbers_;
  std::vector<Texts> texts_;
  std::vector<Run> runs_;
  std::size_t observed_ = 0;  // rows before the runs are planned
  bool may_run_ = true, has_planned_runs_ = false;
  std::optional<std::size_t> id_;  // its position
  std::vector<rules::FactValues> own_;

  CsvCells block_;

  // The batch.
  std::vector<Record> records_;
  std::vector<std::vector<std::int64_t>> values_;
  std::vector<std::uint64_t> keys_;  // by row, key_words_ each; the first word: what is stated
  std::size_t key_words_ = 1;
  std::vector<std::uint32_t> profiles_;
  std::unique_ptr<ShortCells> cells_;
  std::unique_ptr<ShortDecimals> decimals_;
  CaseRow row_;
  std::string id_buffer_;

  // Keys seen so far: place → key, and their profiles.
  std::vector<std::uint32_t> places_;  // index + 1, open addressing; 0 = free
  std::vector<std::uint64_t> known_keys_;
  std::vector<std::uint32_t> known_profiles_;
};

}  // namespace dijia::io

// Blocks of cases as columns, for checking many at once.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/rules/columns.h"
#include "io/case_layout.h"

namespace dijia::io {

class CaseInput;
struct InputBlock;

// A row of a block that was read into columns.
struct ColumnRow {
  std::uint64_t number = 0;               // CaseRow::row
  std::string_view case_id;               // until the next block is read
  const Diagnostics* problems = nullptr;  // until then; null = none

  bool has_errors() const { return problems != nullptr && problems->has_errors(); }
};

// Reads blocks of one input into columns, for one worker. This one takes the rows as the input
// reads them; formats may have a faster one that gives the same.
class CaseColumnReader {
 public:
  // `as_of`: the day by whose law every case is judged, whatever it says itself. The input and the
  // columns must outlive the object.
  CaseColumnReader(const CaseInput& input, const rules::RulePack& pack, rules::CaseColumns& columns,
                   std::optional<Days> as_of);
  virtual ~CaseColumnReader() = default;
  CaseColumnReader(const CaseColumnReader&) = delete;
  CaseColumnReader& operator=(const CaseColumnReader&) = delete;

  // Clears the columns and reads a block into them: row i of the answer is row i of the columns. A
  // row with errors is a case there that states nothing. The block is used up.
  virtual std::span<const ColumnRow> Read(InputBlock& block);

  // Whether it remembers so much of what it has read that another should be made.
  virtual bool is_full() const { return false; }

 protected:
  // Lists a row. Its case becomes the one that is judged: one that states nothing after errors.
  void List(CaseRow& row);
  // In the order of the facts; overwritten by the next.
  std::span<const rules::StatedFact> StatedBy(const rules::ReservePriceCase& the_case);
  void Clear();

  const CaseInput& input_;
  rules::CaseColumns& columns_;
  std::optional<Days> as_of_;
  std::uint16_t decided_on_;
  std::vector<ColumnRow> rows_;

 private:
  rules::ReservePriceCase nothing_;
  std::deque<std::string> ids_;  // of rows that are listed by themselves
  std::deque<Diagnostics> problems_;
  std::vector<rules::StatedFact> stated_;
};

}  // namespace dijia::io

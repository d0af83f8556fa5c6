// Tables of reserve-price cases: which columns state which facts, and what their cells say. Headers
// are the names of the facts (`price.amount`, `facts.far`) or those of case_columns.csv.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"
#include "io/reference.h"

namespace dijia::io {

// A number that cells are multiplied by, for columns in other units than the fact's.
struct UnitFactor {
  std::int64_t numerator = 1, denominator = 1;

  bool IsOne() const { return numerator == denominator; }
};

// One row of case_columns.csv.
struct CaseHeader {
  std::string fact;  // or `case_id`
  UnitFactor times;
  std::vector<std::pair<std::string, std::string>> states;  // other facts that the header states
  std::size_t rank = 0;                                     // its place in the file
};

// The names that tables of cases use (data/reference).
struct CaseReference {
  Reference names;
  std::map<std::string, CaseHeader> headers;  // by NameKey
  std::map<std::string, NameTable> values;    // by fact, or by type: `yes_no`
};

// Throws FileError.
CaseReference LoadCaseReference(const std::filesystem::path& folder);

// A row of a table as it was read.
struct CaseRow {
  std::uint64_t row = 0;
  rules::ReservePriceCase the_case;
  Diagnostics problems;                   // with an error the case is not judged
  std::vector<std::uint16_t> told_twice;  // facts that two places of the row state differently
  std::string_view line;                  // a case that is a line of JSON, as it stands
};

class CaseLayout {
 public:
  struct Column {
    std::size_t position = 0;
    std::optional<std::uint16_t> fact;  // nothing = case_id
    UnitFactor times;
    std::string header;
    const NameTable* names = nullptr;  // of a choice
    std::vector<std::pair<std::uint16_t, std::int64_t>> states;
  };

  // Finds the header among the first records: the first with two known names. Reports what is wrong
  // with it: no header, an unknown name in the style of a fact, a fact twice; notes columns that
  // are not used. Nothing after an error. `pack` and `reference` must outlive the object.
  static std::optional<CaseLayout> Match(const std::vector<std::vector<std::string>>& head,
                                         const rules::RulePack& pack,
                                         const CaseReference& reference, std::string source,
                                         Diagnostics& diagnostics);

  std::size_t header() const { return header_; }  // which of the first records
  std::size_t width() const { return width_; }    // its number of columns
  // Positions of columns that are read.
  std::vector<std::size_t> positions() const;
  const rules::RulePack& pack() const { return *pack_; }
  const std::string& source() const { return source_; }
  // Those that are read, in the order of the table.
  std::span<const Column> columns() const { return columns_; }
  const rules::CaseValidator& validator() const { return *validator_; }

  // An empty case for the row `row`.
  void Begin(std::uint64_t row, CaseRow& out) const;
  // Reads all cells of the row; any thread.
  void Read(std::span<const std::string_view> cells, CaseRow& out) const;
  // What a cell that is not empty says about the fact of its column; nothing when it says that
  // nobody knows, or after a report.
  std::optional<std::int64_t> Value(const Column& column, std::string_view cell,
                                    CaseRow& out) const;

 private:
  void Use(std::size_t position, const std::string& header, Diagnostics& diagnostics);
  const NameTable* NamesOf(const rules::Fact& fact) const;
  std::optional<std::int64_t> Lenient(const Column& column, std::string_view cell,
                                      CaseRow& out) const;
  std::optional<std::int64_t> Scaled(const Column& column, std::string_view cell,
                                     CaseRow& out) const;
  std::optional<std::int64_t> Measured(const Column& column, std::string_view cell,
                                       CaseRow& out) const;
  void ReadCandidates(const Column& column, std::string_view cell, CaseRow& out) const;
  bool State(std::uint16_t fact, std::int64_t value, CaseRow& out) const;
  void ReportTwice(std::uint16_t fact, std::span<const std::string_view> cells, CaseRow& out) const;
  void Report(Code code, const Column& column, std::vector<std::string> arguments,
              CaseRow& out) const;
  void Validate(CaseRow& out) const;

  const rules::RulePack* pack_ = nullptr;
  const CaseReference* reference_ = nullptr;
  std::optional<rules::CaseValidator> validator_;
  std::string source_;
  std::size_t header_ = 0, width_ = 0;
  std::size_t id_rank_ = SIZE_MAX;
  std::vector<Column> columns_;
  std::uint16_t land_class_ = 0, price_unit_ = 0;
};

}  // namespace dijia::io

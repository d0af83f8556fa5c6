// The conditions of a pack as decision tables: one row for every way in which a clause can apply,
// one column for everything that its conditions look at. For people and for other engines.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

// Something that conditions look at, cut into the cells that they can tell apart in one era.
struct CaseVariable {
  enum class Kind : std::uint8_t {
    kSmall,    // a fact of few values; cells are groups of values
    kNumber,   // a number or date; cells are ranges
    kPair,     // a number measured by another one; cells lie below, at and between the multiples
    kYears,    // the years between two dates; cells are ranges
    kStated,   // whether the case states the fact: no, yes
    kReading,  // a contested point; cells are groups of options
    kMeets,    // whether the price meets the full standard: no, yes
  };
  Kind kind = Kind::kSmall;
  std::uint16_t first = 0, second = 0;      // facts; kReading: the reading
  std::vector<std::uint64_t> groups;        // kSmall, kReading: bits of values
  std::vector<std::int64_t> starts;         // kNumber: the least value of every cell, ascending
  std::int64_t highest = 0;                 // kNumber: the greatest value of the last cell
  std::vector<std::int64_t> times;          // kPair: ascending, units of 10^-6
  std::vector<std::pair<int, bool>> years;  // kYears: from n years on, or (true) from a day more

  std::size_t size() const;  // the number of cells
  // The set of all cells, as bits.
  std::uint64_t AllCells() const;
  // kSmall, kReading: the values of a set of cells.
  std::uint64_t ValuesOf(std::uint64_t cells) const;
};

struct DecisionRow {
  std::uint16_t clause = 0;          // index into RulePack::clauses
  std::vector<std::uint64_t> cells;  // by column: those that belong to the row
};

// The clauses in force in one era that decide a verdict: ratios, limits and what is unlawful. Rows
// of one clause exclude each other. Columns are what at least one row looks at.
struct DecisionTable {
  Period era;
  std::vector<CaseVariable> columns;
  std::vector<DecisionRow> rows;
};

// One table for every era in which the rows differ, in order of time.
std::vector<DecisionTable> DecisionTables(const RulePack& pack);

// The head of a column and the entry of a row, which is empty when every cell belongs to it.
std::string VariableInWords(const RulePack& pack, const CaseVariable& variable, Language language);
std::string CellsInWords(const RulePack& pack, const CaseVariable& variable, std::uint64_t cells,
                         Language language);

}  // namespace dijia::rules

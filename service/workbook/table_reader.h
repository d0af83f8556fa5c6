// The table of one coefficient from its sheet.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/coefficient.h"
#include "workbook/draft.h"
#include "workbook/intervals.h"

namespace dijia::workbook {

class TableReader {
 public:
  // `pointer` is that of the coefficient; `closed` what the directory says of ranges.
  TableReader(Draft& draft, const SheetTable& table, std::string pointer,
              std::optional<ClosedEnd> closed)
      : draft_(draft), table_(table), pointer_(std::move(pointer)), closed_(closed) {}

  // Adds the rows of the sheet to a coefficient of this kind.
  void Read(std::string_view kind, json::Value& coefficient);

 private:
  void ReadCurve(json::Value& coefficient);
  void ReadRows(std::string_view list, json::Value& coefficient);  // a field a column
  void ReadLevels(json::Value& coefficient);
  void ReadRange(std::size_t row, const std::string& level, json::Value& ranges);
  void ReadAdditive(json::Value& coefficient);
  void ReadFactors(json::Value& coefficient);
  void ReadFactorRow(std::size_t row, json::Value& tables);
  void AddFactor(std::size_t row, const std::string& pointer, json::Value::Array& factors);
  void AddDivision(std::size_t row, const std::string& pointer, json::Value::Array& factors);
  void AddWeight(std::size_t row);
  void CheckWeights();
  void ReadMatrix(json::Value& coefficient);
  void ReadMatrixRow(std::size_t row, json::Value& coefficient);

  // The figures of a row in the free columns, by grade or by level.
  json::Value FreeFigures(std::size_t row, const std::string& pointer, bool by_grade);
  // Adds a member unless there is one of this name, which is reported.
  void AddOnce(json::Value& object, const std::string& pointer, const std::string& name,
               json::Value value, const Location& where);
  // The ranges of a cell; reports one that is none.
  void Collect(std::string_view cell, const std::string& level, const Location& where);
  // Puts what the collected ranges make together into the object at `pointer`.
  void AddBreaks(const std::string& pointer, std::optional<ClosedEnd> closed, json::Value& object);
  void CheckHeadings(bool by_grade);

  Draft& draft_;
  const SheetTable& table_;
  std::string pointer_;
  std::optional<ClosedEnd> closed_;
  std::vector<Interval> intervals_;
  struct Weights {
    std::int64_t sum = 0;  // 10^-6
    Location first;
  };
  std::map<std::string, Weights> weights_;  // by grade
};

}  // namespace dijia::workbook

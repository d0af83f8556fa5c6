#include "workbook/table_reader.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/cell.h"

namespace dijia::workbook {
namespace {

using json::Value;

constexpr int kWeightPlaces = 6;

// The ranks of the headings that belong to one order, with the headings; empty where none is known.
struct Ranked {
  std::vector<std::pair<int, std::string>> headings;
  std::string expected;
};

Ranked RankGrades(const std::vector<FreeColumn>& columns, Problems& unheard) {
  Ranked ranked;
  for (const FreeColumn& column : columns) {
    const std::string key = ReadGradeKey(column.name, {}, unheard).value_or("");
    int grade = 0;
    std::from_chars(key.data(), key.data() + key.size(), grade);
    if (grade > 0) ranked.headings.emplace_back(grade, column.name);
  }
  ranked.expected = "1, 2, 3 …";
  return ranked;
}

Ranked RankLevels(const std::vector<FreeColumn>& columns) {
  for (const auto& ladder : kLadders) {
    Ranked ranked;
    for (const FreeColumn& column : columns) {
      const auto* rung = std::ranges::find(ladder, column.name);
      if (rung != std::end(ladder)) {
        ranked.headings.emplace_back(static_cast<int>(rung - std::begin(ladder)), column.name);
      }
    }
    if (ranked.headings.size() < 3) continue;
    for (const std::string_view rung : ladder) {
      ranked.expected += (ranked.expected.empty() ? "" : "、") + std::string(rung);
    }
    return ranked;
  }
  return {};
}

}  // namespace

void TableReader::Read(std::string_view kind, Value& coefficient) {
  if (kind == "curve") ReadCurve(coefficient);
  if (kind == "index") ReadRows("points", coefficient);
  if (kind == "levels") ReadLevels(coefficient);
  if (kind == "factors") ReadFactors(coefficient);
  if (kind == "additive") ReadAdditive(coefficient);
  if (kind == "depth") ReadRows("rows", coefficient);
  if (kind == "matrix") ReadMatrix(coefficient);
}

void TableReader::AddOnce(Value& object, const std::string& pointer, const std::string& name,
                          Value value, const Location& where) {
  draft_.places.Put(PointerTo(pointer, name), where);
  if (object.Find(name) == nullptr) {
    object.Add(name, std::move(value));
  } else {
    draft_.problems.Add(Code::kListedTwice, where, {name});
  }
}

Value TableReader::FreeFigures(std::size_t row, const std::string& pointer, bool by_grade) {
  constexpr Column kFigure{"系数", "", CellKind::kDecimal, false, "1"};
  Value figures{Value::Object()};
  for (const FreeColumn& column : table_.free()) {
    const std::string_view cell = table_.FreeCell(row, column);
    if (cell.empty()) continue;
    const std::optional<std::string> key =
        by_grade ? ReadGradeKey(column.name, table_.Header(column), draft_.problems) : column.name;
    if (!key) continue;
    const Location where = table_.At(row, column);
    AddOnce(figures, pointer, *key, ReadCell(kFigure, cell, where, draft_.problems), where);
  }
  return figures;
}

void TableReader::CheckHeadings(bool by_grade) {
  Problems unheard;
  const Ranked ranked = by_grade ? RankGrades(table_.free(), unheard) : RankLevels(table_.free());
  const auto& headings = ranked.headings;
  if (headings.size() < 2) return;
  const bool ascends = by_grade || headings.front().first < headings.back().first;
  for (std::size_t i = 1; i < headings.size(); ++i) {
    if ((headings[i - 1].first < headings[i].first) == ascends) continue;
    const auto column = std::ranges::find(table_.free(), headings[i].second, &FreeColumn::name);
    draft_.problems.Add(Code::kHeadingsOutOfOrder, table_.Header(*column),
                        {headings[i].second, headings[i - 1].second, ranked.expected});
    return;
  }
}

void TableReader::ReadCurve(Value& coefficient) {
  CheckHeadings(true);
  Value::Array rows;
  std::optional<Value> exponents;
  for (const std::size_t row : table_.rows()) {
    if (!table_.Need(row, 0, draft_.problems)) continue;
    const std::string_view at = table_.Cell(row, 0);
    if (at == kExponent) {
      if (exponents) draft_.problems.Add(Code::kListedTwice, table_.At(row, 0), {std::string(at)});
      const std::string pointer = PointerTo(pointer_, "exponents");
      draft_.places.Put(pointer, table_.At(row, 0));
      exponents = FreeFigures(row, pointer, true);
      continue;
    }
    const std::string pointer = PointerTo(pointer_, "rows") + "/" + std::to_string(rows.size());
    draft_.places.Put(pointer, table_.At(row, 0));
    constexpr Column kAt{"数值", "at", CellKind::kDecimal, true, "1"};
    Value item{Value::Object()};
    item.Add("at", ReadCell(kAt, at, table_.At(row, 0), draft_.problems));
    item.Add("values", FreeFigures(row, pointer + "/values", true));
    rows.push_back(std::move(item));
  }
  if (!rows.empty()) coefficient.Add("rows", Value(std::move(rows)));
  if (exponents) coefficient.Add("exponents", *std::move(exponents));
}

void TableReader::ReadRows(std::string_view list, Value& coefficient) {
  Value::Array items;
  for (const std::size_t row : table_.rows()) {
    const std::string pointer = PointerTo(pointer_, list) + "/" + std::to_string(items.size());
    draft_.places.Put(pointer, table_.At(row, 0));
    Value item{Value::Object()};
    table_.ReadFields(row, pointer, item, draft_.places, draft_.problems);
    items.push_back(std::move(item));
  }
  coefficient.Add(list, Value(std::move(items)));
}

void TableReader::ReadLevels(Value& coefficient) {
  const std::string pointer = PointerTo(pointer_, "levels");
  Value levels{Value::Object()}, ranges{Value::Object()};
  for (const std::size_t row : table_.rows()) {
    const auto level = table_.ReadWord(row, kLevelName, draft_.problems);
    const auto figure = table_.Read(row, kLevelFigure, draft_.problems);
    if (!level) continue;
    AddOnce(levels, pointer, *level, *figure, table_.At(row, kLevelName));
    draft_.places.Put(PointerTo(pointer, *level), table_.At(row, kLevelFigure));
    ReadRange(row, *level, ranges);
    const std::string_view division = table_.Cell(row, kLevelDivision);
    if (!division.empty()) Collect(division, *level, table_.At(row, kLevelDivision));
  }
  coefficient.Add("levels", std::move(levels));
  if (!ranges.object()->empty()) coefficient.Add("ranges", std::move(ranges));
  AddBreaks(pointer_, closed_, coefficient);
}

void TableReader::ReadRange(std::size_t row, const std::string& level, Value& ranges) {
  if (table_.Cell(row, kLevelLow).empty() && table_.Cell(row, kLevelHigh).empty()) return;
  const bool low = table_.Need(row, kLevelLow, draft_.problems);
  const bool high = table_.Need(row, kLevelHigh, draft_.problems);
  if (!low || !high || ranges.Find(level) != nullptr) return;
  const std::string pointer = PointerTo(PointerTo(pointer_, "ranges"), level);
  draft_.places.Put(pointer, table_.At(row, kLevelLow));
  Value range{Value::Object()};
  table_.ReadFields(row, pointer, range, draft_.places, draft_.problems);
  ranges.Add(level, std::move(range));
}

void TableReader::ReadAdditive(Value& coefficient) {
  Value levels{Value::Object()};
  for (const std::size_t row : table_.rows()) {
    const auto level = table_.ReadWord(row, 0, draft_.problems);
    const auto amount = table_.Read(row, 1, draft_.problems);
    if (level) AddOnce(levels, PointerTo(pointer_, "levels"), *level, *amount, table_.At(row, 1));
  }
  coefficient.Add("levels", std::move(levels));
}

void TableReader::Collect(std::string_view cell, const std::string& level, const Location& where) {
  auto intervals = ParseIntervals(cell);
  if (!intervals) {
    draft_.problems.Add(Code::kIntervalNotUnderstood, where, {std::string(cell)});
    return;
  }
  for (Interval& interval : *intervals) {
    interval.level = level;
    interval.where = where;
    intervals_.push_back(std::move(interval));
  }
}

void TableReader::AddBreaks(const std::string& pointer, std::optional<ClosedEnd> closed,
                            Value& object) {
  std::vector<Diagnostic> problems;
  const auto division = Divide(std::exchange(intervals_, {}), closed, problems);
  draft_.problems.Add(problems);
  if (!division) return;
  const std::string path = PointerTo(pointer, "breaks");
  draft_.places.Put(path, division->order.front());
  Value::Array bounds, order;
  for (std::size_t i = 0; i < division->breaks.bounds.size(); ++i) {
    draft_.places.Put(path + "/bounds/" + std::to_string(i), division->bounds[i]);
    bounds.emplace_back(division->breaks.bounds[i].ToString());
  }
  for (std::size_t i = 0; i < division->breaks.order.size(); ++i) {
    draft_.places.Put(path + "/order/" + std::to_string(i), division->order[i]);
    order.emplace_back(division->breaks.order[i]);
  }
  Value breaks{Value::Object()};
  breaks.Add("bounds", Value(std::move(bounds)));
  breaks.Add("closed", Value::Text(CodeOf(division->breaks.closed)));
  breaks.Add("order", Value(std::move(order)));
  object.Add("breaks", std::move(breaks));
}

void TableReader::ReadFactors(Value& coefficient) {
  CheckHeadings(false);
  Value tables{Value::Object()};
  for (const std::size_t row : table_.rows()) ReadFactorRow(row, tables);
  coefficient.Add("tables", std::move(tables));
  CheckWeights();
}

void TableReader::ReadFactorRow(std::size_t row, Value& tables) {
  if (!table_.Need(row, kFactorGrade, draft_.problems)) return;
  const auto grade =
      ReadGradeKey(table_.Cell(row, kFactorGrade), table_.At(row, kFactorGrade), draft_.problems);
  if (!grade) return;
  const std::string pointer = PointerTo(PointerTo(pointer_, "tables"), *grade);
  draft_.places.Put(pointer, table_.At(row, kFactorGrade));
  if (tables.Find(*grade) == nullptr) tables.Add(*grade, Value(Value::Array()));
  // A grade without factors is a row without more.
  if (table_.Cell(row, kFactorName).empty() && table_.Cell(row, kFactorRow).empty()) return;
  const bool named = table_.Need(row, kFactorName, draft_.problems);
  if (!table_.Need(row, kFactorRow, draft_.problems) || !named) return;
  const auto kind = table_.ReadWord(row, kFactorRow, draft_.problems);
  if (!kind) return;
  Value::Array& factors = *MemberOf(tables, *grade).array();
  const bool figures = *kind == "figures";
  const std::size_t unused = figures ? kFactorClosed : kFactorWeight;
  if (!table_.Cell(row, unused).empty()) {
    draft_.problems.Add(
        Code::kCellNotUsed, table_.At(row, unused),
        {std::string(kFactorColumns[unused].header), std::string(table_.Cell(row, kFactorRow))});
  }
  if (figures) {
    AddWeight(row);
    AddFactor(row, pointer, factors);
  } else {
    AddDivision(row, pointer, factors);
  }
}

void TableReader::AddFactor(std::size_t row, const std::string& pointer, Value::Array& factors) {
  const std::string path = pointer + "/" + std::to_string(factors.size());
  draft_.places.Put(path, table_.At(row, kFactorName));
  Value factor{Value::Object()};
  factor.Add("factor", *table_.Read(row, kFactorName, draft_.problems));
  factor.Add("levels", FreeFigures(row, path + "/levels", false));
  factors.push_back(std::move(factor));
}

void TableReader::AddDivision(std::size_t row, const std::string& pointer, Value::Array& factors) {
  const auto name = table_.ReadWord(row, kFactorName, draft_.problems);
  const Value* last = factors.empty() ? nullptr : factors.back().Find("factor");
  if (last == nullptr || *last->text() != *name || factors.back().Find("breaks") != nullptr) {
    draft_.problems.Add(Code::kDivisionWithoutFigures, table_.At(row, kFactorName), {*name});
    return;
  }
  std::optional<ClosedEnd> closed;
  if (const auto said = table_.ReadWord(row, kFactorClosed, draft_.problems)) {
    closed = FromCode<ClosedEnd>(*said);
  }
  for (const FreeColumn& column : table_.free()) {
    const std::string_view cell = table_.FreeCell(row, column);
    if (!cell.empty()) Collect(cell, column.name, table_.At(row, column));
  }
  AddBreaks(pointer + "/" + std::to_string(factors.size() - 1), closed, factors.back());
}

void TableReader::AddWeight(std::size_t row) {
  const std::string_view cell = table_.Cell(row, kFactorWeight);
  if (cell.empty()) return;
  const Location where = table_.At(row, kFactorWeight);
  const auto weight = io::ReadDecimalCell(cell, kWeightPlaces);
  if (weight.problem) draft_.problems.Add(weight.problem->code, where, weight.problem->arguments);
  if (!weight.value) return;
  Weights& weights = weights_[std::string(table_.Cell(row, kFactorGrade))];
  if (weights.first.row == 0) weights.first = where;
  weights.sum += *weight.value;
}

void TableReader::CheckWeights() {
  for (const auto& [grade, weights] : weights_) {
    const std::int64_t one = PowerOfTen(kWeightPlaces);
    if (weights.sum == one || weights.sum == 100 * one) continue;
    draft_.problems.Add(Code::kWeightsDoNotSum, weights.first,
                        {grade, FormatDecimal(weights.sum, kWeightPlaces)});
  }
}

void TableReader::ReadMatrix(Value& coefficient) {
  coefficient.Add("standard", Value(Value::Object()));
  coefficient.Add("rows", Value(Value::Object()));
  for (const std::size_t row : table_.rows()) ReadMatrixRow(row, coefficient);
  AddBreaks(pointer_, closed_, coefficient);
}

void TableReader::ReadMatrixRow(std::size_t row, Value& coefficient) {
  const auto kind = table_.ReadWord(row, kMatrixRow, draft_.problems);
  if (!kind) return;
  if (*kind == "division") {
    for (const FreeColumn& column : table_.free()) {
      const std::string_view cell = table_.FreeCell(row, column);
      if (!cell.empty()) Collect(cell, column.name, table_.At(row, column));
    }
    return;
  }
  if (!table_.Need(row, kMatrixStandard, draft_.problems)) return;
  const auto standard = table_.ReadWord(row, kMatrixStandard, draft_.problems);
  const Location where = table_.At(row, kMatrixStandard);
  if (*kind == "figures") {
    const std::string pointer = PointerTo(PointerTo(pointer_, "rows"), *standard);
    AddOnce(MemberOf(coefficient, "rows"), PointerTo(pointer_, "rows"), *standard,
            FreeFigures(row, pointer, false), where);
    return;
  }
  if (!table_.Need(row, kMatrixGrade, draft_.problems)) return;
  const auto grade =
      ReadGradeKey(table_.Cell(row, kMatrixGrade), table_.At(row, kMatrixGrade), draft_.problems);
  if (!grade) return;
  AddOnce(MemberOf(coefficient, "standard"), PointerTo(pointer_, "standard"), *grade,
          Value(*standard), where);
}

}  // namespace dijia::workbook

#include "workbook/sheet_table.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"
#include "io/cell.h"
#include "workbook/cell_text.h"

namespace dijia::workbook {
namespace {

std::vector<std::string_view> Headers(Columns columns) {
  std::vector<std::string_view> headers;
  for (const Column& column : columns) headers.push_back(column.header);
  return headers;
}

// Hundredths as the ones of the document: 6.75 is 0.0675.
std::optional<json::Value> PercentOf(std::string_view cell, const Location& where,
                                     Problems& problems) {
  constexpr int kPlaces = 4;
  const auto read = io::ReadDecimalCell(cell, kPlaces);
  if (read.value) return json::Value(FormatDecimal(*read.value, kPlaces + 2));
  if (read.problem) problems.Add(read.problem->code, where, read.problem->arguments);
  return std::nullopt;
}

std::optional<json::Value> DateOf(std::string_view cell, const Location& where,
                                  Problems& problems) {
  const auto read = io::ReadDateCell(cell);
  if (read.value) return json::Value(FormatDate(*read.value));
  if (read.problem) problems.Add(read.problem->code, where, read.problem->arguments);
  return std::nullopt;
}

std::optional<std::int64_t> GradeOf(std::string_view cell, const Location& where,
                                    Problems& problems) {
  // A figure is one of the grades of documents, which go further than those of offices.
  constexpr std::int64_t kLargestGrade = 255;
  const auto figure = ParseDecimal(cell, 0);
  if (figure && *figure >= 1 && *figure <= kLargestGrade) return *figure;
  const auto read = io::ReadGradeCell(cell);
  if (read.value && read.value->grade != Grade{}) return read.value->grade.value;
  problems.Add(Code::kGradeNotKnown, where, {std::string(cell)});
  return std::nullopt;
}

std::optional<json::Value> WordCode(const Column& column, std::string_view cell,
                                    const Location& where, Problems& problems) {
  std::string_view word = cell;
  constexpr std::string_view kLand = "用地";
  if (column.header == kUseColumn.header && word.ends_with(kLand) &&
      !CodeOfWord(column.words, word)) {
    word.remove_suffix(kLand.size());
  }
  if (const auto code = CodeOfWord(column.words, word)) return json::Value::Text(*code);
  problems.Add(Code::kNameNotKnown, where,
               {std::string(cell), std::string(column.header), JoinWords(column.words)});
  return std::nullopt;
}

}  // namespace

json::Value StandIn(const Column& column) {
  switch (column.kind) {
    case CellKind::kWord:
      return json::Value::Text(column.words.front().code);
    case CellKind::kFlag:
      return json::Value(false);
    case CellKind::kGrade:
      return json::Value::Integer(1);
    case CellKind::kPercent:
      return json::Value::Text("0.05");
    default:
      return json::Value::Text(column.example);
  }
}

json::Value ReadCell(const Column& column, std::string_view cell, const Location& where,
                     Problems& problems) {
  std::optional<json::Value> value;
  std::string buffer;
  const std::string_view plain = io::Plain(cell, buffer);
  switch (column.kind) {
    case CellKind::kText:
      value = json::Value(TextOfCell(cell));
      break;
    case CellKind::kName: {
      const auto code = CodeOfWord(kCoefficientWords, cell);
      value = code ? json::Value::Text(*code) : json::Value(TextOfCell(cell));
      break;
    }
    case CellKind::kWord:
      value = WordCode(column, plain, where, problems);
      break;
    case CellKind::kFlag:
      value = WordCode(column, plain, where, problems);
      if (value) value = json::Value(*value->text() == "true");
      break;
    case CellKind::kDecimal:
      value = json::Value(std::string(plain));
      break;
    case CellKind::kPercent:
      value = PercentOf(cell, where, problems);
      break;
    case CellKind::kDate:
      value = DateOf(cell, where, problems);
      break;
    case CellKind::kGrade:
      if (const auto grade = GradeOf(plain, where, problems)) value = json::Value::Integer(*grade);
      break;
  }
  return value ? *std::move(value) : StandIn(column);
}

std::optional<std::string> ReadGradeKey(std::string_view cell, const Location& where,
                                        Problems& problems) {
  std::string buffer;
  const std::string_view plain = io::Plain(cell, buffer);
  if (plain == kAllGrades || plain == "*") return "*";
  const auto grade = GradeOf(plain, where, problems);
  return grade ? std::optional(std::to_string(*grade)) : std::nullopt;
}

std::optional<SheetTable> SheetTable::Open(const io::WorkbookSheet& sheet,
                                           const std::string& source, Columns columns, bool free,
                                           Problems& problems) {
  SheetTable table;
  table.sheet_ = &sheet;
  table.source_ = source;
  table.columns_ = columns;
  const auto header = std::ranges::find_if(sheet.records, [&](const auto& record) {
    return std::ranges::find(record, columns.front().header) != record.end();
  });
  if (header == sheet.records.end()) {
    problems.Add(Code::kSheetWithoutHeader, {source, 0, 0, sheet.name},
                 {std::string(columns.front().header), JoinNames(Headers(columns))});
    return std::nullopt;
  }
  table.header_ = static_cast<std::size_t>(header - sheet.records.begin());
  table.positions_.resize(columns.size());
  const std::size_t before = problems.reports();
  table.MatchHeader(free, problems);
  if (problems.reports() > before) return std::nullopt;
  table.FindRows(problems);
  return table;
}

void SheetTable::MatchHeader(bool free, Problems& problems) {
  for (std::size_t i = 0; i < sheet_->records[header_].size(); ++i) AddColumn(i, free, problems);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].required && !positions_[i]) {
      problems.Add(Code::kMissingColumn, Place(header_, 0), {std::string(columns_[i].header)});
    }
  }
}

void SheetTable::AddColumn(std::size_t position, bool free, Problems& problems) {
  const std::string_view header = Text(header_, position);
  if (header.empty()) return;
  const auto column = std::ranges::find(columns_, header, &Column::header);
  const Location where = Place(header_, position);
  if (column != columns_.end()) {
    auto& known = positions_[static_cast<std::size_t>(column - columns_.begin())];
    if (known) {
      problems.Add(Code::kColumnTwice, where,
                   {std::string(header), std::to_string(*known + 1), std::to_string(position + 1)});
    } else {
      known = position;
    }
    return;
  }
  if (!free) {
    const std::vector<std::string_view> headers = Headers(columns_);
    const std::string_view nearest = NearestName(header, headers);
    if (nearest.empty()) {
      problems.Add(Code::kUnknownField, where, {std::string(header), JoinNames(headers)});
    } else {
      problems.Add(Code::kMisspeltField, where, {std::string(header), std::string(nearest)});
    }
    return;
  }
  std::string name = TextOfCell(header);
  const auto twice = std::ranges::find(free_, name, &FreeColumn::name);
  if (twice != free_.end()) {
    problems.Add(Code::kColumnTwice, where,
                 {name, std::to_string(twice->position + 1), std::to_string(position + 1)});
  } else {
    free_.push_back({position, std::move(name)});
  }
}

void SheetTable::FindRows(Problems& problems) {
  const std::vector<std::string>& header = sheet_->records[header_];
  for (std::size_t row = header_ + 1; row < sheet_->records.size(); ++row) {
    const std::vector<std::string>& record = sheet_->records[row];
    bool blank = true;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (record[i].empty()) continue;
      blank = false;
      if (i < header.size() && !header[i].empty()) continue;
      problems.Add(Code::kCellWithoutHeader, Place(row, i), {record[i]});
    }
    if (!blank) rows_.push_back(row);
  }
  for (const io::SheetFault& fault : sheet_->faults) {
    if (fault.row < header_ + 1) continue;
    problems.Add(fault.code, CellAt(source_, sheet_->name, fault.row, fault.column), {fault.name});
  }
}

std::string_view SheetTable::Text(std::size_t row, std::size_t position) const {
  const std::vector<std::string>& record = sheet_->records[row];
  return position < record.size() ? std::string_view(record[position]) : std::string_view();
}

std::string_view SheetTable::Cell(std::size_t row, std::size_t column) const {
  return positions_[column] ? Text(row, *positions_[column]) : std::string_view();
}

std::string_view SheetTable::FreeCell(std::size_t row, const FreeColumn& column) const {
  return Text(row, column.position);
}

Location SheetTable::Place(std::size_t row, std::size_t position) const {
  return CellAt(source_, sheet_->name, row + 1, position + 1);
}

Location SheetTable::At(std::size_t row, std::size_t column) const {
  return Place(row, positions_[column].value_or(0));
}

Location SheetTable::At(std::size_t row, const FreeColumn& column) const {
  return Place(row, column.position);
}

Location SheetTable::Header(const FreeColumn& column) const {
  return Place(header_, column.position);
}

bool SheetTable::HasFault(std::size_t row, std::size_t position) const {
  return std::ranges::any_of(sheet_->faults, [&](const io::SheetFault& fault) {
    return fault.row == row + 1 && fault.column == position + 1;
  });
}

bool SheetTable::Need(std::size_t row, std::size_t column, Problems& problems) const {
  if (!Cell(row, column).empty()) return true;
  if (positions_[column] && HasFault(row, *positions_[column])) return false;  // was reported
  problems.Add(Code::kCellMissing, At(row, column),
               {std::string(columns_[column].header), std::string(columns_[column].example)});
  return false;
}

std::optional<json::Value> SheetTable::Read(std::size_t row, std::size_t column,
                                            Problems& problems) const {
  const Column& known = columns_[column];
  const std::string_view cell = Cell(row, column);
  if (!cell.empty()) return ReadCell(known, cell, At(row, column), problems);
  if (!known.required) return std::nullopt;
  Need(row, column, problems);
  return StandIn(known);
}

std::optional<std::string> SheetTable::ReadWord(std::size_t row, std::size_t column,
                                                Problems& problems) const {
  if (Cell(row, column).empty()) {
    if (columns_[column].required) Need(row, column, problems);
    return std::nullopt;
  }
  const std::size_t before = problems.reports();
  const auto value = Read(row, column, problems);
  if (!value || value->text() == nullptr || problems.reports() > before) return std::nullopt;
  return *value->text();
}

void SheetTable::ReadFields(std::size_t row, const std::string& pointer, json::Value& object,
                            CellPlaces& places, Problems& problems) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].field.empty()) continue;
    if (positions_[i]) places.Put(PointerTo(pointer, columns_[i].field), At(row, i));
    if (auto value = Read(row, i, problems)) object.Add(columns_[i].field, *std::move(value));
  }
}

}  // namespace dijia::workbook

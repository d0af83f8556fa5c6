#include <algorithm>
#include <optional>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "workbook/draft.h"
#include "workbook/table_reader.h"

namespace dijia::workbook {
namespace {

using json::Value;

constexpr std::string_view kClosed = "closed";

// One row of the directory.
class DirectoryRow {
 public:
  DirectoryRow(Draft& draft, const SheetTable& table, std::size_t row)
      : draft_(draft), table_(table), row_(row) {}

  void Read() {
    draft_.read.emplace(table_.Cell(row_, kDirectorySheet));  // whatever else is wrong
    Value* use = draft_.UseOf(table_, row_);
    const auto name = table_.ReadWord(row_, kDirectoryName, draft_.problems);
    const auto kind = table_.ReadWord(row_, kDirectoryKind, draft_.problems);
    draft_.is_whole = draft_.is_whole && name && kind;
    if (use == nullptr || !name || !kind) return;
    Value& coefficients = use->ObjectAt("coefficients");
    if (coefficients.Find(*name) != nullptr) {
      draft_.problems.Add(Code::kListedTwice, Here(kDirectoryName),
                          {std::string(table_.Cell(row_, kDirectoryName))});
      return;
    }
    const auto code = table_.ReadWord(row_, kDirectoryUse, draft_.problems);
    pointer_ = PointerTo(PointerTo(PointerTo("/uses", *code), "coefficients"), *name);
    draft_.places.Put(pointer_, Here(kDirectoryName));
    Value coefficient{Value::Object()};
    coefficient.Add("kind", Value(*kind));
    if (*kind == "factors") coefficient.Add("unit", Value::Text("percent"));
    ReadParameters(*kind, coefficient);
    ReadSheet(*kind, coefficient);
    coefficients.Add(*name, std::move(coefficient));
  }

 private:
  Location Here(std::size_t column) const { return table_.At(row_, column); }

  void ReadParameters(std::string_view kind, Value& coefficient) {
    for (std::size_t i = kFirstParameter; i < std::size(kDirectoryColumns); ++i) {
      const Column& column = kDirectoryColumns[i];
      if (table_.Cell(row_, i).empty()) {
        if (!IsNeededFor(column.field, kind)) continue;
        table_.Need(row_, i, draft_.problems);
        coefficient.Add(column.field, StandIn(column));
        continue;
      }
      if (!IsParameterOf(column.field, kind)) {
        Refuse(i);
      } else if (column.field == kClosed) {
        if (const auto closed = table_.ReadWord(row_, i, draft_.problems)) {
          closed_ = FromCode<ClosedEnd>(*closed);
        }
      } else {
        draft_.places.Put(PointerTo(pointer_, column.field), Here(i));
        coefficient.Add(column.field, *table_.Read(row_, i, draft_.problems));
      }
    }
  }

  // A cell that coefficients of this kind do not have.
  void Refuse(std::size_t column) {
    draft_.problems.Add(Code::kCellNotUsed, Here(column),
                        {std::string(kDirectoryColumns[column].header),
                         std::string(table_.Cell(row_, kDirectoryKind))});
  }

  void ReadSheet(std::string_view kind, Value& coefficient) {
    if (!HasSheet(kind)) {
      if (!table_.Cell(row_, kDirectorySheet).empty()) Refuse(kDirectorySheet);
      return;
    }
    if (!table_.Need(row_, kDirectorySheet, draft_.problems)) {
      draft_.is_whole = false;
      return;
    }
    const auto name = table_.ReadWord(row_, kDirectorySheet, draft_.problems);
    if (std::ranges::find(draft_.sheets, *name, &io::WorkbookSheet::name) == draft_.sheets.end()) {
      draft_.problems.Add(Code::kSheetMissing, Here(kDirectorySheet), {*name});
      draft_.is_whole = false;
      return;
    }
    const bool free = kind == "curve" || kind == "factors" || kind == "matrix";
    const auto sheet = draft_.Open(*name, ColumnsOf(kind), free, true);
    if (sheet) TableReader(draft_, *sheet, pointer_, closed_).Read(kind, coefficient);
  }

  Draft& draft_;
  const SheetTable& table_;
  std::size_t row_;
  std::string pointer_;
  std::optional<ClosedEnd> closed_;
};

}  // namespace

void ReadCoefficients(Draft& draft) {
  const auto table = draft.Open(kCoefficientsSheet, kDirectoryColumns, false, false);
  if (!table) return;
  for (const std::size_t row : table->rows()) DirectoryRow(draft, *table, row).Read();
}

}  // namespace dijia::workbook

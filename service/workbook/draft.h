// A document that is being made from the sheets of a workbook.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/workbook.h"
#include "json/value.h"
#include "workbook/layout.h"
#include "workbook/places.h"
#include "workbook/sheet_table.h"

namespace dijia::workbook {

struct Draft {
  const std::vector<io::WorkbookSheet>& sheets;
  std::string source;
  json::Value document = json::Value(json::Value::Object());
  CellPlaces places = {};
  Problems problems = {};
  std::set<std::string, std::less<>> read = {};  // sheets that were wanted
  // Not whole: a part could not be read, and what it holds would be missed again elsewhere.
  bool is_whole = true, uses_are_whole = true;

  // The sheet of a name as a table; null without such a sheet, which is reported when `needed`.
  std::optional<SheetTable> Open(std::string_view name, Columns columns, bool free, bool needed);
  // The object of the use that a row names; null after a report of a use that is not listed, or
  // without one where 用途 itself could not be read.
  json::Value* UseOf(const SheetTable& table, std::size_t row);
};

// The member of an object. Precondition: there is one of this name.
json::Value& MemberOf(json::Value& object, std::string_view name);

// Reads the sheet of coefficients and all tables that it names into the uses of the document.
void ReadCoefficients(Draft& draft);

// Reads 级别地价, 区片地价 and 路线价 into the uses of the document, and holds prices in two units
// against each other.
void ReadPrices(Draft& draft);

}  // namespace dijia::workbook

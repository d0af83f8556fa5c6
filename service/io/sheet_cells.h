// Places in the XML of sheets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "io/sheet_xml.h"

namespace dijia::io {

struct CellPlace {
  std::size_t row = 0, column = 0;  // both from 1
};

// `C7` → row 7, column 3, and back.
std::optional<CellPlace> PlaceOf(std::string_view name);
std::string NameOf(CellPlace place);

// The value of an attribute inside a start tag, as it stands there; empty when it is not there.
std::string_view Attribute(std::string_view tag, std::string_view name);

// Collects the faults of one sheet.
class FaultCollector {
 public:
  explicit FaultCollector(const std::string& sheet) : sheet_(sheet) {}

  void AddFormula(CellPlace place);
  // Every cell of a merged range but the first. A range over whole rows or columns is a layout, not
  // data, and left out.
  void AddMerged(CellPlace from, CellPlace to);
  // In the order of rows, then columns. Error: kTableNotReadable when there were more merged cells
  // than a sheet of data can have.
  Result<SheetFaults> Take(std::string_view format);

 private:
  std::string sheet_;
  SheetFaults faults_;
  std::size_t merged_ = 0;
};

}  // namespace dijia::io

// Where the parts of a document stand in its workbook.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"

namespace dijia::workbook {

// The place of a cell: row and column from 1, field `分级!C7`.
Location CellAt(const std::string& source, const std::string& sheet, std::size_t row,
                std::size_t column);

class CellPlaces {
 public:
  void Put(const std::string& pointer, const Location& where) { cells_.emplace(pointer, where); }
  // The cell of the part, or of the nearest part around it; the pointer itself where there is none.
  Location Find(const std::string& source, std::string pointer) const;

 private:
  std::map<std::string, Location> cells_;
};

// What is wrong with a workbook, each thing once: a sheet that several uses share is read for each.
class Problems {
 public:
  void Add(Code code, const Location& where, std::vector<std::string> arguments);
  void Add(const std::vector<Diagnostic>& problems);
  const Diagnostics& found() const { return found_; }
  std::size_t reports() const { return reports_; }  // those of the same thing too

 private:
  std::set<std::string> seen_;
  Diagnostics found_;
  std::size_t reports_ = 0;
};

}  // namespace dijia::workbook

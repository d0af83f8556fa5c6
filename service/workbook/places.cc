#include "workbook/places.h"

#include <utility>

#include "dijia/base/codes.h"
#include "io/sheet_cells.h"

namespace dijia::workbook {

Location CellAt(const std::string& source, const std::string& sheet, std::size_t row,
                std::size_t column) {
  return {source, row, static_cast<std::uint32_t>(column),
          sheet + "!" + io::NameOf(io::CellPlace{row, column})};
}

Location CellPlaces::Find(const std::string& source, std::string pointer) const {
  for (std::string part = pointer; !part.empty(); part.resize(part.rfind('/'))) {
    const auto found = cells_.find(part);
    if (found != cells_.end()) return found->second;
  }
  return {source, 0, 0, std::move(pointer)};
}

void Problems::Add(Code code, const Location& where, std::vector<std::string> arguments) {
  ++reports_;
  std::string key = CodeId(code) + '\n' + where.field;
  for (const std::string& argument : arguments) key += '\n' + argument;
  if (seen_.insert(std::move(key)).second) found_.Add(code, where, std::move(arguments));
}

void Problems::Add(const std::vector<Diagnostic>& problems) {
  for (const Diagnostic& problem : problems) Add(problem.code, problem.where, problem.arguments);
}

}  // namespace dijia::workbook

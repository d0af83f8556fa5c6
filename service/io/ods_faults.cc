#include <charconv>

#include "io/sheet_cells.h"
#include "io/sheet_xml.h"

namespace dijia::io {
namespace {

// A name as it stands in an attribute.
std::string Escaped(std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// The XML of one table; empty when there is none of that name.
std::string_view TableNamed(std::string_view xml, const std::string& sheet) {
  const std::string name = Escaped(sheet);
  for (std::size_t at = xml.find("<table:table "); at != std::string_view::npos;
       at = xml.find("<table:table ", at + 1)) {
    const std::string_view rest = xml.substr(at);
    const std::string_view tag = rest.substr(0, rest.find('>'));
    if (Attribute(tag, "table:name") == name) return rest.substr(0, rest.find("</table:table>"));
  }
  return {};
}

// A count such as table:number-rows-repeated; 1 when it is not there.
std::size_t Count(std::string_view tag, std::string_view name) {
  const std::string_view text = Attribute(tag, name);
  std::size_t count = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc() && count > 0 ? count : 1;
}

class OdsCells {
 public:
  explicit OdsCells(FaultCollector& faults) : faults_(faults) {}

  void Take(std::string_view tag) {
    if (tag.starts_with("<table:table-row")) {
      row_ = next_row_;
      next_row_ += Count(tag, "table:number-rows-repeated");
      next_column_ = 1;
    } else if (tag.starts_with("<table:table-cell") ||
               tag.starts_with("<table:covered-table-cell")) {
      TakeCell(tag, {row_, next_column_});
      next_column_ += Count(tag, "table:number-columns-repeated");
    }
  }

 private:
  void TakeCell(std::string_view tag, CellPlace place) {
    const std::size_t rows = Count(tag, "table:number-rows-spanned");
    const std::size_t columns = Count(tag, "table:number-columns-spanned");
    faults_.AddMerged(place, {place.row + rows - 1, place.column + columns - 1});
    const bool has_result = !Attribute(tag, "office:value-type").empty() &&
                            Attribute(tag, "calcext:value-type") != "error";
    if (!Attribute(tag, "table:formula").empty() && !has_result) faults_.AddFormula(place);
  }

  FaultCollector& faults_;
  std::size_t row_ = 1, next_row_ = 1, next_column_ = 1;
};

}  // namespace

Result<SheetFaults> FindOdsFaults(std::string_view xml, const std::string& sheet) {
  FaultCollector faults(sheet);
  OdsCells cells(faults);
  const std::string_view table = TableNamed(xml, sheet);
  for (std::size_t at = table.find("<table:"); at != std::string_view::npos;
       at = table.find("<table:", at + 1)) {
    cells.Take(table.substr(at, table.find('>', at) - at));
  }
  return faults.Take("ODS");
}

}  // namespace dijia::io

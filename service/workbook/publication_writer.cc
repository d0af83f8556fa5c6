#include "workbook/publication_writer.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "report/sheet.h"
#include "workbook/cell_text.h"
#include "workbook/publication_sheets.h"

namespace dijia::workbook {
namespace {

using report::SheetCell;
using report::SheetColumn;
using report::Style;

constexpr double kNarrow = 12.0, kWide = 60.0;

// A figure as a number where that loses nothing: spreadsheets keep 15 digits.
SheetCell Written(const Cell& cell) {
  constexpr std::ptrdiff_t kDigits = 15;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!cell.is_number || std::ranges::count_if(cell.text, is_digit) > kDigits) return cell.text;
  double number = 0.0;
  std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), number);
  return number;
}

// As wide as its longest text, within bounds; a Chinese character takes two places.
double WidthOf(const SheetText& sheet, std::size_t column) {
  std::size_t longest = sheet.header[column].size();
  for (const auto& row : sheet.rows) {
    if (column < row.size()) longest = std::max(longest, row[column].text.size());
  }
  return std::clamp(static_cast<double>(longest) * 2.0 / 3.0 + 2.0, kNarrow, kWide);
}

void Write(const SheetText& text, const std::string& title, report::Book& book) {
  std::vector<SheetColumn> columns;
  for (std::size_t i = 0; i < text.header.size(); ++i) {
    columns.push_back({text.header[i], WidthOf(text, i), Style::kText});
  }
  report::Sheet sheet(
      book, text.name, text.name + " · " + title,
      {"dijia publication import 读回本工作簿；各表各列的含义见 service/workbook.md"},
      std::move(columns));
  for (const auto& row : text.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const SheetCell cell = Written(row[i]);
      const bool number = std::holds_alternative<double>(cell);
      sheet.Write(i, cell, number ? Style::kPrice : Style::kText);
    }
    sheet.End();
  }
}

}  // namespace

Result<bool> WritePublicationBook(const Publication& publication, const std::filesystem::path& file,
                                  Diagnostics& diagnostics) {
  Diagnostics found;
  const std::vector<SheetText> sheets = SheetsOf(publication, found);
  diagnostics.Append(found);
  if (found.has_errors()) return false;
  const std::string title = CellOf(publication.title.empty() ? publication.id : publication.title);
  report::Book book(file.string(), {"General", "General", title});
  book.Describe(title, publication.base_date);
  for (const SheetText& sheet : sheets) Write(sheet, title, book);
  const Status saved = book.Save();
  if (!saved) return saved.error();
  return true;
}

}  // namespace dijia::workbook

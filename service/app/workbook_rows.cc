#include "app/workbook_rows.h"

#include <string>

namespace dijia::app {

void NoteRest(report::Sheet& sheet, std::uint64_t rows, Language language) {
  if (rows <= kMostWorkbookRows) return;
  const std::string more = std::to_string(rows - kMostWorkbookRows);
  sheet.Note(std::string(In(language, "另有 " + more + " 行，请输出为 CSV 或 NDJSON",
                            more + " more rows: write CSV or NDJSON to have them")));
}

}  // namespace dijia::app

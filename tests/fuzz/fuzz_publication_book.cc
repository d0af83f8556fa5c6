// Any sheets as the workbook of a publication: refused with its reasons, or read so that the sheets
// of what was read give the same publication again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "fuzz/require.h"
#include "io/text_encoding.h"
#include "support/sheet_texts.h"
#include "workbook/publication_reader.h"
#include "workbook/publication_sheets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (!dijia::io::IsUtf8(text)) return 0;  // GDAL gives nothing else
  dijia::Diagnostics diagnostics;
  const auto book =
      dijia::workbook::ReadPublicationBook(dijia::test::SheetsOfText(text), "p.xlsx", diagnostics);
  DIJIA_REQUIRE(book.has_value() == !diagnostics.has_errors());
  if (!book) return 0;
  dijia::Diagnostics again;
  const auto sheets = dijia::workbook::SheetsOf(book->publication, again);
  if (again.has_errors()) return 0;  // a text too long for a cell
  const auto second =
      dijia::workbook::ReadPublicationBook(dijia::test::SheetsRead(sheets), "p.xlsx", again);
  DIJIA_REQUIRE(second && second->publication == book->publication);
  return 0;
}

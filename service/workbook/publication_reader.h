// A workbook as a publication document (service/workbook.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "io/workbook.h"
#include "workbook/places.h"

namespace dijia::workbook {

struct PublicationBook {
  Publication publication;
  CellPlaces places;  // of the parts of its document, by JSON pointer
};

// Reads the sheets of a workbook. Everything that is wrong is reported at once with sheet and cell:
// sheets, columns and words that are not known, cells that are empty or no figures, intervals with
// gaps, overlaps or bounds on two sides, and what json::ReadPublication finds in documents. Nothing
// after an error.
std::optional<PublicationBook> ReadPublicationBook(const std::vector<io::WorkbookSheet>& sheets,
                                                   const std::string& source,
                                                   Diagnostics& diagnostics);

}  // namespace dijia::workbook

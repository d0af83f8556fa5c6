// A publication as an XLSX workbook.
#pragma once

#include <filesystem>

#include "dijia/base/diagnostic.h"
#include "dijia/base/result.h"
#include "dijia/publication.h"

namespace dijia::workbook {

// Writes the workbook of a publication to `file`: figures as numbers where 15 digits hold them,
// else as texts. The same publication gives the same bytes. False after reports of what a workbook
// cannot hold (SheetsOf); nothing is written then. Error: kFileNotWritten.
Result<bool> WritePublicationBook(const Publication& publication, const std::filesystem::path& file,
                                  Diagnostics& diagnostics);

}  // namespace dijia::workbook

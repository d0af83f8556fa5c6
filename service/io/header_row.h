// The header of a table with records above it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"

namespace dijia::io {

// Which of the first records is the header: the first with two known names. Nothing after a report
// of kNoHeader, which says what is `needed`, or of kFileIsEmpty where there is no record at all.
std::optional<std::size_t> FindHeaderRow(const std::vector<std::vector<std::string>>& head,
                                         const std::function<bool(const std::string&)>& is_known,
                                         const std::string& source, const std::string& needed,
                                         Diagnostics& diagnostics);

// A header that is meant as the name of a field: small letters with dots or underscores.
bool LooksLikeAField(std::string_view header);

// Notes the columns that are not used; those that look like fields were reported by themselves.
void ReportUnusedColumns(const std::vector<std::string>& headers,
                         const std::function<bool(std::size_t)>& is_used, const Location& where,
                         Diagnostics& diagnostics);

}  // namespace dijia::io

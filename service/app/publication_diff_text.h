// What changed between two publications, in the formats that programs read.
#pragma once

#include <string>

#include "dijia/publication_diff.h"
#include "json/value.h"

namespace dijia::app {

// One row for each difference: part (`condition`, `price`, `table`), kind (`added`, `dropped`,
// `changed`), use, place, grade, name, old, new, change_percent, then of prices old_grade, old_far,
// new_far, old_status, new_status, old_method, new_method. What a publication does not state is
// empty.
std::string DiffCsv(const PublicationDiff& diff);

// {"old", "new", "conditions", "prices", "tables", "counts"}: exact decimals as numbers, what a
// publication does not state as null.
json::Value DiffJson(const Publication& before, const Publication& after,
                     const PublicationDiff& diff);

// Which publication it is: its id, place, document, status and days; what it does not state is
// null.
json::Value NamedDocument(const Publication& publication);

}  // namespace dijia::app

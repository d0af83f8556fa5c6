// What must hold inside a publication beyond the types of its fields.
#pragma once

#include "dijia/publication.h"
#include "json/reader.h"

namespace dijia::json {

// Reports grades and zones listed twice, prices and terms not above 0, tables that do not
// ascend or do not match their levels, formulas that name no coefficient or one of a wrong kind,
// and periods that end before they begin.
void CheckPublication(Reader& reader, const Publication& publication);

}  // namespace dijia::json

// How the prices of a refresh came about, for people.
#pragma once

#include <string>

#include "dijia/refresh.h"
#include "report/labels.h"

namespace dijia::cli {

// What a table of changes does not show: which prices went another way than planned and why, what
// was blended or compared, what samples say of the index, and what caps and order did; empty where
// there is nothing of it.
std::string RefreshTable(const RefreshedPublication& refreshed, const report::Labels& labels,
                         Language language);

}  // namespace dijia::cli

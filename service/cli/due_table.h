// The list of counties whose prices are to be refreshed, for people at a terminal.
#pragma once

#include <string>

#include "app/due.h"

namespace dijia::cli {

// A row an area, then the clauses that the rows name, each once, and the sums by status.
std::string DueTable(const app::DueList& list, const report::Labels& labels, Language language);

}  // namespace dijia::cli

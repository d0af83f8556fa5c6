// What changed between two publications, for people.
#pragma once

#include <string>

#include "dijia/publication_diff.h"
#include "dijia/publication_impact.h"
#include "report/labels.h"

namespace dijia::cli {

// The two documents, how many prices rose and fell by use, every price that changed with its change
// in per cent, then the conditions and correction tables that changed; one line where nothing did.
std::string DiffTable(const Publication& before, const Publication& after,
                      const PublicationDiff& diff, const report::Labels& labels, Language language);

// Who pays more and who less, by use and grade.
std::string ImpactTable(const Impact& impact, const report::Labels& labels, Language language);

}  // namespace dijia::cli

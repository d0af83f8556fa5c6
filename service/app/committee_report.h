// The deliverables for the committee that accepts a publication (benchmark-price notes §6): the
// notice, the technical tables and the data.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/notice_page.h"
#include "app/recompute.h"
#include "app/technical_tables.h"
#include "dijia/base/diagnostic.h"
#include "dijia/zone_map.h"
#include "report/labels.h"
#include "store/store.h"

namespace dijia::app {

struct CommitteeReport {
  Notice notice;
  Origin origin;  // of the prices, as far as that is kept
  std::vector<Neighbour> neighbours;
  std::shared_ptr<const ZoneMap> zones = nullptr;  // of grades and zones; null where not kept
};

// What the store has of a publication: its document with status and period, the publication in
// force before it in the same place, those of the other counties of its city that are in force on
// its first day, the log, and the computation or refresh made again. Nothing after reports. Throws
// FileError.
std::optional<CommitteeReport> GatherReport(store::Store& store, const store::Event& event,
                                            const std::filesystem::path& reference_folder,
                                            Diagnostics& diagnostics);

// Writes into an empty folder: notice.html; publication.xlsx with every table; publication.json;
// publication.gpkg where there are shapes or samples with coordinates; comparison.csv where there
// is a publication before; neighbours.csv where there are any; technical/ with the tables that lead
// to the prices (technical_tables.h) as refresh.html and refresh.xlsx, or comparison.html and
// comparison.xlsx where the prices were not refreshed. A computation, where it is known, stands
// there with its report, its samples with their factors and fates, prices and evidence; one behind
// a refresh below it, in technical/resampling, and the files of the refresh beside it. SHA256SUMS
// over all of these, as `sha256sum -c` reads it; evidence.json, which names every file. False after
// reports of what no workbook can hold. Throws FileError.
bool WriteCommitteeReport(const CommitteeReport& report, const report::Labels& labels,
                          const std::filesystem::path& folder, Diagnostics& diagnostics);

}  // namespace dijia::app

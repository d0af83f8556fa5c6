// The deliverables for the committee that accepts a publication (benchmark-price notes §6): the
// notice, the technical tables and the data.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "app/computed.h"
#include "app/notice_page.h"
#include "dijia/base/diagnostic.h"
#include "dijia/zone_map.h"
#include "report/labels.h"
#include "store/store.h"

namespace dijia::app {

struct CommitteeReport {
  Notice notice;
  std::optional<Computed> computed;  // what the prices came from; nothing where that is not kept
  std::shared_ptr<const ZoneMap> zones = nullptr;  // of grades and zones; null where not kept
};

// What the store has of a publication: its document with status and period, the publication in
// force before it in the same place, the log, and the computation made again. Nothing after
// reports. Throws FileError.
std::optional<CommitteeReport> GatherReport(store::Store& store, const store::Event& event,
                                            const std::filesystem::path& reference_folder,
                                            Diagnostics& diagnostics);

// Writes into an empty folder: notice.html; publication.xlsx with every table; publication.json;
// publication.gpkg where there are shapes or samples with coordinates; comparison.csv where there
// is a publication before; technical/ with the report, the samples with their factors and fates,
// the prices and the evidence of the computation, where it is known; SHA256SUMS over all of these,
// as `sha256sum -c` reads it; evidence.json, which names every file. False after reports of what no
// workbook can hold. Throws FileError.
bool WriteCommitteeReport(const CommitteeReport& report, const report::Labels& labels,
                          const std::filesystem::path& folder, Diagnostics& diagnostics);

}  // namespace dijia::app

// The files of a computed run (contract §3).
#pragma once

#include <filesystem>

#include "app/computed.h"
#include "dijia/base/code.h"

namespace dijia::app {

struct DeliverableOptions {
  Language language = Language::kZh;  // of texts that people read; names and codes never change
  unsigned threads = 0;               // 0 = all cores; the bytes are the same for any number
};

// Writes everything into an empty folder. One publication: publication.json, grade_prices.csv,
// samples.csv, report.html, publication.xlsx, evidence.json. Several: a folder with these for each,
// and at the top samples.csv of all rows, summary.csv, summary.html, all_grade_prices.csv and the
// evidence of everything. Throws FileError.
void WriteDeliverables(const Computed& computed, const std::filesystem::path& folder,
                       const DeliverableOptions& options);

// The names of the pages that people open first.
inline constexpr const char* kReportFile = "report.html";
inline constexpr const char* kSummaryFile = "summary.html";

}  // namespace dijia::app

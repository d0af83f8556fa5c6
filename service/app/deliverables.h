// The files of a computed run (contract §3).
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "app/computed.h"
#include "dijia/base/code.h"

namespace dijia::app {

struct DeliverableOptions {
  Language language = Language::kZh;  // of texts that people read; names and codes never change
  unsigned threads = 0;               // 0 = all cores; the bytes are the same for any number
  // Asked before the files of each publication, from all threads: so many are written of how many.
  // False leaves the rest out. Empty = nobody asks.
  std::function<bool(std::size_t done, std::size_t total)> go_on = {};
};

// Writes everything into an empty folder. One publication: publication.json, grade_prices.csv,
// samples.csv, report.html, publication.xlsx, evidence.json. Several: a folder with these for each,
// and at the top samples.csv of all rows, summary.csv, summary.html, all_grade_prices.csv and the
// evidence of everything. False when `go_on` stopped it: the folder is then worth nothing. Throws
// FileError.
bool WriteDeliverables(const Computed& computed, const std::filesystem::path& folder,
                       const DeliverableOptions& options);

// The names of the pages that people open first.
inline constexpr const char* kReportFile = "report.html";
inline constexpr const char* kSummaryFile = "summary.html";

}  // namespace dijia::app

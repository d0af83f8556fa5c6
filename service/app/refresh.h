// The job behind `dijia refresh`: a plan and the current publication in, the next draft out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/refresh.h"

namespace dijia::app {

struct Refreshed {
  Publication before;
  RefreshPlan plan;
  std::filesystem::path plan_file, from_file;
  RefreshedPublication result;
};

// Nothing after reports: a file that cannot be used, a plan that does not fit the publication.
// Throws FileError.
std::optional<Refreshed> Refresh(const std::filesystem::path& plan,
                                 const std::filesystem::path& from, Diagnostics& diagnostics);

// One row a price: use, place, grade, name, method, reason, old, proposed (by the method, before
// cap and order), cap, ordered, new, change_percent.
std::string RefreshCsv(const Refreshed& refreshed);

// Writes publication.json, refresh.csv and evidence.json, which names every input, the effective
// plan and the outputs by SHA-256, into a folder. Throws FileError.
void WriteRefreshed(const Refreshed& refreshed, const std::filesystem::path& folder);

}  // namespace dijia::app

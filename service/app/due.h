// When the benchmark prices of counties are to be refreshed: `dijia due`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/reference.h"
#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/rules/refresh_life.h"

namespace dijia::app {

// The prices of one grading area of a county as they stand on a day.
struct DueRow {
  std::string county, county_name, area;
  // Of the publication in force; empty, with all below, where there is none.
  std::string publication, document_no;
  Date base_date{}, effective_from{};
  rules::RefreshSpan now;
  std::optional<rules::RefreshSpan> next;  // none = nothing gets worse

  bool has_prices() const { return !publication.empty(); }
};

struct DueList {
  Date on{};
  std::vector<DueRow> rows;  // by county code and area
};

// The files themselves and, of a folder, all documents and workbooks (`.json`, `.xlsx`) in it, by
// name.
std::vector<std::filesystem::path> PublicationFilesIn(
    const std::vector<std::filesystem::path>& paths);

// What the law says on a day `on` about the prices then in force: of every area, the published (or
// since superseded) publication that took effect last; one whose effect has ended is none. Drafts
// and withdrawn ones are reported as a warning and do not count. `with_all_counties` adds the
// counties of `reference` of which no publication is given.
DueList DueOn(Date on, const std::vector<Publication>& publications, bool with_all_counties,
              const Reference& reference, const rules::PreparedRules& rules,
              Diagnostics& diagnostics);

// Days from the day of the list until the next span of a row; nothing where none comes.
std::optional<Days> DaysLeft(const DueList& list, const DueRow& row);

// Full years and months from the base date to the day of the list.
struct Age {
  int years = 0, months = 0;
};
Age AgeOn(Date base_date, Date on);

}  // namespace dijia::app

// The job behind `dijia publication diff --parcels` and the route `impact`: parcels of files valued
// by both publications.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/csv_text.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication_impact.h"
#include "io/parcel_input.h"
#include "json/value.h"

namespace dijia::app {

// A row of an input, and what the change does to its parcel; null where the row has errors.
using UseImpact = std::function<void(const io::ParcelRow& row, const ParcelImpact* impact)>;

struct ImpactInput {
  io::ParcelInputOptions parcels;
  UseImpact use = {};  // gets every row in order; empty: nobody wants them
  // Called with the number of rows so far after each block; what it throws ends the work.
  std::function<void(std::uint64_t rows)> after_block = {};
};

// Adds the parcels of an input to a study. Bad rows are reported and left out. False after reports
// of an input that cannot be understood as a whole. `names` are those of ReadParcelNames. Throws
// FileError.
bool AddParcels(const ImpactInput& input, const io::Reference& names, ImpactStudy& study,
                Diagnostics& diagnostics);

// [{"use", "grade", "parcels", "raised", …}], a group each; exact decimals as numbers.
json::Value ImpactGroupsJson(const Impact& impact);

// [{"code", "parcels", "example"}], a reason each why parcels were not valued, the most frequent
// first.
json::Value ImpactWithheldJson(const Impact& impact, Language language);

// {"old", "new", "groups", "by_use", "total", "withheld", "elsewhere"}.
json::Value ImpactJson(const Publication& before, const Publication& after, const Impact& impact,
                       Language language);

// The parcels one by one as CSV: row, parcel_id, use, grade, zone, kind, both unit prices in yuan
// per m², the change in per cent, both totals in yuan. `kind` is a code of ImpactKind, or `error`;
// the last column has the reasons of what is an error or not valued, as problem_text.h writes them.
std::string_view ImpactCsvHeader();
void PutImpactRow(const io::ParcelRow& row, const ParcelImpact* impact, Language language,
                  CsvText& csv);
// A row that tells why there are no more.
std::string ImpactCsvProblem(std::string_view text);

}  // namespace dijia::app

// The sales behind computed prices as documents that people review: every cell with its estimate,
// and the samples of a cell with their fates.
#pragma once

#include <map>
#include <string>

#include "app/computed.h"
#include "dijia/base/land.h"
#include "dijia/publication.h"

namespace dijia::app {

// What names a cell of a publication.
struct CellName {
  LandUse use = LandUse::kOther;
  int grade = 0;
  std::string sub_use;  // empty = the use as a whole
  friend auto operator<=>(const CellName&, const CellName&) = default;
};

struct SampleDocuments {
  // {publication, county, area, cells: […], left_out: [{reason, rows}], decisions: […]}: the cells
  // in the order of the report, each with the price of the document beside the one that was
  // computed, its counts and figures, null where a figure was not computed; the rows that belong to
  // no cell; and what appraisers decided in the whole run: [{sample_id, decision, reason,
  // decided_by, decided_at}].
  std::string cells;
  // The same with one cell, which has samples: [{row, source, sample_id, date,
  // raw_price_yuan_per_sqm, normalized_price_yuan_per_sqm, kept, reason, rule, figure, limit,
  // decision, overruled}], in input order.
  std::map<CellName, std::string> of_cell;
};

// `computed` has one publication, that of `kept` made again; `kept` is the document that is shown
// to people, and may say other prices.
SampleDocuments WriteSamples(const Computed& computed, const Publication& kept);

}  // namespace dijia::app

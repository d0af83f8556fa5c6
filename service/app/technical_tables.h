// The technical tables (技术表) behind the prices of a publication: what a committee checks each
// price by. Built once as figures, written as a page and as a workbook (technical_output.h).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/notice_page.h"
#include "app/recompute.h"
#include "dijia/base/land.h"
#include "dijia/publication.h"
#include "report/labels.h"
#include "report/sheet.h"

namespace dijia::app {

// A publication of another county, to compare with.
struct Neighbour {
  std::string county_name;  // empty = not known
  Publication publication;
};

// A text, a figure in the style of its column, a price, or nothing.
using TechnicalCell = std::variant<std::monostate, std::string, double, UnitPrice>;

struct TechnicalTable {
  std::string name;  // heading, and name of the sheet
  std::string says;  // what the figures are, one sentence or more
  std::vector<report::SheetColumn> columns;
  std::vector<std::vector<TechnicalCell>> rows;  // at least one
};

// Everything is owned by the caller.
struct TechnicalSources {
  const Notice& notice;
  const Origin& origin;
  const std::vector<Neighbour>& neighbours;
  const report::Labels& labels;
};

// In Chinese, in the order of reading. Of a refreshed publication: how each use was to be refreshed
// and why; every price with its method and reason; index ratios; what the samples gave, with
// intervals; blends with variances and weights; comparisons; what order and caps did; the check of
// the index by spot samples; the sales of the resampled grades with their corrections. Of every
// publication: the comparison with the last round and with the neighbours. A table without rows is
// left out.
std::vector<TechnicalTable> TechnicalTables(const TechnicalSources& sources);

// The comparison with the neighbours, a row for each price of a grade that both state: use, grade,
// sub_use, county, county_name, area, publication, base_date, price_yuan_per_sqm,
// own_yuan_per_sqm, own_to_neighbour. Prices of floors are not compared with prices of land.
std::string NeighboursCsv(const Publication& own, const std::vector<Neighbour>& neighbours);

}  // namespace dijia::app

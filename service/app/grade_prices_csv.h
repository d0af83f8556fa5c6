// Tables of prices and of counts as CSV (contract §3).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/computed.h"
#include "dijia/base/code.h"

namespace dijia::app {

// grade_prices.csv of one publication: exactly the columns of the contract. Texts are in
// `language`.
std::string GradePricesCsv(const ComputedPublication& publication, const Computed& computed,
                           Language language);

// The prices of all publications in one table, with county and county_name before the same columns.
std::string AllGradePricesCsv(const Computed& computed, Language language);

// One row per publication: rows read, one column for each fate, which add up to the rows, and the
// number of prices by status.
std::string SummaryCsv(const Computed& computed);

}  // namespace dijia::app

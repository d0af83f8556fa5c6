// What a computation or a refresh came to, as a document for callers: the prices with what they
// rest on, without the samples.
#pragma once

#include "app/computed.h"
#include "app/refresh.h"
#include "dijia/base/code.h"
#include "json/value.h"

namespace dijia::app {

// {"publications": [{id, county, area, folder, counts, prices}]}: a price for each cell, with the
// columns of grade_prices.csv; figures of statistics have four decimals and are null where there
// are none. `folder` is that of its files below the results; empty = the results themselves.
json::Value ResultOf(const Computed& computed, Language language);

// The same of one publication; its prices have columns of refresh.csv.
json::Value ResultOf(const Refreshed& refreshed);

}  // namespace dijia::app

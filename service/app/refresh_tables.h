// The technical tables of a refresh: how each price came about.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/refresh.h"
#include "app/technical_tables.h"

namespace dijia::app {

// Adds the tables of the refresh itself, some perhaps without rows.
void AddRefreshTables(const Refreshed& refreshed, const report::Labels& labels,
                      std::vector<TechnicalTable>& tables);

// Every sale in a grade that was to be resampled or blended, with its corrections and what became
// of it, in the order of the prices. `computed` is the computation behind the refresh.
TechnicalTable ResampledSales(const Refreshed& refreshed, const Computed& computed,
                              const report::Labels& labels);

// What the tables have in common.
TechnicalCell Number(std::size_t count);
TechnicalCell PriceCell(const std::optional<UnitPrice>& price);
std::string UseNameIn(const Publication& publication, LandUse use, const report::Labels& labels);
std::string PlaceName(PricePlace place, int grade, const std::string& name);
// Of a price as a publication states it: `median`, `model:exponential`, `index` …; empty for none.
std::string MethodName(const std::string& method, const report::Labels& labels);

}  // namespace dijia::app

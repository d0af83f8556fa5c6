// Parcels in and valuations out (contract §5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/valuation.h"
#include "json/value.h"

namespace dijia::json {

// The names of all fields of a parcel.
std::vector<std::string_view> ParcelFields();

// What each of them means, in that order.
std::vector<std::string_view> ParcelFieldMeanings();

// A parcel from an object: unknown fields, wrong types, numbers out of range and contradictions are
// reported with their JSON pointer, all at once. `parts` of mixed use have the fields of a use.
Parcel ReadParcel(const Value& value, const std::string& source, Diagnostics& diagnostics);

// The same from the cells of a table row, as texts under dotted names (`factors.shape`).
Parcel ReadParcelCells(const Value::Object& cells, const std::string& source,
                       Diagnostics& diagnostics);

// The answer, in the order of the contract; after `steps` the parts of mixed use, where there are.
Value WriteValuation(const Valuation& valuation, Language language);

// What a batch answers in the place of a parcel that cannot be read.
Value WriteParcelError(const std::string& parcel_id, const Diagnostics& problems,
                       Language language);

}  // namespace dijia::json

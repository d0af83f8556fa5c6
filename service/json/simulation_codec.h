// What callers send to try other law on the cases of kept checks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "json/field_meaning.h"
#include "json/value.h"

namespace dijia::json {

// The law of one side: of the day of each case unless another is named, and with the pack's own
// readings unless others are chosen.
struct LawSide {
  std::optional<Date> decided_on;
  std::map<std::string, std::string> readings;  // options by readings
};

struct SimulationOrder {
  std::string county;               // of the kept checks; empty = all
  std::optional<Date> from, until;  // days on which they were kept: the second is not included
  LawSide before, after;
  // An office's own pack as the law of `after`: the texts of its files by their names; none = the
  // pack in force.
  std::map<std::string, std::string> pack;
};

// Everything that is wrong is reported at once with its JSON pointer; whether there are such
// readings, and what the pack says, is not known here.
SimulationOrder ReadSimulationOrder(const Value& document, Diagnostics& diagnostics);
Value WriteLawSide(const LawSide& side);

std::vector<FieldMeaning> SimulationFields();
std::vector<FieldMeaning> LawSideFields();

}  // namespace dijia::json

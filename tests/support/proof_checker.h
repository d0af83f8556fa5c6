// A second opinion: derives a verdict from the reason alone (clause ids, hashes of their words,
// numbers) and refuses reasons that do not hold together. Shares no arithmetic with the engine.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "json/value.h"

namespace dijia::proof {

// What the checker knows of a clause: its words and its period (ISO dates, empty = open).
struct KnownClause {
  std::string zh, en;
  std::string from, until;
};
using KnownClauses = std::map<std::string, KnownClause>;  // by id

// What is wrong with an answer of the check; empty when the reason proves the verdict on the
// decision of that day (ISO date, empty = the case states none): on another day other clauses may
// bind that the reason does not name. The price as it was asked about is taken as given where no
// limit is measured.
std::string FaultOf(const json::Value& answer, const KnownClauses& clauses,
                    std::string_view decided_on);

}  // namespace dijia::proof

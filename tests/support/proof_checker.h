// A second opinion: derives a verdict from the reason alone (clause ids, hashes of their words,
// numbers) and refuses reasons that do not hold together. Shares no arithmetic with the engine.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "json/value.h"

namespace dijia::proof {

// The words of a clause, zh and en, by its id.
using ClauseWords = std::map<std::string, std::pair<std::string, std::string>>;

// What is wrong with an answer of the check; empty when the reason proves the verdict.
std::string FaultOf(const json::Value& answer, const ClauseWords& words);

}  // namespace dijia::proof

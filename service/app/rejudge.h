// Kept checks judged once more: the same case by the same rules must give the same answer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"
#include "store/store.h"

namespace dijia::app {

struct Rejudged {
  std::uint64_t same = 0;
  std::uint64_t differ = 0;       // reported
  std::uint64_t other_rules = 0;  // kept by rules that are not at hand
};

// Rules by the id of their pack; nothing where there are none of that id.
using FindRules = std::function<std::optional<rules::PreparedRules>(const std::string& id)>;

// Judges every kept check again whose rules are found with the hash that it states, alone or with
// the land classes of the store as they were known at some time, on `threads` threads (0 = all
// cores).
Rejudged RejudgeChecks(store::Store& store, const FindRules& find, unsigned threads,
                       Diagnostics& diagnostics);

}  // namespace dijia::app

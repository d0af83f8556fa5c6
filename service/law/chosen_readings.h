// A pack as if an office had decided its contested points otherwise, to see what hangs on them.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::law {

// The rules with an option chosen for each named reading; the others stay as they are. Unknown
// readings and options are all reported, at `pointer`/READING; nothing after such reports. Without
// readings the same rules.
std::optional<rules::PreparedRules> ChooseReadings(
    const rules::PreparedRules& rules, const std::map<std::string, std::string>& readings,
    const std::string& pointer, Diagnostics& diagnostics);

}  // namespace dijia::law

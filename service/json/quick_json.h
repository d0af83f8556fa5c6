// The common case of reading JSON, fast: well-formed texts without surprises.
#pragma once

#include <optional>
#include <string_view>

#include "json/value.h"

namespace dijia::json {

// The document, equal to that of ParseJson; nothing for whatever is wrong or merely unusual (a
// byte-order mark, a scalar alone, -0, more than 64 levels): the slow way then gives the document,
// or says what is wrong and where.
std::optional<Value> ParseQuickly(std::string_view text);

}  // namespace dijia::json

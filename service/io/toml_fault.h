// What is wrong with a text that is no TOML, in our own words: toml++ has only English ones.
#pragma once

#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "json/value.h"

namespace dijia::io {

// The diagnostic for a fault that toml++ describes as "Error while parsing SCOPE: DETAIL" at a
// place of `text`. A fault of a kind that is not known here is kNotToml with the line it is in.
Diagnostic TomlFault(std::string_view description, json::Place place, std::string_view text,
                     const std::string& source);

}  // namespace dijia::io

// What is wrong with a text that is no TOML, in our own words: toml++ has only English ones.
#pragma once

#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"

namespace dijia {

// The diagnostic for a fault that toml++ describes as "Error while parsing SCOPE: DETAIL" at a row
// and column of `text`. A fault of a kind that is not known here is kNotToml with the line it is
// in.
Diagnostic TomlFault(std::string_view description, Location where, std::string_view text);

}  // namespace dijia

// Trees of values as TOML texts.
#pragma once

#include <string>

#include "json/value.h"

namespace dijia::io {

// The text of a document whose root is an object: values first, then tables; objects of a few
// scalars and everything inside lists on one line; nulls are left out, TOML has none.
std::string ToToml(const json::Value& root);

}  // namespace dijia::io

// Texts as parts of an address.
#pragma once

#include <string>
#include <string_view>

namespace dijia::http {

// A text as a segment of a path or a value of a query: what is no letter or digit of ASCII is
// escaped.
std::string EscapedSegment(std::string_view text);

}  // namespace dijia::http

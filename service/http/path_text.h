// Texts as parts of a path.
#pragma once

#include <string>
#include <string_view>

namespace dijia::http {

// A path segment; what is no letter or digit of ASCII is escaped.
std::string EscapedSegment(std::string_view text);

}  // namespace dijia::http

// The beginning of a CSV text: delimiter and first records, read plainly.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dijia::io {

// The first records of a text, unquoted, at most `most`. A record that the text breaks off counts
// only when `is_whole` says that the text ends there by itself. Fields with stray quotes stay raw.
std::vector<std::vector<std::string>> SplitRecords(std::string_view text, char delimiter,
                                                   std::size_t most, bool is_whole);

// Of `,`, `;` and tab the one that stands most often outside quotes; `,` when there is none.
char DetectDelimiter(std::string_view text);

}  // namespace dijia::io

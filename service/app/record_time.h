// Times of the log of a store as people write them.
#pragma once

#include <optional>
#include <string>

namespace dijia::app {

// A day such as 2026-11-26, which stands for its end, or a time such as 2026-11-26T08:00:00Z, which
// stands for the end of its second, both in UTC, in the form of store::Act::at. Nothing for other
// words.
std::optional<std::string> RecordTimeOf(const std::string& word);

}  // namespace dijia::app

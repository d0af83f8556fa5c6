// What somebody may have meant by a name that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dijia {

// The name nearest to `word` by edit distance (insert, delete, replace, swap of neighbours), the
// first of equals; empty when none is near: more than a third of the word would have to change.
std::string_view NearestName(std::string_view word, std::span<const std::string_view> names);

// "a, b, c".
std::string JoinNames(std::span<const std::string_view> names);

}  // namespace dijia

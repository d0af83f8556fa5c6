// What somebody may have meant by a name that is not known, and names inside a document.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dijia {

// The name nearest to `word` by edit distance (insert, delete, replace, swap of neighbours), the
// first of equals; empty when none is near: more than a third of the word would have to change.
std::string_view NearestName(std::string_view word, std::span<const std::string_view> names);

// "a, b, c".
std::string JoinNames(std::span<const std::string_view> names);

// The JSON pointer (RFC 6901) of the part called `name`, or of an item, of the part at `pointer`.
std::string PointerTo(const std::string& pointer, std::string_view name);
std::string PointerTo(const std::string& pointer, std::size_t index);

}  // namespace dijia

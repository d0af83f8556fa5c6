// How deep the dotted keys of a TOML text reach. Readers that walk tables by recursion ask before
// they read: two bytes a level would otherwise fill the stack from a file of a few hundred
// kilobytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace dijia {

// More than any plan, mapping or pack needs.
inline constexpr std::size_t kDeepestKey = 32;

// The largest number of steps of a dotted key or table header: `[a.b]` has 2; 0 for a text without
// keys. Looks at quotes, comments and brackets only, so it takes a text that is not TOML too.
std::size_t DeepestKey(std::string_view toml);

}  // namespace dijia

#include "dijia/base/key_depth.h"

#include <algorithm>

namespace dijia {
namespace {

// The offset behind the string that begins with the quote at `begin`; a string of one line ends
// with it.
std::size_t EndOfString(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const bool is_basic = quote == '"';
  const std::string_view triple = is_basic ? "\"\"\"" : "'''";
  const bool many_lines = text.substr(begin).starts_with(triple);
  std::size_t i = begin + (many_lines ? triple.size() : 1);
  while (i < text.size()) {
    if (is_basic && text[i] == '\\') {
      i += 2;
    } else if (many_lines && text.substr(i).starts_with(triple)) {
      return i + triple.size();
    } else if (!many_lines && (text[i] == quote || text[i] == '\n')) {
      return i + 1;
    } else {
      ++i;
    }
  }
  return text.size();
}

}  // namespace

std::size_t DeepestKey(std::string_view toml) {
  constexpr std::string_view kEnds = "=,\n{}[]";  // of a key, or of a value
  std::size_t deepest = 0, steps = 0;
  for (std::size_t i = 0; i < toml.size();) {
    const char c = toml[i];
    if (c == '#') {
      i = std::min(toml.find('\n', i), toml.size());
      continue;
    }
    if (kEnds.find(c) != std::string_view::npos) {
      steps = 0;
    } else if (c == '.') {
      ++steps;
    } else {
      steps = std::max<std::size_t>(steps, 1);
      deepest = std::max(deepest, steps);
    }
    i = c == '"' || c == '\'' ? EndOfString(toml, i) : i + 1;
  }
  return deepest;
}

}  // namespace dijia

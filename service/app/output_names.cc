#include "app/output_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// The last `parts` parts of a path.
std::string Suffix(const fs::path& path, std::size_t parts) {
  std::vector<fs::path> all(path.begin(), path.end());
  fs::path suffix;
  for (std::size_t i = all.size() - std::min(parts, all.size()); i < all.size(); ++i) {
    suffix /= all[i];
  }
  return suffix.generic_string();
}

bool IsSafe(char c) {
  constexpr std::string_view kRefused = "/\\:*?\"<>|";
  return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F &&
         kRefused.find(c) == std::string_view::npos;
}

// At most `bytes` bytes, cut between characters.
std::string_view Head(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::vector<std::string> DisplayNames(std::span<const fs::path> paths) {
  std::vector<std::string> names(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto shared = [&](std::size_t parts) {
      return std::ranges::any_of(paths, [&](const fs::path& other) {
        return other != paths[i] && Suffix(other, parts) == Suffix(paths[i], parts);
      });
    };
    const auto all = static_cast<std::size_t>(std::distance(paths[i].begin(), paths[i].end()));
    std::size_t parts = 1;
    while (parts < all && shared(parts)) ++parts;
    names[i] = Suffix(paths[i], parts);
  }
  return names;
}

std::string FolderName(std::string_view county, std::string_view area) {
  constexpr std::size_t kLongest = 120;
  std::string name(county);
  if (!county.empty() && !area.empty()) name += '-';
  name += area;
  if (name.empty()) return "unknown";
  std::ranges::replace_if(
      name, [](char c) { return !IsSafe(c); }, '_');
  if (name.front() == '.') name.front() = '_';
  return std::string(Head(name, kLongest));
}

void MakeDistinct(std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (std::string& name : names) {
    const std::string stem = name;
    for (int number = 2; !seen.insert(name).second; ++number) {
      name = stem + "-" + std::to_string(number);
    }
  }
}

}  // namespace dijia::app

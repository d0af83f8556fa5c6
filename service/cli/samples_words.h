// Which samples of the store a command takes.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace dijia::cli {

// A version from 1 on; nothing for other words.
inline std::optional<std::int64_t> ParseSampleVersion(const std::string& word) {
  std::int64_t version = 0;
  const char* const end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, version);
  const bool is_version = read.ec == std::errc() && read.ptr == end && version > 0;
  return is_version ? std::optional(version) : std::nullopt;
}

}  // namespace dijia::cli

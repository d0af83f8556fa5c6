#include "store/kept_samples.h"

#include <algorithm>
#include <charconv>

#include "store/chain.h"

namespace dijia::store {
namespace {

// The number that a text begins with, taken off it; nothing when it does not.
std::optional<std::int64_t> TakeNumber(std::string_view& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || number <= 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

}  // namespace

std::string RunsOf(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    if (!text.empty()) text += ' ';
    text += std::to_string(numbers[i]);
    if (end > i + 1) text += "-" + std::to_string(numbers[end - 1]);
    i = end;
  }
  return text;
}

std::optional<std::vector<RowRun>> ReadRuns(std::string_view text) {
  std::vector<RowRun> runs;
  while (!text.empty()) {
    const auto first = TakeNumber(text);
    if (!first) return std::nullopt;
    RowRun run{*first, *first};
    if (text.starts_with('-')) {
      text.remove_prefix(1);
      const auto last = TakeNumber(text);
      if (!last || *last <= *first) return std::nullopt;
      run.last = *last;
    }
    runs.push_back(run);
    if (text.empty()) break;
    if (!text.starts_with(' ') || text.size() == 1) return std::nullopt;
    text.remove_prefix(1);
  }
  return runs;
}

std::string HashOfRow(std::string_view header, std::string_view cells) {
  const std::string fields[] = {std::string(header), std::string(cells)};
  return HashOfFields("dijia-sample/1", fields);
}

std::string HashOf(const SampleVersion& version) {
  const std::string fields[] = {version.previous,
                                version.county,
                                std::to_string(version.version),
                                version.source,
                                version.source_sha256,
                                version.mapping,
                                version.header,
                                version.members,
                                version.source_rows,
                                std::to_string(version.rows),
                                std::to_string(version.added),
                                version.content,
                                version.actor,
                                version.reason,
                                version.recorded_at};
  return HashOfFields("dijia-samples/1", fields);
}

void Seal(SampleVersion& version, const SampleVersion* last) {
  version.version = last == nullptr ? 1 : last->version + 1;
  version.previous = last == nullptr ? "" : last->hash;
  if (last != nullptr) version.recorded_at = std::max(version.recorded_at, last->recorded_at);
  version.hash = HashOf(version);
}

bool Follows(const SampleVersion& version, const SampleVersion* last) {
  const bool is_linked = last == nullptr ? version.version == 1 && version.previous.empty()
                                         : version.version == last->version + 1 &&
                                               version.previous == last->hash &&
                                               version.recorded_at >= last->recorded_at;
  return is_linked && version.hash == HashOf(version);
}

}  // namespace dijia::store

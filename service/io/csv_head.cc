#include "io/csv_head.h"

#include <array>

#include "io/csv_block.h"

namespace dijia::io {
namespace {

// The end of the field that begins at `begin`: the next separator outside quotes, or the size.
std::size_t FieldEnd(std::string_view text, std::size_t begin, char delimiter) {
  bool in_quotes = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (text[i] == '"') in_quotes = !in_quotes;
    if (!in_quotes && (text[i] == delimiter || text[i] == '\n')) return i;
  }
  return text.size();
}

}  // namespace

std::vector<std::vector<std::string>> SplitRecords(std::string_view text, char delimiter,
                                                   std::size_t most, bool is_whole) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  std::size_t begin = 0;
  while (begin < text.size() && records.size() < most) {
    const std::size_t end = FieldEnd(text, begin, delimiter);
    const bool ends_record = end == text.size() || text[end] == '\n';
    std::string_view field = text.substr(begin, end - begin);
    if (ends_record && field.ends_with('\r')) field.remove_suffix(1);
    std::string unquoted;
    record.push_back(Unquote(field, unquoted) ? unquoted : std::string(field));
    begin = end + 1;
    if (end == text.size() && !is_whole) return records;
    const bool ends_with_delimiter = end + 1 == text.size() && text[end] == delimiter;
    if (ends_with_delimiter && is_whole) record.emplace_back();
    if (ends_record || ends_with_delimiter) {
      records.push_back(std::move(record));
      record.clear();
    }
  }
  return records;
}

char DetectDelimiter(std::string_view text) {
  constexpr std::array<char, 3> kCandidates{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool in_quotes = false;
  for (const char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    for (std::size_t i = 0; i < kCandidates.size(); ++i) {
      counts[i] += !in_quotes && c == kCandidates[i] ? 1U : 0U;
    }
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[best]) best = i;
  }
  return kCandidates[best];
}

}  // namespace dijia::io

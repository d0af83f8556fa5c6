// Samples that are kept: every row once in its county, and versions that say which rows a file of
// samples had, in which order. A log of versions in each county; nothing changes or goes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/event.h"

namespace dijia::store {

// A file of samples as it comes into the store: texts of a table in UTF-8, each record on a line of
// its own or within quotes.
struct SampleArrival {
  std::string county;
  std::string source, source_sha256;  // name of the file, and what it was
  std::string mapping;                // with which its columns are read
  std::string header;                 // a record
  struct Row {
    std::int64_t source_row = 0;  // in the file, its first is 1
    std::string cells;            // a record
  };
  std::vector<Row> rows;  // at least one
};

// One version: an entry of the log of its county.
struct SampleVersion {
  std::string county;
  std::int64_t version = 0;  // 1, 2, 3, … in the county
  std::string source, source_sha256, mapping, header;
  // The rows by their numbers in the county, in the order of the file: `1-40 43 7`; and where each
  // stood there.
  std::string members, source_rows;
  std::int64_t rows = 0, added = 0;  // how many it has, and that no version before had
  std::string content;               // SHA-256 of its text: header and rows, a line end after each
  std::string actor, reason, recorded_at, previous, hash;

  friend bool operator==(const SampleVersion&, const SampleVersion&) = default;
};

// Rows `first` to `last`.
struct RowRun {
  std::int64_t first = 0, last = 0;
};
// Numbers of rows as runs of ascending ones, as text, and back; nothing for other texts.
std::string RunsOf(const std::vector<std::int64_t>& numbers);
std::optional<std::vector<RowRun>> ReadRuns(std::string_view text);

// What a row is known by: the same cells under the same header.
std::string HashOfRow(std::string_view header, std::string_view cells);

// SHA-256 of every field but the hash itself, by `dijia-samples/1` (HashOfFields).
std::string HashOf(const SampleVersion& version);

// Makes a version the one after `last` (null: the first of its county): number, time, hashes.
void Seal(SampleVersion& version, const SampleVersion* last);
// Whether it is the one after `last`: number, link, time and hash.
bool Follows(const SampleVersion& version, const SampleVersion* last);

}  // namespace dijia::store

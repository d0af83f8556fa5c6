#include "store/sample_rows.h"

#include <unordered_map>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"

namespace dijia::store {
namespace {

constexpr const char* kVersions =
    "SELECT county, version, source, source_sha256, mapping, rows, added, content, actor, reason, "
    "recorded_at, previous, hash, header, members, source_rows FROM sample_version ";

SampleVersion VersionOf(const SqlRows& row) {
  int column = 0;
  SampleVersion version;
  version.county = row.Words(column++);
  version.version = row.Number(column++);
  version.source = row.Words(column++);
  version.source_sha256 = row.Words(column++);
  version.mapping = row.Words(column++);
  version.rows = row.Number(column++);
  version.added = row.Number(column++);
  version.content = row.Words(column++);
  version.actor = row.Words(column++);
  version.reason = row.Words(column++);
  version.recorded_at = row.Words(column++);
  version.previous = row.Words(column++);
  version.hash = row.Words(column++);
  version.header = row.Words(column++);
  version.members = row.Words(column++);
  version.source_rows = row.Words(column++);
  return version;
}

void InsertVersion(SqlDatabase& database, const SampleVersion& version) {
  const SqlValue values[] = {
      version.county,  version.version, version.source,      version.source_sha256,
      version.mapping, version.rows,    version.added,       version.content,
      version.actor,   version.reason,  version.recorded_at, version.previous,
      version.hash,    version.header,  version.members,     version.source_rows};
  database
      .Ask(
          "INSERT INTO sample_version VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
          "$13, $14, $15, $16)",
          values)
      ->Step();
}

// A row of the table.
struct KeptRow {
  std::int64_t number = 0, version = 0;  // the first version that has it
  std::string sha256, cells;
};

void InsertRow(SqlDatabase& database, const std::string& county, const KeptRow& row) {
  const SqlValue values[] = {county, row.number, row.version, row.sha256, row.cells};
  database.Ask("INSERT INTO sample_row VALUES ($1, $2, $3, $4, $5)", values)->Step();
}

// Rows of a county by their hashes, with their numbers.
using Numbers = std::unordered_map<std::string, std::int64_t>;
Numbers NumbersOf(SqlDatabase& database, const std::string& county) {
  Numbers numbers;
  const SqlValue values[] = {county};
  const auto rows = database.Ask("SELECT sha256, number FROM sample_row WHERE county = $1", values);
  while (rows->Step()) numbers.emplace(rows->Words(0), rows->Number(1));
  return numbers;
}

// Rows of a county in the order of their numbers, a page at a time.
std::vector<KeptRow> RowsAfter(SqlDatabase& database, const std::string& county,
                               std::int64_t number) {
  std::vector<KeptRow> page;
  const SqlValue values[] = {county, number};
  const auto rows = database.Ask(
      "SELECT number, version, sha256, cells FROM sample_row WHERE county = $1 AND "
      "number > $2 ORDER BY number LIMIT 4096",
      values);
  while (rows->Step()) {
    page.push_back({rows->Number(0), rows->Number(1), rows->Words(2), rows->Words(3)});
  }
  return page;
}

// Whether the rows are those that the versions added, each with the hash of what it says; their
// texts are told by the versions.
bool HasItsRowsOnly(SqlDatabase& database, const std::string& county,
                    const std::vector<SampleVersion>& versions) {
  auto version = versions.begin();
  std::int64_t number = 0, left = version == versions.end() ? 0 : version->added;
  for (auto page = RowsAfter(database, county, 0); !page.empty();
       page = RowsAfter(database, county, number)) {
    for (const KeptRow& row : page) {
      while (left == 0 && version != versions.end() && ++version != versions.end()) {
        left = version->added;
      }
      if (left == 0 || row.number != ++number || row.version != version->version) return false;
      if (row.sha256 != HashOfRow(version->header, row.cells)) return false;
      --left;
    }
  }
  while (version != versions.end() && left == 0 && ++version != versions.end()) {
    left = version->added;
  }
  return left == 0;
}

}  // namespace

std::vector<std::string> CountiesOfSamples(SqlDatabase& database) {
  std::vector<std::string> counties;
  const auto rows = database.Ask("SELECT DISTINCT county FROM sample_version ORDER BY county", {});
  while (rows->Step()) counties.push_back(rows->Words(0));
  return counties;
}

std::vector<SampleVersion> SampleVersionsOf(SqlDatabase& database, const std::string& county) {
  std::vector<SampleVersion> versions;
  const SqlValue values[] = {county};
  const std::string where = county.empty() ? "" : "WHERE county = $1 ";
  const auto rows = database.Ask(kVersions + where + "ORDER BY county, version",
                                 std::span(values).first(county.empty() ? 0 : 1));
  while (rows->Step()) versions.push_back(VersionOf(*rows));
  return versions;
}

std::optional<std::string> TextOfSamples(SqlDatabase& database, const SampleVersion& version) {
  const auto runs = ReadRuns(version.members);
  if (!runs) return std::nullopt;
  std::string text = version.header + "\n";
  for (const RowRun& run : *runs) {
    const SqlValue values[] = {version.county, run.first, run.last};
    const auto rows = database.Ask(
        "SELECT cells FROM sample_row WHERE county = $1 AND number BETWEEN $2 AND $3 ORDER BY "
        "number",
        values);
    std::int64_t found = 0;
    for (; rows->Step(); ++found) text += rows->Words(0) + "\n";
    if (found != run.last - run.first + 1) return std::nullopt;
  }
  return text;
}

std::optional<std::string> SamplesByHash(SqlDatabase& database, const std::string& county,
                                         const std::string& sha256) {
  const SqlValue values[] = {county, sha256};
  std::optional<SampleVersion> version;
  {
    const auto rows = database.Ask(
        kVersions + std::string("WHERE county = $1 AND content = $2 ORDER BY version LIMIT 1"),
        values);
    if (rows->Step()) version = VersionOf(*rows);
  }
  return version ? TextOfSamples(database, *version) : std::nullopt;
}

SampleVersion AddSamples(SqlDatabase& database, const SampleArrival& arrival,
                         const SampleVersion* last, const Act& act) {
  Numbers numbers = NumbersOf(database, arrival.county);
  auto next = static_cast<std::int64_t>(numbers.size()) + 1;
  std::vector<std::int64_t> members, source_rows;
  std::vector<KeptRow> added;
  Sha256 content;
  content.Update(arrival.header + "\n");
  for (const SampleArrival::Row& row : arrival.rows) {
    content.Update(row.cells + "\n");
    std::string hash = HashOfRow(arrival.header, row.cells);
    const auto [known, is_new] = numbers.try_emplace(hash, next);
    members.push_back(known->second);
    source_rows.push_back(row.source_row);
    if (is_new) added.push_back({next++, 0, std::move(hash), row.cells});
  }
  SampleVersion version;
  version.county = arrival.county;
  version.source = arrival.source;
  version.source_sha256 = arrival.source_sha256;
  version.mapping = arrival.mapping;
  version.header = arrival.header;
  version.members = RunsOf(members);
  version.source_rows = RunsOf(source_rows);
  version.rows = static_cast<std::int64_t>(arrival.rows.size());
  version.added = static_cast<std::int64_t>(added.size());
  version.content = content.Hex();
  version.actor = act.actor;
  version.reason = act.reason;
  version.recorded_at = act.at;
  Seal(version, last);
  InsertVersion(database, version);
  for (KeptRow& row : added) {
    row.version = version.version;
    InsertRow(database, arrival.county, row);
  }
  return version;
}

std::int64_t FirstBrokenSamples(SqlDatabase& database, const std::string& county,
                                Diagnostics& diagnostics) {
  const std::vector<SampleVersion> versions = SampleVersionsOf(database, county);
  const SampleVersion* last = nullptr;
  for (const SampleVersion& version : versions) {
    const auto text = Follows(version, last) ? TextOfSamples(database, version) : std::nullopt;
    if (!text || Sha256Of(*text) != version.content) break;
    last = &version;
  }
  const auto whole = last == nullptr ? 0 : last->version;
  const bool all = whole == static_cast<std::int64_t>(versions.size());
  if (all && HasItsRowsOnly(database, county, versions)) return 0;
  const std::int64_t broken = all ? whole : whole + 1;
  diagnostics.Add(Code::kSampleLogBroken, {}, {county, std::to_string(broken)});
  return broken;
}

bool CopySamples(SqlDatabase& from, SqlDatabase& to, const std::string& county,
                 Diagnostics& diagnostics) {
  if (FirstBrokenSamples(from, county, diagnostics) != 0) return false;
  for (const SampleVersion& version : SampleVersionsOf(from, county)) InsertVersion(to, version);
  std::int64_t last = 0;
  for (std::vector<KeptRow> page = RowsAfter(from, county, last); !page.empty();
       page = RowsAfter(from, county, last)) {
    for (const KeptRow& row : page) InsertRow(to, county, row);
    last = page.back().number;
  }
  return true;
}

}  // namespace dijia::store

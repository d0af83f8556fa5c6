#include "store/class_rows.h"

#include <span>

namespace dijia::store {
namespace {

constexpr const char* kColumns =
    "SELECT county, entry, town, land_class, first_day, until, instrument, source, source_sha256, "
    "source_row, actor, reason, recorded_at, previous, hash FROM land_class ";

// A cell that was changed from outside may be no day; the hash does not fit then.
LandClassEntry EntryOf(const SqlRows& row) {
  int column = 0;
  LandClassEntry entry;
  NewLandClass& about = entry.about;
  about.county = row.Words(column++);
  entry.entry = row.Number(column++);
  about.town = row.Words(column++);
  about.land_class = static_cast<int>(row.Number(column++));
  const Result<Date> from = ParseDate(row.Words(column++));
  const bool is_open = row.IsNull(column);
  const Result<Date> until = ParseDate(row.Words(column++));
  about.from = from ? *from : Date();
  if (until) about.until = *until;
  about.instrument = row.Words(column++);
  entry.source = row.Words(column++);
  entry.source_sha256 = row.Words(column++);
  about.source_row = row.Number(column++);
  entry.actor = row.Words(column++);
  entry.reason = row.Words(column++);
  entry.recorded_at = row.Words(column++);
  entry.previous = row.Words(column++);
  entry.hash = row.Words(column++);
  if (!from || (!is_open && !until)) entry.hash.clear();
  return entry;
}

}  // namespace

std::vector<LandClassEntry> LandClassesOf(SqlDatabase& database, const std::string& county) {
  std::vector<LandClassEntry> entries;
  const SqlValue values[] = {county};
  const std::string where = county.empty() ? "" : "WHERE county = $1 ";
  const auto rows = database.Ask(kColumns + where + "ORDER BY county, entry",
                                 std::span(values).first(county.empty() ? 0 : 1));
  while (rows->Step()) entries.push_back(EntryOf(*rows));
  return entries;
}

std::string LastRecordOfClasses(SqlDatabase& database) {
  const auto rows = database.Ask("SELECT max(recorded_at) FROM land_class", {});
  return rows->Step() ? rows->Words(0) : "";
}

void InsertLandClass(SqlDatabase& database, const LandClassEntry& entry) {
  const NewLandClass& about = entry.about;
  const std::string from = FormatDate(about.from);
  const std::string until = about.until ? FormatDate(*about.until) : "";
  const SqlValue values[] = {about.county,
                             entry.entry,
                             about.town,
                             std::int64_t{about.land_class},
                             from,
                             about.until ? SqlValue(until) : SqlValue(),
                             about.instrument,
                             entry.source,
                             entry.source_sha256,
                             about.source_row,
                             entry.actor,
                             entry.reason,
                             entry.recorded_at,
                             entry.previous,
                             entry.hash};
  database
      .Ask(
          "INSERT INTO land_class VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
          "$14, $15)",
          values)
      ->Step();
}

}  // namespace dijia::store

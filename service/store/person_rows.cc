#include "store/person_rows.h"

namespace dijia::store {
namespace {

PersonEntry EntryOf(const SqlRows& row) {
  int column = 0;
  PersonEntry entry;
  entry.entry = row.Number(column++);
  entry.person = row.Words(column++);
  const auto action = FromCode<PersonAction>(row.Words(column++));
  entry.about.name = row.Words(column++);
  const auto role = FromCode<Role>(row.Words(column++));
  entry.about.county = row.Words(column++);
  entry.actor = row.Words(column++);
  entry.reason = row.Words(column++);
  entry.recorded_at = row.Words(column++);
  entry.previous = row.Words(column++);
  entry.hash = row.Words(column++);
  // A cell that was changed from outside: the hash does not fit, and the person may do the least.
  if (!action || !role) entry.hash.clear();
  entry.action = action.value_or(PersonAction::kLeft);
  entry.about.role = role.value_or(Role::kViewer);
  return entry;
}

}  // namespace

std::vector<PersonEntry> PersonEntries(SqlDatabase& database) {
  const auto rows = database.Ask(
      "SELECT entry, person_id, action, name, role, county, actor, reason, recorded_at, previous, "
      "hash FROM person_event ORDER BY entry",
      {});
  std::vector<PersonEntry> entries;
  while (rows->Step()) entries.push_back(EntryOf(*rows));
  return entries;
}

void InsertPersonEntry(SqlDatabase& database, const PersonEntry& entry) {
  const SqlValue values[] = {entry.entry,
                             entry.person,
                             CodeOf(entry.action),
                             entry.about.name,
                             CodeOf(entry.about.role),
                             entry.about.county,
                             entry.actor,
                             entry.reason,
                             entry.recorded_at,
                             entry.previous,
                             entry.hash};
  database
      .Ask("INSERT INTO person_event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", values)
      ->Step();
}

}  // namespace dijia::store

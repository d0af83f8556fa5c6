#include "store/key_rows.h"

namespace dijia::store {
namespace {

KeyEntry EntryOf(const SqlRows& row) {
  int column = 0;
  KeyEntry entry;
  entry.entry = row.Number(column++);
  entry.key = row.Words(column++);
  const auto action = FromCode<KeyAction>(row.Words(column++));
  entry.about.name = row.Words(column++);
  const auto role = FromCode<Role>(row.Words(column++));
  entry.about.county = row.Words(column++);
  entry.about.verifier = row.Words(column++);
  entry.actor = row.Words(column++);
  entry.reason = row.Words(column++);
  entry.recorded_at = row.Words(column++);
  entry.previous = row.Words(column++);
  entry.hash = row.Words(column++);
  // A cell that was changed from outside: the hash does not fit, and the key allows the least.
  if (!action || !role) entry.hash.clear();
  entry.action = action.value_or(KeyAction::kRevoked);
  entry.about.role = role.value_or(Role::kViewer);
  return entry;
}

}  // namespace

std::vector<KeyEntry> KeyEntries(SqlDatabase& database) {
  const auto rows = database.Ask(
      "SELECT entry, key_id, action, name, role, county, verifier, actor, reason, recorded_at, "
      "previous, hash FROM key_event ORDER BY entry",
      {});
  std::vector<KeyEntry> entries;
  while (rows->Step()) entries.push_back(EntryOf(*rows));
  return entries;
}

void InsertKeyEntry(SqlDatabase& database, const KeyEntry& entry) {
  const SqlValue values[] = {entry.entry,
                             entry.key,
                             CodeOf(entry.action),
                             entry.about.name,
                             CodeOf(entry.about.role),
                             entry.about.county,
                             entry.about.verifier,
                             entry.actor,
                             entry.reason,
                             entry.recorded_at,
                             entry.previous,
                             entry.hash};
  database
      .Ask("INSERT INTO key_event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
           values)
      ->Step();
}

}  // namespace dijia::store

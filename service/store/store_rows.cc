#include "store/store_rows.h"

#include <memory>
#include <string_view>
#include <utility>

#include "dijia/base/sha256.h"

namespace dijia::store {
namespace {

constexpr const char* kColumns =
    "e.county, e.entry, e.publication, e.area, e.status_before, e.status, e.content, e.evidence, "
    "e.first_day, e.stated_until, e.until, e.submitted_by, e.actor, e.reason, e.recorded_at, "
    "e.previous, e.hash";

// Reads the columns of a row one after the other. A cell that was changed from outside may not be
// what it should; the entry is then taken for one whose hash does not fit.
class RowReader {
 public:
  explicit RowReader(const SqlRows& row) : row_(row) {}

  std::string Words() { return row_.Words(column_++); }
  std::int64_t Number() { return row_.Number(column_++); }
  std::optional<PublicationStatus> Status() {
    const std::string word = Words();
    const auto status = FromCode<PublicationStatus>(word);
    is_exact_ = is_exact_ && (status || word.empty());
    return status;
  }
  std::optional<Date> Day() {
    const bool is_absent = row_.IsNull(column_);
    const std::string word = Words();
    if (is_absent) return std::nullopt;
    const Result<Date> day = ParseDate(word);
    is_exact_ = is_exact_ && day && FormatDate(*day) == word;
    return day ? std::optional(*day) : std::nullopt;
  }
  bool is_exact() const { return is_exact_; }

 private:
  const SqlRows& row_;
  int column_ = 0;
  bool is_exact_ = true;
};

Event EventOf(const SqlRows& rows) {
  RowReader row(rows);
  Event event;
  event.key.county = row.Words();
  event.entry = row.Number();
  event.key.publication = row.Words();
  event.area = row.Words();
  event.before = row.Status();
  event.status = row.Status().value_or(PublicationStatus());
  event.content = row.Words();
  event.evidence = row.Words();
  event.from = row.Day().value_or(Date());
  event.stated_until = row.Day();
  event.until = row.Day();
  event.submitted_by = row.Words();
  event.actor = row.Words();
  event.reason = row.Words();
  event.recorded_at = row.Words();
  event.previous = row.Words();
  event.hash = row.Words();
  if (!row.is_exact()) event.hash.clear();
  return event;
}

std::unique_ptr<SqlRows> AskEvents(SqlDatabase& database, const std::string& rest,
                                   std::span<const SqlValue> values) {
  return database.Ask(std::string("SELECT ") + kColumns + " FROM event AS e " + rest, values);
}

std::vector<Event> EventsOf(SqlRows& rows) {
  std::vector<Event> events;
  while (rows.Step()) events.push_back(EventOf(rows));
  return events;
}

// Conditions with their values, in the order of their placeholders.
class Conditions {
 public:
  // Adds `sql` and the number of its placeholder, where a value is stated.
  void Add(std::string_view value, const char* sql) {
    if (value.empty()) return;
    values_.emplace_back(value);
    text_ += sql + ("$" + std::to_string(values_.size()));
  }
  void Write(const char* sql) { text_ += sql; }
  const std::string& text() const { return text_; }
  std::span<const SqlValue> values() const { return values_; }

 private:
  std::string text_;
  std::vector<SqlValue> values_;
};

SqlValue DayValue(const std::string& day) {
  return day.empty() ? SqlValue() : SqlValue(std::string_view(day));
}

}  // namespace

std::vector<std::string> Counties(SqlDatabase& database) {
  std::vector<std::string> counties;
  const auto rows = database.Ask("SELECT DISTINCT county FROM event ORDER BY county", {});
  while (rows->Step()) counties.push_back(rows->Words(0));
  return counties;
}

std::vector<Event> CurrentEvents(SqlDatabase& database, const Selection& selection) {
  const std::string on = selection.in_force_on ? FormatDate(*selection.in_force_on) : "";
  Conditions where;
  where.Write(
      "WHERE e.entry = (SELECT max(entry) FROM event WHERE county = e.county AND "
      "publication = e.publication");
  where.Add(selection.known_at, " AND recorded_at <= ");
  where.Write(")");
  where.Add(selection.county, " AND e.county = ");
  where.Add(selection.publication, " AND e.publication = ");
  where.Add(selection.status ? CodeOf(*selection.status) : "", " AND e.status = ");
  if (!on.empty()) where.Write(" AND e.status IN ('published', 'superseded')");
  where.Add(on, " AND e.first_day <= ");
  where.Add(on, " AND coalesce(e.until, '9999-12-32') > ");
  where.Write(" ORDER BY e.county, e.area, e.first_day, e.publication");
  return EventsOf(*AskEvents(database, where.text(), where.values()));
}

std::vector<Event> HistoryOf(SqlDatabase& database, const PublicationKey& key) {
  const SqlValue values[] = {key.county, key.publication};
  return EventsOf(
      *AskEvents(database, "WHERE e.county = $1 AND e.publication = $2 ORDER BY e.entry", values));
}

std::vector<Event> AllEvents(SqlDatabase& database, const std::string& county) {
  Conditions where;
  where.Write("WHERE true");
  where.Add(county, " AND e.county = ");
  where.Write(" ORDER BY e.county, e.entry");
  return EventsOf(*AskEvents(database, where.text(), where.values()));
}

std::optional<Event> LastEvent(SqlDatabase& database, const std::string& county) {
  const SqlValue values[] = {county};
  const auto rows =
      AskEvents(database, "WHERE e.county = $1 ORDER BY e.entry DESC LIMIT 1", values);
  return rows->Step() ? std::optional(EventOf(*rows)) : std::nullopt;
}

bool VisitEvents(SqlDatabase& database, const std::string& county,
                 const std::function<bool(const Event&)>& visit) {
  const SqlValue values[] = {county};
  const auto rows = AskEvents(database, "WHERE e.county = $1 ORDER BY e.entry", values);
  while (rows->Step()) {
    if (!visit(EventOf(*rows))) return false;
  }
  return true;
}

void InsertEvent(SqlDatabase& database, const Event& event) {
  const std::string first_day = FormatDate(event.from);
  const std::string stated = event.stated_until ? FormatDate(*event.stated_until) : "";
  const std::string until = event.until ? FormatDate(*event.until) : "";
  const SqlValue values[] = {event.key.county,
                             event.entry,
                             event.key.publication,
                             event.area,
                             event.before ? CodeOf(*event.before) : std::string_view(),
                             CodeOf(event.status),
                             event.content,
                             event.evidence,
                             first_day,
                             DayValue(stated),
                             DayValue(until),
                             event.submitted_by,
                             event.actor,
                             event.reason,
                             event.recorded_at,
                             event.previous,
                             event.hash};
  database
      .Ask(
          "INSERT INTO event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
          "$15, $16, $17)",
          values)
      ->Step();
}

std::optional<std::string> KeptText(SqlDatabase& database, const std::string& county,
                                    const std::string& sha256) {
  const SqlValue values[] = {county, sha256};
  const auto rows =
      database.Ask("SELECT bytes FROM kept_text WHERE county = $1 AND sha256 = $2", values);
  return rows->Step() ? std::optional(rows->Words(0)) : std::nullopt;
}

void KeepText(SqlDatabase& database, const std::string& county, const std::string& bytes) {
  const std::string sha256 = Sha256Of(bytes);
  const SqlValue values[] = {county, sha256, SqlBytes{bytes}};
  const std::span key = std::span(values).first(2);
  if (database.Ask("SELECT 1 FROM kept_text WHERE county = $1 AND sha256 = $2", key)->Step()) {
    return;
  }
  database.Ask("INSERT INTO kept_text VALUES ($1, $2, $3)", values)->Step();
}

}  // namespace dijia::store

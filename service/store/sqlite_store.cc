#include "store/sqlite_store.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "store/chain.h"
#include "store/sqlite_database.h"
#include "store/sqlite_layout.h"

namespace dijia::store {
namespace {

constexpr const char* kColumns =
    "e.county, e.entry, e.publication, e.area, e.status_before, e.status, e.content, e.evidence, "
    "e.first_day, e.stated_until, e.until, e.submitted_by, e.actor, e.reason, e.recorded_at, "
    "e.previous, e.hash";

std::string SelectEvents(const std::string& rest) {
  return std::string("SELECT ") + kColumns + " FROM event AS e " + rest;
}

// Reads the columns of a row one after the other. A cell that was changed from outside may not be
// what it should; the entry is then taken for one whose hash does not fit.
class RowReader {
 public:
  explicit RowReader(const Statement& row) : row_(row) {}

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
  const Statement& row_;
  int column_ = 0;
  bool is_exact_ = true;
};

Event EventOf(const Statement& statement) {
  RowReader row(statement);
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

std::vector<Event> EventsOf(Statement& rows) {
  std::vector<Event> events;
  while (rows.Step()) events.push_back(EventOf(rows));
  return events;
}

void Insert(SqliteDatabase& database, const Event& event) {
  Statement insertion(database,
                      "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                      "?)");
  const std::string first_day = FormatDate(event.from);
  const std::string stated = event.stated_until ? FormatDate(*event.stated_until) : "";
  const std::string until = event.until ? FormatDate(*event.until) : "";
  const auto bind_day = [&insertion](const std::string& day) {
    day.empty() ? insertion.BindNull() : insertion.Bind(day);
  };
  insertion.Bind(event.key.county).Bind(event.entry).Bind(event.key.publication);
  insertion.Bind(event.area).Bind(event.before ? CodeOf(*event.before) : "");
  insertion.Bind(CodeOf(event.status)).Bind(event.content).Bind(event.evidence).Bind(first_day);
  bind_day(stated);
  bind_day(until);
  insertion.Bind(event.submitted_by).Bind(event.actor).Bind(event.reason);
  insertion.Bind(event.recorded_at).Bind(event.previous).Bind(event.hash);
  insertion.Step();
}

// One transaction sees one state of the store, however many statements it has.
class Reading {
 public:
  explicit Reading(SqliteDatabase& database) : database_(database) { database.Run("BEGIN"); }
  ~Reading() { sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  SqliteDatabase& database_;
};

void ExpectNewestLayout(SqliteDatabase& database) {
  const int layout = LayoutOf(database);
  if (layout == NewestLayout()) return;
  throw io::FileError(
      {Code::kStoreOlder,
       {},
       {database.file().string(), std::to_string(layout), std::to_string(NewestLayout())}});
}

class SqliteStore : public Store {
 public:
  SqliteStore(const std::filesystem::path& file, const SqliteOptions& options)
      : database_(file, SqliteDatabase::Mode::kExisting, options.patience) {
    ExpectNewestLayout(database_);
    database_.Run("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
  }

  std::optional<std::vector<Event>> Import(std::span<const Arrival> arrivals, const Act& act,
                                           Diagnostics& diagnostics) override {
    if (!CheckAct(act, diagnostics)) return std::nullopt;
    const std::size_t errors = diagnostics.errors();
    Transaction transaction(database_);
    std::vector<Event> entries;
    for (const Arrival& arrival : arrivals) {
      const auto same = [&arrival](const Event& entry) { return entry.key == arrival.key; };
      if (std::ranges::any_of(entries, same)) {
        diagnostics.Add(Code::kImportedTwice, {}, {arrival.key.publication});
        continue;
      }
      const auto current = Current({arrival.key.county, arrival.key.publication, {}, {}, ""});
      auto entry = Arrive(arrival, current.empty() ? nullptr : &current.front(), act, diagnostics);
      if (!entry) continue;
      Keep(arrival);
      Append(*entry);
      entries.push_back(*std::move(entry));
    }
    if (diagnostics.errors() > errors) return std::nullopt;
    transaction.Commit();
    return entries;
  }

  std::optional<Event> Move(const PublicationKey& key, PublicationStatus status, const Act& act,
                            Diagnostics& diagnostics) override {
    if (!CheckAct(act, diagnostics)) return std::nullopt;
    Transaction transaction(database_);
    auto entries =
        store::Move(Current({key.county, "", {}, {}, ""}), key, status, act, diagnostics);
    if (!entries) return std::nullopt;
    for (Event& entry : *entries) Append(entry);
    transaction.Commit();
    return *std::ranges::find(*entries, key, &Event::key);
  }

  std::vector<Event> Current(const Selection& selection) override {
    std::vector<std::string> values;
    const auto when = [&values](bool is_stated, const std::string& value, const char* sql) {
      if (is_stated) values.push_back(value);
      return std::string(is_stated ? sql : "");
    };
    const std::string on = selection.in_force_on ? FormatDate(*selection.in_force_on) : "";
    std::string sql =
        "WHERE e.entry = (SELECT max(entry) FROM event WHERE county = e.county AND "
        "publication = e.publication";
    sql += when(!selection.known_at.empty(), selection.known_at, " AND recorded_at <= ?") + ")";
    sql += when(!selection.county.empty(), selection.county, " AND e.county = ?");
    sql += when(!selection.publication.empty(), selection.publication, " AND e.publication = ?");
    sql +=
        when(selection.status.has_value(),
             std::string(selection.status ? CodeOf(*selection.status) : ""), " AND e.status = ?");
    if (!on.empty()) sql += " AND e.status IN ('published', 'superseded')";
    sql += when(!on.empty(), on, " AND e.first_day <= ?");
    sql += when(!on.empty(), on, " AND (e.until IS NULL OR e.until > ?)");
    Statement rows(database_,
                   SelectEvents(sql + " ORDER BY e.county, e.area, e.first_day, e.publication"));
    for (const std::string& value : values) rows.Bind(value);
    return EventsOf(rows);
  }

  std::vector<Event> History(const PublicationKey& key) override {
    Statement rows(database_,
                   SelectEvents("WHERE e.county = ? AND e.publication = ? ORDER BY e.entry"));
    rows.Bind(key.county).Bind(key.publication);
    return EventsOf(rows);
  }

  std::optional<std::string> Text(const std::string& county, const std::string& sha256) override {
    Statement row(database_, "SELECT bytes FROM kept_text WHERE county = ? AND sha256 = ?");
    row.Bind(county).Bind(sha256);
    return row.Step() ? std::optional(row.Words(0)) : std::nullopt;
  }

  Verification Verify(const std::optional<PublicationKey>& key, Diagnostics& diagnostics) override {
    const Reading reading(database_);
    Verification verification;
    for (const std::string& county : key ? std::vector{key->county} : Counties()) {
      verification.chains.push_back(Walk(county, key ? key->publication : "", diagnostics));
    }
    CheckFile(diagnostics);
    return verification;
  }

 private:
  // What the chains do not show: damaged indices, and triggers that are gone.
  void CheckFile(Diagnostics& diagnostics) {
    if (const std::string damage = database_.Words("PRAGMA integrity_check(1)"); damage != "ok") {
      diagnostics.Add(Code::kStoreFault, {}, {database_.file().string(), damage});
    }
    if (const std::string altered = FindAlteredLayout(database_); !altered.empty()) {
      diagnostics.Add(Code::kLayoutAltered, {}, {database_.file().string(), altered});
    }
  }
  std::vector<std::string> Counties() {
    std::vector<std::string> counties;
    Statement rows(database_, "SELECT DISTINCT county FROM event ORDER BY county");
    while (rows.Step()) counties.push_back(rows.Words(0));
    return counties;
  }

  Verification::Chain Walk(const std::string& county, const std::string& only,
                           Diagnostics& diagnostics) {
    ChainWalk walk(
        county, [&](const std::string& sha256) { return Text(county, sha256); }, only);
    Statement rows(database_, SelectEvents("WHERE e.county = ? ORDER BY e.entry"));
    rows.Bind(county);
    bool is_whole = true;
    while (is_whole && rows.Step()) is_whole = walk.Step(EventOf(rows));
    is_whole = is_whole && walk.Finish();
    if (!is_whole) diagnostics.Add(walk.fault());
    return {county, walk.entries(), walk.texts(), walk.head(), is_whole};
  }

  void Append(Event& entry) {
    Statement row(database_, SelectEvents("WHERE e.county = ? ORDER BY e.entry DESC LIMIT 1"));
    row.Bind(entry.key.county);
    const auto last = row.Step() ? std::optional(EventOf(row)) : std::nullopt;
    Seal(entry, last ? &*last : nullptr);
    Insert(database_, entry);
  }

  // The document and the evidence, those that are not there yet.
  void Keep(const Arrival& arrival) {
    KeepText(arrival.key.county, arrival.document);
    for (const Arrival::File& file : arrival.evidence) KeepText(arrival.key.county, file.bytes);
  }
  void KeepText(const std::string& county, const std::string& bytes) {
    const std::string sha256 = Sha256Of(bytes);
    Statement known(database_, "SELECT 1 FROM kept_text WHERE county = ? AND sha256 = ?");
    if (known.Bind(county).Bind(sha256).Step()) return;
    Statement insertion(database_, "INSERT INTO kept_text VALUES (?, ?, ?)");
    insertion.Bind(county).Bind(sha256).BindBytes(bytes).Step();
  }

  SqliteDatabase database_;
};

}  // namespace

int InitSqliteStore(const std::filesystem::path& file, const SqliteOptions& options) {
  SqliteDatabase database(file, SqliteDatabase::Mode::kCreate, options.patience);
  return Migrate(database);
}

std::unique_ptr<Store> OpenSqliteStore(const std::filesystem::path& file,
                                       const SqliteOptions& options) {
  return std::make_unique<SqliteStore>(file, options);
}

void CopySqliteStore(const std::filesystem::path& from, const std::filesystem::path& to,
                     const SqliteOptions& options) {
  SqliteDatabase source(from, SqliteDatabase::Mode::kExisting, options.patience);
  ExpectNewestLayout(source);
  SqliteDatabase copy(to, SqliteDatabase::Mode::kCreate, options.patience);
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", source.handle(), "main");
  if (backup == nullptr) copy.Check(sqlite3_errcode(copy.handle()));
  // In one step: the copy is of one moment, and writers of a WAL do not wait for readers.
  constexpr int kAllPages = -1;
  sqlite3_backup_step(backup, kAllPages);
  copy.Check(sqlite3_backup_finish(backup));
}

int NewestSqliteLayout() { return NewestLayout(); }

}  // namespace dijia::store

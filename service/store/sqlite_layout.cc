#include "store/sqlite_layout.h"

#include <array>
#include <chrono>
#include <string>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/sql_layout.h"

namespace dijia::store {
namespace {

// "dijia" in the header of the file, where `file` and others look (PRAGMA application_id).
constexpr std::int64_t kApplication = 0x646a6961;

// Everything is only ever added. Conflict resolution by REPLACE deletes rows without running the
// triggers of DELETE, so that taken keys are refused before the insertion.
constexpr const char* kLayout1 = R"sql(
CREATE TABLE permitted (
  status_before TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (status_before, status)
) STRICT, WITHOUT ROWID;
INSERT INTO permitted VALUES
  ('', 'draft'), ('draft', 'draft'), ('draft', 'submitted'), ('draft', 'withdrawn'),
  ('submitted', 'approved'), ('submitted', 'withdrawn'), ('approved', 'published'),
  ('approved', 'withdrawn'), ('published', 'superseded'), ('published', 'withdrawn'),
  ('superseded', 'published');

CREATE TABLE kept_text (
  county TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL,
  PRIMARY KEY (county, sha256)
) STRICT;

CREATE TABLE event (
  county TEXT NOT NULL,
  entry INTEGER NOT NULL CHECK (entry > 0),
  publication TEXT NOT NULL CHECK (publication <> ''),
  area TEXT NOT NULL,
  status_before TEXT NOT NULL,
  status TEXT NOT NULL,
  content TEXT NOT NULL,
  evidence TEXT NOT NULL,
  first_day TEXT NOT NULL CHECK (first_day IS date(first_day, '+0 days')),
  stated_until TEXT CHECK (stated_until IS date(stated_until, '+0 days')),
  until TEXT CHECK (until IS date(until, '+0 days') AND until > first_day),
  submitted_by TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
    CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z' AND length(recorded_at) = 27),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (county, entry),
  FOREIGN KEY (county, content) REFERENCES kept_text (county, sha256),
  FOREIGN KEY (status_before, status) REFERENCES permitted (status_before, status),
  CONSTRAINT submitter CHECK (status <> 'submitted' OR submitted_by = actor),
  CONSTRAINT another_person CHECK (
    (status <> 'approved' AND (status <> 'published' OR status_before <> 'approved'))
    OR actor <> submitted_by COLLATE NOCASE)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_of_publication ON event (county, publication, entry);

CREATE VIEW person AS
  SELECT county, actor, min(recorded_at) AS first_at, max(recorded_at) AS last_at,
         count(*) AS entries
  FROM event GROUP BY county, actor;

CREATE TRIGGER permitted_stays_1 BEFORE INSERT ON permitted
  BEGIN SELECT RAISE(ABORT, 'the lifecycle is fixed'); END;
CREATE TRIGGER permitted_stays_2 BEFORE UPDATE ON permitted
  BEGIN SELECT RAISE(ABORT, 'the lifecycle is fixed'); END;
CREATE TRIGGER permitted_stays_3 BEFORE DELETE ON permitted
  BEGIN SELECT RAISE(ABORT, 'the lifecycle is fixed'); END;
CREATE TRIGGER kept_text_stays_1 BEFORE INSERT ON kept_text
  WHEN EXISTS (SELECT 1 FROM kept_text WHERE county = NEW.county AND sha256 = NEW.sha256)
  BEGIN SELECT RAISE(ABORT, 'kept texts never change'); END;
CREATE TRIGGER kept_text_stays_2 BEFORE UPDATE ON kept_text
  BEGIN SELECT RAISE(ABORT, 'kept texts never change'); END;
CREATE TRIGGER kept_text_stays_3 BEFORE DELETE ON kept_text
  BEGIN SELECT RAISE(ABORT, 'kept texts never go'); END;
CREATE TRIGGER event_stays_1 BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER event_stays_2 BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'the log never shrinks'); END;

CREATE TRIGGER event_follows BEFORE INSERT ON event
  WHEN NEW.entry IS NOT 1 + ifnull((SELECT max(entry) FROM event WHERE county = NEW.county), 0)
    OR NEW.previous IS NOT ifnull((SELECT hash FROM event WHERE county = NEW.county
                                   ORDER BY entry DESC LIMIT 1), '')
    OR NEW.recorded_at < ifnull((SELECT recorded_at FROM event WHERE county = NEW.county
                                 ORDER BY entry DESC LIMIT 1), '')
    OR NEW.status_before IS NOT ifnull((SELECT status FROM event WHERE county = NEW.county
                                        AND publication = NEW.publication
                                        ORDER BY entry DESC LIMIT 1), '')
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;

CREATE TRIGGER event_keeps_content BEFORE INSERT ON event
  WHEN NEW.status <> 'draft' AND NOT EXISTS (
    SELECT 1 FROM (SELECT * FROM event WHERE county = NEW.county
                   AND publication = NEW.publication ORDER BY entry DESC LIMIT 1) AS last
    WHERE last.content = NEW.content AND last.evidence = NEW.evidence AND last.area = NEW.area
      AND last.first_day = NEW.first_day AND last.stated_until IS NEW.stated_until
      AND (last.submitted_by = NEW.submitted_by OR NEW.status = 'submitted'))
  BEGIN SELECT RAISE(ABORT, 'only a draft has new contents'); END;

CREATE TRIGGER event_one_price_a_day BEFORE INSERT ON event
  WHEN NEW.status = 'published' AND EXISTS (
    SELECT 1 FROM event AS other
    WHERE other.county = NEW.county AND other.publication <> NEW.publication
      AND other.area = NEW.area AND other.status IN ('published', 'superseded')
      AND other.entry = (SELECT max(entry) FROM event WHERE county = other.county
                         AND publication = other.publication)
      AND (other.until IS NULL OR other.until > NEW.first_day)
      AND (NEW.until IS NULL OR NEW.until > other.first_day))
  BEGIN SELECT RAISE(ABORT, 'there are prices on those days'); END;
)sql";

// Keys: a log of its own. A key is added once and revoked once.
constexpr const char* kLayout2 = R"sql(
CREATE TABLE key_event (
  entry INTEGER NOT NULL PRIMARY KEY CHECK (entry > 0),
  key_id TEXT NOT NULL CHECK (key_id <> ''),
  action TEXT NOT NULL CHECK (action IN ('added', 'revoked')),
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('viewer', 'clerk', 'approver', 'admin')),
  county TEXT NOT NULL,
  verifier TEXT NOT NULL CHECK (verifier <> ''),
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
    CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z' AND length(recorded_at) = 27),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  UNIQUE (key_id, action)
) STRICT;

CREATE TRIGGER key_event_stays_1 BEFORE UPDATE ON key_event
  BEGIN SELECT RAISE(ABORT, 'the log of keys never changes'); END;
CREATE TRIGGER key_event_stays_2 BEFORE DELETE ON key_event
  BEGIN SELECT RAISE(ABORT, 'the log of keys never shrinks'); END;

CREATE TRIGGER key_event_follows BEFORE INSERT ON key_event
  WHEN NEW.entry IS NOT 1 + ifnull((SELECT max(entry) FROM key_event), 0)
    OR NEW.previous IS NOT ifnull((SELECT hash FROM key_event ORDER BY entry DESC LIMIT 1), '')
    OR NEW.recorded_at < ifnull((SELECT max(recorded_at) FROM key_event), '')
    OR EXISTS (SELECT 1 FROM key_event WHERE key_id = NEW.key_id AND action = NEW.action)
    OR (NEW.action = 'revoked' AND NOT EXISTS (
      SELECT 1 FROM key_event AS added
      WHERE added.key_id = NEW.key_id AND added.action = 'added' AND added.name = NEW.name
        AND added.role = NEW.role AND added.county = NEW.county
        AND added.verifier = NEW.verifier))
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
)sql";

// Checks and samples that are kept: logs of their own in each county. Long texts stand last, so
// that lists do not read them.
constexpr const char* kLayout3 = R"sql(
CREATE TABLE kept_check (
  county TEXT NOT NULL CHECK (county <> ''),
  entry INTEGER NOT NULL CHECK (entry > 0),
  case_id TEXT NOT NULL,
  judged_on TEXT NOT NULL CHECK (judged_on = '' OR judged_on IS date(judged_on, '+0 days')),
  verdict TEXT NOT NULL CHECK (verdict IN
    ('lawful', 'unlawful', 'needs_facts', 'conflict_review', 'not_applicable')),
  lawful_minimum TEXT NOT NULL,
  deciding_rule TEXT NOT NULL,
  clauses TEXT NOT NULL,
  missing TEXT NOT NULL,
  rules TEXT NOT NULL,
  rules_version TEXT NOT NULL,
  rules_sha256 TEXT NOT NULL CHECK (length(rules_sha256) = 64),
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
    CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z' AND length(recorded_at) = 27),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  given TEXT NOT NULL CHECK (given <> ''),
  PRIMARY KEY (county, entry)
) STRICT;

CREATE TABLE sample_version (
  county TEXT NOT NULL CHECK (county <> ''),
  version INTEGER NOT NULL CHECK (version > 0),
  source TEXT NOT NULL CHECK (source <> ''),
  source_sha256 TEXT NOT NULL CHECK (length(source_sha256) = 64),
  mapping TEXT NOT NULL CHECK (mapping <> ''),
  rows INTEGER NOT NULL CHECK (rows > 0),
  added INTEGER NOT NULL CHECK (added BETWEEN 0 AND rows),
  content TEXT NOT NULL CHECK (length(content) = 64),
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
    CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z' AND length(recorded_at) = 27),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  header TEXT NOT NULL CHECK (header <> ''),
  members TEXT NOT NULL CHECK (members <> ''),
  source_rows TEXT NOT NULL CHECK (source_rows <> ''),
  PRIMARY KEY (county, version)
) STRICT;

CREATE TABLE sample_row (
  county TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  cells TEXT NOT NULL CHECK (cells <> ''),
  PRIMARY KEY (county, number),
  UNIQUE (county, sha256),
  FOREIGN KEY (county, version) REFERENCES sample_version (county, version)
) STRICT;

CREATE TRIGGER kept_check_stays_1 BEFORE UPDATE ON kept_check
  BEGIN SELECT RAISE(ABORT, 'kept checks never change'); END;
CREATE TRIGGER kept_check_stays_2 BEFORE DELETE ON kept_check
  BEGIN SELECT RAISE(ABORT, 'kept checks never go'); END;
CREATE TRIGGER sample_version_stays_1 BEFORE UPDATE ON sample_version
  BEGIN SELECT RAISE(ABORT, 'kept samples never change'); END;
CREATE TRIGGER sample_version_stays_2 BEFORE DELETE ON sample_version
  BEGIN SELECT RAISE(ABORT, 'kept samples never go'); END;
CREATE TRIGGER sample_row_stays_1 BEFORE UPDATE ON sample_row
  BEGIN SELECT RAISE(ABORT, 'kept samples never change'); END;
CREATE TRIGGER sample_row_stays_2 BEFORE DELETE ON sample_row
  BEGIN SELECT RAISE(ABORT, 'kept samples never go'); END;

CREATE TRIGGER kept_check_follows BEFORE INSERT ON kept_check
  WHEN EXISTS (SELECT 1 FROM kept_check WHERE county = NEW.county AND entry = NEW.entry)
    OR (NEW.entry = 1 AND NEW.previous <> '')
    OR (NEW.entry > 1 AND NOT EXISTS (
      SELECT 1 FROM kept_check WHERE county = NEW.county AND entry = NEW.entry - 1
        AND hash = NEW.previous AND recorded_at <= NEW.recorded_at))
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;

CREATE TRIGGER sample_version_follows BEFORE INSERT ON sample_version
  WHEN EXISTS (SELECT 1 FROM sample_version WHERE county = NEW.county AND version = NEW.version)
    OR (NEW.version = 1 AND NEW.previous <> '')
    OR (NEW.version > 1 AND NOT EXISTS (
      SELECT 1 FROM sample_version WHERE county = NEW.county AND version = NEW.version - 1
        AND hash = NEW.previous AND recorded_at <= NEW.recorded_at))
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;

CREATE TRIGGER sample_row_follows BEFORE INSERT ON sample_row
  WHEN NEW.number IS NOT 1 + ifnull((SELECT max(number) FROM sample_row
                                     WHERE county = NEW.county), 0)
    OR EXISTS (SELECT 1 FROM sample_row WHERE county = NEW.county AND sha256 = NEW.sha256)
  BEGIN SELECT RAISE(ABORT, 'a row follows the last one'); END;
)sql";

// Land classes with validity: a log of its own in each county.
constexpr const char* kLayout4 = R"sql(
CREATE TABLE land_class (
  county TEXT NOT NULL CHECK (county <> ''),
  entry INTEGER NOT NULL CHECK (entry > 0),
  town TEXT NOT NULL,
  land_class INTEGER NOT NULL CHECK (land_class BETWEEN 0 AND 15),
  first_day TEXT NOT NULL CHECK (first_day IS date(first_day, '+0 days')),
  until TEXT CHECK (until IS date(until, '+0 days') AND until > first_day),
  instrument TEXT NOT NULL CHECK (instrument <> ''),
  source TEXT NOT NULL CHECK (source <> ''),
  source_sha256 TEXT NOT NULL CHECK (length(source_sha256) = 64),
  source_row INTEGER NOT NULL CHECK (source_row > 0),
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
    CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z' AND length(recorded_at) = 27),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (county, entry)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER land_class_stays_1 BEFORE UPDATE ON land_class
  BEGIN SELECT RAISE(ABORT, 'the log of land classes never changes'); END;
CREATE TRIGGER land_class_stays_2 BEFORE DELETE ON land_class
  BEGIN SELECT RAISE(ABORT, 'the log of land classes never shrinks'); END;

CREATE TRIGGER land_class_follows BEFORE INSERT ON land_class
  WHEN EXISTS (SELECT 1 FROM land_class WHERE county = NEW.county AND entry = NEW.entry)
    OR (NEW.entry = 1 AND NEW.previous <> '')
    OR (NEW.entry > 1 AND NOT EXISTS (
      SELECT 1 FROM land_class WHERE county = NEW.county AND entry = NEW.entry - 1
        AND hash = NEW.previous AND recorded_at <= NEW.recorded_at))
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
)sql";

// People: a log of its own. A person is added once, may change, and leaves once; of those in force
// no two have a name.
constexpr const char* kLayout5 = R"sql(
CREATE TABLE person_event (
  entry INTEGER NOT NULL PRIMARY KEY CHECK (entry > 0),
  person_id TEXT NOT NULL CHECK (person_id <> ''),
  action TEXT NOT NULL CHECK (action IN ('added', 'changed', 'left')),
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('viewer', 'clerk', 'approver', 'admin')),
  county TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
    CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z' AND length(recorded_at) = 27),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  CONSTRAINT own_id CHECK (action <> 'added' OR person_id = 'p' || entry)
) STRICT;

CREATE TRIGGER person_event_stays_1 BEFORE UPDATE ON person_event
  BEGIN SELECT RAISE(ABORT, 'the log of people never changes'); END;
CREATE TRIGGER person_event_stays_2 BEFORE DELETE ON person_event
  BEGIN SELECT RAISE(ABORT, 'the log of people never shrinks'); END;

CREATE TRIGGER person_event_follows BEFORE INSERT ON person_event
BEGIN
  SELECT RAISE(ABORT, 'an entry follows the last one')
  WHERE NEW.entry IS NOT 1 + ifnull((SELECT max(entry) FROM person_event), 0)
    OR NEW.previous IS NOT ifnull((SELECT hash FROM person_event ORDER BY entry DESC LIMIT 1), '')
    OR NEW.recorded_at < ifnull((SELECT max(recorded_at) FROM person_event), '');
  SELECT RAISE(ABORT, 'a person in force has that name')
  WHERE NEW.action = 'added' AND EXISTS (
    SELECT 1 FROM person_event AS other
    WHERE other.name = NEW.name COLLATE NOCASE AND NOT EXISTS (
      SELECT 1 FROM person_event AS gone
      WHERE gone.person_id = other.person_id AND gone.action = 'left'));
  SELECT RAISE(ABORT, 'only who is in force changes, and leaves as they are')
  WHERE NEW.action <> 'added' AND NOT EXISTS (
    SELECT 1 FROM (SELECT * FROM person_event WHERE person_id = NEW.person_id
                   ORDER BY entry DESC LIMIT 1) AS last
    WHERE last.action <> 'left' AND last.name = NEW.name
      AND (last.role <> NEW.role OR last.county <> NEW.county) = (NEW.action = 'changed'));
END;
)sql";

constexpr std::array kMigrations{kLayout1, kLayout2, kLayout3, kLayout4, kLayout5};

Schema SchemaOf(SqliteDatabase& database) {
  Schema schema;
  SqliteRows rows(database, "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_schema");
  while (rows.Step()) schema[rows.Words(0)] = rows.Words(1);
  return schema;
}

}  // namespace

std::span<const char* const> Migrations() { return kMigrations; }

int LayoutOf(SqliteDatabase& database) {
  const std::string name = database.name();
  const std::int64_t application = database.Number("PRAGMA application_id");
  const bool is_blank =
      application == 0 && database.Number("SELECT count(*) FROM sqlite_schema") == 0;
  if (is_blank) return 0;
  if (application != kApplication) throw io::FileError({Code::kNotAStore, {}, {name}});
  const int layout = static_cast<int>(database.Number("PRAGMA user_version"));
  ExpectKnown(name, layout, NewestLayout());
  return layout;
}

int Migrate(SqliteDatabase& database) {
  const int before = LayoutOf(database);
  if (before == NewestLayout()) return before;
  database.Run("PRAGMA journal_mode = WAL");
  for (int layout = before + 1; layout <= NewestLayout(); ++layout) {
    Transaction transaction(database, {});
    if (LayoutOf(database) >= layout) continue;  // another program was first
    database.Run(kMigrations[static_cast<std::size_t>(layout) - 1]);
    database.Run(("PRAGMA application_id = " + std::to_string(kApplication)).c_str());
    database.Run(("PRAGMA user_version = " + std::to_string(layout)).c_str());
    transaction.Commit();
  }
  return before;
}

std::string FindAlteredLayout(SqliteDatabase& database) {
  SqliteDatabase fresh(":memory:", SqliteDatabase::Mode::kCreate, std::chrono::milliseconds(0));
  for (const char* migration : kMigrations) fresh.Run(migration);
  return FirstDifference(SchemaOf(fresh), SchemaOf(database));
}

}  // namespace dijia::store

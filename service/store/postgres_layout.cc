#include "store/postgres_layout.h"

#include <array>
#include <cstddef>
#include <set>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/sql_layout.h"

namespace dijia::store {
namespace {

// The same columns and constraints as in SQLite, as texts that compare byte by byte, so that a log
// has the same bytes in both. Triggers are ALWAYS: no role of a replica is without them. Their
// functions see no schema but the server's own.
constexpr const char* kLayout1 = R"sql(
CREATE TABLE @.layout (layout INTEGER PRIMARY KEY);

CREATE TABLE @.permitted (
  status_before TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (status_before, status)
);
INSERT INTO @.permitted VALUES
  ('', 'draft'), ('draft', 'draft'), ('draft', 'submitted'), ('draft', 'withdrawn'),
  ('submitted', 'approved'), ('submitted', 'withdrawn'), ('approved', 'published'),
  ('approved', 'withdrawn'), ('published', 'superseded'), ('published', 'withdrawn'),
  ('superseded', 'published');

CREATE TABLE @.kept_text (
  county TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
  bytes BYTEA NOT NULL,
  PRIMARY KEY (county, sha256)
);

CREATE TABLE @.event (
  county TEXT COLLATE "C" NOT NULL,
  entry BIGINT NOT NULL CHECK (entry > 0),
  publication TEXT COLLATE "C" NOT NULL CHECK (publication <> ''),
  area TEXT COLLATE "C" NOT NULL,
  status_before TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  evidence TEXT COLLATE "C" NOT NULL,
  first_day TEXT COLLATE "C" NOT NULL
    CONSTRAINT first_day_is_a_day CHECK (first_day = to_char(first_day::date, 'YYYY-MM-DD')),
  stated_until TEXT COLLATE "C"
    CONSTRAINT stated_until_is_a_day CHECK (stated_until = to_char(stated_until::date, 'YYYY-MM-DD')),
  until TEXT COLLATE "C"
    CONSTRAINT until_is_a_later_day
    CHECK (until = to_char(until::date, 'YYYY-MM-DD') AND until > first_day),
  submitted_by TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
  reason TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL
    CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'),
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (county, entry),
  FOREIGN KEY (county, content) REFERENCES @.kept_text (county, sha256),
  FOREIGN KEY (status_before, status) REFERENCES @.permitted (status_before, status),
  CONSTRAINT submitter CHECK (status <> 'submitted' OR submitted_by = actor),
  CONSTRAINT another_person CHECK (
    (status <> 'approved' AND (status <> 'published' OR status_before <> 'approved'))
    OR lower(actor) <> lower(submitted_by))
);
CREATE INDEX event_of_publication ON @.event (county, publication, entry);

CREATE VIEW @.person AS
  SELECT county, actor, min(recorded_at) AS first_at, max(recorded_at) AS last_at,
         count(*) AS entries
  FROM @.event GROUP BY county, actor;

CREATE FUNCTION @.refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $body$;

CREATE FUNCTION @.refuse_what_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
DECLARE
  last RECORD;
  mine RECORD;
BEGIN
  SELECT entry, hash, recorded_at INTO last FROM @.event
    WHERE county = NEW.county ORDER BY entry DESC LIMIT 1;
  SELECT * INTO mine FROM @.event
    WHERE county = NEW.county AND publication = NEW.publication ORDER BY entry DESC LIMIT 1;
  IF NEW.entry <> 1 + coalesce(last.entry, 0) OR NEW.previous <> coalesce(last.hash, '')
     OR NEW.recorded_at < coalesce(last.recorded_at, '')
     OR NEW.status_before <> coalesce(mine.status, '') THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  IF NEW.status = 'published' AND EXISTS (
    SELECT 1 FROM @.event AS other
    WHERE other.county = NEW.county AND other.publication <> NEW.publication
      AND other.area = NEW.area AND other.status IN ('published', 'superseded')
      AND other.entry = (SELECT max(entry) FROM @.event WHERE county = other.county
                         AND publication = other.publication)
      AND (other.until IS NULL OR other.until > NEW.first_day)
      AND (NEW.until IS NULL OR NEW.until > other.first_day)) THEN
    RAISE EXCEPTION 'there are prices on those days';
  END IF;
  IF NEW.status <> 'draft' AND NOT coalesce(
       mine.content = NEW.content AND mine.evidence = NEW.evidence AND mine.area = NEW.area
       AND mine.first_day = NEW.first_day
       AND mine.stated_until IS NOT DISTINCT FROM NEW.stated_until
       AND (mine.submitted_by = NEW.submitted_by OR NEW.status = 'submitted'), false) THEN
    RAISE EXCEPTION 'only a draft has new contents';
  END IF;
  RETURN NEW;
END $body$;

CREATE TRIGGER layout_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON @.layout
  EXECUTE FUNCTION @.refuse('layouts never go');
CREATE TRIGGER permitted_stays BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON @.permitted
  EXECUTE FUNCTION @.refuse('the lifecycle is fixed');
CREATE TRIGGER kept_text_stays_1 BEFORE UPDATE ON @.kept_text
  EXECUTE FUNCTION @.refuse('kept texts never change');
CREATE TRIGGER kept_text_stays_2 BEFORE DELETE OR TRUNCATE ON @.kept_text
  EXECUTE FUNCTION @.refuse('kept texts never go');
CREATE TRIGGER event_stays_1 BEFORE UPDATE ON @.event
  EXECUTE FUNCTION @.refuse('the log never changes');
CREATE TRIGGER event_stays_2 BEFORE DELETE OR TRUNCATE ON @.event
  EXECUTE FUNCTION @.refuse('the log never shrinks');
CREATE TRIGGER event_follows BEFORE INSERT ON @.event
  FOR EACH ROW EXECUTE FUNCTION @.refuse_what_does_not_follow();

ALTER TABLE @.layout ENABLE ALWAYS TRIGGER layout_stays;
ALTER TABLE @.permitted ENABLE ALWAYS TRIGGER permitted_stays;
ALTER TABLE @.kept_text ENABLE ALWAYS TRIGGER kept_text_stays_1;
ALTER TABLE @.kept_text ENABLE ALWAYS TRIGGER kept_text_stays_2;
ALTER TABLE @.event ENABLE ALWAYS TRIGGER event_stays_1;
ALTER TABLE @.event ENABLE ALWAYS TRIGGER event_stays_2;
ALTER TABLE @.event ENABLE ALWAYS TRIGGER event_follows;
)sql";

// Keys, as in SQLite.
constexpr const char* kLayout2 = R"sql(
CREATE TABLE @.key_event (
  entry BIGINT NOT NULL PRIMARY KEY CHECK (entry > 0),
  key_id TEXT COLLATE "C" NOT NULL CHECK (key_id <> ''),
  action TEXT COLLATE "C" NOT NULL CHECK (action IN ('added', 'revoked')),
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('viewer', 'clerk', 'approver', 'admin')),
  county TEXT COLLATE "C" NOT NULL,
  verifier TEXT COLLATE "C" NOT NULL CHECK (verifier <> ''),
  actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
  reason TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL
    CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'),
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  UNIQUE (key_id, action)
);

CREATE FUNCTION @.refuse_key_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
DECLARE
  last RECORD;
BEGIN
  SELECT entry, hash, recorded_at INTO last FROM @.key_event ORDER BY entry DESC LIMIT 1;
  IF NEW.entry <> 1 + coalesce(last.entry, 0) OR NEW.previous <> coalesce(last.hash, '')
     OR NEW.recorded_at < coalesce(last.recorded_at, '')
     OR (NEW.action = 'revoked' AND NOT EXISTS (
       SELECT 1 FROM @.key_event AS added
       WHERE added.key_id = NEW.key_id AND added.action = 'added' AND added.name = NEW.name
         AND added.role = NEW.role AND added.county = NEW.county
         AND added.verifier = NEW.verifier)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $body$;

CREATE TRIGGER key_event_stays_1 BEFORE UPDATE ON @.key_event
  EXECUTE FUNCTION @.refuse('the log of keys never changes');
CREATE TRIGGER key_event_stays_2 BEFORE DELETE OR TRUNCATE ON @.key_event
  EXECUTE FUNCTION @.refuse('the log of keys never shrinks');
CREATE TRIGGER key_event_follows BEFORE INSERT ON @.key_event
  FOR EACH ROW EXECUTE FUNCTION @.refuse_key_that_does_not_follow();

ALTER TABLE @.key_event ENABLE ALWAYS TRIGGER key_event_stays_1;
ALTER TABLE @.key_event ENABLE ALWAYS TRIGGER key_event_stays_2;
ALTER TABLE @.key_event ENABLE ALWAYS TRIGGER key_event_follows;
)sql";

// Checks and samples that are kept, as in SQLite.
constexpr const char* kLayout3 = R"sql(
CREATE TABLE @.kept_check (
  county TEXT COLLATE "C" NOT NULL CHECK (county <> ''),
  entry BIGINT NOT NULL CHECK (entry > 0),
  case_id TEXT COLLATE "C" NOT NULL,
  judged_on TEXT COLLATE "C" NOT NULL CONSTRAINT judged_on_is_a_day
    CHECK (CASE WHEN judged_on = '' THEN true
           ELSE judged_on = to_char(judged_on::date, 'YYYY-MM-DD') END),
  verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN
    ('lawful', 'unlawful', 'needs_facts', 'conflict_review', 'not_applicable')),
  lawful_minimum TEXT COLLATE "C" NOT NULL,
  deciding_rule TEXT COLLATE "C" NOT NULL,
  clauses TEXT COLLATE "C" NOT NULL,
  missing TEXT COLLATE "C" NOT NULL,
  rules TEXT COLLATE "C" NOT NULL,
  rules_version TEXT COLLATE "C" NOT NULL,
  rules_sha256 TEXT COLLATE "C" NOT NULL CHECK (length(rules_sha256) = 64),
  actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
  reason TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL
    CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'),
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  given TEXT COLLATE "C" NOT NULL CHECK (given <> ''),
  PRIMARY KEY (county, entry)
);

CREATE TABLE @.sample_version (
  county TEXT COLLATE "C" NOT NULL CHECK (county <> ''),
  version BIGINT NOT NULL CHECK (version > 0),
  source TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
  source_sha256 TEXT COLLATE "C" NOT NULL CHECK (length(source_sha256) = 64),
  mapping TEXT COLLATE "C" NOT NULL CHECK (mapping <> ''),
  rows BIGINT NOT NULL CHECK (rows > 0),
  added BIGINT NOT NULL CHECK (added BETWEEN 0 AND rows),
  content TEXT COLLATE "C" NOT NULL CHECK (length(content) = 64),
  actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
  reason TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL
    CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'),
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  header TEXT COLLATE "C" NOT NULL CHECK (header <> ''),
  members TEXT COLLATE "C" NOT NULL CHECK (members <> ''),
  source_rows TEXT COLLATE "C" NOT NULL CHECK (source_rows <> ''),
  PRIMARY KEY (county, version)
);

CREATE TABLE @.sample_row (
  county TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  version BIGINT NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
  cells TEXT COLLATE "C" NOT NULL CHECK (cells <> ''),
  PRIMARY KEY (county, number),
  UNIQUE (county, sha256),
  FOREIGN KEY (county, version) REFERENCES @.sample_version (county, version)
);

CREATE FUNCTION @.refuse_kept_check_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
BEGIN
  IF EXISTS (SELECT 1 FROM @.kept_check WHERE county = NEW.county AND entry = NEW.entry)
     OR (NEW.entry = 1 AND NEW.previous <> '')
     OR (NEW.entry > 1 AND NOT EXISTS (
       SELECT 1 FROM @.kept_check WHERE county = NEW.county AND entry = NEW.entry - 1
         AND hash = NEW.previous AND recorded_at <= NEW.recorded_at)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $body$;

CREATE FUNCTION @.refuse_sample_version_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
BEGIN
  IF EXISTS (SELECT 1 FROM @.sample_version WHERE county = NEW.county AND version = NEW.version)
     OR (NEW.version = 1 AND NEW.previous <> '')
     OR (NEW.version > 1 AND NOT EXISTS (
       SELECT 1 FROM @.sample_version WHERE county = NEW.county AND version = NEW.version - 1
         AND hash = NEW.previous AND recorded_at <= NEW.recorded_at)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $body$;

CREATE FUNCTION @.refuse_sample_row_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
BEGIN
  IF NEW.number <> 1 + coalesce((SELECT max(number) FROM @.sample_row
                                 WHERE county = NEW.county), 0) THEN
    RAISE EXCEPTION 'a row follows the last one';
  END IF;
  RETURN NEW;
END $body$;

CREATE TRIGGER kept_check_stays_1 BEFORE UPDATE ON @.kept_check
  EXECUTE FUNCTION @.refuse('kept checks never change');
CREATE TRIGGER kept_check_stays_2 BEFORE DELETE OR TRUNCATE ON @.kept_check
  EXECUTE FUNCTION @.refuse('kept checks never go');
CREATE TRIGGER kept_check_follows BEFORE INSERT ON @.kept_check
  FOR EACH ROW EXECUTE FUNCTION @.refuse_kept_check_that_does_not_follow();
CREATE TRIGGER sample_version_stays_1 BEFORE UPDATE ON @.sample_version
  EXECUTE FUNCTION @.refuse('kept samples never change');
CREATE TRIGGER sample_version_stays_2 BEFORE DELETE OR TRUNCATE ON @.sample_version
  EXECUTE FUNCTION @.refuse('kept samples never go');
CREATE TRIGGER sample_version_follows BEFORE INSERT ON @.sample_version
  FOR EACH ROW EXECUTE FUNCTION @.refuse_sample_version_that_does_not_follow();
CREATE TRIGGER sample_row_stays_1 BEFORE UPDATE ON @.sample_row
  EXECUTE FUNCTION @.refuse('kept samples never change');
CREATE TRIGGER sample_row_stays_2 BEFORE DELETE OR TRUNCATE ON @.sample_row
  EXECUTE FUNCTION @.refuse('kept samples never go');
CREATE TRIGGER sample_row_follows BEFORE INSERT ON @.sample_row
  FOR EACH ROW EXECUTE FUNCTION @.refuse_sample_row_that_does_not_follow();

ALTER TABLE @.kept_check ENABLE ALWAYS TRIGGER kept_check_stays_1;
ALTER TABLE @.kept_check ENABLE ALWAYS TRIGGER kept_check_stays_2;
ALTER TABLE @.kept_check ENABLE ALWAYS TRIGGER kept_check_follows;
ALTER TABLE @.sample_version ENABLE ALWAYS TRIGGER sample_version_stays_1;
ALTER TABLE @.sample_version ENABLE ALWAYS TRIGGER sample_version_stays_2;
ALTER TABLE @.sample_version ENABLE ALWAYS TRIGGER sample_version_follows;
ALTER TABLE @.sample_row ENABLE ALWAYS TRIGGER sample_row_stays_1;
ALTER TABLE @.sample_row ENABLE ALWAYS TRIGGER sample_row_stays_2;
ALTER TABLE @.sample_row ENABLE ALWAYS TRIGGER sample_row_follows;
)sql";

// Land classes with validity.
constexpr const char* kLayout4 = R"sql(
CREATE TABLE @.land_class (
  county TEXT COLLATE "C" NOT NULL CHECK (county <> ''),
  entry BIGINT NOT NULL CHECK (entry > 0),
  town TEXT COLLATE "C" NOT NULL,
  land_class BIGINT NOT NULL CHECK (land_class BETWEEN 0 AND 15),
  first_day TEXT COLLATE "C" NOT NULL CHECK (first_day = to_char(first_day::date, 'YYYY-MM-DD')),
  until TEXT COLLATE "C"
    CHECK (until = to_char(until::date, 'YYYY-MM-DD') AND until > first_day),
  instrument TEXT COLLATE "C" NOT NULL CHECK (instrument <> ''),
  source TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
  source_sha256 TEXT COLLATE "C" NOT NULL CHECK (length(source_sha256) = 64),
  source_row BIGINT NOT NULL CHECK (source_row > 0),
  actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
  reason TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL
    CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'),
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (county, entry)
);

CREATE FUNCTION @.refuse_land_class_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
BEGIN
  IF EXISTS (SELECT 1 FROM @.land_class WHERE county = NEW.county AND entry = NEW.entry)
     OR (NEW.entry = 1 AND NEW.previous <> '')
     OR (NEW.entry > 1 AND NOT EXISTS (
       SELECT 1 FROM @.land_class WHERE county = NEW.county AND entry = NEW.entry - 1
         AND hash = NEW.previous AND recorded_at <= NEW.recorded_at)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $body$;

CREATE TRIGGER land_class_stays_1 BEFORE UPDATE ON @.land_class
  EXECUTE FUNCTION @.refuse('the log of land classes never changes');
CREATE TRIGGER land_class_stays_2 BEFORE DELETE OR TRUNCATE ON @.land_class
  EXECUTE FUNCTION @.refuse('the log of land classes never shrinks');
CREATE TRIGGER land_class_follows BEFORE INSERT ON @.land_class
  FOR EACH ROW EXECUTE FUNCTION @.refuse_land_class_that_does_not_follow();

ALTER TABLE @.land_class ENABLE ALWAYS TRIGGER land_class_stays_1;
ALTER TABLE @.land_class ENABLE ALWAYS TRIGGER land_class_stays_2;
ALTER TABLE @.land_class ENABLE ALWAYS TRIGGER land_class_follows;
)sql";

// People, as in SQLite.
constexpr const char* kLayout5 = R"sql(
CREATE TABLE @.person_event (
  entry BIGINT NOT NULL PRIMARY KEY CHECK (entry > 0),
  person_id TEXT COLLATE "C" NOT NULL CHECK (person_id <> ''),
  action TEXT COLLATE "C" NOT NULL CHECK (action IN ('added', 'changed', 'left')),
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('viewer', 'clerk', 'approver', 'admin')),
  county TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
  reason TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL
    CHECK (recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'),
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  CONSTRAINT own_id CHECK (action <> 'added' OR person_id = 'p' || entry::text)
);

CREATE FUNCTION @.refuse_person_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $body$
DECLARE
  last RECORD;
  mine RECORD;
BEGIN
  SELECT entry, hash, recorded_at INTO last FROM @.person_event ORDER BY entry DESC LIMIT 1;
  SELECT * INTO mine FROM @.person_event
    WHERE person_id = NEW.person_id ORDER BY entry DESC LIMIT 1;
  IF NEW.entry <> 1 + coalesce(last.entry, 0) OR NEW.previous <> coalesce(last.hash, '')
     OR NEW.recorded_at < coalesce(last.recorded_at, '') THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  IF NEW.action = 'added' AND EXISTS (
    SELECT 1 FROM @.person_event AS other
    WHERE lower(other.name) = lower(NEW.name) AND NOT EXISTS (
      SELECT 1 FROM @.person_event AS gone
      WHERE gone.person_id = other.person_id AND gone.action = 'left')) THEN
    RAISE EXCEPTION 'a person in force has that name';
  END IF;
  IF NEW.action <> 'added' AND NOT coalesce(
       mine.action <> 'left' AND mine.name = NEW.name
       AND (mine.role <> NEW.role OR mine.county <> NEW.county) = (NEW.action = 'changed'),
       false) THEN
    RAISE EXCEPTION 'only who is in force changes, and leaves as they are';
  END IF;
  RETURN NEW;
END $body$;

CREATE TRIGGER person_event_stays_1 BEFORE UPDATE ON @.person_event
  EXECUTE FUNCTION @.refuse('the log of people never changes');
CREATE TRIGGER person_event_stays_2 BEFORE DELETE OR TRUNCATE ON @.person_event
  EXECUTE FUNCTION @.refuse('the log of people never shrinks');
CREATE TRIGGER person_event_follows BEFORE INSERT ON @.person_event
  FOR EACH ROW EXECUTE FUNCTION @.refuse_person_that_does_not_follow();

ALTER TABLE @.person_event ENABLE ALWAYS TRIGGER person_event_stays_1;
ALTER TABLE @.person_event ENABLE ALWAYS TRIGGER person_event_stays_2;
ALTER TABLE @.person_event ENABLE ALWAYS TRIGGER person_event_follows;
)sql";

constexpr std::array kMigrations{kLayout1, kLayout2, kLayout3, kLayout4, kLayout5};

// Everything in a schema, by kind and name, as the server itself writes it. Names of schemas are
// taken out, so that a temporary one can be compared.
constexpr const char* kSchema = R"sql(
WITH relation AS (SELECT * FROM pg_class WHERE relnamespace = @),
found (name, text) AS (
  SELECT CASE relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'i' THEN 'index '
         ELSE 'relation ' END || relname,
    concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity,
      (SELECT count(*) FROM pg_inherits WHERE inhparent = r.oid OR inhrelid = r.oid),
      (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull,
              attidentity, attgenerated, collname), ', ' ORDER BY attnum)
       FROM pg_attribute LEFT JOIN pg_collation c ON c.oid = attcollation
       WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped),
      (SELECT string_agg(adnum || ' ' || pg_get_expr(adbin, adrelid), ', ' ORDER BY adnum)
       FROM pg_attrdef WHERE adrelid = r.oid),
      (SELECT string_agg(tgenabled::text, '' ORDER BY tgenabled) FROM pg_trigger
       WHERE tgrelid = r.oid AND tgisinternal),
      (SELECT concat_ws(' ', indisvalid, pg_get_indexdef(indexrelid)) FROM pg_index
       WHERE indexrelid = r.oid))
  FROM relation r WHERE relkind NOT IN ('t', 'c')
  UNION ALL
  SELECT 'constraint ' || relname || ' ' || conname,
    concat_ws(' ', convalidated, pg_get_constraintdef(k.oid))
  FROM pg_constraint k JOIN relation r ON r.oid = conrelid
  UNION ALL
  SELECT 'trigger ' || tgname, concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
  FROM pg_trigger t JOIN relation r ON r.oid = tgrelid WHERE NOT tgisinternal
  UNION ALL
  SELECT 'rule ' || relname || ' ' || rulename, concat_ws(' ', ev_enabled, pg_get_ruledef(w.oid))
  FROM pg_rewrite w JOIN relation r ON r.oid = ev_class
  UNION ALL
  SELECT 'policy ' || relname || ' ' || polname, ''
  FROM pg_policy p JOIN relation r ON r.oid = polrelid
  UNION ALL
  SELECT 'function ' || proname, concat_ws(' ', pg_get_function_arguments(p.oid), lanname,
    prosecdef, proconfig, prosrc)
  FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE pronamespace = @
)
SELECT name, regexp_replace(text, '(dijia|pg_temp(_[0-9]+)?)[.]', '', 'g') FROM found
)sql";

std::string WithSchema(std::string sql, const std::string& schema) {
  for (std::size_t at = sql.find('@'); at != std::string::npos; at = sql.find('@', at)) {
    sql.replace(at, 1, schema);
  }
  return sql;
}

Schema SchemaOf(PostgresDatabase& database, const std::string& schema) {
  Schema found;
  const auto rows = database.Ask(WithSchema(kSchema, schema), {});
  while (rows->Step()) found[rows->Words(0)] = rows->Words(1);
  return found;
}

}  // namespace

std::span<const char* const> PostgresMigrations() { return kMigrations; }

int LayoutOf(PostgresDatabase& database) {
  const bool is_blank = database.Number(
                            "SELECT count(*) FROM pg_class "
                            "WHERE relnamespace = to_regnamespace('dijia')") == 0;
  if (is_blank) return 0;
  if (database.Number("SELECT count(to_regclass('dijia.layout'))") == 0) {
    throw io::FileError({Code::kNotAStore, {}, {database.name()}});
  }
  const int layout =
      static_cast<int>(database.Number("SELECT coalesce(max(layout), 0) FROM dijia.layout"));
  ExpectKnown(database.name(), layout, static_cast<int>(kMigrations.size()));
  return layout;
}

int Migrate(PostgresDatabase& database) {
  // The lock of a county that there is not: two programs that migrate do so one after the other.
  Transaction transaction(database, {""});
  const int before = LayoutOf(database);
  if (database.Number("SELECT count(to_regnamespace('dijia'))") == 0) {
    database.Run("CREATE SCHEMA dijia");
  }
  for (std::size_t layout = static_cast<std::size_t>(before); layout < kMigrations.size();) {
    database.Run(WithSchema(kMigrations[layout], "dijia"));
    database.Run("INSERT INTO dijia.layout VALUES (" + std::to_string(++layout) + ")");
  }
  transaction.Commit();
  return before;
}

std::string FindAlteredLayout(PostgresDatabase& database) {
  const Transaction rolled_back(database, {});
  for (const char* migration : kMigrations) database.Run(WithSchema(migration, "pg_temp"));
  return FirstDifference(SchemaOf(database, "pg_my_temp_schema()"),
                         SchemaOf(database, "to_regnamespace('dijia')"));
}

}  // namespace dijia::store

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET client_min_messages = warning;
CREATE SCHEMA dijia;
CREATE FUNCTION dijia.refuse() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;
CREATE FUNCTION dijia.refuse_kept_check_that_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM dijia.kept_check WHERE county = NEW.county AND entry = NEW.entry)
     OR (NEW.entry = 1 AND NEW.previous <> '')
     OR (NEW.entry > 1 AND NOT EXISTS (
       SELECT 1 FROM dijia.kept_check WHERE county = NEW.county AND entry = NEW.entry - 1
         AND hash = NEW.previous AND recorded_at <= NEW.recorded_at)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dijia.refuse_key_that_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  last RECORD;
BEGIN
  SELECT entry, hash, recorded_at INTO last FROM dijia.key_event ORDER BY entry DESC LIMIT 1;
  IF NEW.entry <> 1 + coalesce(last.entry, 0) OR NEW.previous <> coalesce(last.hash, '')
     OR NEW.recorded_at < coalesce(last.recorded_at, '')
     OR (NEW.action = 'revoked' AND NOT EXISTS (
       SELECT 1 FROM dijia.key_event AS added
       WHERE added.key_id = NEW.key_id AND added.action = 'added' AND added.name = NEW.name
         AND added.role = NEW.role AND added.county = NEW.county
         AND added.verifier = NEW.verifier)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dijia.refuse_land_class_that_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM dijia.land_class WHERE county = NEW.county AND entry = NEW.entry)
     OR (NEW.entry = 1 AND NEW.previous <> '')
     OR (NEW.entry > 1 AND NOT EXISTS (
       SELECT 1 FROM dijia.land_class WHERE county = NEW.county AND entry = NEW.entry - 1
         AND hash = NEW.previous AND recorded_at <= NEW.recorded_at)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dijia.refuse_person_that_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  last RECORD;
  mine RECORD;
BEGIN
  SELECT entry, hash, recorded_at INTO last FROM dijia.person_event ORDER BY entry DESC LIMIT 1;
  SELECT * INTO mine FROM dijia.person_event
    WHERE person_id = NEW.person_id ORDER BY entry DESC LIMIT 1;
  IF NEW.entry <> 1 + coalesce(last.entry, 0) OR NEW.previous <> coalesce(last.hash, '')
     OR NEW.recorded_at < coalesce(last.recorded_at, '') THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  IF NEW.action = 'added' AND EXISTS (
    SELECT 1 FROM dijia.person_event AS other
    WHERE lower(other.name) = lower(NEW.name) AND NOT EXISTS (
      SELECT 1 FROM dijia.person_event AS gone
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
END $$;
CREATE FUNCTION dijia.refuse_sample_row_that_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF NEW.number <> 1 + coalesce((SELECT max(number) FROM dijia.sample_row
                                 WHERE county = NEW.county), 0) THEN
    RAISE EXCEPTION 'a row follows the last one';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dijia.refuse_sample_version_that_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM dijia.sample_version WHERE county = NEW.county AND version = NEW.version)
     OR (NEW.version = 1 AND NEW.previous <> '')
     OR (NEW.version > 1 AND NOT EXISTS (
       SELECT 1 FROM dijia.sample_version WHERE county = NEW.county AND version = NEW.version - 1
         AND hash = NEW.previous AND recorded_at <= NEW.recorded_at)) THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dijia.refuse_what_does_not_follow() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  last RECORD;
  mine RECORD;
BEGIN
  SELECT entry, hash, recorded_at INTO last FROM dijia.event
    WHERE county = NEW.county ORDER BY entry DESC LIMIT 1;
  SELECT * INTO mine FROM dijia.event
    WHERE county = NEW.county AND publication = NEW.publication ORDER BY entry DESC LIMIT 1;
  IF NEW.entry <> 1 + coalesce(last.entry, 0) OR NEW.previous <> coalesce(last.hash, '')
     OR NEW.recorded_at < coalesce(last.recorded_at, '')
     OR NEW.status_before <> coalesce(mine.status, '') THEN
    RAISE EXCEPTION 'an entry follows the last one';
  END IF;
  IF NEW.status = 'published' AND EXISTS (
    SELECT 1 FROM dijia.event AS other
    WHERE other.county = NEW.county AND other.publication <> NEW.publication
      AND other.area = NEW.area AND other.status IN ('published', 'superseded')
      AND other.entry = (SELECT max(entry) FROM dijia.event WHERE county = other.county
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
END $$;
CREATE TABLE dijia.event (
    county text NOT NULL COLLATE pg_catalog."C",
    entry bigint NOT NULL,
    publication text NOT NULL COLLATE pg_catalog."C",
    area text NOT NULL COLLATE pg_catalog."C",
    status_before text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL COLLATE pg_catalog."C",
    evidence text NOT NULL COLLATE pg_catalog."C",
    first_day text NOT NULL COLLATE pg_catalog."C",
    stated_until text COLLATE pg_catalog."C",
    until text COLLATE pg_catalog."C",
    submitted_by text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    previous text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT another_person CHECK ((((status <> 'approved'::text) AND ((status <> 'published'::text) OR (status_before <> 'approved'::text))) OR (lower(actor) <> lower(submitted_by)))),
    CONSTRAINT event_actor_check CHECK ((actor <> ''::text)),
    CONSTRAINT event_entry_check CHECK ((entry > 0)),
    CONSTRAINT event_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT event_publication_check CHECK ((publication <> ''::text)),
    CONSTRAINT event_recorded_at_check CHECK ((recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'::text)),
    CONSTRAINT first_day_is_a_day CHECK ((first_day = to_char(((first_day)::date)::timestamp with time zone, 'YYYY-MM-DD'::text))),
    CONSTRAINT stated_until_is_a_day CHECK ((stated_until = to_char(((stated_until)::date)::timestamp with time zone, 'YYYY-MM-DD'::text))),
    CONSTRAINT submitter CHECK (((status <> 'submitted'::text) OR (submitted_by = actor))),
    CONSTRAINT until_is_a_later_day CHECK (((until = to_char(((until)::date)::timestamp with time zone, 'YYYY-MM-DD'::text)) AND (until > first_day)))
);
CREATE TABLE dijia.kept_check (
    county text NOT NULL COLLATE pg_catalog."C",
    entry bigint NOT NULL,
    case_id text NOT NULL COLLATE pg_catalog."C",
    judged_on text NOT NULL COLLATE pg_catalog."C",
    verdict text NOT NULL COLLATE pg_catalog."C",
    lawful_minimum text NOT NULL COLLATE pg_catalog."C",
    deciding_rule text NOT NULL COLLATE pg_catalog."C",
    clauses text NOT NULL COLLATE pg_catalog."C",
    missing text NOT NULL COLLATE pg_catalog."C",
    rules text NOT NULL COLLATE pg_catalog."C",
    rules_version text NOT NULL COLLATE pg_catalog."C",
    rules_sha256 text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    previous text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    given text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT judged_on_is_a_day CHECK (
CASE
    WHEN (judged_on = ''::text) THEN true
    ELSE (judged_on = to_char(((judged_on)::date)::timestamp with time zone, 'YYYY-MM-DD'::text))
END),
    CONSTRAINT kept_check_actor_check CHECK ((actor <> ''::text)),
    CONSTRAINT kept_check_county_check CHECK ((county <> ''::text)),
    CONSTRAINT kept_check_entry_check CHECK ((entry > 0)),
    CONSTRAINT kept_check_given_check CHECK ((given <> ''::text)),
    CONSTRAINT kept_check_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT kept_check_recorded_at_check CHECK ((recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'::text)),
    CONSTRAINT kept_check_rules_sha256_check CHECK ((length(rules_sha256) = 64)),
    CONSTRAINT kept_check_verdict_check CHECK ((verdict = ANY (ARRAY['lawful'::text, 'unlawful'::text, 'needs_facts'::text, 'conflict_review'::text, 'not_applicable'::text])))
);
CREATE TABLE dijia.kept_text (
    county text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    bytes bytea NOT NULL,
    CONSTRAINT kept_text_sha256_check CHECK ((length(sha256) = 64))
);
CREATE TABLE dijia.key_event (
    entry bigint NOT NULL,
    key_id text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    county text NOT NULL COLLATE pg_catalog."C",
    verifier text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    previous text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT key_event_action_check CHECK ((action = ANY (ARRAY['added'::text, 'revoked'::text]))),
    CONSTRAINT key_event_actor_check CHECK ((actor <> ''::text)),
    CONSTRAINT key_event_entry_check CHECK ((entry > 0)),
    CONSTRAINT key_event_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT key_event_key_id_check CHECK ((key_id <> ''::text)),
    CONSTRAINT key_event_name_check CHECK ((name <> ''::text)),
    CONSTRAINT key_event_recorded_at_check CHECK ((recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'::text)),
    CONSTRAINT key_event_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'clerk'::text, 'approver'::text, 'admin'::text]))),
    CONSTRAINT key_event_verifier_check CHECK ((verifier <> ''::text))
);
CREATE TABLE dijia.land_class (
    county text NOT NULL COLLATE pg_catalog."C",
    entry bigint NOT NULL,
    town text NOT NULL COLLATE pg_catalog."C",
    land_class bigint NOT NULL,
    first_day text NOT NULL COLLATE pg_catalog."C",
    until text COLLATE pg_catalog."C",
    instrument text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    source_sha256 text NOT NULL COLLATE pg_catalog."C",
    source_row bigint NOT NULL,
    actor text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    previous text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT land_class_actor_check CHECK ((actor <> ''::text)),
    CONSTRAINT land_class_check CHECK (((until = to_char(((until)::date)::timestamp with time zone, 'YYYY-MM-DD'::text)) AND (until > first_day))),
    CONSTRAINT land_class_county_check CHECK ((county <> ''::text)),
    CONSTRAINT land_class_entry_check CHECK ((entry > 0)),
    CONSTRAINT land_class_first_day_check CHECK ((first_day = to_char(((first_day)::date)::timestamp with time zone, 'YYYY-MM-DD'::text))),
    CONSTRAINT land_class_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT land_class_instrument_check CHECK ((instrument <> ''::text)),
    CONSTRAINT land_class_land_class_check CHECK (((land_class >= 0) AND (land_class <= 15))),
    CONSTRAINT land_class_recorded_at_check CHECK ((recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'::text)),
    CONSTRAINT land_class_source_check CHECK ((source <> ''::text)),
    CONSTRAINT land_class_source_row_check CHECK ((source_row > 0)),
    CONSTRAINT land_class_source_sha256_check CHECK ((length(source_sha256) = 64))
);
CREATE TABLE dijia.layout (
    layout integer NOT NULL
);
CREATE TABLE dijia.permitted (
    status_before text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW dijia.person AS
 SELECT event.county,
    event.actor,
    min(event.recorded_at) AS first_at,
    max(event.recorded_at) AS last_at,
    count(*) AS entries
   FROM dijia.event
  GROUP BY event.county, event.actor;
CREATE TABLE dijia.person_event (
    entry bigint NOT NULL,
    person_id text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    county text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    previous text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT own_id CHECK (((action <> 'added'::text) OR (person_id = ('p'::text || (entry)::text)))),
    CONSTRAINT person_event_action_check CHECK ((action = ANY (ARRAY['added'::text, 'changed'::text, 'left'::text]))),
    CONSTRAINT person_event_actor_check CHECK ((actor <> ''::text)),
    CONSTRAINT person_event_entry_check CHECK ((entry > 0)),
    CONSTRAINT person_event_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT person_event_name_check CHECK ((name <> ''::text)),
    CONSTRAINT person_event_person_id_check CHECK ((person_id <> ''::text)),
    CONSTRAINT person_event_recorded_at_check CHECK ((recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'::text)),
    CONSTRAINT person_event_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'clerk'::text, 'approver'::text, 'admin'::text])))
);
CREATE TABLE dijia.sample_row (
    county text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    version bigint NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    cells text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT sample_row_cells_check CHECK ((cells <> ''::text)),
    CONSTRAINT sample_row_number_check CHECK ((number > 0)),
    CONSTRAINT sample_row_sha256_check CHECK ((length(sha256) = 64))
);
CREATE TABLE dijia.sample_version (
    county text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    source_sha256 text NOT NULL COLLATE pg_catalog."C",
    mapping text NOT NULL COLLATE pg_catalog."C",
    rows bigint NOT NULL,
    added bigint NOT NULL,
    content text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    previous text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    header text NOT NULL COLLATE pg_catalog."C",
    members text NOT NULL COLLATE pg_catalog."C",
    source_rows text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT sample_version_actor_check CHECK ((actor <> ''::text)),
    CONSTRAINT sample_version_check CHECK (((added >= 0) AND (added <= rows))),
    CONSTRAINT sample_version_content_check CHECK ((length(content) = 64)),
    CONSTRAINT sample_version_county_check CHECK ((county <> ''::text)),
    CONSTRAINT sample_version_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT sample_version_header_check CHECK ((header <> ''::text)),
    CONSTRAINT sample_version_mapping_check CHECK ((mapping <> ''::text)),
    CONSTRAINT sample_version_members_check CHECK ((members <> ''::text)),
    CONSTRAINT sample_version_recorded_at_check CHECK ((recorded_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$'::text)),
    CONSTRAINT sample_version_rows_check CHECK ((rows > 0)),
    CONSTRAINT sample_version_source_check CHECK ((source <> ''::text)),
    CONSTRAINT sample_version_source_rows_check CHECK ((source_rows <> ''::text)),
    CONSTRAINT sample_version_source_sha256_check CHECK ((length(source_sha256) = 64)),
    CONSTRAINT sample_version_version_check CHECK ((version > 0))
);
INSERT INTO dijia.event VALUES ('150428', 1, 'klq-2023', '', '', 'draft', 'c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2023-07-01', NULL, NULL, '', '张三', '首次入库', '2026-11-27T01:46:08.970290Z', '', '5c30a3139e38253ebcda027fedfbe1d096e4cb801913456e4a0e28f5796af7c4');
INSERT INTO dijia.event VALUES ('150428', 2, 'klq-2026', '', '', 'draft', '716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2026-07-01', NULL, NULL, '', '张三', '首次入库', '2026-11-27T01:46:08.970290Z', '5c30a3139e38253ebcda027fedfbe1d096e4cb801913456e4a0e28f5796af7c4', '391bd508f576dc176523f07b8fe5c8e767f5f624a1d0b647d84abd0db8e0c910');
INSERT INTO dijia.event VALUES ('150428', 3, 'klq-2023', '', 'draft', 'submitted', 'c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2023-07-01', NULL, NULL, '张三', '张三', '', '2026-11-27T01:46:09.375650Z', '391bd508f576dc176523f07b8fe5c8e767f5f624a1d0b647d84abd0db8e0c910', '362fbdd0fe7c9316ba17d99ede956554f54ca554b4bcfd1268a37115d198df73');
INSERT INTO dijia.event VALUES ('150428', 4, 'klq-2023', '', 'submitted', 'approved', 'c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2023-07-01', NULL, NULL, '张三', '李四', '核对无误', '2026-11-27T01:46:09.739145Z', '362fbdd0fe7c9316ba17d99ede956554f54ca554b4bcfd1268a37115d198df73', 'e542286d3449a31e83c407ac81a1d5933a5deab2e8da7084a51f2a83b3ce33c9');
INSERT INTO dijia.event VALUES ('150428', 5, 'klq-2023', '', 'approved', 'published', 'c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2023-07-01', NULL, NULL, '张三', '王五', '', '2026-11-27T01:46:10.122006Z', 'e542286d3449a31e83c407ac81a1d5933a5deab2e8da7084a51f2a83b3ce33c9', '78bff4fe09c3e2f4a7c73e60bbe1abcbc2e2d414658fadfa322b39f931c479a5');
INSERT INTO dijia.event VALUES ('150428', 6, 'klq-2026', '', 'draft', 'submitted', '716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2026-07-01', NULL, NULL, '张三', '张三', '', '2026-11-27T01:46:10.480437Z', '78bff4fe09c3e2f4a7c73e60bbe1abcbc2e2d414658fadfa322b39f931c479a5', 'b259c08b83c35e650d7a82f25c161aa4c52378979cb389b7f99438aa267da2c8');
INSERT INTO dijia.event VALUES ('150428', 7, 'klq-2026', '', 'submitted', 'approved', '716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2026-07-01', NULL, NULL, '张三', '李四', '核对无误', '2026-11-27T01:46:11.086155Z', 'b259c08b83c35e650d7a82f25c161aa4c52378979cb389b7f99438aa267da2c8', '78c19b9c3d328b5331645e88adc574e0bc1d7367bdfc7b334e9c47382e69afc6');
INSERT INTO dijia.event VALUES ('150428', 8, 'klq-2023', '', 'published', 'superseded', 'c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2023-07-01', NULL, '2026-07-01', '张三', '王五', '', '2026-11-27T01:46:11.925689Z', '78c19b9c3d328b5331645e88adc574e0bc1d7367bdfc7b334e9c47382e69afc6', '896bdf9f4c58e47d676aef820aa68870710be832bfb95013c74942db6f4843e4');
INSERT INTO dijia.event VALUES ('150428', 9, 'klq-2026', '', 'approved', 'published', '716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
', '2026-07-01', NULL, NULL, '张三', '王五', '', '2026-11-27T01:46:11.925689Z', '896bdf9f4c58e47d676aef820aa68870710be832bfb95013c74942db6f4843e4', 'c39c6c8b612f4c422ca2fd7473e685b8cd78e6e47032f00554c46317e33fe2c4');
INSERT INTO dijia.kept_check VALUES ('150428', 1, '一', '2023-05-01', 'lawful', '84', 'industrial.minimum_price', 'lawful	industrial.minimum_price	307-1	国土资发〔2006〕307号 一、二
lawful	industrial.cost_floor	56-5-cost	国土资发〔2009〕56号 五', '', 'cn-150000', '2026.11.0', 'a020fed5b859042e0931f5528d67c4814719e70997a3ec9656df6af780bded42', '张三', '版式3', '2026-11-27T12:26:37.966014Z', '', '5ad0401ae336d11cf5590a27b330250c3896a926c72512fb70f53b1447d3b4c2', '{"case_id": "一", "county": "150428", "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "land_class": 14, "area_sqm": 10000, "term_years": 50, "price": {"amount": 84, "unit": "yuan_per_sqm", "kind": "reserve"}, "rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, "facts": {"priority_industry_listed": false, "agri_processing_listed": false, "inside_planned_area": true, "land_origin": "construction"}}');
INSERT INTO dijia.kept_check VALUES ('150428', 2, '二', '2023-05-01', 'unlawful', '84', 'industrial.minimum_price', 'unlawful	industrial.minimum_price	307-1	国土资发〔2006〕307号 一、二
lawful	industrial.cost_floor	56-5-cost	国土资发〔2009〕56号 五', '', 'cn-150000', '2026.11.0', 'a020fed5b859042e0931f5528d67c4814719e70997a3ec9656df6af780bded42', '张三', '版式3', '2026-11-27T12:26:37.966014Z', '5ad0401ae336d11cf5590a27b330250c3896a926c72512fb70f53b1447d3b4c2', '1660d038b0dfb93a7b043615e2d911136ce0f9d501f763a764cbdf08af31ce25', '{"case_id": "二", "county": "150428", "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "land_class": 14, "area_sqm": 10000, "term_years": 50, "price": {"amount": 83.99, "unit": "yuan_per_sqm", "kind": "reserve"}, "rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, "facts": {"priority_industry_listed": false, "agri_processing_listed": false, "inside_planned_area": true, "land_origin": "construction"}}');
INSERT INTO dijia.kept_text VALUES ('150428', 'c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2', '\x7b2261726561223a22222c22626173655f64617465223a22323032332d30312d3031222c22636f756e7479223a22313530343238222c22646f63756d656e745f6e6f223a22e59680e694bfe58f91e3809432303233e3809531e58fb7222c226566666563746976655f66726f6d223a22323032332d30372d3031222c226566666563746976655f756e74696c223a6e756c6c2c22666f726d6174223a2264696a69612d7075626c69636174696f6e2f31222c226964223a226b6c712d32303233222c227072696d6172795f756e6974223a227975616e5f7065725f73716d222c22726f756e64696e67223a7b22756e69745f7072696365223a7b22696e74657276616c223a2231222c226d6f6465223a2268616c665f7570227d7d2c22737461747573223a226472616674222c227469746c65223a22e59f8ee99587e59fbae58786e59cb0e4bbb7222c2275736573223a7b227265736964656e7469616c223a7b226361706974616c697a6174696f6e5f72617465223a22302e3036222c22636f656666696369656e7473223a7b7d2c22646576656c6f706d656e745f6c6576656c223a22e4ba94e9809ae4b880e5b9b3222c22666f726d756c61223a7b22616464223a5b5d2c2270726f64756374223a5b5d7d2c22677261646573223a5b7b22666172223a2232222c226772616465223a312c227072696365223a22373930227d5d2c226e616d65223a22e5b185e4bd8fe794a8e59cb0222c227465726d5f7965617273223a223730227d7d7d');
INSERT INTO dijia.kept_text VALUES ('150428', '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470', '\x612c620a312c320a');
INSERT INTO dijia.kept_text VALUES ('150428', '716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6', '\x7b2261726561223a22222c22626173655f64617465223a22323032362d30312d3031222c22636f756e7479223a22313530343238222c22646f63756d656e745f6e6f223a22e59680e694bfe58f91e3809432303233e3809531e58fb7222c226566666563746976655f66726f6d223a22323032362d30372d3031222c226566666563746976655f756e74696c223a6e756c6c2c22666f726d6174223a2264696a69612d7075626c69636174696f6e2f31222c226964223a226b6c712d32303236222c227072696d6172795f756e6974223a227975616e5f7065725f73716d222c22726f756e64696e67223a7b22756e69745f7072696365223a7b22696e74657276616c223a2231222c226d6f6465223a2268616c665f7570227d7d2c22737461747573223a226472616674222c227469746c65223a22e59f8ee99587e59fbae58786e59cb0e4bbb7222c2275736573223a7b227265736964656e7469616c223a7b226361706974616c697a6174696f6e5f72617465223a22302e3036222c22636f656666696369656e7473223a7b7d2c22646576656c6f706d656e745f6c6576656c223a22e4ba94e9809ae4b880e5b9b3222c22666f726d756c61223a7b22616464223a5b5d2c2270726f64756374223a5b5d7d2c22677261646573223a5b7b22666172223a2232222c226772616465223a312c227072696365223a22383230227d5d2c226e616d65223a22e5b185e4bd8fe794a8e59cb0222c227465726d5f7965617273223a223730227d7d7d');
INSERT INTO dijia.key_event VALUES (1, 'k1', 'added', '张三', 'clerk', '150428', 'scrypt:16384:8:1:b37d7dcbfec6afa5db0da9438cc0640a:4e7bb7aa1478f1c72719c843329495612d475b4e62ebca9c34138b135bd0f7a0', '管理员', '新同事', '2026-11-27T06:30:01.000001Z', '', '7a4a000a3f05ae0258d09407a3d8d9ef5267b0ad8993278c6ab322d98dcbf40c');
INSERT INTO dijia.key_event VALUES (2, 'k1', 'revoked', '张三', 'clerk', '150428', 'scrypt:16384:8:1:b37d7dcbfec6afa5db0da9438cc0640a:4e7bb7aa1478f1c72719c843329495612d475b4e62ebca9c34138b135bd0f7a0', '管理员', '离任', '2026-11-27T06:30:02.000002Z', '7a4a000a3f05ae0258d09407a3d8d9ef5267b0ad8993278c6ab322d98dcbf40c', '6237e558a7aca40f053a9d4f11580226d6b1d63defce3d9d6c273901116b5508');
INSERT INTO dijia.key_event VALUES (3, 'k3', 'added', '交易平台', 'viewer', '', 'scrypt:16384:8:1:e555cc8c4fe6ba08c919803f2e08a9ea:4e8ff45efd3269f9f29521f5278e515111b4477ae574b6d3be31ecb77583e3fe', '管理员', '', '2026-11-27T06:30:03.000003Z', '6237e558a7aca40f053a9d4f11580226d6b1d63defce3d9d6c273901116b5508', '887d4c045f6db1641e3c3a7a0adeee992eb7c29ba4e57973ea52bfb6de9136fa');
INSERT INTO dijia.land_class VALUES ('150428', 1, '', 13, '2007-01-01', '2024-01-01', '示例〔2006〕1号 附件', '等别.csv', '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', 2, '张三', '录入', '2026-03-01T08:00:00.000000Z', '', 'b0207991e18679e527dab7d6aea4651785e3f187ade66cc514b2745dc58c6ee9');
INSERT INTO dijia.land_class VALUES ('150428', 2, '某镇', 12, '2007-01-01', NULL, '示例〔2006〕1号 附件', '等别.csv', '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', 3, '张三', '录入', '2026-03-01T08:00:00.000000Z', 'b0207991e18679e527dab7d6aea4651785e3f187ade66cc514b2745dc58c6ee9', 'e7d9fda755e7760d3703a3480416d7312bce7b892c79d4692586a5b565976cdb');
INSERT INTO dijia.layout VALUES (1);
INSERT INTO dijia.layout VALUES (2);
INSERT INTO dijia.layout VALUES (3);
INSERT INTO dijia.layout VALUES (4);
INSERT INTO dijia.layout VALUES (5);
INSERT INTO dijia.permitted VALUES ('', 'draft');
INSERT INTO dijia.permitted VALUES ('draft', 'draft');
INSERT INTO dijia.permitted VALUES ('draft', 'submitted');
INSERT INTO dijia.permitted VALUES ('draft', 'withdrawn');
INSERT INTO dijia.permitted VALUES ('submitted', 'approved');
INSERT INTO dijia.permitted VALUES ('submitted', 'withdrawn');
INSERT INTO dijia.permitted VALUES ('approved', 'published');
INSERT INTO dijia.permitted VALUES ('approved', 'withdrawn');
INSERT INTO dijia.permitted VALUES ('published', 'superseded');
INSERT INTO dijia.permitted VALUES ('published', 'withdrawn');
INSERT INTO dijia.permitted VALUES ('superseded', 'published');
INSERT INTO dijia.person_event VALUES (1, 'p1', 'added', '张三', 'clerk', '150428', '管理员', '新同事', '2026-11-28T06:30:01.000001Z', '', 'ce23cdf51ed88eaba8a4cb10c26f13929ae125f2bcc99c7559a648cf6cc9b50b');
INSERT INTO dijia.person_event VALUES (2, 'p2', 'added', '李四', 'approver', '', '管理员', '', '2026-11-28T06:30:02.000002Z', 'ce23cdf51ed88eaba8a4cb10c26f13929ae125f2bcc99c7559a648cf6cc9b50b', '4650718637c1c690facc040b384489e3ec4c760aefde163ae9e9c5a15f242c4d');
INSERT INTO dijia.person_event VALUES (3, 'p1', 'changed', '张三', 'approver', '', '管理员', '升任', '2026-11-28T06:30:03.000003Z', '4650718637c1c690facc040b384489e3ec4c760aefde163ae9e9c5a15f242c4d', '9b5bdd3d2208958a0034f1999167961c5abecc886e8d9171ca39462adb18f7e8');
INSERT INTO dijia.person_event VALUES (4, 'p2', 'left', '李四', 'approver', '', '管理员', '退休', '2026-11-28T06:30:04.000004Z', '9b5bdd3d2208958a0034f1999167961c5abecc886e8d9171ca39462adb18f7e8', 'a188f5b245134d1b58153682c69b0cb5760916225d4006223fa35da8f5a7940f');
INSERT INTO dijia.sample_row VALUES ('150428', 1, 1, '0885aa046c22416d1feee405a7663bdc3dcb777d853164454c6a7d2ff027a6d8', '1,居住,一级,2024-03-01,800,元/平方米');
INSERT INTO dijia.sample_row VALUES ('150428', 2, 1, '319e2748d874f0f045e343f3a76f74299fb0fdf46e0c7a6c17a113e816f6eee3', '2,居住,一级,2024-03-02,810,元/平方米');
INSERT INTO dijia.sample_row VALUES ('150428', 3, 2, '34dde23d48b155156cef2f3d8f3d97e403f995e97f94d6f221340f88b6ff6d1d', '3,居住,二级,2024-03-03,700,元/平方米');
INSERT INTO dijia.sample_version VALUES ('150428', 1, 'one.csv', '2108a07e3993fc756bb1091b2ef82549a35cc3ef024c4ef8374940c323ea10f9', 'canonical', 2, 2, '2108a07e3993fc756bb1091b2ef82549a35cc3ef024c4ef8374940c323ea10f9', '张三', '', '2026-11-27T12:26:38.048974Z', '', '7382579856a4125524c71606c90866c8b596777564c7d668165b275f6953f48f', '样点编号,用途,级别,成交日期,成交价格,价格单位', '1-2', '2-3');
INSERT INTO dijia.sample_version VALUES ('150428', 2, 'two.csv', 'afe200226e6d4ec3647fa3e34a4619cd8a5cb772e16e5bdec9119fb78d552726', 'canonical', 3, 1, 'afe200226e6d4ec3647fa3e34a4619cd8a5cb772e16e5bdec9119fb78d552726', '李四', '', '2026-11-27T12:26:38.118902Z', '7382579856a4125524c71606c90866c8b596777564c7d668165b275f6953f48f', 'ec75cfd85412dffd859c127ea93e2262748e0cd982861a9fc80cf48614dd7722', '样点编号,用途,级别,成交日期,成交价格,价格单位', '1-3', '2-4');
ALTER TABLE ONLY dijia.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (county, entry);
ALTER TABLE ONLY dijia.kept_check
    ADD CONSTRAINT kept_check_pkey PRIMARY KEY (county, entry);
ALTER TABLE ONLY dijia.kept_text
    ADD CONSTRAINT kept_text_pkey PRIMARY KEY (county, sha256);
ALTER TABLE ONLY dijia.key_event
    ADD CONSTRAINT key_event_key_id_action_key UNIQUE (key_id, action);
ALTER TABLE ONLY dijia.key_event
    ADD CONSTRAINT key_event_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY dijia.land_class
    ADD CONSTRAINT land_class_pkey PRIMARY KEY (county, entry);
ALTER TABLE ONLY dijia.layout
    ADD CONSTRAINT layout_pkey PRIMARY KEY (layout);
ALTER TABLE ONLY dijia.permitted
    ADD CONSTRAINT permitted_pkey PRIMARY KEY (status_before, status);
ALTER TABLE ONLY dijia.person_event
    ADD CONSTRAINT person_event_pkey PRIMARY KEY (entry);
ALTER TABLE ONLY dijia.sample_row
    ADD CONSTRAINT sample_row_county_sha256_key UNIQUE (county, sha256);
ALTER TABLE ONLY dijia.sample_row
    ADD CONSTRAINT sample_row_pkey PRIMARY KEY (county, number);
ALTER TABLE ONLY dijia.sample_version
    ADD CONSTRAINT sample_version_pkey PRIMARY KEY (county, version);
CREATE INDEX event_of_publication ON dijia.event USING btree (county, publication, entry);
CREATE TRIGGER event_follows BEFORE INSERT ON dijia.event FOR EACH ROW EXECUTE FUNCTION dijia.refuse_what_does_not_follow();
ALTER TABLE dijia.event ENABLE ALWAYS TRIGGER event_follows;
CREATE TRIGGER event_stays_1 BEFORE UPDATE ON dijia.event FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log never changes');
ALTER TABLE dijia.event ENABLE ALWAYS TRIGGER event_stays_1;
CREATE TRIGGER event_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.event FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log never shrinks');
ALTER TABLE dijia.event ENABLE ALWAYS TRIGGER event_stays_2;
CREATE TRIGGER kept_check_follows BEFORE INSERT ON dijia.kept_check FOR EACH ROW EXECUTE FUNCTION dijia.refuse_kept_check_that_does_not_follow();
ALTER TABLE dijia.kept_check ENABLE ALWAYS TRIGGER kept_check_follows;
CREATE TRIGGER kept_check_stays_1 BEFORE UPDATE ON dijia.kept_check FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept checks never change');
ALTER TABLE dijia.kept_check ENABLE ALWAYS TRIGGER kept_check_stays_1;
CREATE TRIGGER kept_check_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.kept_check FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept checks never go');
ALTER TABLE dijia.kept_check ENABLE ALWAYS TRIGGER kept_check_stays_2;
CREATE TRIGGER kept_text_stays_1 BEFORE UPDATE ON dijia.kept_text FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept texts never change');
ALTER TABLE dijia.kept_text ENABLE ALWAYS TRIGGER kept_text_stays_1;
CREATE TRIGGER kept_text_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.kept_text FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept texts never go');
ALTER TABLE dijia.kept_text ENABLE ALWAYS TRIGGER kept_text_stays_2;
CREATE TRIGGER key_event_follows BEFORE INSERT ON dijia.key_event FOR EACH ROW EXECUTE FUNCTION dijia.refuse_key_that_does_not_follow();
ALTER TABLE dijia.key_event ENABLE ALWAYS TRIGGER key_event_follows;
CREATE TRIGGER key_event_stays_1 BEFORE UPDATE ON dijia.key_event FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log of keys never changes');
ALTER TABLE dijia.key_event ENABLE ALWAYS TRIGGER key_event_stays_1;
CREATE TRIGGER key_event_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.key_event FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log of keys never shrinks');
ALTER TABLE dijia.key_event ENABLE ALWAYS TRIGGER key_event_stays_2;
CREATE TRIGGER land_class_follows BEFORE INSERT ON dijia.land_class FOR EACH ROW EXECUTE FUNCTION dijia.refuse_land_class_that_does_not_follow();
ALTER TABLE dijia.land_class ENABLE ALWAYS TRIGGER land_class_follows;
CREATE TRIGGER land_class_stays_1 BEFORE UPDATE ON dijia.land_class FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log of land classes never changes');
ALTER TABLE dijia.land_class ENABLE ALWAYS TRIGGER land_class_stays_1;
CREATE TRIGGER land_class_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.land_class FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log of land classes never shrinks');
ALTER TABLE dijia.land_class ENABLE ALWAYS TRIGGER land_class_stays_2;
CREATE TRIGGER layout_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON dijia.layout FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('layouts never go');
ALTER TABLE dijia.layout ENABLE ALWAYS TRIGGER layout_stays;
CREATE TRIGGER permitted_stays BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON dijia.permitted FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the lifecycle is fixed');
ALTER TABLE dijia.permitted ENABLE ALWAYS TRIGGER permitted_stays;
CREATE TRIGGER person_event_follows BEFORE INSERT ON dijia.person_event FOR EACH ROW EXECUTE FUNCTION dijia.refuse_person_that_does_not_follow();
ALTER TABLE dijia.person_event ENABLE ALWAYS TRIGGER person_event_follows;
CREATE TRIGGER person_event_stays_1 BEFORE UPDATE ON dijia.person_event FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log of people never changes');
ALTER TABLE dijia.person_event ENABLE ALWAYS TRIGGER person_event_stays_1;
CREATE TRIGGER person_event_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.person_event FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('the log of people never shrinks');
ALTER TABLE dijia.person_event ENABLE ALWAYS TRIGGER person_event_stays_2;
CREATE TRIGGER sample_row_follows BEFORE INSERT ON dijia.sample_row FOR EACH ROW EXECUTE FUNCTION dijia.refuse_sample_row_that_does_not_follow();
ALTER TABLE dijia.sample_row ENABLE ALWAYS TRIGGER sample_row_follows;
CREATE TRIGGER sample_row_stays_1 BEFORE UPDATE ON dijia.sample_row FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept samples never change');
ALTER TABLE dijia.sample_row ENABLE ALWAYS TRIGGER sample_row_stays_1;
CREATE TRIGGER sample_row_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.sample_row FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept samples never go');
ALTER TABLE dijia.sample_row ENABLE ALWAYS TRIGGER sample_row_stays_2;
CREATE TRIGGER sample_version_follows BEFORE INSERT ON dijia.sample_version FOR EACH ROW EXECUTE FUNCTION dijia.refuse_sample_version_that_does_not_follow();
ALTER TABLE dijia.sample_version ENABLE ALWAYS TRIGGER sample_version_follows;
CREATE TRIGGER sample_version_stays_1 BEFORE UPDATE ON dijia.sample_version FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept samples never change');
ALTER TABLE dijia.sample_version ENABLE ALWAYS TRIGGER sample_version_stays_1;
CREATE TRIGGER sample_version_stays_2 BEFORE DELETE OR TRUNCATE ON dijia.sample_version FOR EACH STATEMENT EXECUTE FUNCTION dijia.refuse('kept samples never go');
ALTER TABLE dijia.sample_version ENABLE ALWAYS TRIGGER sample_version_stays_2;
ALTER TABLE ONLY dijia.event
    ADD CONSTRAINT event_county_content_fkey FOREIGN KEY (county, content) REFERENCES dijia.kept_text(county, sha256);
ALTER TABLE ONLY dijia.event
    ADD CONSTRAINT event_status_before_status_fkey FOREIGN KEY (status_before, status) REFERENCES dijia.permitted(status_before, status);
ALTER TABLE ONLY dijia.sample_row
    ADD CONSTRAINT sample_row_county_version_fkey FOREIGN KEY (county, version) REFERENCES dijia.sample_version(county, version);

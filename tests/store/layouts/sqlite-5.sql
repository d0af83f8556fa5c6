PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1684695393;
PRAGMA user_version = 5;
PRAGMA journal_mode = WAL;
BEGIN TRANSACTION;
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
INSERT INTO "event" VALUES('150428',1,'klq-2023','','','draft','c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2023-07-01',NULL,NULL,'','张三','首次入库','2026-11-27T01:46:08.970290Z','','5c30a3139e38253ebcda027fedfbe1d096e4cb801913456e4a0e28f5796af7c4');
INSERT INTO "event" VALUES('150428',2,'klq-2026','','','draft','716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2026-07-01',NULL,NULL,'','张三','首次入库','2026-11-27T01:46:08.970290Z','5c30a3139e38253ebcda027fedfbe1d096e4cb801913456e4a0e28f5796af7c4','391bd508f576dc176523f07b8fe5c8e767f5f624a1d0b647d84abd0db8e0c910');
INSERT INTO "event" VALUES('150428',3,'klq-2023','','draft','submitted','c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2023-07-01',NULL,NULL,'张三','张三','','2026-11-27T01:46:09.375650Z','391bd508f576dc176523f07b8fe5c8e767f5f624a1d0b647d84abd0db8e0c910','362fbdd0fe7c9316ba17d99ede956554f54ca554b4bcfd1268a37115d198df73');
INSERT INTO "event" VALUES('150428',4,'klq-2023','','submitted','approved','c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2023-07-01',NULL,NULL,'张三','李四','核对无误','2026-11-27T01:46:09.739145Z','362fbdd0fe7c9316ba17d99ede956554f54ca554b4bcfd1268a37115d198df73','e542286d3449a31e83c407ac81a1d5933a5deab2e8da7084a51f2a83b3ce33c9');
INSERT INTO "event" VALUES('150428',5,'klq-2023','','approved','published','c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2023-07-01',NULL,NULL,'张三','王五','','2026-11-27T01:46:10.122006Z','e542286d3449a31e83c407ac81a1d5933a5deab2e8da7084a51f2a83b3ce33c9','78bff4fe09c3e2f4a7c73e60bbe1abcbc2e2d414658fadfa322b39f931c479a5');
INSERT INTO "event" VALUES('150428',6,'klq-2026','','draft','submitted','716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2026-07-01',NULL,NULL,'张三','张三','','2026-11-27T01:46:10.480437Z','78bff4fe09c3e2f4a7c73e60bbe1abcbc2e2d414658fadfa322b39f931c479a5','b259c08b83c35e650d7a82f25c161aa4c52378979cb389b7f99438aa267da2c8');
INSERT INTO "event" VALUES('150428',7,'klq-2026','','submitted','approved','716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2026-07-01',NULL,NULL,'张三','李四','核对无误','2026-11-27T01:46:11.086155Z','b259c08b83c35e650d7a82f25c161aa4c52378979cb389b7f99438aa267da2c8','78c19b9c3d328b5331645e88adc574e0bc1d7367bdfc7b334e9c47382e69afc6');
INSERT INTO "event" VALUES('150428',8,'klq-2023','','published','superseded','c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2023-07-01',NULL,'2026-07-01','张三','王五','','2026-11-27T01:46:11.925689Z','78c19b9c3d328b5331645e88adc574e0bc1d7367bdfc7b334e9c47382e69afc6','896bdf9f4c58e47d676aef820aa68870710be832bfb95013c74942db6f4843e4');
INSERT INTO "event" VALUES('150428',9,'klq-2026','','approved','published','716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470  samples.csv
','2026-07-01',NULL,NULL,'张三','王五','','2026-11-27T01:46:11.925689Z','896bdf9f4c58e47d676aef820aa68870710be832bfb95013c74942db6f4843e4','c39c6c8b612f4c422ca2fd7473e685b8cd78e6e47032f00554c46317e33fe2c4');
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
INSERT INTO "kept_check" VALUES('150428',1,'一','2023-05-01','lawful','84','industrial.minimum_price','lawful	industrial.minimum_price	307-1	国土资发〔2006〕307号 一、二
lawful	industrial.cost_floor	56-5-cost	国土资发〔2009〕56号 五','','cn-150000','2026.11.0','a020fed5b859042e0931f5528d67c4814719e70997a3ec9656df6af780bded42','张三','版式3','2026-11-27T12:26:37.966014Z','','5ad0401ae336d11cf5590a27b330250c3896a926c72512fb70f53b1447d3b4c2','{"case_id": "一", "county": "150428", "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "land_class": 14, "area_sqm": 10000, "term_years": 50, "price": {"amount": 84, "unit": "yuan_per_sqm", "kind": "reserve"}, "rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, "facts": {"priority_industry_listed": false, "agri_processing_listed": false, "inside_planned_area": true, "land_origin": "construction"}}');
INSERT INTO "kept_check" VALUES('150428',2,'二','2023-05-01','unlawful','84','industrial.minimum_price','unlawful	industrial.minimum_price	307-1	国土资发〔2006〕307号 一、二
lawful	industrial.cost_floor	56-5-cost	国土资发〔2009〕56号 五','','cn-150000','2026.11.0','a020fed5b859042e0931f5528d67c4814719e70997a3ec9656df6af780bded42','张三','版式3','2026-11-27T12:26:37.966014Z','5ad0401ae336d11cf5590a27b330250c3896a926c72512fb70f53b1447d3b4c2','1660d038b0dfb93a7b043615e2d911136ce0f9d501f763a764cbdf08af31ce25','{"case_id": "二", "county": "150428", "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "land_class": 14, "area_sqm": 10000, "term_years": 50, "price": {"amount": 83.99, "unit": "yuan_per_sqm", "kind": "reserve"}, "rebates_yuan_per_sqm": 0, "cost_yuan_per_sqm": 40, "facts": {"priority_industry_listed": false, "agri_processing_listed": false, "inside_planned_area": true, "land_origin": "construction"}}');
CREATE TABLE kept_text (
  county TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL,
  PRIMARY KEY (county, sha256)
) STRICT;
INSERT INTO "kept_text" VALUES('150428','c7a686ba9fdb2232a227b83cf54291e4286ddea78acdf568176072b32080eee2',X'7B2261726561223A22222C22626173655F64617465223A22323032332D30312D3031222C22636F756E7479223A22313530343238222C22646F63756D656E745F6E6F223A22E59680E694BFE58F91E3809432303233E3809531E58FB7222C226566666563746976655F66726F6D223A22323032332D30372D3031222C226566666563746976655F756E74696C223A6E756C6C2C22666F726D6174223A2264696A69612D7075626C69636174696F6E2F31222C226964223A226B6C712D32303233222C227072696D6172795F756E6974223A227975616E5F7065725F73716D222C22726F756E64696E67223A7B22756E69745F7072696365223A7B22696E74657276616C223A2231222C226D6F6465223A2268616C665F7570227D7D2C22737461747573223A226472616674222C227469746C65223A22E59F8EE99587E59FBAE58786E59CB0E4BBB7222C2275736573223A7B227265736964656E7469616C223A7B226361706974616C697A6174696F6E5F72617465223A22302E3036222C22636F656666696369656E7473223A7B7D2C22646576656C6F706D656E745F6C6576656C223A22E4BA94E9809AE4B880E5B9B3222C22666F726D756C61223A7B22616464223A5B5D2C2270726F64756374223A5B5D7D2C22677261646573223A5B7B22666172223A2232222C226772616465223A312C227072696365223A22373930227D5D2C226E616D65223A22E5B185E4BD8FE794A8E59CB0222C227465726D5F7965617273223A223730227D7D7D');
INSERT INTO "kept_text" VALUES('150428','492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470',X'612C620A312C320A');
INSERT INTO "kept_text" VALUES('150428','716d675b63a2cfbb1e337e9cd4774c9e858048dc6568c09711a03b5c951fb4b6',X'7B2261726561223A22222C22626173655F64617465223A22323032362D30312D3031222C22636F756E7479223A22313530343238222C22646F63756D656E745F6E6F223A22E59680E694BFE58F91E3809432303233E3809531E58FB7222C226566666563746976655F66726F6D223A22323032362D30372D3031222C226566666563746976655F756E74696C223A6E756C6C2C22666F726D6174223A2264696A69612D7075626C69636174696F6E2F31222C226964223A226B6C712D32303236222C227072696D6172795F756E6974223A227975616E5F7065725F73716D222C22726F756E64696E67223A7B22756E69745F7072696365223A7B22696E74657276616C223A2231222C226D6F6465223A2268616C665F7570227D7D2C22737461747573223A226472616674222C227469746C65223A22E59F8EE99587E59FBAE58786E59CB0E4BBB7222C2275736573223A7B227265736964656E7469616C223A7B226361706974616C697A6174696F6E5F72617465223A22302E3036222C22636F656666696369656E7473223A7B7D2C22646576656C6F706D656E745F6C6576656C223A22E4BA94E9809AE4B880E5B9B3222C22666F726D756C61223A7B22616464223A5B5D2C2270726F64756374223A5B5D7D2C22677261646573223A5B7B22666172223A2232222C226772616465223A312C227072696365223A22383230227D5D2C226E616D65223A22E5B185E4BD8FE794A8E59CB0222C227465726D5F7965617273223A223730227D7D7D');
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
INSERT INTO "key_event" VALUES(1,'k1','added','张三','clerk','150428','scrypt:16384:8:1:b37d7dcbfec6afa5db0da9438cc0640a:4e7bb7aa1478f1c72719c843329495612d475b4e62ebca9c34138b135bd0f7a0','管理员','新同事','2026-11-27T06:30:01.000001Z','','7a4a000a3f05ae0258d09407a3d8d9ef5267b0ad8993278c6ab322d98dcbf40c');
INSERT INTO "key_event" VALUES(2,'k1','revoked','张三','clerk','150428','scrypt:16384:8:1:b37d7dcbfec6afa5db0da9438cc0640a:4e7bb7aa1478f1c72719c843329495612d475b4e62ebca9c34138b135bd0f7a0','管理员','离任','2026-11-27T06:30:02.000002Z','7a4a000a3f05ae0258d09407a3d8d9ef5267b0ad8993278c6ab322d98dcbf40c','6237e558a7aca40f053a9d4f11580226d6b1d63defce3d9d6c273901116b5508');
INSERT INTO "key_event" VALUES(3,'k3','added','交易平台','viewer','','scrypt:16384:8:1:e555cc8c4fe6ba08c919803f2e08a9ea:4e8ff45efd3269f9f29521f5278e515111b4477ae574b6d3be31ecb77583e3fe','管理员','','2026-11-27T06:30:03.000003Z','6237e558a7aca40f053a9d4f11580226d6b1d63defce3d9d6c273901116b5508','887d4c045f6db1641e3c3a7a0adeee992eb7c29ba4e57973ea52bfb6de9136fa');
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
INSERT INTO "land_class" VALUES('150428',1,'',13,'2007-01-01','2024-01-01','示例〔2006〕1号 附件','等别.csv','2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',2,'张三','录入','2026-03-01T08:00:00.000000Z','','b0207991e18679e527dab7d6aea4651785e3f187ade66cc514b2745dc58c6ee9');
INSERT INTO "land_class" VALUES('150428',2,'某镇',12,'2007-01-01',NULL,'示例〔2006〕1号 附件','等别.csv','2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',3,'张三','录入','2026-03-01T08:00:00.000000Z','b0207991e18679e527dab7d6aea4651785e3f187ade66cc514b2745dc58c6ee9','e7d9fda755e7760d3703a3480416d7312bce7b892c79d4692586a5b565976cdb');
CREATE TABLE permitted (
  status_before TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (status_before, status)
) STRICT, WITHOUT ROWID;
INSERT INTO "permitted" VALUES('','draft');
INSERT INTO "permitted" VALUES('approved','published');
INSERT INTO "permitted" VALUES('approved','withdrawn');
INSERT INTO "permitted" VALUES('draft','draft');
INSERT INTO "permitted" VALUES('draft','submitted');
INSERT INTO "permitted" VALUES('draft','withdrawn');
INSERT INTO "permitted" VALUES('published','superseded');
INSERT INTO "permitted" VALUES('published','withdrawn');
INSERT INTO "permitted" VALUES('submitted','approved');
INSERT INTO "permitted" VALUES('submitted','withdrawn');
INSERT INTO "permitted" VALUES('superseded','published');
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
INSERT INTO "person_event" VALUES(1,'p1','added','张三','clerk','150428','管理员','新同事','2026-11-28T06:30:01.000001Z','','ce23cdf51ed88eaba8a4cb10c26f13929ae125f2bcc99c7559a648cf6cc9b50b');
INSERT INTO "person_event" VALUES(2,'p2','added','李四','approver','','管理员','','2026-11-28T06:30:02.000002Z','ce23cdf51ed88eaba8a4cb10c26f13929ae125f2bcc99c7559a648cf6cc9b50b','4650718637c1c690facc040b384489e3ec4c760aefde163ae9e9c5a15f242c4d');
INSERT INTO "person_event" VALUES(3,'p1','changed','张三','approver','','管理员','升任','2026-11-28T06:30:03.000003Z','4650718637c1c690facc040b384489e3ec4c760aefde163ae9e9c5a15f242c4d','9b5bdd3d2208958a0034f1999167961c5abecc886e8d9171ca39462adb18f7e8');
INSERT INTO "person_event" VALUES(4,'p2','left','李四','approver','','管理员','退休','2026-11-28T06:30:04.000004Z','9b5bdd3d2208958a0034f1999167961c5abecc886e8d9171ca39462adb18f7e8','a188f5b245134d1b58153682c69b0cb5760916225d4006223fa35da8f5a7940f');
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
INSERT INTO "sample_row" VALUES('150428',1,1,'0885aa046c22416d1feee405a7663bdc3dcb777d853164454c6a7d2ff027a6d8','1,居住,一级,2024-03-01,800,元/平方米');
INSERT INTO "sample_row" VALUES('150428',2,1,'319e2748d874f0f045e343f3a76f74299fb0fdf46e0c7a6c17a113e816f6eee3','2,居住,一级,2024-03-02,810,元/平方米');
INSERT INTO "sample_row" VALUES('150428',3,2,'34dde23d48b155156cef2f3d8f3d97e403f995e97f94d6f221340f88b6ff6d1d','3,居住,二级,2024-03-03,700,元/平方米');
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
INSERT INTO "sample_version" VALUES('150428',1,'one.csv','2108a07e3993fc756bb1091b2ef82549a35cc3ef024c4ef8374940c323ea10f9','canonical',2,2,'2108a07e3993fc756bb1091b2ef82549a35cc3ef024c4ef8374940c323ea10f9','张三','','2026-11-27T12:26:38.048974Z','','7382579856a4125524c71606c90866c8b596777564c7d668165b275f6953f48f','样点编号,用途,级别,成交日期,成交价格,价格单位','1-2','2-3');
INSERT INTO "sample_version" VALUES('150428',2,'two.csv','afe200226e6d4ec3647fa3e34a4619cd8a5cb772e16e5bdec9119fb78d552726','canonical',3,1,'afe200226e6d4ec3647fa3e34a4619cd8a5cb772e16e5bdec9119fb78d552726','李四','','2026-11-27T12:26:38.118902Z','7382579856a4125524c71606c90866c8b596777564c7d668165b275f6953f48f','ec75cfd85412dffd859c127ea93e2262748e0cd982861a9fc80cf48614dd7722','样点编号,用途,级别,成交日期,成交价格,价格单位','1-3','2-4');
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
COMMIT;

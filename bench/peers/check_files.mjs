// DuckDB's side of check_files.py: one JSON line for every JSON line that comes in.
// {"threads": 2, "from": "small" | "table", "in": FILE, "out": FILE} copies a CSV file to a CSV file with the small check
// of each row; {"ours": FILE, "theirs": FILE, "cases": FILE} holds our answers against DuckDB's.
// Usage: node check_files.mjs FOLDER_OF_NODE_MODULES
import fs from 'node:fs';
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(process.argv[2] + '/x.js')('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const STANDARDS = [840, 720, 600, 480, 384, 336, 288, 252, 204, 168, 144, 120, 96, 84, 60];
await connection.run('CREATE TABLE standard(land_class TINYINT, yuan INTEGER)');
await connection.run('INSERT INTO standard VALUES ' + STANDARDS.map((yuan, i) => `(${i + 1}, ${yuan})`).join(','));

// The conditions and amounts (in fen) of the small check, from the peers' own file and from ours.
const COLUMNS = {
  small: 'id, land_class, reserve, cost, unused, cw = 1 AS cw, selfdev = 1 AS selfdev, agri = 1 AS agri, ' +
         'priority = 1 AND intensive = 1 AS listed',
  table: `case_id AS id, land_class, round("price.amount" * 100)::INTEGER AS reserve, ` +
         `round(cost_yuan_per_sqm * 100)::INTEGER AS cost, CASE WHEN "facts.land_origin" <> 'state_unused' THEN 0 ` +
         `WHEN "facts.inside_planned_area" THEN 1 ELSE 2 END AS unused, "facts.central_western_region" AS cw, ` +
         `"facts.self_developed" AS selfdev, "facts.agri_processing_listed" AS agri, ` +
         `"facts.priority_industry_listed" AND "facts.far" >= 1.4 AS listed`,
};
const check = (from, file) => `
  SELECT id, greatest(yuan * percent, cost) AS min_fen, CASE WHEN reserve >= greatest(yuan * percent, cost) THEN 1 ELSE 0 END
    AS pass, percent
  FROM (SELECT *, CASE WHEN unused = 2 AND cw AND selfdev THEN 15 WHEN unused = 1 AND cw THEN 50 WHEN agri OR listed THEN 70
                  ELSE 100 END AS percent
        FROM (SELECT ${COLUMNS[from]} FROM read_csv('${file}', header = true)) JOIN standard USING (land_class))`;

async function copy({ threads, from, in: file, out }) {
  await connection.run(`SET threads = ${threads}`);
  const start = process.hrtime.bigint(), used = process.cpuUsage();
  await connection.run(`COPY (${check(from, file)}) TO '${out}'`);
  const cpu = process.cpuUsage(used);
  return { wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: (cpu.user + cpu.system) / 1e6 };
}

// How many of our rows the small check can be asked about, and in how many of them the verdicts are the same.
async function compare({ ours, theirs, cases }) {
  const rows = await (await connection.run(`
    SELECT count(*), sum(CASE WHEN (verdict = 'lawful') = (pass = 1) AND verdict IN ('lawful', 'unlawful') THEN 1 ELSE 0 END),
      sum(pass)
    FROM read_csv('${ours}', header = true) o JOIN read_csv('${theirs}', header = true) t ON o.case_id = t.id
      JOIN read_csv('${cases}', header = true) c ON c.id = t.id
    WHERE NOT (c.unused = 2 AND c.selfdev = 1 AND c.cw = 0)`)).getRows();
  const [comparable, same, pass] = rows[0].map(Number);
  return { comparable, same, pass };
}

function request() {
  const byte = Buffer.alloc(1);
  let line = '';
  while (fs.readSync(0, byte, 0, 1) === 1) {
    if (byte[0] === 10) return JSON.parse(line);
    line += byte.toString('latin1');
  }
  process.exit(0);
}
while (true) {
  const asked = request();
  fs.writeSync(1, JSON.stringify(asked.ours ? await compare(asked) : await copy(asked)) + '\n');
}

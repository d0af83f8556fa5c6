#!/usr/bin/env node
// batch.mjs URL CASES.csv: many cases in one request; counts the verdicts, names the rows that are refused. Node.js 18,
// nothing else. The answer is read line by line, so that memory stays small however long it is.
import fs from 'node:fs';  // by its default: Node.js 18 has no openAsBlob, and refuses to import that name
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

const [url, file] = process.argv.slice(2);
const response = await fetch(`${url}/v1/reserve-price-checks/batch`, {
  method: 'POST',
  headers: { 'Content-Type': 'text/csv', Accept: 'application/x-ndjson' },
  body: fs.openAsBlob ? await fs.openAsBlob(file) : fs.readFileSync(file),
});
if (!response.ok) throw new Error((await response.json()).detail);
const verdicts = new Map();
for await (const line of createInterface({ input: Readable.fromWeb(response.body) })) {
  const answer = JSON.parse(line);
  const verdict = answer.verdict ?? 'error';
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  for (const error of answer.error?.errors ?? []) console.error(`row ${error.row}: ${error.text}`);
}
for (const [verdict, count] of [...verdicts].sort()) console.log(`${verdict}  ${count}`);

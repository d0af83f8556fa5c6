#!/usr/bin/env node
// check.mjs URL CASE.json...: checks cases and prints a line for each. Node.js 18, nothing else. LANGUAGE=en for English.
// Exit 1 when a case is refused.
import { readFile } from 'node:fs/promises';

// The verdict with the sentence it hangs on, or the question that is open.
function line({ case_id, verdict, findings, missing }) {
  const deciding = findings.filter((finding) => finding.outcome === verdict).map((finding) => finding.reason);
  return `${case_id}  ${verdict}  ${missing.map((one) => one.question)[0] ?? deciding[0] ?? ''}`;
}

const [url, ...files] = process.argv.slice(2);
for (const file of files) {
  const response = await fetch(`${url}/v1/reserve-price-checks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': process.env.LANGUAGE ?? 'zh' },
    body: await readFile(file),
  });
  const answer = await response.json();
  if (response.ok) {
    console.log(line(answer));
    continue;
  }
  process.exitCode = 1;
  console.error(`${file}: ${answer.title}`);
  for (const error of answer.errors ?? []) console.error(`  ${error.pointer ?? ''} ${error.detail}`);
}

#!/usr/bin/env node
// prices.mjs URL COUNTY DAY [SECONDS]: the benchmark prices in force in a county on a day, a line for each. With SECONDS
// it goes on asking and prints them anew whenever something else was published. It asks with the tag of the last answer,
// so that an unchanged list costs a few bytes. Node.js 18, nothing else.
import { setTimeout as pause } from 'node:timers/promises';

const [url, county, day, seconds] = process.argv.slice(2);

// The document at a path and its tag; no document when it is still the one of `tag`.
async function ask(path, tag = '') {
  const response = await fetch(url + path, { headers: tag ? { 'If-None-Match': tag } : {} });
  if (response.status === 304) return { tag };
  // Prices stay texts: 47.3333 is what the service said, whatever a double makes of it.
  const text = (await response.text()).replace(/("price_\w+": )(-?[\d.]+)/g, '$1"$2"');
  const document = JSON.parse(text);
  if (!response.ok) throw new Error(`${path}: ${document.detail}`);
  return { document, tag: response.headers.get('ETag') };
}

// Publication, use, grade or zone, yuan per m², 10,000 yuan per mu.
async function print({ id, county: of }) {
  const { document } = await ask(`/v1/publications/${encodeURIComponent(id)}/grade-prices?county=${encodeURIComponent(of)}`);
  for (const row of document.prices) {
    const amounts = Object.keys(row).filter((key) => key.startsWith('price_')).map((key) => row[key]);
    console.log([id, row.use, row.zone ?? row.route ?? row.grade, ...amounts].join('  '));
  }
}

let tag = '';
for (;;) {
  const listed = await ask(`/v1/publications?county=${encodeURIComponent(county)}&as_of=${encodeURIComponent(day)}`, tag);
  tag = listed.tag;
  for (const publication of listed.document?.publications ?? []) await print(publication);
  if (!seconds) break;
  await pause(1000 * Number(seconds));
}

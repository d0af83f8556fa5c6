// unit_test.mjs SOURCE WEB: what the console computes by itself.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [source, web] = process.argv.slice(2);
const { buildSync } = createRequire(join(web, 'package.json'))('esbuild');

async function load(file) {
  const built = buildSync({ entryPoints: [join(source, 'service/web/src', file)], bundle: true, format: 'esm', write: false });
  return import('data:text/javascript;base64,' + Buffer.from(built.outputFiles[0].contents).toString('base64'));
}

const { grouped, parseExactly, percent } = await load('api/decimal.ts');
const exact = parseExactly('{"a": 0.10, "b": [1234567890123456.7890, -2], "c": "7, \\"8\\": 9", "d": true, "e": null, "f-1": 1e-06}');
assert.deepEqual(exact, { a: '0.10', b: ['1234567890123456.7890', '-2'], c: '7, "8": 9', d: true, e: null, 'f-1': '1e-06' });
assert.equal(grouped('1234567.5'), '1,234,567.5');
assert.equal(grouped('-12345'), '-12,345');
assert.equal(grouped('1234'), '1234');
assert.equal(grouped('0.0001'), '0.0001');
assert.equal(grouped(''), '');
for (const [share, text] of [['0.7', '70 %'], ['1', '100 %'], ['0.15', '15 %'], ['0.0675', '6.75 %'], ['0', '0 %'], ['-0.005', '-0.5 %'], ['1.25', '125 %']]) {
  assert.equal(percent(share), text);
}

const { parseCsv } = await load('check/csv.ts');
assert.deepEqual(parseCsv('a,b\r\n1,"x, ""y""\nz"\n,\n'), [['a', 'b'], ['1', 'x, "y"\nz'], ['', '']]);
assert.deepEqual(parseCsv('a,b\n1,'), [['a', 'b'], ['1', '']]);
assert.deepEqual(parseCsv(''), []);

const { changesOf } = await load('rules/law.ts');
const clause = (name, says) => ({ clause: name, says, ratio: null, citation: { instrument: 'A', article: '1' } });
const law = (clauses, rate, rows) => ({ clauses, values: [{ id: 'rate', value: rate }], tables: [{ id: 't', rows: rows.map((value, i) => ({ keys: [String(i)], value })) }] });
const changes = changesOf(law([clause('a', 'x'), clause('b', 'y')], '0.01', ['1', '2']), law([clause('b', 'z'), clause('c', 'x')], '0.010', ['1', '3']));
assert.deepEqual(changes.clauses.map((one) => `${one.kind} ${one.key}`), ['changed b', 'added c', 'removed a']);
assert.deepEqual(changes.values.map((one) => one.kind), ['changed']);
assert.deepEqual(changes.rows.map((one) => one.rows.map((row) => row.after.value)), [['3']]);
const { takeEvents } = await load('refresh/stream.ts');
assert.deepEqual(takeEvents('retry: 2000\n\nid: 3\nevent: job\ndata: {"a": ": 1"}\n\n:\n\nid: en'), { events: [{ name: 'job', data: '{"a": ": 1"}' }], rest: 'id: en' });
assert.deepEqual(takeEvents('id: end\nevent: end\ndata: {}\n\n'), { events: [{ name: 'end', data: '{}' }], rest: '' });
assert.deepEqual(takeEvents(''), { events: [], rest: '' });
console.log('decimals, CSV, changes and events are right');

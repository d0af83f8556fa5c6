// unit_test.mjs SOURCE WEB: what the console computes by itself.
import assert from 'node:assert/strict';
import buffer from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [source, web] = process.argv.slice(2);
const { buildSync } = createRequire(join(web, 'package.json'))('esbuild');

async function load(file) {
  const built = buildSync({ entryPoints: [join(source, 'service/web/src', file)], bundle: true, format: 'esm', write: false, nodePaths: [join(web, 'node_modules')], define: { 'process.env.NODE_ENV': '"production"' } });
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

const { actOf, daysBetween, isSamePerson, predecessorOf, returningTo, stepsOf } = await load('desk/steps.ts');
const entry = (id, status, from, until = null, more = {}) => ({ id, status, county: '431230', area: '', effective_from: from, effective_until: until, submitted_by: '张三', ...more });
const who = (name, role, county = '') => ({ key: 'k1', name, role, county });
const hindrances = (status, caller) => stepsOf(entry('a', status, '2026-07-01'), caller).map((step) => `${step.to} ${step.hindrance}`);
assert.deepEqual(hindrances('draft', who('张三', 'clerk')), ['submitted null', 'withdrawn role']);
assert.deepEqual(hindrances('submitted', who('张三', 'approver')), ['approved person', 'withdrawn null']);
assert.deepEqual(hindrances('submitted', who('李四', 'approver')), ['approved null', 'withdrawn null']);
assert.deepEqual(hindrances('submitted', who('李四', 'approver', '150102')), ['approved county', 'withdrawn county']);
assert.deepEqual(hindrances('approved', who('李四', 'admin', '431230')), ['published null', 'withdrawn null']);
assert.deepEqual(hindrances('published', who('交易平台', 'viewer')), ['withdrawn role']);
assert.deepEqual(hindrances('approved', null), ['published caller', 'withdrawn caller']);
assert.deepEqual(hindrances('superseded', who('李四', 'admin')), []);
assert.ok(isSamePerson('Li Si', 'li SI') && !isSamePerson('李四', '李 四') && !isSamePerson('É', 'é'));
const all = [entry('old', 'superseded', '2022-03-01', '2026-03-01'), entry('now', 'published', '2026-03-01'), entry('other', 'published', '2026-03-01', null, { area: '乡镇' }), entry('next', 'approved', '2026-07-01')];
assert.equal(predecessorOf(all[3], all)?.id, 'now');
assert.equal(predecessorOf(all[1], all), null);
assert.equal(returningTo(all[1], all)?.id, 'old');
assert.equal(returningTo(all[2], all), null);
assert.deepEqual([['draft', null], ['draft', 'draft'], ['published', 'approved'], ['published', 'superseded'], ['superseded', 'published']].map(([status, before]) => actOf({ status, status_before: before })),
  ['draft', 'replaced', 'published', 'returned', 'superseded']);
assert.equal(daysBetween('2026-02-27', '2026-03-01'), 2);
assert.equal(daysBetween('2026-03-01', '2026-02-28'), -1);

const { droppedOf, importBody } = await load('desk/files.ts');
const bytes = (text) => new TextEncoder().encode(text);
const publication = droppedOf('p.json', bytes('\ufeff{"format": "dijia-publication/1", "price": 1.10}'));
assert.equal(publication.kind, 'publication');
const evidence = [droppedOf('evidence.json', bytes('{"format": "dijia-evidence/1"}')), droppedOf('s.csv', bytes('a,"b"\n')), droppedOf('s.xlsx', Uint8Array.of(0xff, 0, 0x80))];
assert.deepEqual(evidence.map((one) => [one.kind, one.fault]), [['evidence', ''], ['evidence', ''], ['evidence', '']]);
const body = importBody(publication, evidence, '核对过');
assert.match(body, /"price": 1\.10\}/, 'digits stay');
assert.deepEqual(JSON.parse(body).evidence, [{ name: 'evidence.json', text: '{"format": "dijia-evidence/1"}' }, { name: 's.csv', text: 'a,"b"\n' }, { name: 's.xlsx', base64: '/wCA' }]);
assert.deepEqual(Object.keys(JSON.parse(importBody(publication, [], ''))), ['publication', 'note']);
assert.notEqual(droppedOf('p.json', bytes('{')).fault, '');
assert.equal(droppedOf('null.json', bytes('null')).kind, 'evidence');

const { lanesOf, scaleOf } = await load('desk/swarm.ts');
assert.deepEqual(lanesOf([0, 0, 0, 8, 100], 8, 3), [0, 1, -1, 0, 0]);
assert.deepEqual(lanesOf([100, 0], 8, 3), [0, 0], 'order does not matter');
assert.deepEqual(lanesOf([0, 1, 2, 3], 8, 2), [0, 1, 0, 1], 'without a free lane they cover each other least');
assert.deepEqual(lanesOf([], 8, 3), []);
const scale = scaleOf([612, 1390], 10, 110);
assert.deepEqual(scale.ticks, [400, 600, 800, 1000, 1200, 1400, 1600]);
assert.deepEqual([scale.at(400), scale.at(1600)], [10, 110]);
assert.ok(scaleOf([500, 500], 0, 100).ticks.length >= 2 && Number.isFinite(scaleOf([500], 0, 100).at(500)));
assert.deepEqual(scaleOf([0.1, 0.32], 0, 100).ticks.slice(0, 2), [0.05, 0.1]);

const { choiceFor, csvOf, same, without } = await load('desk/decisions.ts');
const sample = (changes) => ({ sample_id: 'S1', kept: false, reason: 'outlier', decision: null, ...changes });
assert.equal(choiceFor(sample({ kept: true, reason: 'used' })), 'exclude');
for (const reason of ['outlier', 'duplicate', 'area_too_small', 'price_implausible']) assert.equal(choiceFor(sample({ reason })), 'include', 'a rule can be overruled');
for (const reason of ['no_price', 'not_market_sale', 'outside_window']) assert.equal(choiceFor(sample({ reason })), null, 'a fact cannot');
assert.equal(choiceFor(sample({ decision: 'include' })), null, 'it is undone instead');
assert.equal(choiceFor(sample({ sample_id: '' })), null);
const decision = (sample_id, reason = 'x') => ({ sample_id, decision: 'exclude', reason, decided_by: '张三', decided_at: '2026-01-06T08:00:00Z' });
assert.equal(csvOf([decision('S1', '见"合同",\n第 3 条')]), 'sample_id,decision,reason,decided_by,decided_at\r\n"S1","exclude","见""合同"",\n第 3 条","张三","2026-01-06T08:00:00Z"\r\n');
assert.ok(same([decision('S1'), decision('S2')], [decision('S2'), decision('S1')]), 'in whatever order');
assert.ok(!same([decision('S1')], [decision('S1', 'y')]) && !same([], [decision('S1')]));
assert.deepEqual(without([decision('S1'), decision('S2')], 'S1'), [decision('S2')]);

const { takeEvents } = await load('refresh/stream.ts');
assert.deepEqual(takeEvents('retry: 2000\n\nid: 3\nevent: job\ndata: {"a": ": 1"}\n\n:\n\nid: en'), { events: [{ name: 'job', data: '{"a": ": 1"}' }], rest: 'id: en' });
assert.deepEqual(takeEvents('id: end\nevent: end\ndata: {}\n\n'), { events: [{ name: 'end', data: '{}' }], rest: '' });
assert.deepEqual(takeEvents(''), { events: [], rest: '' });

// Every try of one change has one key; what is no try of it has another. The page is one that came without TLS.
globalThis.localStorage = { getItem: () => null, setItem: () => undefined };
globalThis.document = { documentElement: {} };
const asked = [];
let answerWith = () => new Response('{"id": "j-1", "count": 1.10}');
globalThis.fetch = async (path, { method, headers, body }) => {
  asked.push({ path, method, type: headers['Content-Type'], key: headers['Idempotency-Key'], body });
  return answerWith();
};
globalThis.crypto ??= webcrypto; // Node.js 18 has both, by other names
globalThis.File ??= buffer.File;
crypto.randomUUID = undefined;
const { intention } = await load('api/intention.ts');
const { post } = await load('api/client.ts');
const submit = { type: 'application/json', body: '{"to": "submitted", "note": ""}' };
const act = intention();
const keyOf = async (path, change, doing = act) => {
  await doing(path, change).catch(() => undefined);
  return asked.at(-1).key;
};
answerWith = () => {
  throw new TypeError('fetch failed');
};
const key = await keyOf('/a', submit);
assert.match(key, /^[0-9a-f]{32}$/);
answerWith = () => new Response('{"detail": "busy"}', { status: 503 });
assert.equal(await keyOf('/a', submit), key, 'tried again');
answerWith = () => new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('cut')) }));
assert.equal(await keyOf('/a', { ...submit }), key, 'the answer was lost on its way');
answerWith = () => new Response('{"id": "j-1", "count": 1.10}');
assert.deepEqual(await Promise.all([act('/a', submit), act('/a', submit)]), [{ id: 'j-1', count: '1.10' }, { id: 'j-1', count: '1.10' }]);
assert.deepEqual(asked.slice(-2).map((one) => one.key), [key, key], 'two clicks');
assert.deepEqual(asked.at(-1), { path: '/a', method: 'POST', key, ...submit });
const next = await keyOf('/a', submit);
assert.notEqual(next, key, 'after a success it is another intention');
answerWith = () => new Response('{}', { status: 409 });
const samples = new File(['a\n1\n'], 'samples.csv');
const formOf = (...files) => {
  const form = new FormData();
  form.append('import', 'true');
  for (const file of files) form.append('samples', file);
  return { body: form };
};
const different = [
  await keyOf('/a', submit), await keyOf('/b', submit), await keyOf('/b', { ...submit, body: '{"to": "submitted", "note": "x"}' }),
  await keyOf('/b', formOf(samples)), await keyOf('/b', formOf(samples, samples)), await keyOf('/b', formOf(new File(['a\n2\n'], 'samples.csv'))),
  await keyOf('/b', formOf()), await keyOf('/b', formOf(), intention()),
];
assert.equal(new Set([key, next, ...different]).size, 2 + different.length, 'another place, note, file or form');
const withFile = await keyOf('/b', formOf(samples));
assert.equal(await keyOf('/b', formOf(samples)), withFile, 'the same files in a form made anew');
answerWith = () => new Response('{}');
await post('/c', {});
assert.equal(asked.at(-1).key, undefined, 'questions have none');
// An office's own pack: what is taken of the files that somebody chose, and where what is wrong belongs.
const { bytesOf, joined, mostBytes, read, sorted, textsOf } = await load('rules/pack.ts');
const limit = /pack_bytes = (\d+) \* (\d+);/.exec(readFileSync(join(source, 'service/http/limits.h'), 'utf8'));
assert.equal(mostBytes, Number(limit[1]) * Number(limit[2]), 'the limit of the service');
const picked = await Promise.all([
  new File(['\ufeffa,b\n价,1\n'], '价.csv'), new File([Uint8Array.of(0xb1, 0xea)], 'gbk.csv'), new File(['x'], 'notes.txt'),
  new File(['x'.repeat(mostBytes + 1)], 'big.toml'), { name: 'folder.csv', size: 0, arrayBuffer: () => Promise.reject(new Error('a folder')) },
].map(read));
assert.deepEqual(picked, [{ name: '价.csv', text: 'a,b\n价,1\n', bytes: 10 }, { name: 'gbk.csv', why: 'encoding' }, { name: 'notes.txt', why: 'kind' }, { name: 'big.toml', why: 'large' }, { name: 'folder.csv', why: 'unreadable' }]);
assert.equal(bytesOf([picked[0]]), 7 + 10, 'name and text as UTF-8');
const packFile = (name, text = '') => ({ name, text, bytes: text.length });
const own = joined([packFile('pack.toml', 'old'), packFile('gbk.csv')], [...picked, packFile('pack.toml', 'new')]);
assert.deepEqual(textsOf(own), { 'pack.toml': 'new', '价.csv': 'a,b\n价,1\n' }, 'what was chosen last counts, also where it is not taken');
const wrong = (pointer, row, column) => ({ code: 'DJ-1', detail: '', pointer, row, column });
const places = sorted([wrong('/pack/a~1b~01.toml', '10', '1'), wrong('/pack/a~1b~01.toml', '9', '2'), wrong('/pack/a~1b~01.toml', '9', '1'), wrong('/pack'), wrong('/after/readings/x'), wrong('/pack/gone.csv')], [packFile('a/b~1.toml'), packFile('b.csv')]);
assert.deepEqual(places.ofFiles.get('a/b~1.toml').map((one) => `${one.row}:${one.column}`), ['9:1', '9:2', '10:1'], 'from top to bottom');
assert.deepEqual(places.ofFiles.get('b.csv'), []);
assert.deepEqual([places.ofPack, places.others].map((list) => list.map((one) => one.pointer)), [['/pack', '/pack/gone.csv'], ['/after/readings/x']]);
const { bodyOf } = await load('rules/trial.ts');
const trialOrder = { county: '', before: '', after: '', reading: '', option: '', pack: [] };
assert.deepEqual(bodyOf(trialOrder), { county: '', before: { decided_on: null }, after: { decided_on: null } });
assert.deepEqual(bodyOf({ ...trialOrder, pack: [packFile('pack.toml', 'x')] }).pack, { 'pack.toml': 'x' });
console.log('decimals, CSV, changes, steps, dropped files, plots, decisions, events, intentions and packs are right');

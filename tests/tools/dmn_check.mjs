// Runs exported DMN tables in feelin, an engine of others, and compares with the expected answers.
//   node dmn_check.mjs FOLDER MOST
//     FOLDER/cases.ndjson: {"table": "…", "context": {…}, "ratio_e6": …, …}
//     MOST: how many cases may be left to the program ("needs_program")
// Exit: 0 all agree, 1 some differ, 77 feelin is not there (DIJIA_NODE_MODULES or npm's global folder).
import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

async function loadFeelin() {
  const folders = [process.env.DIJIA_NODE_MODULES];
  try { folders.push(execSync('npm root -g', { encoding: 'utf8' }).trim()); } catch { /* no npm */ }
  for (const folder of folders) {
    const file = folder && join(folder, 'feelin', 'dist', 'index.js');
    if (file && existsSync(file)) return import(pathToFileURL(file));
  }
  process.exit(77);
}
const { evaluate, unaryTest } = await loadFeelin();

const kEntities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
function unescape(text) {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (all, name) => {
    if (!name.startsWith('#')) return kEntities[name] ?? all;
    const hex = name[1] === 'x';
    return String.fromCodePoint(parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
  });
}

// Elements as {name, attributes, children, text}.
function parseXml(xml) {
  const root = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const match of xml.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>|([^<]+)|<\?[^>]*>/g)) {
    const [, end, name, attributes, empty, text] = match;
    const top = open[open.length - 1];
    if (text !== undefined) { top.text += unescape(text); continue; }
    if (name === undefined) continue;
    if (end) { open.pop(); continue; }
    const element = { name, attributes: {}, children: [], text: '' };
    for (const [, key, value] of attributes.matchAll(/([\w:]+)="([^"]*)"/g)) {
      element.attributes[key] = unescape(value);
    }
    top.children.push(element);
    if (!empty) open.push(element);
  }
  return root.children.find((element) => element.name === 'definitions');
}
const all = (element, name) => element.children.filter((child) => child.name === name);
const textOf = (element) => all(element, 'text')[0].text.trim();

// An expression as a FEEL function of those of the names that stand in it: parsed once. Text in
// quotes may name one as well; that does no harm.
function compile(feel, names) {
  const parameters = names.filter((name) => new RegExp(`\\b${name}\\b`).test(feel));
  const { value } = evaluate(`function(${parameters.join(', ')}) ${feel}`, {});
  return (context) => value.invoke(parameters.map((name) => context[name] ?? null));
}

function readDecision(element, names) {
  const name = element.attributes.name;
  const literal = all(element, 'literalExpression')[0];
  if (literal) return { name, answer: compile(textOf(literal), names) };
  const table = all(element, 'decisionTable')[0];
  return {
    name,
    policy: table.attributes.hitPolicy,
    aggregation: table.attributes.aggregation,
    inputs: all(table, 'input').map((input) => compile(textOf(all(input, 'inputExpression')[0]), names)),
    rules: all(table, 'rule').map((rule) => ({
      tests: all(rule, 'inputEntry').map(textOf),
      result: evaluate(textOf(all(rule, 'outputEntry')[0]), {}).value,
    })),
  };
}

// A test of the same value gives the same answer.
const known = new Map();
function passes(test, value) {
  if (test === '-') return true;
  const key = test + '\u0000' + JSON.stringify(value);
  if (!known.has(key)) known.set(key, unaryTest(test, { '?': value }).value === true);
  return known.get(key);
}

function decide(decision, context) {
  if (decision.answer) return decision.answer(context);
  const values = decision.inputs.map((input) => input(context));
  const results = decision.rules
    .filter((rule) => rule.tests.every((test, i) => passes(test, values[i])))
    .map((rule) => rule.result);
  if (decision.policy === 'UNIQUE') return results.length === 1 ? results[0] : null;
  return decision.aggregation === 'MIN' ? Math.min(...results) : results;
}

const folder = process.argv[2];
const tables = new Map();
function tableOf(name) {
  if (!tables.has(name)) {
    const document = parseXml(readFileSync(join(folder, name + '.dmn'), 'utf8'));
    const decisions = all(document, 'decision');
    const names = [...all(document, 'inputData'), ...decisions].map((one) => one.attributes.name);
    tables.set(name, decisions.map((one) => readDecision(one, names)));
  }
  return tables.get(name);
}

let cases = 0, wrong = 0, left = 0;
for (const line of readFileSync(join(folder, 'cases.ndjson'), 'utf8').split('\n')) {
  if (!line) continue;
  const { table, context, ...expected } = JSON.parse(line);
  const answers = { ...context };
  for (const decision of tableOf(table)) answers[decision.name] = decide(decision, answers);
  ++cases;
  if (answers.verdict === 'needs_program') { ++left; continue; }
  for (const [name, value] of Object.entries(expected)) {
    // Rows of one clause exclude each other, so that no key stands twice.
    const is = Array.isArray(answers[name]) ? [...answers[name]].sort() : answers[name];
    const want = Array.isArray(value) ? [...value].sort() : value;
    if (JSON.stringify(is) === JSON.stringify(want)) continue;
    if (++wrong <= 5) console.error(`case ${cases} ${table} ${name}: ${JSON.stringify(is)}, not ${JSON.stringify(want)}\n  ${JSON.stringify(context)}`);
  }
}
console.log(`${cases} cases, ${wrong} answers differ, ${left} left to the program`);
process.exit(wrong > 0 || left > Number(process.argv[3]) ? 1 : 0);

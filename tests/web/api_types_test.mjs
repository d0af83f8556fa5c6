// api_types_test.mjs DIJIA SOURCE WEB: the interfaces in service/web/src/api/types against the schemas of the same name in
// /openapi.json: every field is there, is optional where it may be absent and takes null where it may be null; and
// every address that the console asks is described.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [dijia, source, web] = process.argv.slice(2);
const ts = createRequire(join(web, 'package.json'))('typescript');
const sources = join(source, 'service/web/src');

async function description() {
  const server = spawn(dijia, ['serve', '--listen', '127.0.0.1:0', '--log-level', 'error'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => server.kill('SIGKILL')); // whatever ends the test
  try {
    const line = await new Promise((resolve) => createInterface({ input: server.stdout }).once('line', resolve));
    return await (await fetch(`http://${line.split(' ').pop()}/openapi.json`)).json();
  } finally {
    server.kill('SIGTERM');
  }
}

function interfaces() {
  const folder = join(sources, 'api/types');
  const declared = readdirSync(folder).flatMap((name) => {
    const file = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
    return file.statements.filter(ts.isInterfaceDeclaration);
  });
  const named = new Map(declared.map((one) => [one.name.text, one]));
  assert.equal(named.size, declared.length, 'one interface, one name');
  const membersOf = (one) => [
    ...(one.heritageClauses ?? []).flatMap((clause) => clause.types).flatMap((type) => membersOf(named.get(type.expression.text))),
    ...one.members.map((member) => ({ name: member.name.text, optional: member.questionToken !== undefined, type: member.type.getText() })),
  ];
  return new Map(declared.map((one) => [one.name.text, membersOf(one)]));
}

const document = await description();
const { schemas } = document.components;
const takesNull = (schema) => [].concat(schema.type ?? []).includes('null') || (schema.$ref ? takesNull(schemas[schema.$ref.split('/').pop()]) : false);
let compared = 0;
for (const [name, members] of interfaces()) {
  const schema = schemas[name];
  if (!schema?.properties) continue;
  ++compared;
  const known = new Map(members.map((member) => [member.name, member]));
  for (const [field, described] of Object.entries(schema.properties)) {
    const member = known.get(field);
    assert.ok(member, `${name}.${field} is described and not in api/types`);
    assert.equal(member.optional, !(schema.required ?? []).includes(field), `${name}.${field}: optional`);
    assert.equal(/\| null$|^Amount$/.test(member.type), takesNull(described), `${name}.${field}: null`);
  }
  for (const field of known.keys()) assert.ok(field in schema.properties, `${name}.${field} is not described`);
}
assert.ok(compared >= 37, `only ${compared} compared`);

const addresses = readdirSync(sources, { recursive: true }).filter((file) => /\.(ts|vue)$/.test(file))
  .flatMap((file) => [...readFileSync(join(sources, file), 'utf8').matchAll(/['`](\/v1\/[a-z/-]*[a-z])/g)].map((found) => found[1]));
assert.ok(addresses.length >= 6);
for (const address of addresses) assert.ok(document.paths[address], `${address} is not described`);
console.log(`${compared} interfaces and ${new Set(addresses).size} addresses are as described`);

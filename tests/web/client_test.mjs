// client_test.mjs DIJIA SOURCE WEB: a client that a generator of others makes from /openapi.json compiles under strict
// types, and calls the service: what others will do with the description.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [dijia, source, web] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'dijia-client-'));
const server = spawn(dijia, ['serve', '--listen', '127.0.0.1:0', '--log-level', 'error'], { stdio: ['ignore', 'pipe', 'inherit'] });
process.on('exit', () => {
  server.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
});

function run(program, ...words) {
  const done = spawnSync(process.execPath, [join(web, 'node_modules', program), ...words], { cwd: work, encoding: 'utf8' });
  assert.equal(done.status, 0, `${program}: ${done.stdout}${done.stderr}`);
}

const line = await new Promise((resolve) => createInterface({ input: server.stdout }).once('line', resolve));
const baseUrl = `http://${line.split(' ').pop()}`;
const description = await (await fetch(`${baseUrl}/openapi.json`)).json();
writeFileSync(join(work, 'openapi.json'), JSON.stringify(description));
writeFileSync(join(work, 'package.json'), '{"type": "module"}');
symlinkSync(join(web, 'node_modules'), join(work, 'node_modules'));

run('@hey-api/openapi-ts/bin/index.cjs', '--input', 'openapi.json', '--output', 'client', '--client', '@hey-api/client-fetch', '--no-log-file');
writeFileSync(join(work, 'use.ts'), `
import { client } from './client/client.gen';
import * as dijia from './client/sdk.gen';
import type { Case, Check } from './client/types.gen';

export async function check(baseUrl: string, body: Case): Promise<Check> {
  client.setConfig({ baseUrl });
  const { data, error } = await dijia.checkReservePrice({ body });
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}
export async function rules(baseUrl: string) {
  client.setConfig({ baseUrl });
  return (await dijia.listRules({ throwOnError: true })).data;
}
export const operations = Object.keys(dijia);
`);
writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({
  compilerOptions: {
    strict: true, noEmit: true, skipLibCheck: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable'], types: [],
  },
  files: ['use.ts'],
}));
run('typescript/bin/tsc', '--project', '.');
const { build } = await import(join(web, 'node_modules/vite/dist/node/index.js'));
await build({ root: work, logLevel: 'error', configFile: false, build: { ssr: 'use.ts', outDir: join(work, 'made'), rollupOptions: { output: { entryFileNames: 'use.mjs' } } } });

const made = await import(join(work, 'made/use.mjs'));
const answer = await made.check(baseUrl, JSON.parse(readFileSync(join(source, 'service/examples/unlawful.json'), 'utf8')));
assert.equal(answer.verdict, 'unlawful');
await assert.rejects(made.check(baseUrl, { colour: 'red' }), /DJ-/);
assert.ok((await made.rules(baseUrl)).clauses.length > 0);
const described = Object.values(description.paths).flatMap((path) => Object.values(path)).map((operation) => operation.operationId).filter(Boolean);
for (const operation of described) assert.ok(made.operations.includes(operation), `no ${operation}`);
server.kill('SIGTERM');
console.log(`a generated client has ${described.length} operations and calls them`);
process.exit(0);

// An office to look at: a store with two rounds of prices in force, served by the program itself.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// The round before: four years earlier, every price a tenth lower, one table another.
function earlierRound(publication) {
  const old = structuredClone(publication);
  Object.assign(old, { id: 'tongdao-2022', document_no: '2022', title: '', base_date: '2021-07-01', effective_from: '2022-03-01' });
  for (const use of Object.values(old.uses)) {
    for (const grade of use.grades) grade.price = String(Math.trunc(Number(grade.price) * 0.9));
  }
  old.uses.residential.coefficients.shape.levels['优'] = '1.04';
  return old;
}

export function publish(dijia, store, file, id, ...zones) {
  const run = (...args) => execFileSync(dijia, [...args, '--store', store], { stdio: ['ignore', 'ignore', 'inherit'] });
  run('import', 'publication', file, ...zones, '--actor', '张三');
  run('publication', 'submit', id, '--actor', '张三');
  run('publication', 'approve', id, '--actor', '李四');
  run('publication', 'publish', id, '--actor', '王五');
}

// Gives the address of the service, a key of it where it is `guarded` by keys, and a function that ends it.
export async function openOffice(dijia, source, work, { guarded = false } = {}) {
  const store = join(work, guarded ? 'guarded.db' : 'office.db');
  const golden = join(source, 'tests/golden/tongdao/publication.json');
  const earlier = join(work, 'earlier.json');
  writeFileSync(earlier, JSON.stringify(earlierRound(JSON.parse(readFileSync(golden, 'utf8')))));
  execFileSync(dijia, ['init', '--store', store], { stdio: 'ignore' });
  publish(dijia, store, earlier, 'tongdao-2022');
  publish(dijia, store, golden, 'tongdao-2026', '--zones', join(source, 'tests/golden/tongdao/zones.geojson'));
  const key = guarded ? addKey(dijia, store, '交易平台', 'viewer') : undefined;
  return { ...(await serve(dijia, store)), key };
}

// A key of a store, as its owner enters it.
export function addKey(dijia, store, name, role) {
  const added = execFileSync(dijia, ['key', 'add', '--name', name, '--role', role, '--actor', '管理员', '--store', store], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /\S+_[0-9a-f]{64}/.exec(added)[0];
}

// The program on a store: its address, and a function that ends it.
export async function serve(dijia, store) {
  const server = spawn(dijia, ['serve', '--listen', '127.0.0.1:0', '--store', store, '--log-level', 'error'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => server.kill('SIGKILL')); // whatever ends the test
  const lines = createInterface({ input: server.stdout });
  const [line] = await new Promise((resolve, reject) => {
    lines.once('line', (text) => resolve([text]));
    server.once('exit', (code) => reject(new Error(`dijia serve ended with ${code}`)));
  });
  server.removeAllListeners('exit');
  const close = () => new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill('SIGTERM');
  });
  return { address: `http://${line.split(' ').pop()}/`, close };
}

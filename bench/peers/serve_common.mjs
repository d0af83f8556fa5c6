// Stands in for the peers' common.mjs: the same names, but bench() measures on request.
import fs from 'node:fs';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const peers = await import(pathToFileURL(process.env.DIJIA_PEERS + '/common.mjs').href);
export const { D, OUT, C, U, f64, ldf, req } = peers;

const requests = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const plain = (key, value) => (typeof value === 'bigint' ? Number(value) : value);
const say = fields => fs.writeSync(1, JSON.stringify(fields, plain) + '\n');

export async function bench(job, peer, size, f) {
  say({ job, peer });
  for (;;) {
    const { value: line, done } = await requests.next();
    if (done) process.exit(0);
    if (line.trim() === 'next') return;
    const start = process.hrtime.bigint(), used = process.cpuUsage();
    const check = await f();
    const cpu = process.cpuUsage(used), wall = Number(process.hrtime.bigint() - start) / 1e9;
    say({ wall, cpu: (cpu.user + cpu.system) / 1e6, check });
  }
}

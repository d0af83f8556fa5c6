// Stands in for the peers' common.mjs: the same names, but bench() measures on request.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const peers = await import(pathToFileURL(process.env.DIJIA_PEERS + '/common.mjs').href);
export const { D, OUT, C, U, f64, ldf, req } = peers;

// Read without an event loop, which a waiting stream would keep alive after the script's end.
function request() {
  const byte = Buffer.alloc(1);
  let line = '';
  while (fs.readSync(0, byte, 0, 1) === 1) {
    if (byte[0] === 10) return line;
    line += byte.toString('latin1');
  }
  process.exit(0);
}
const plain = (key, value) => (typeof value === 'bigint' ? Number(value) : value);
const say = fields => fs.writeSync(1, JSON.stringify(fields, plain) + '\n');

export async function bench(job, peer, size, f) {
  say({ job, peer });
  while (request() !== 'next') {
    const start = process.hrtime.bigint(), used = process.cpuUsage();
    const check = await f();
    const cpu = process.cpuUsage(used), wall = Number(process.hrtime.bigint() - start) / 1e9;
    say({ wall, cpu: (cpu.user + cpu.system) / 1e6, check });
  }
}

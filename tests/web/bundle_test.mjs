// bundle_test.mjs SOURCE WEB: what is loaded to show the check page is small, the lock names no host but the public
// registry, every package says its licence, and nothing in the page is inline.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [source, web] = process.argv.slice(2);
const assets = join(web, 'dist/assets');
const read = (file) => readFileSync(join(web, 'dist', file), 'utf8');
const page = read('index.html');

const loaded = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]));
loaded.add('assets/' + readdirSync(assets).find((file) => /^CheckPage-.*\.js$/.test(file)));
for (const file of loaded) {
  if (!file.endsWith('.js')) continue;
  for (const [, other] of read(file).matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g)) loaded.add('assets/' + other);
}
assert.ok([...loaded].some((file) => file.endsWith('.css')), 'the style sheet is among them');
const sizes = ['index.html', ...loaded].map((file) => gzipSync(readFileSync(join(web, 'dist', file))).length);
const bytes = sizes.reduce((sum, size) => sum + size, 0);
console.log(`check page: ${loaded.size + 1} files, ${Math.round(bytes / 1024)} KiB as gzip`);
assert.ok(loaded.size >= 3 && bytes <= 300 * 1024, `${bytes} bytes of ${[...loaded].join(' ')}`);
assert.ok(![...loaded].some((file) => file.includes('Chart')), 'charts are loaded when one is opened');

assert.doesNotMatch(page, /style=|<style|onclick|https?:\/\//);
assert.doesNotMatch(page, /<script(?![^>]* src=)/);

const lock = JSON.parse(readFileSync(join(source, 'service/web/package-lock.json'), 'utf8'));
const packages = Object.entries(lock.packages).filter(([name]) => name !== '');
assert.ok(packages.length > 20);
for (const [name, one] of packages) {
  assert.match(one.integrity ?? '', /^sha512-/, name);
  if (one.resolved) assert.equal(new URL(one.resolved).host, 'registry.npmjs.org', name);
}

const licences = read('assets/licenses.txt');
for (const name of ['vue', 'element-plus', 'echarts', 'leaflet', 'zrender', '@vue/runtime-core']) assert.ok(licences.includes(`${name} `), name);

// A clerk tries an office's own rule pack on the kept checks: first one that loosens the law, then what is mended of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { enter } from './story.mjs';

const identity = '[pack]\nid = "office"\non = "cn-150000"\nversion = "1"\ntitle_zh = "本局"\ntitle_en = "our office"\n';
// A minimum price of its own, from line 8 on.
const standard = `
[[table]]
id = "standard"
file = "standard.csv"
unit = "yuan_per_sqm"
keys = ["land_class"]
from = 2023-01-01
tighten = true
instrument = "307"
confidence = "reading"
`;
// A clause that takes half of a value of the nation for enough.
const loosening = `
[[clause]]
key = "office-half"
rule = "office.half"
from = 2023-01-01
instrument = "307"
confidence = "reading"
when = ["industrial"]
ratio = "0.50"
says_zh = "按一半执行。"
says_en = "Half is enough."
`;
const priceOf = (value) => `land_class,value,from,until,note\n14,${value},,,\n`;
const gbk = Buffer.from([0xb1, 0xea, 0xd7, 0xbc, 0x0a]); // 标准
const fileOf = ([name, content]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

const says = {
  zh: { clause: /第 8 行第 1 列.*80 < 84/, slip: /第 17 行第 1 列.*confidance/, cell: /第 2 行第 2 列.*9O/, notes: /notes\.txt.*未取用/, gbk: /旧标准\.csv.*UTF-8/, large: /超过 262,144 字节/, from: '符合规定', to: '不符合规定' },
  en: { clause: /Line 8, column 1.*80 < 84/, slip: /Line 17, column 1.*confidance/, cell: /Row 2, column 2.*9O/, notes: /notes\.txt.*not taken/, gbk: /旧标准\.csv.*UTF-8/, large: /more than 262,144 bytes/, from: 'lawful', to: 'unlawful' },
};

const choose = (page, ...files) => page.setInputFiles('#trial-pack', files.map(fileOf));
const chosen = (page) => page.locator('[data-pack-file]').evaluateAll((rows) => rows.map((row) => row.dataset.packFile));
const wrongIn = (page, name) => page.locator(`[data-pack-file="${name}"] [data-mistake]`).allInnerTexts();

async function drop(page, ...files) {
  const dropped = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const [name, content] of list) transfer.items.add(new File([content], name));
    return transfer;
  }, files);
  await page.dispatchEvent('.pick:has(#trial-pack)', 'drop', { dataTransfer: dropped });
}

// What is no file of a pack is refused by its name, and what loosens the law with each place.
async function seeWhatIsWrong(window, words) {
  const { page } = window;
  await choose(page, ['pack.toml', `${identity}${standard}confidance = "seen"\n`], ['standard.csv', priceOf('80')], ['旧标准.csv', gbk], ['notes.txt', 'x']);
  await page.waitForSelector('[data-left-out]');
  const leftOut = await window.text('[data-left-out]');
  assert.match(leftOut, words.gbk);
  assert.match(leftOut, words.notes);
  assert.deepEqual(await chosen(page), ['pack.toml', 'standard.csv']);
  assert.match(await window.text('[data-pack-file="standard.csv"]'), new RegExp(`\\b${priceOf('80').length} `), 'its size');
  await page.click('[data-trial] .primary');
  await page.waitForSelector('[data-pack-wrong]');
  const [clause, slip, ...more] = await wrongIn(page, 'pack.toml');
  assert.match(clause, words.clause);
  assert.match(slip, words.slip);
  assert.deepEqual(more, []);
  assert.deepEqual(await wrongIn(page, 'standard.csv'), []);
  assert.equal(await page.locator('[data-trial-result]').count(), 0);
  await window.look('rules-pack-refused');
}

// Files that were mended take the place of the old ones; one that is too much is removed by the keyboard.
async function mendIt(window, words) {
  const { page } = window;
  await drop(page, ['pack.toml', identity + standard], ['standard.csv', priceOf('9O')], ['half.toml', loosening]);
  await page.waitForSelector('[data-pack-file="half.toml"]');
  assert.equal(await page.locator('[data-mistake], [data-left-out]').count(), 0, 'what was said of the old ones is gone');
  await page.focus('[data-trial] .primary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-pack-wrong]');
  assert.match((await wrongIn(page, 'standard.csv')).join('\n'), words.cell);
  assert.deepEqual(await chosen(page), ['half.toml', 'pack.toml', 'standard.csv']);
  await choose(page, ['standard.csv', '\ufeff' + priceOf('90')]); // as spreadsheets save it
  await page.waitForFunction(() => !document.querySelector('[data-mistake]'));
  await page.click('[data-trial] .primary');
  await page.waitForSelector('[data-pack-file="half.toml"] [data-mistake]');
  assert.deepEqual([await wrongIn(page, 'pack.toml'), await wrongIn(page, 'standard.csv')], [[], []]);
  await page.focus('[data-pack-file="half.toml"] [data-remove]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('[data-pack-file]')?.dataset.packFile === 'pack.toml');
  assert.deepEqual(await chosen(page), ['pack.toml', 'standard.csv']);
  assert.equal(await page.locator('[data-pack-wrong]').count(), 0);
}

// The price at the standard of the nation is below that of the office.
async function seeWhoFlips(window, words) {
  const { page } = window;
  await page.click('[data-trial] .primary');
  await page.waitForSelector('[data-flips]');
  assert.deepEqual(await page.locator('[data-flip]').evaluateAll((rows) => rows.map((row) => row.dataset.flip)), ['工-2']);
  const tags = await page.locator('[data-flip] .tag').allInnerTexts();
  assert.deepEqual(tags, [words.from, words.to]);
  assert.match(await window.text('[data-flip]'), /84[\s\S]*84[\s\S]*90/, 'its price, its minimum before and after');
  assert.match(await window.text('[data-tried-pack]'), /office/);
  await window.look('rules-pack');
  const [flips] = await Promise.all([page.waitForEvent('download'), page.click('[data-trial-save]')]);
  assert.match(readFileSync(await flips.path(), 'utf8'), /\n工-2,150304,lawful,unlawful,/);
}

// What is too large is said before anything is sent.
async function seeTheLimit(window, words) {
  const { page } = window;
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/v1/rule-simulations') ? 1 : 0));
  await choose(page, ['a.csv', 'x'.repeat(150_000)], ['b.csv', 'x'.repeat(150_000)], ['c.csv', 'x'.repeat(300_000)]);
  await page.waitForSelector('[data-too-large]');
  assert.match(await window.text('[data-too-large]'), words.large);
  assert.match(await window.text('[data-left-out]'), /c\.csv/);
  assert.ok(await page.locator('[data-trial] .primary').isDisabled());
  await window.look('rules-pack-large');
  await page.click('[data-pack-file="b.csv"] [data-remove]');
  await page.waitForFunction(() => !document.querySelector('[data-too-large]'));
  assert.ok(await page.locator('[data-trial] .primary').isEnabled());
  for (let left = 3; left > 0; --left) await page.locator('[data-remove]').first().click();
  assert.ok(await page.locator('[data-trial] .primary').isDisabled(), 'nothing is tried');
  assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.contains(document.querySelector('#trial-pack'))), true, 'the next step is to choose');
  assert.equal(sent, 0);
}

export async function tryOwnPack(browser, story, pictures, options) {
  const window = await enter(browser, story, pictures, story.keys.clerk, options);
  const words = says[options.language ?? 'zh'];
  await window.go('#/rules?tab=trial', '[data-pack]');
  for (const step of [seeWhatIsWrong, mendIt, seeWhoFlips, seeTheLimit]) await step(window, words);
  await window.close();
}

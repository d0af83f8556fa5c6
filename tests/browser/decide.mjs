// A clerk weighs single samples of a draft, sees at once what that does, and computes it again with what was decided.
import assert from 'node:assert/strict';

import { enter, review, takeIn } from './story.mjs';

const cell = 'residential/2/';
const numberIn = (text) => Number(/\d+/.exec(text)[0]);

async function openSamples(window, id) {
  const { page } = window;
  if (id) await review(window, id);
  await page.click('#tab-samples');
  await page.click(`[data-cell-of="${cell}"]`, { timeout: 60_000 }); // the prices are computed again
  await page.waitForFunction(() => document.querySelector('[data-cell] h2')?.textContent?.includes('2') && document.querySelector('[data-strip]'));
}

const lineOf = (window, name) => window.page.locator(`[data-line=${name}] td`).allInnerTexts();

export async function decideOnSamples(browser, story, pictures) {
  const clerk = await enter(browser, story, pictures, story.keys.clerk);
  const { page } = clerk;
  await takeIn(clerk, story.draft.files);
  await page.waitForSelector('[data-imported]');
  await page.click('[data-imported] a');
  await page.waitForSelector('[data-review] [data-state=draft]');
  await openSamples(clerk);

  // An outlier is put back, by the keyboard alone, and not without a reason.
  await page.click('[data-only-left]');
  const outlier = page.locator('[data-fate=outlier] [data-pick]').first();
  const putBack = await outlier.getAttribute('data-pick');
  await outlier.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-decide]');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'decision-reason', 'the reason is asked for');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.wanted');
  await clerk.look('decide-reason');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'decision-reason');
  await page.keyboard.type('现场查勘属实');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-effect]');
  const [was, is] = (await lineOf(clerk, 'used')).map(numberIn);
  assert.equal(is, was + 1, 'it counts now');
  const [intervalBefore, intervalAfter] = await lineOf(clerk, 'estimate');
  assert.notEqual(intervalBefore, '—');
  assert.notEqual(intervalAfter, '—');

  // A mark of the plot is taken out, by the pointer.
  await page.locator('[data-strip] g.choosable:has(.kept)').first().dispatchEvent('click');
  await page.waitForSelector('[data-choice=exclude]');
  await page.fill('#decision-reason', '含地上建筑物');
  await page.click('[data-choice=exclude]');
  await page.waitForFunction(() => document.querySelectorAll('[data-decision]').length === 2);
  await page.waitForFunction((n) => document.querySelectorAll('[data-line=used] td')[1]?.textContent?.trim() === String(n), was);
  await clerk.look('decide');

  // One is undone; what is left goes into a computation, and into the log.
  await page.locator('[data-undo]').last().click();
  await page.waitForFunction(() => document.querySelectorAll('[data-decision]').length === 1);
  await page.fill('#again-note', '按查勘结果复核');
  await page.click('[data-again]');
  await page.waitForSelector('[data-job][data-state=done]', { timeout: 60_000 });
  await page.locator(`[data-result="${story.draft.id}"] a`).click();
  await page.waitForSelector('[data-review] [data-state=draft]');
  await openSamples(clerk);
  assert.match(await clerk.text(`[data-decision="${putBack}"]`), /现场查勘属实[\s\S]*张三/);
  assert.equal(numberIn((await clerk.text('[data-cell-of="residential/2/"] small')).split('·')[1]), is);
  await clerk.look('decide-done');
  await page.click('#tab-history');
  await page.waitForSelector('[data-history-table]');
  assert.match(await clerk.text('[data-history-table]'), /按查勘结果复核[\s\S]*现场查勘属实/);
  await clerk.look('decide-history');
  await clerk.close();
}

// The same in other languages and sizes, after it was decided.
export async function readDecisions(browser, story, pictures, options) {
  const window = await enter(browser, story, pictures, story.keys.clerk, options);
  const { page } = window;
  await openSamples(window, story.draft.id);
  await page.click('[data-undo]');
  await page.waitForSelector('[data-effect]');
  await page.locator('[data-pick]').first().click();
  await page.waitForSelector('[data-decide]');
  await window.look('decide');
  await page.keyboard.press('Escape');
  await page.click('[data-reset]');
  await page.waitForFunction(() => !document.querySelector('[data-effect]'));
  await window.close();
}

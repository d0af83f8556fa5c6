// The page on which prices are held against the law.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const verdict = (page) => page.locator('[data-verdict]').getAttribute('data-verdict');

async function example(page, name) {
  await page.click(`[data-example=${name}]`);
  await page.waitForSelector(`[data-verdict=${name}]`);
}

// Answers what is asked until there is a verdict: no, the first choice, or nothing.
async function answerAll(window) {
  const { page } = window;
  let asked = 0;
  for (; (await verdict(page)) === 'needs_facts' && asked < 20; ++asked) {
    const question = page.locator('.questions > .question');
    const fact = await question.getAttribute('data-missing');
    const answers = question.locator('[data-answer]');
    if (await answers.count()) {
      const no = question.locator('[data-answer=false]');
      await ((await no.count()) ? no : answers.first()).click();
    } else {
      await question.locator('input').fill('0');
      await question.locator('[data-give]').click();
    }
    await page.waitForFunction((before) => document.querySelector('.questions > .question')?.dataset.missing !== before, fact);
  }
  return asked;
}

export async function checkOneCase(window) {
  const { page } = window;
  await window.go('', '[data-example]');
  await window.look('check-empty');
  await example(page, 'lawful');
  await example(page, 'unlawful');
  assert.match(await window.text('.verdict .why'), /83\.99/);
  assert.match(await window.text('.findings'), /307号/);
  assert.match(await window.text('[data-ways]'), /84 元/);
  await window.look('check-unlawful');

  await example(page, 'needs_facts');
  await page.click('[data-skip]');
  await window.look('check-needs-facts');
  const asked = await answerAll(window);
  assert.ok(['lawful', 'unlawful'].includes(await verdict(page)), `still ${await verdict(page)} after ${asked} answers`);
  assert.ok(asked > 0 && (await page.locator('.known li').count()) > asked, 'answers are listed');

  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.sheet-facts').isVisible(), 'the sheet has the case');
  assert.ok(!(await page.locator('#form').isVisible()), 'the sheet has no form');
  await window.look('check-print');
  await page.emulateMedia({ media: 'screen' });
}

export async function checkFaults(window) {
  const { page } = window;
  await window.go('', '[data-example]');
  await example(page, 'unlawful');
  assert.match(await window.text('.verdict .word'), /unlawful/);
  await page.fill('#f-price-amount', 'eighty');
  await page.fill('#f-area_sqm', '-1');
  await page.click('#form .primary');
  await page.waitForSelector('[data-problem]');
  assert.equal(await page.locator('[aria-invalid=true]').count(), 2);
  await window.look('check-faults');
  await page.locator('.faults button').first().click();
  assert.ok(await page.evaluate(() => document.activeElement.matches('[aria-invalid=true]')), 'the problem leads to its field');
  await page.click('#clear');
  await page.waitForSelector('.empty');
  assert.equal(await page.inputValue('#f-area_sqm'), '');
}

// Where the law is read in two ways, the answers stand there in words, with the question that they belong to.
export async function checkReadings(window) {
  const { page } = window;
  await window.go('', '[data-example]');
  await example(page, 'lawful');
  await page.fill('#f-term_years', '20');
  await page.locator('.known li', { hasText: /还原率|Capitalization rate/ }).locator('button').first().click();
  await page.fill('#f-capitalization_rate', '0.04');
  await page.click('.known .el-button--primary');
  await page.waitForSelector('[data-verdict=conflict_review]');
  await page.waitForSelector('[data-reading] .cite');
  const answers = await page.locator('[data-reading] > p:first-child').allInnerTexts();
  assert.ok(answers.length > 1 && answers.every((text) => !text.includes('=')), answers.join(' | '));
  assert.match(await window.text('[data-reading] .cite'), window.label.startsWith('zh') ? /[一-龥]{4}/ : /[A-Za-z]+ [A-Za-z]+ /);
  await window.look('check-readings');
}

// Everything by keyboard: the language, the navigation, a case from its first field to its verdict.
export async function checkByKeyboard(window) {
  const { page } = window;
  await window.go('', '[data-example]');
  await page.focus('#f-area_sqm');
  await page.keyboard.type('10000');
  await page.focus('#f-price-amount');
  await page.keyboard.type('84');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-verdict=needs_facts]');
  await page.keyboard.press('Tab'); // focus is on the verdict: the first answer follows
  assert.ok(await page.evaluate(() => document.querySelector('#result').contains(document.activeElement)), 'focus went to the verdict');
  await page.focus('.more summary');
  await page.keyboard.press('Enter');
  await page.focus('#f-facts-far');
  await page.keyboard.type('1.25'); // stays in its place while it is typed
  await page.keyboard.press('Enter');
  await page.waitForSelector('.known');
  assert.match(await window.text('.known'), /1\.25/);
  await page.focus('.tabs [aria-selected=true]');
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector('.drop');
}

export async function checkBatch(window, source) {
  const { page } = window;
  await window.go('#/check?tab=batch', '.drop');
  await page.setInputFiles('input[type=file]', join(source, 'service/examples/cases.csv'));
  await page.waitForSelector('[data-row-verdict]');
  const rows = readFileSync(join(source, 'service/examples/cases.csv'), 'utf8').trim().split('\n').length - 1;
  assert.equal(await page.locator('[data-row-verdict]').count(), rows);
  await window.look('check-batch');
  await page.click('[data-filter=unlawful]');
  assert.deepEqual(await page.locator('[data-row-verdict]').evaluateAll((all) => [...new Set(all.map((one) => one.dataset.rowVerdict))]), ['unlawful']);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-download]')]);
  const csv = readFileSync(await download.path(), 'utf8');
  assert.match(csv, /^row,case_id,verdict,/);
  assert.equal(csv.trim().split('\n').length, rows + 1);
  const [workbook] = await Promise.all([page.waitForEvent('download'), page.click('[data-workbook]')]);
  assert.equal(workbook.suggestedFilename(), 'cases-checked.xlsx');
  assert.equal(readFileSync(await workbook.path()).subarray(0, 2).toString(), 'PK');
}

// Bytes on the wire until the page is ready to use, everything counted.
export async function checkBudget(window) {
  const session = await window.context.newCDPSession(window.page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await window.go('', '[data-example]');
  await window.page.waitForLoadState('networkidle');
  console.log(`check page: ${Math.round(bytes / 1024)} KiB over the wire`);
  assert.ok(bytes > 50_000 && bytes <= 300 * 1024, `${bytes} bytes`);
}

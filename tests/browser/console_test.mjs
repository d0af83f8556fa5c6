// console_test.mjs DIJIA SOURCE WEB WORK [PICTURES]: every page of the console as people use it, in Chinese and English,
// on a desk and on a phone. CHROMIUM names the browser.
import { join } from 'node:path';

import { checkBatch, checkBudget, checkByKeyboard, checkFaults, checkOneCase, checkReadings } from './check.mjs';
import { computePrices } from './compute.mjs';
import { decideOnSamples, readDecisions } from './decide.mjs';
import { enterKey } from './key.mjs';
import { addKey, openOffice } from './office.mjs';
import { tryOwnPack } from './pack.mjs';
import { readDiff, readLaw, readMap, readPrices, readRefresh, readTables, valueParcel } from './prices.mjs';
import { cancelWork, refreshFrom } from './refresh.mjs';
import { openStory, readDesk, tellStory } from './story.mjs';
import { openBrowser, Window } from './window.mjs';

const [dijia, source, web, work, pictures] = process.argv.slice(2);
const looks = [readPrices, readMap, valueParcel, readTables, readDiff, readRefresh, readLaw, (window) => checkBatch(window, source)];
const desk = {};
const phone = { width: 375, height: 812 };
const visits = [
  [desk, [checkBudget]],
  [desk, [checkOneCase, checkReadings, checkByKeyboard, ...looks]],
  [{ language: 'en' }, [checkFaults, checkReadings]],
  [{ ...phone, language: 'en' }, [checkFaults, ...looks]],
  [{ dark: true }, [checkOneCase, readPrices, readMap, readRefresh]],
];

const office = await openOffice(dijia, source, work);
const guarded = await openOffice(dijia, source, work, { guarded: true });
const story = await openStory(dijia, source, work);
let browser = null;
try {
  browser = await openBrowser(web);
  for (const [options, steps] of visits) {
    const window = await Window.open(browser, office.address, pictures, options);
    for (const step of steps) {
      const began = Date.now();
      await step(window);
      console.log(`${window.label} ${step.name || 'checkBatch'}: ${Date.now() - began} ms`);
    }
    await window.close();
  }
  for (const options of [desk, { ...phone, language: 'en' }]) {
    const window = await Window.open(browser, guarded.address, pictures, options);
    await enterKey(guarded.key)(window);
    await window.close();
  }
  await tellStory(browser, story, pictures);
  for (const options of [{ language: 'en' }, { ...phone, language: 'en' }, phone, { dark: true }]) {
    const window = await Window.open(browser, story.address, pictures, options);
    await readDesk(window, story);
    await window.close();
  }
  for (const options of [desk, { ...phone, language: 'en' }]) await tryOwnPack(browser, story, pictures, options);
  await decideOnSamples(browser, story, pictures);
  for (const options of [{ language: 'en' }, phone, { dark: true }]) await readDecisions(browser, story, pictures, options);
  const key = addKey(dijia, join(work, 'guarded.db'), '张三', 'clerk');
  const jobs = [computePrices(source, work, key), refreshFrom(work), cancelWork(source, work)];
  for (const options of [desk, { ...phone, language: 'en' }]) {
    const other = await Window.open(browser, guarded.address, pictures, options);
    for (const job of jobs) await job(other, options.language);
    await other.close();
  }
} finally {
  await browser?.browser.close();
  await office.close();
  await guarded.close();
  await story.close();
}
console.log('the console works');

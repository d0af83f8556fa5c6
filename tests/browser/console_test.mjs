// console_test.mjs DIJIA SOURCE WEB WORK [PICTURES]: every page of the console as people use it, in Chinese and English,
// on a desk and on a phone. CHROMIUM names the browser.
import { checkBatch, checkBudget, checkByKeyboard, checkFaults, checkOneCase } from './check.mjs';
import { enterKey } from './key.mjs';
import { openOffice } from './office.mjs';
import { readDiff, readLaw, readMap, readPrices, readRefresh, readTables, valueParcel } from './prices.mjs';
import { openBrowser, Window } from './window.mjs';

const [dijia, source, web, work, pictures] = process.argv.slice(2);
const looks = [readPrices, readMap, valueParcel, readTables, readDiff, readRefresh, readLaw, (window) => checkBatch(window, source)];
const desk = {};
const phone = { width: 375, height: 812 };
const visits = [
  [desk, [checkBudget]],
  [desk, [checkOneCase, checkByKeyboard, ...looks]],
  [{ language: 'en' }, [checkFaults]],
  [{ ...phone, language: 'en' }, [checkFaults, ...looks]],
  [{ dark: true }, [checkOneCase, readPrices, readMap, readRefresh]],
];

const office = await openOffice(dijia, source, work);
const guarded = await openOffice(dijia, source, work, { guarded: true });
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
  const window = await Window.open(browser, guarded.address, pictures);
  await enterKey(guarded.key)(window);
  await window.close();
} finally {
  await browser?.browser.close();
  await office.close();
  await guarded.close();
}
console.log('the console works');

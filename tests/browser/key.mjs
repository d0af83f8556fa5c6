// A service that wants a key, and a person who mistypes it first.
import assert from 'node:assert/strict';

export const enterKey = (key) => async function enterKeyOf(window) {
  const { page } = window;
  const enter = async (text) => {
    await page.fill('#key', text);
    await page.click('[data-key] button');
  };
  await window.go('#/prices?as_of=2026-06-30&county=431230', '[data-key]');
  await window.look('key');
  await enter(key.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await page.waitForSelector('[data-key][data-refused]');
  assert.equal(await page.locator('[data-grade-table]').count(), 0, 'nothing is shown without a key');
  await window.look('key-refused');
  await enter(key);
  await page.waitForSelector('[data-grade-table]');
  assert.equal(await page.locator('[data-key]').count(), 0);
  await window.go('#/rules', 'h1'); // kept in this window
  assert.equal(await page.locator('[data-key]').count(), 0);
};

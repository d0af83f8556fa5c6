// A service that wants a key: a person mistypes it first, signs in, and signs out.
import assert from 'node:assert/strict';

export async function signIn(window, key) {
  await window.page.fill('#key', key);
  await window.page.click('[data-key] button');
  await window.page.waitForSelector('[data-who]');
}

export const enterKey = (key) => async function enterKeyOf(window) {
  const { context, page } = window;
  const prices = '#/prices?as_of=2026-06-30&county=431230';
  await window.go(prices, '[data-key]');
  await window.look('key');
  await page.fill('#key', key.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await page.click('[data-key] button');
  await page.waitForSelector('[data-key][data-refused]');
  assert.equal(await page.locator('[data-grade-table]').count(), 0, 'nothing is shown without a key');
  assert.equal(await page.inputValue('#key'), '', 'what was entered does not stay');
  await window.look('key-refused');

  await signIn(window, key);
  await page.waitForSelector('[data-grade-table]');
  assert.equal(await page.locator('[data-key]').count(), 0);
  assert.match(await window.text('[data-who]'), /交易平台/);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.documentElement.outerHTML]));
  assert.ok(!kept.includes(key.slice(-16)), 'the page keeps no key');
  const [cookie] = await context.cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, cookie.path, cookie.expires], ['dijia-session', true, 'Strict', '/', -1]);
  assert.ok(!kept.includes(cookie.value), 'no script sees the session');
  await window.look('signed-in');
  await window.go('#/rules', 'h1'); // loaded anew
  await page.waitForSelector('[data-who]');
  await window.go('', '[data-example=lawful]');
  await page.click('[data-example=lawful]'); // a request with the token of the session
  await page.waitForSelector('[data-verdict=lawful]');

  await page.click('[data-sign-out]');
  await page.waitForSelector('[data-key]');
  assert.equal(await page.locator('[data-who]').count(), 0);
  assert.deepEqual(await context.cookies(), []);
  await window.go(prices, '[data-key]');
  await signIn(window, key);
  await context.clearCookies(); // as after half an hour
  await page.click('[data-grade-table] .price');
  await page.waitForSelector('[data-key]');
  await signIn(window, key);
  await page.waitForSelector('[data-history] .grid');
};

// The pages of published prices, of their age, and of the law.
import assert from 'node:assert/strict';

export async function readPrices(window) {
  const { page } = window;
  await window.go('#/prices?as_of=2026-06-30&county=431230', '[data-grade-table]');
  assert.match(await window.text('[data-grade-table]'), /2560[\s\S]*170\.6667/);
  await window.look('prices');
  await page.locator('[data-grade-table] .price').first().click();
  await page.waitForSelector('.chart canvas');
  assert.match(await window.text('[data-history]'), /tongdao-2022[\s\S]*2304[\s\S]*tongdao-2026[\s\S]*2560/);
  await page.hover('.chart');
  await window.look('prices-history');
  await window.go('#/prices?as_of=2024-06-30', '[data-grade-table]');
  assert.match(await window.text('[data-grade-table]'), /2304/, 'what was in force then');
}

export async function readMap(window) {
  const { page } = window;
  await window.go('#/prices?as_of=2026-06-30&county=431230&tab=map', '[data-map] path');
  assert.equal(await page.locator('[data-map] path').count(), 5);
  await page.locator('[data-map] path').nth(1).dispatchEvent('click');
  assert.match(await window.text('[data-picked]'), /2080/);
  await page.locator('[data-places] button').first().focus();
  await page.keyboard.press('Enter');
  assert.match(await window.text('[data-picked]'), /2560[\s\S]*170\.6667/);
  assert.equal(await page.locator('[data-map] path.chosen').count(), 1);
  const before = await page.locator('[data-map] path.chosen').getAttribute('d');
  await page.locator('.leaflet-control-zoom-in').click();
  assert.notEqual(await page.locator('[data-map] path.chosen').getAttribute('d'), before, 'the map is nearer');
  await window.look('map');
  await window.go('#/prices?as_of=2024-06-30&county=431230', '[data-grade-table]');
  assert.equal(await page.locator('#tab-map').count(), 0, 'no map where no shapes are kept');
}

export async function valueParcel(window) {
  const { page } = window;
  await window.go('#/prices?as_of=2026-06-30&county=431230&tab=value', '[data-parcel]');
  await page.click('[data-parcel] .primary');
  await page.waitForSelector('[data-valuation=withheld]');
  await window.look('value-withheld');
  await page.click('[data-sample]');
  await page.waitForSelector('[data-valuation=valued]');
  assert.match(await window.text('[data-step=base]'), /\d级|Grade \d/);
  assert.match(await window.text('[data-step=date]'), /× 1\.0304/);
  assert.match(await window.text('.verdict .word'), /2637\.8/);
  await window.look('value');
}

export async function readTables(window) {
  await window.go('#/prices?as_of=2026-06-30&county=431230&tab=tables', '[data-table]');
  assert.match(await window.text('[data-table=shape]'), /1\.02/);
  await window.look('tables');
}

export async function readDiff(window) {
  await window.go('#/prices?as_of=2026-06-30&county=431230&tab=diff', '[data-diff-prices]');
  assert.match(await window.text('[data-diff-prices]'), /2304[\s\S]*2560[\s\S]*\+11\.11/);
  await window.look('diff');
}

export async function readRefresh(window) {
  await window.go('#/refresh?as_of=2028-06-01', '[data-due]');
  assert.equal(await window.page.locator('[data-due=overdue]').count(), 1);
  assert.match(await window.text('[data-due]'), /2025-04-01[\s\S]*1035[\s\S]*12号/);
  await window.look('refresh');
}

export async function readLaw(window) {
  const { page } = window;
  await window.go('#/rules?as_of=2023-05-01', '.clause');
  const clauses = await page.locator('[data-clause]').count();
  await window.look('rules');
  await page.fill('#rules-find', '307号');
  await page.waitForFunction((before) => document.querySelectorAll('[data-clause]').length < before, clauses);
  assert.ok((await page.locator('[data-clause]').count()) > 2);
  await window.go('#/rules?tab=changes&from=2016-01-01&to=2023-05-01', '[data-changes]');
  assert.match(await window.text('[data-changes]'), /201号/);
  await window.look('rules-changes');
  await window.go('#/rules?tab=changes&from=2023-05-01&to=2023-05-01', '.empty');
}

// A clerk sends a plan and samples with mistakes, follows the job, and reads what it came to.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// The samples of the example county with two rows that cannot be read.
function badSamples(source, work) {
  const [head, first, second, ...rows] = readFileSync(join(source, 'data/example/samples.csv'), 'utf8').split('\n');
  const at = head.split(',').indexOf('price');
  const spoiled = (row) => row.split(',').map((cell, i) => (i === at ? '8OO' : cell)).join(',');
  const file = join(work, '样点.csv');
  writeFileSync(file, [head, spoiled(first), spoiled(second), ...rows].join('\n'));
  return file;
}

// `key` is that of a clerk.
export const computePrices = (source, work, key) => {
  const samples = badSamples(source, work);
  return async function computePricesOf(window) {
    const { page } = window;
    await new Promise((resolve) => setTimeout(resolve, 1500)); // until the service knows the key
    await window.go('#/refresh?tab=compute', '[data-key]');
    await page.fill('#key', key);
    await page.click('[data-key] button');
    await page.waitForSelector('[data-compute]');
    await window.look('compute');

    // One plan is wanted: of files that are dropped there the first is taken.
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      for (const name of ['a.toml', 'b.toml']) transfer.items.add(new File(['x'], name));
      return transfer;
    });
    await page.dispatchEvent('.pick:has(#compute-plan)', 'drop', { dataTransfer: dropped });
    assert.deepEqual(await page.locator('.pick:has(#compute-plan) .picked').allInnerTexts(), ['a.toml']);

    await page.setInputFiles('#compute-plan', samples);
    await page.setInputFiles('#compute-samples', samples);
    await page.click('[data-compute] .primary');
    await page.waitForSelector('[data-mistake]');
    await window.look('compute-refused');

    await page.setInputFiles('#compute-plan', join(source, 'data/example/plan.toml'));
    await page.click('[data-compute] .primary');
    await page.waitForSelector('[data-job]');
    await page.waitForSelector('[data-job][data-state=done]', { timeout: 60_000 });
    await page.waitForSelector('[data-result]');
    assert.equal(await page.locator('[data-result]').count(), 3, 'a publication for each grading area');
    assert.match(await window.text('[data-messages]'), /样点\.csv[\s\S]*8OO/);
    assert.ok((await page.locator('[data-price]').count()) > 10);
    assert.match(await window.text('[data-result] a'), /草案|draft/);
    await window.look('compute-done');

    await page.locator('[data-files] .link').filter({ hasText: 'summary.csv' }).scrollIntoViewIfNeeded();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-files] .link').filter({ hasText: 'summary.csv' }).click()]);
    assert.match(readFileSync(await download.path(), 'utf8'), /^county,county_name,area/);
    await page.reload(); // the address names the job
    await page.waitForSelector('[data-result]');
    await window.go('#/refresh?tab=compute', '[data-jobs] a');
    assert.match(await window.text('[data-jobs]'), /example-2025/);
  };
};

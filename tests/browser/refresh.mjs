// A clerk ends a computation that would take long, and makes the next publication from the prices in force.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// The samples of the example county ten times over, at other prices or they would be duplicates, and a plan that draws
// them anew half a million times for each interval: minutes of work, which is asked between grades whether to go on.
function longWork(source, work) {
  const [head, ...rows] = readFileSync(join(source, 'data/example/samples.csv'), 'utf8').trimEnd().split('\n');
  const priceAt = head.split(',').indexOf('price');
  const changed = (cell, i, copy) => (i === 0 ? `${copy}-${cell}` : i === priceAt && cell !== '' ? (Number(cell) + copy / 100).toFixed(2) : cell);
  const copyOf = (copy) => rows.map((row) => row.split(',').map((cell, i) => changed(cell, i, copy)).join(','));
  const samples = join(work, '多样点.csv');
  writeFileSync(samples, [head, ...Array.from({ length: 10 }, (_, copy) => copyOf(copy)).flat()].join('\n'));
  const plan = join(work, '久算.toml');
  const text = readFileSync(join(source, 'data/example/plan.toml'), 'utf8');
  const slow = text.replace(/^estimator = .*/m, 'estimator = "mean"').replace(/^interval = "order_statistic"/m, 'interval = "bootstrap_bca"\nbootstrap_replicates = 500000');
  assert.match(slow, /bootstrap_replicates/);
  writeFileSync(plan, slow);
  return { plan, samples };
}

const refreshPlan = `id = "tongdao-2030"
title = "通道（2030年）"
base_date = 2030-01-01
effective_from = 2030-07-01
[uses.residential]
method = "index"
reason = "土地市场指数"
index = [{ date = 2020-01-01, index = 1 }, { date = 2040-01-01, index = 1.2 }]
`;

const says = {
  zh: { cancelled: '已取消', by: '由 张三 取消', plan: '更新方案', draft: '草案' },
  en: { cancelled: 'cancelled', by: 'cancelled by 张三', plan: 'Plan of the refresh', draft: 'draft' },
};

export const cancelWork = (source, work) => {
  const { plan, samples } = longWork(source, work);
  return async function cancelWorkOf(window, language = 'zh') {
    const { page } = window;
    await window.go('#/refresh?tab=compute', '[data-compute]');
    await page.setInputFiles('#compute-plan', plan);
    await page.setInputFiles('#compute-samples', samples);
    await page.click('[data-compute] .primary');
    await page.waitForSelector('[data-job][data-state=running]');
    await page.waitForFunction(() => / [1-9]\d* \/ \d+/.test(document.querySelector('[data-job] [role=status]')?.textContent ?? ''), null, { timeout: 120_000 });
    await window.look('job-running');
    await page.click('[data-cancel]');
    await page.waitForSelector('[data-job][data-state=cancelled]', { timeout: 120_000 });
    assert.equal(await window.text('[data-job] .tag'), says[language].cancelled);
    assert.match(await window.text('[data-job]'), new RegExp(says[language].by));
    assert.equal(await page.locator('[data-cancel], [data-job] progress, [data-result], [data-files]').count(), 0, 'nothing to end, nothing made');
    await window.look('job-cancelled');
    await page.click('#content a[href*="tab=compute"]');
    await page.waitForSelector('[data-jobs] li');
    assert.equal(await window.text('[data-jobs] li .tag'), says[language].cancelled, 'the latest job');
  };
};

export const refreshFrom = (work) => {
  const plan = join(work, '更新.toml');
  writeFileSync(plan, refreshPlan);
  return async function refreshFromOf(window, language = 'zh') {
    const { page } = window;
    await window.go('#/refresh?tab=compute', '[data-compute]');
    await page.setInputFiles('#compute-plan', plan);
    assert.ok(await page.locator('[data-compute] .primary').isDisabled(), 'without samples there is nothing to compute from');
    await page.click('.field:has(#compute-from) .el-select');
    await page.getByRole('option', { name: /通政发〔2026〕1号/ }).click();
    await page.waitForSelector('#compute-compute-plan', { state: 'attached' });
    assert.match(await window.text('.pick:has(#compute-plan)'), new RegExp(says[language].plan));
    await window.look('refresh-from');
    await page.click('[data-compute] .primary');
    await page.waitForSelector('[data-job][data-state=done]', { timeout: 60_000 });
    await page.waitForSelector('[data-result="tongdao-2030"]');
    // Of the first grade: the new price, the old one, and by how many per cent it is another.
    const row = await window.text('[data-price="residential 1"]');
    assert.match(row, /825\.7[\s\S]*790[\s\S]*4\.52/);
    assert.match(await window.text('[data-price="industrial 1"]'), /350[\s\S]*350[\s\S]*0/, 'what the plan does not name is carried');
    await window.look('refresh-from-done');
    assert.match(await window.text('[data-result] a'), new RegExp(says[language].draft));
    await page.click('[data-result] a');
    await page.waitForSelector('[data-review] [data-state=draft]');
    assert.match(await window.text('[data-review]'), /通道（2030年）|tongdao-2030/);
  };
};

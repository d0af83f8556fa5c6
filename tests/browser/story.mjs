// How computed prices become the law, and how a wrong one is put right: three people, each in a window of their own, on
// the real service and store.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { signIn } from './key.mjs';
import { addKey, publish, serve } from './office.mjs';
import { Window } from './window.mjs';

const wrongPrice = '19990'; // what somebody typed into the grade below
const parcelHeader = 'parcel_id,area,use,grade,area_sqm,far,term_years,valuation_date,development_level';

// The example county computed under another name, from other sales, for another day: the files to import.
function computeRound(dijia, source, work, { id, number, title, from, since }) {
  const samples = join(source, 'data/example/samples.csv');
  const folder = join(work, id);
  mkdirSync(folder);
  const plan = join(folder, 'plan.toml');
  writeFileSync(plan, readFileSync(join(source, 'data/example/plan.toml'), 'utf8')
    .replace('id = "example-2025"', `id = "${id}"`).replace('（2025年）', title).replace('示例〔2025〕1号', number)
    .replace('effective_from = 2025-07-01', `effective_from = ${from}`).replace('from = 2020-01-01', `from = ${since}`));
  execFileSync(dijia, ['compute', plan, '--samples', samples, '--out', join(folder, 'out')], { stdio: 'ignore' });
  const town = readdirSync(join(folder, 'out')).find((name) => name.endsWith('城区'));
  const area = join(folder, 'out', town);
  const publication = JSON.parse(readFileSync(join(area, 'publication.json'), 'utf8'));
  return { id: publication.id, from, publication, document: join(area, 'publication.json'), files: [join(area, 'publication.json'), join(area, 'evidence.json'), plan, samples] };
}

// Three industrial prices around the minimum of class 14, 84 yuan/m² since 2007, kept with their verdicts.
function keepChecks(dijia, store, work) {
  const facts = { priority_industry_listed: false, agri_processing_listed: false, inside_planned_area: true, land_origin: 'construction' };
  const cases = [['工-1', '150304', '83.99'], ['工-2', '150304', '84'], ['工-3', '152502', '80']].map(([case_id, county, amount]) => ({
    case_id, county, land_class: 14, use: 'industrial', method: 'listing', decided_on: '2023-05-01', area_sqm: 10000, term_years: 50,
    price: { amount, unit: 'yuan_per_sqm', kind: 'reserve' }, rebates_yuan_per_sqm: 0, cost_yuan_per_sqm: 40, facts,
  }));
  const file = join(work, 'kept.ndjson');
  writeFileSync(file, cases.map((one) => JSON.stringify(one) + '\n').join(''));
  const { status } = spawnSync(dijia, ['check', file, '--keep', '--actor', '张三', '--store', store], { stdio: ['ignore', 'ignore', 'inherit'] });
  assert.equal(status, 4, 'some are unlawful');
}

export async function openStory(dijia, source, work) {
  const store = join(work, 'story.db');
  execFileSync(dijia, ['init', '--store', store], { stdio: 'ignore' });
  const first = computeRound(dijia, source, work, { id: 'example-2025', number: '示例〔2025〕1号', title: '（2025年）', from: '2025-07-01', since: '2020-01-01' });
  const second = computeRound(dijia, source, work, { id: 'example-2026', number: '示例〔2026〕1号', title: '（2026年）', from: '2026-07-01', since: '2022-01-01' });
  const correction = computeRound(dijia, source, work, { id: 'example-2026-gz', number: '示例〔2026〕2号', title: '（2026年，更正）', from: '2026-08-01', since: '2022-01-01' });
  const draft = computeRound(dijia, source, work, { id: 'example-2028', number: '示例〔2028〕1号', title: '（2028年）', from: '2028-07-01', since: '2020-01-01' });
  publish(dijia, store, first.document, first.id);
  keepChecks(dijia, store, work);

  // The second round as somebody spoilt it by hand after it was computed, and one that no service takes.
  const spoilt = structuredClone(second.publication);
  const cell = spoilt.uses.residential.grades.find((one) => one.grade === 2);
  const rightPrice = cell.price;
  cell.price = wrongPrice;
  const mistaken = structuredClone(spoilt);
  mistaken.uses.residential.grades[0].price = 'many';
  mistaken.uses.residential.gardes = [];
  delete mistaken.uses.industrial.term_years;
  const folder = join(work, 'edited');
  mkdirSync(folder);
  const write = (name, value) => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  writeFileSync(join(folder, 'parcels.csv'), `${parcelHeader}
R-1,城区,residential,1,1000,2.5,70,2024-08-15,五通一平
R-2,城区,residential,2,2000,2.2,70,2024-08-15,五通一平
R-3,城区,residential,2,1500,2.0,60,2024-08-15,五通一平
C-1,城区,commercial,1,800,2.5,40,2024-08-15,五通一平
C-2,城区,commercial,3,,2.0,40,2024-08-15,五通一平
I-1,城区,industrial,2,20000,1.0,50,2024-08-15,五通一平
R-4,城区,residential,3,1000,1.8,70,2026-08-15,五通一平
T-1,甲镇,residential,1,600,1.5,70,2024-08-15,五通一平
B-1,城区,residential,1,many,2.5,70,2024-08-15,五通一平
`);
  writeFileSync(join(folder, 'nothing.csv'), 'a,b\n1,2\n');
  const keys = {
    clerk: addKey(dijia, store, '张三', 'clerk'), approver: addKey(dijia, store, '李四', 'approver'),
    publisher: addKey(dijia, store, '王五', 'approver'), viewer: addKey(dijia, store, '交易平台', 'viewer'),
  };
  const served = await serve(dijia, store);
  return {
    ...served, keys, first, correction, draft, rightPrice,
    second: { ...second, files: [write('publication.json', spoilt), ...second.files.slice(1)] }, mistaken: write('mistaken.json', mistaken),
    parcels: join(folder, 'parcels.csv'), nothing: join(folder, 'nothing.csv'),
  };
}

export async function enter(browser, story, pictures, key, options) {
  const window = await Window.open(browser, story.address, pictures, options);
  await window.go('#/desk', '[data-key]');
  await signIn(window, key);
  return window;
}

const steps = { submitted: '提交', approved: '批准', published: '公布', withdrawn: '撤回' };

// One step of the publication that the window shows, with a note.
async function step(window, to, note, picture) {
  const { page } = window;
  await page.click(`[data-step=${to}]`);
  await page.waitForSelector(`[data-confirm=${to}]`);
  assert.ok(await page.evaluate(() => document.activeElement?.id === 'step-note'), 'the note is asked for');
  await page.fill('#step-note', note);
  if (picture) await window.look(picture);
  const said = await window.text(`[data-confirm=${to}]`);
  await page.click(`[data-confirm=${to}] .primary`);
  await page.waitForSelector(`[data-review] [data-state=${to}]`);
  assert.match(await window.text('[data-done]'), new RegExp(steps[to]));
  return said;
}

// The service takes the next step and the line breaks before its answer: the person sees that, and confirms again.
async function stepOnBadLine(window, to, note) {
  const { page } = window;
  await page.route('**/transitions?*', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await page.click(`[data-step=${to}]`);
  await page.fill('#step-note', note);
  await page.click(`[data-confirm=${to}] .primary`);
  await page.waitForSelector('[data-steps] [data-problem]');
  assert.match(window.complaints.splice(0).join('\n'), /ERR_FAILED/);
  await page.click(`[data-confirm=${to}] .primary`);
  await page.waitForSelector(`[data-review] [data-state=${to}]`);
  assert.match(await window.text('[data-done]'), new RegExp(steps[to]));
}

export async function review(window, id) {
  await window.go(`#/desk?id=${encodeURIComponent(id)}`, '[data-review]');
}

export async function takeIn(window, files) {
  const { page } = window;
  await window.go('#/desk', '[data-import]');
  await page.setInputFiles('[data-import] input[type=file]', files);
  await page.waitForSelector('.dropped li');
  await page.click('[data-import] .primary');
}

// The price of residential grade 2 that holds on a day, as everybody reads it. What was published is known to all within
// two seconds.
async function waitForPrice(window, day, price) {
  const digits = String(price).replace(/\B(?=(\d{3})+$)/g, ',?');
  for (let left = 40; ; --left) {
    await window.go(`#/prices?as_of=${day}&county=000000`, '[data-grade-table]');
    const text = await window.text('[data-grade-table]');
    if (new RegExp(digits).test(text)) return;
    assert.ok(left > 0, `${price} is not in force on ${day}: ${text}`);
    await window.page.waitForTimeout(250);
  }
}

// On a phone a grade stands there with its headline and opens on its amounts, also by the keyboard.
async function openSums(window, name) {
  const { page } = window;
  const grade = page.locator('[data-impact-row=grade]', { hasText: /-91\.85/ });
  assert.match(await grade.locator('summary').innerText(), /2/);
  assert.ok(!(await grade.locator('dl').isVisible()), 'closed at first');
  await grade.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.match(await grade.locator('dl').innerText(), /71,972,500/);
  await window.look(`${name}-open`);
  const { height } = await page.locator('[data-impact-table]').boundingBox();
  assert.ok(height < 1000, `${height} px for a few sums`);
}

// Who pays more and who less by the publication that the window shows; `name` of the picture.
async function seeWhoIsAffected(window, story, name) {
  const { page } = window;
  await page.click('#tab-impact');
  await page.setInputFiles('[data-impact] input[type=file]', story.parcels);
  await page.waitForSelector('[data-impact-table]');
  await page.waitForSelector('[data-impact-chart] canvas');
  await window.look(name);
  if (page.viewportSize().width < 600) await openSums(window, name);
}

// The law before there was a minimum, tried on the kept checks; `name` of the picture.
async function tryOtherLaw(window, name) {
  const { page } = window;
  await window.go('#/rules?tab=trial&after=2006-06-01', '[data-trial]');
  await page.click('[data-trial] .primary');
  await page.waitForSelector('[data-flips]');
  await window.look(name);
  const flips = await page.locator('[data-flip]').evaluateAll((rows) => rows.map((row) => row.dataset.flip));
  assert.ok(flips.includes('工-1') && flips.includes('工-3'), flips.join());
}

export async function tellStory(browser, story, pictures) {
  const { second, correction } = story;
  const clerk = await enter(browser, story, pictures, story.keys.clerk);
  const approver = await enter(browser, story, pictures, story.keys.approver);
  const publisher = await enter(browser, story, pictures, story.keys.publisher);

  // The clerk checks a price, imports a draft that has mistakes, then the one without, and submits it.
  await clerk.go('', '[data-example=unlawful]');
  await clerk.page.click('[data-example=unlawful]');
  await clerk.page.waitForSelector('[data-verdict=unlawful]');
  await takeIn(clerk, [story.mistaken]);
  await clerk.page.waitForSelector('[data-mistake]');
  const mistakes = await clerk.page.locator('[data-import] .mistakes').innerText();
  for (const place of ['/uses/residential/grades/0/price', '/uses/residential', '/uses/industrial']) assert.ok(mistakes.includes(place), mistakes);
  assert.equal(await clerk.page.locator('[data-mistake]').count(), 3);
  await clerk.look('desk-mistakes');
  await takeIn(clerk, second.files);
  await clerk.page.waitForSelector('[data-imported]');
  await clerk.look('desk-imported');
  await clerk.page.click('[data-imported] a');
  await clerk.page.waitForSelector('[data-review] [data-state=draft]');
  assert.ok(await clerk.page.locator('[data-step=withdrawn]').isDisabled(), 'a clerk does not withdraw');
  await clerk.page.click('[data-step=submitted]');
  await clerk.look('desk-submit');
  await clerk.page.keyboard.press('Escape');
  await stepOnBadLine(clerk, 'submitted', '已内业核对');
  assert.ok(await clerk.page.locator('[data-step=approved]').isDisabled());
  assert.match(await clerk.text('[data-hindrance]'), /审批/);

  // Somebody wants to know what the minimum prices changed: the law of 2006 is tried on the kept checks.
  await clerk.go('#/rules?tab=trial', '[data-trial]');
  assert.ok(await clerk.page.locator('[data-trial] .primary').isDisabled(), 'something must be tried');
  await tryOtherLaw(clerk, 'rules-trial');
  assert.match(await clerk.text('[data-by-clause]'), /307号/);
  const [change] = await clerk.page.locator('[data-change]').all();
  await change.click();
  assert.ok((await clerk.page.locator('[data-flip]').count()) > 0);
  const [flips] = await Promise.all([clerk.page.waitForEvent('download'), clerk.page.click('[data-trial-save]')]);
  assert.match(readFileSync(await flips.path(), 'utf8'), /\n工-1,150304,unlawful,/);
  await clerk.go('#/rules?tab=trial&after=2023-05-01', '[data-trial]');
  await clerk.page.click('[data-trial] .primary');
  await clerk.page.waitForSelector('[data-trial-result] .empty');
  await clerk.go('#/rules?tab=trial&reading=cost_evidence&option=always', '[data-trial]');
  await clerk.page.click('[data-trial] .primary');
  await clerk.page.waitForSelector('[data-trial-result] .empty'); // every cost is known
  await clerk.look('rules-trial-reading');

  // Another person reviews it: against the prices in force, its samples, its history. They overlook the price that does
  // not come out of the samples, which the page says, and approve.
  await approver.go('#/desk', `[data-entry="${second.id}"]`);
  await approver.look('desk');
  await approver.page.click(`[data-entry="${second.id}"] a`);
  await approver.page.waitForSelector('[data-grade-table]');
  await approver.look('desk-review');
  await approver.page.click('#tab-diff');
  await approver.page.waitForSelector('[data-diff-prices]');
  assert.match(await approver.text('[data-diff-prices]'), /19,?990/);
  await approver.look('desk-diff');

  // Whom it would meet: the two of residential grade 2 pay a multiple, which the sums show. A file that is none is
  // refused; a row that cannot be read and a parcel of a town are named and not counted.
  await approver.page.click('#tab-impact');
  await approver.page.setInputFiles('[data-impact] input[type=file]', story.nothing);
  await approver.page.waitForSelector('[data-impact] [data-mistake]');
  await approver.look('desk-impact-refused');
  await approver.page.click('[data-impact] .toolbar button');
  await approver.look('desk-impact-empty');
  await seeWhoIsAffected(approver, story, 'desk-impact');
  const spoilt = await approver.page.locator('[data-impact-row=grade]', { hasText: /^2级/ }).first().locator('td').allInnerTexts();
  assert.deepEqual(spoilt.slice(0, 5), ['2', '2', '0', '0', '0'], 'parcels, raised, lowered, same, not valued');
  assert.ok(Number(spoilt[5].replace(/[+,]/g, '')) > 100, `${spoilt[5]} %`);
  assert.equal(await approver.page.locator('[data-impact-row=all] td').first().innerText(), '7');
  assert.match(await approver.text('[data-withheld]'), /1 宗.*2026-08-15.*DJ-2202/s);
  assert.match(await approver.text('[data-elsewhere]'), /1 宗/);
  assert.match(await approver.text('[data-impact-problems] [data-mistake]'), /10:5/);
  const [download] = await Promise.all([approver.page.waitForEvent('download'), approver.page.click('[data-impact-save]')]);
  const parcels = readFileSync(await download.path(), 'utf8').trim().split('\n');
  assert.equal(download.suggestedFilename(), 'parcels-impact.csv');
  assert.deepEqual(parcels.slice(1).map((line) => line.split(',')[5]).filter((kind) => !['raised', 'lowered', 'same'].includes(kind)), ['not_valued', 'elsewhere', 'error']);
  await approver.page.click('#tab-samples');
  await approver.page.waitForSelector('[data-strip]', { timeout: 60_000 }); // the prices are computed again
  assert.match(await approver.text('[data-edited]'), /居住用地 2级/);
  await approver.page.click('[data-cell-of="residential/2/"]');
  await approver.page.waitForFunction(() => document.querySelector('[data-cell] h2')?.textContent?.includes('居住用地 2级') && document.querySelector('[data-strip]'));
  const used = await approver.page.locator('[data-strip] .kept').count();
  assert.ok(used > 5, `${used} samples`);
  await approver.page.click('[data-only-left]');
  assert.ok((await approver.page.locator('[data-fate=outlier]').count()) > 0, 'what was left out has its reason');
  await approver.look('desk-samples');
  await approver.page.click('#tab-history');
  await approver.page.waitForSelector('[data-history-table]');
  assert.match(await approver.text('[data-history-table]'), /张三[\s\S]*已内业核对/);
  assert.equal((await approver.text('[data-history-table]')).split('已内业核对').length, 2, 'submitted once');
  await approver.look('desk-history');
  await review(publisher, second.id);
  await publisher.page.click('[data-step=approved]');
  await publisher.page.waitForSelector('[data-confirm=approved]');
  await step(approver, 'approved', '同意', 'desk-approve');

  // Whoever comes a moment late is told by the service.
  await publisher.page.click('[data-confirm=approved] .primary');
  await publisher.page.waitForSelector('[data-review] [data-state=approved]');
  assert.ok((await publisher.text('[data-steps] [data-problem]')).includes(second.id));
  await publisher.look('desk-too-late');

  // A third one publishes, after reading what the prices before lose.
  await review(publisher, second.id);
  const said = await step(publisher, 'published', '', 'desk-publish');
  assert.match(said, /自 2026-07-01 起有效/);
  assert.match(said, /自 2026-07-01 起不再有效/);
  assert.match(said, /已过去 \d+ 天/);
  await waitForPrice(publisher, '2026-07-15', wrongPrice);
  await publisher.look('story-prices');

  // Somebody finds the wrong price in its history. It was the law and stays so for its days; a correction follows, which
  // whoever submits it does not approve.
  await clerk.go('#/prices?as_of=2026-07-15&county=000000', '[data-grade-table]');
  await clerk.page.locator('[data-grade-table] .price', { hasText: /19,?990/ }).click();
  await clerk.page.waitForSelector('.chart canvas');
  await clerk.look('story-wrong-price');
  await takeIn(approver, correction.files);
  await approver.page.click('[data-imported] a');
  await approver.page.waitForSelector('[data-review] [data-state=draft]');
  await step(approver, 'submitted', `更正居住用地 2 级：${wrongPrice} 应为 ${story.rightPrice}`);
  assert.ok(await approver.page.locator('[data-step=approved]').isDisabled());
  assert.match(await approver.text('[data-hindrance]'), /另一人/);
  await approver.look('desk-second-person');
  await review(publisher, correction.id);
  await step(publisher, 'approved', '');
  assert.match(await step(publisher, 'published', ''), /自 2026-08-01 起不再有效/);
  await waitForPrice(clerk, '2026-08-15', story.rightPrice);
  await waitForPrice(clerk, '2026-07-15', wrongPrice);
  for (const window of [clerk, approver, publisher]) await window.close();
}

// The desk in other languages and sizes, after the story.
export async function readDesk(window, story) {
  const { page } = window;
  await window.go('#/desk', '[data-key]');
  await signIn(window, story.keys.publisher);
  await page.waitForSelector('[data-desk]');
  await window.look('desk');
  await page.click('[data-filter=published]');
  assert.equal(await page.locator('[data-entry]').count(), 1);
  await review(window, story.correction.id);
  await page.waitForSelector('[data-grade-table]');
  await window.look('desk-review');
  await page.click('[data-step=withdrawn]');
  await page.waitForSelector('[data-confirm=withdrawn]');
  assert.ok((await page.locator('.consequences').innerText()).includes(story.second.publication.document_no), 'what is in force again');
  await window.look('desk-withdraw');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-step=withdrawn]');
  await seeWhoIsAffected(window, story, 'desk-impact');
  await tryOtherLaw(window, 'rules-trial');
  await review(window, story.correction.id);
  await page.click('#tab-samples');
  await page.waitForSelector('[data-strip]', { timeout: 60_000 });
  await window.look('desk-samples');
  await page.click('#tab-history');
  await page.waitForSelector('[data-history-table]');
  await window.look('desk-history');
}

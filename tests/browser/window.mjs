// A window of Chromium on the console. What the page complains of fails the test, and so does what axe finds.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export async function openBrowser(web) {
  const require = createRequire(join(web, 'package.json'));
  const { chromium } = require('playwright-core');
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  return { browser: await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: flags }), axe };
}

export class Window {
  static async open({ browser, axe }, address, pictures, { width = 1280, height = 720, language = 'zh', dark = false } = {}) {
    const one = new Window();
    Object.assign(one, { address, pictures, axe, complaints: [], label: `${language}-${width}${dark ? '-dark' : ''}` });
    one.context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', isMobile: width < 600, hasTouch: width < 600, acceptDownloads: true });
    await one.context.addInitScript((chosen) => {
      if (location.protocol === 'http:') localStorage.setItem('language', localStorage.getItem('language') ?? chosen);
    }, language);
    one.page = await one.context.newPage();
    one.page.setDefaultTimeout(30_000); // a busy machine is slow, not wrong
    one.page.on('pageerror', (error) => one.complaints.push(error.message));
    one.page.on('console', (message) => {
      const refused = message.text().includes('status of 4'); // refused cases are answered with 422
      // The browser may still ask for the icon of a page that was left.
      const left = message.text().includes("from origin 'null'") || (message.text().includes('ERR_FAILED') && /\/icon-\w+\.svg$/.test(message.location().url));
      const expected = refused || left;
      if (['error', 'warning'].includes(message.type()) && !expected) one.complaints.push(message.text());
    });
    one.page.on('request', (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith('blob:')) one.complaints.push(`asked elsewhere: ${request.url()}`);
    });
    return one;
  }

  // A page by its address, shown anew.
  async go(hash, ready) {
    await this.page.goto('about:blank');
    await this.page.goto(this.address + hash);
    await this.page.waitForSelector(ready);
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  // What the page shows now: readable, no wider than the window, without holes, and a picture of it.
  async look(name) {
    const { page } = this;
    await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))));
    if (this.pictures) {
      mkdirSync(this.pictures, { recursive: true });
      await page.screenshot({ path: join(this.pictures, `${name}-${this.label}.png`), fullPage: true });
    }
    const content = await page.locator('#content').innerText();
    assert.doesNotMatch(content, /undefined|\bnull\b|NaN|\[object/, `${name}: a hole in a text`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth); // innerWidth grows with it on a phone
    assert.ok(wide <= page.viewportSize().width, `${name}: ${wide} wide`);
    await page.evaluate(this.axe); // beside the policy of the page, which allows no other script
    const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
    const faults = found.violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
    assert.deepEqual(faults, [], `${name}-${this.label}`);
    assert.deepEqual(this.complaints, [], `${name}-${this.label}`);
  }

  close() {
    return this.context.close();
  }
}

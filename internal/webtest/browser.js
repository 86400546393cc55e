'use strict';
// What the tests of pages share: one quiet browser, and an ear for everything
// that a page must not do.
const fs = require('fs');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

async function launch() {
  const place = [process.env.CHROMIUM, ...PLACES].find((p) => p && fs.existsSync(p));
  if (!place) throw new Error('chromium is not installed: run make test-programs (or apt-get install chromium)');
  return chromium.launch({ executablePath: place, args: FLAGS });
}

const failures = [];
function fail(text) { failures.push(text); }
function hold(condition, text) { if (!condition) fail(text); }
function same(got, want, text) { if (JSON.stringify(got) !== JSON.stringify(want)) fail(`${text}: ${JSON.stringify(got)}, want ${JSON.stringify(want)}`); }

// shared reports whether a request is for a style or a script that the pages of a
// package share.
const shared = (r) => ['script', 'stylesheet'].includes(r.resourceType()) && /^file:.*\/assets\/(card|phrases)-[0-9a-f]{8}\.(js|css)$/.test(r.url());

// open opens a page in a context of its own. No page may show a dialog, write to
// the console, or ask for anything but files of its own folder.
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const where = url.replace(/^.*\//, '');
  page.on('dialog', (d) => { fail(`${where}: a dialog: ${d.message()}`); d.dismiss(); });
  page.on('console', (m) => fail(`${where}: the console says ${m.text().slice(0, 200)}`));
  page.on('pageerror', (e) => fail(`${where}: ${e.message}`));
  page.on('popup', () => fail(`${where}: a window opens`));
  page.on('request', (r) => { if (!r.isNavigationRequest() && !r.url().startsWith('data:') && !shared(r)) fail(`${where}: asks for ${r.url().slice(0, 200)}`); });
  await page.goto(url);
  return page;
}

// accessible runs axe over the whole page with all its rules, or with some. It may not
// ask for styles that it cannot read.
async function accessible(page, name, rules) {
  await page.evaluate(axe);
  const options = { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) };
  const found = await page.evaluate((o) => window.axe.run(document, o), options);
  for (const v of found.violations) {
    for (const node of v.nodes.slice(0, 3)) fail(`${name}: axe: ${v.id}: ${node.html.slice(0, 160)}: ${node.failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`);
  }
}

// run runs the test and ends with what has failed.
function run(test) {
  test().then(
    (told) => {
      if (told) console.log(JSON.stringify(told));
      if (failures.length) { console.error([...new Set(failures)].join('\n')); process.exitCode = 1; }
    },
    (err) => { console.error([...failures, err.stack].join('\n')); process.exitCode = 1; });
}

module.exports = { launch, open, accessible, hold, same, fail, run };

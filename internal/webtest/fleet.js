'use strict';
// fleet.js FILE N: the page over N platforms stays fluent, leads a reader to those that
// need most, fits its screen and its paper; says how long sorting and filtering take.
const path = require('path');
const { execFileSync } = require('child_process');
const { pathToFileURL } = require('url');
const { launch, open, accessible, hold, same, run } = require('./browser.js');

const [file, n] = process.argv.slice(2);
const url = pathToFileURL(file).href;

run(async () => {
  const browser = await launch();
  try {
    const start = Date.now();
    const page = await open(browser, url);
    const loaded = Date.now() - start;
    const figures = await fluent(page);
    await leading(page);
    await fitting(page);
    await page.goto(url);
    await accessible(page, 'the large fleet');
    await printed(page);
    return { load_ms: loaded, ...figures };
  } finally { await browser.close(); }
});

const rows = (page) => page.locator('#fleet tbody tr');
const all = (page, read) => rows(page).evaluateAll(read);

async function fluent(page) {
  const listed = () => rows(page).count();
  same(await page.locator('.matching').innerText(), n, 'matching');
  hold((await listed()) < 200, 'everything is drawn at once');
  const nodes = await page.evaluate(() => Math.max(...[...document.querySelectorAll('#fleet tbody tr')].map((r) => r.querySelectorAll('*').length)));
  hold(nodes <= 48, `a row has ${nodes} nodes`);
  // Until the frame is drawn, as a reader feels it.
  const timed = (act) => page.evaluate(async (source) => {
    const begin = performance.now();
    eval(source); // the test's own text, run by the test's hand, not by the page
    document.body.offsetHeight;
    return Math.round(performance.now() - begin);
  }, act);
  const sort = [];
  for (const c of [0, 2, 4, 5]) sort.push(await timed(`document.querySelectorAll('#fleet thead button')[${c}].click()`));
  const filter = [];
  for (const q of ['1', '19', '']) {
    filter.push(await timed(`(() => { const f = document.querySelector('.filters'); f.elements.q.value = '${q}'; f.elements.q.dispatchEvent(new Event('input', { bubbles: true })); })()`));
  }
  await page.locator('.more button').click();
  same(String(await listed()), n, 'listed after asking for all');
  return { nodes, sort_ms: sort, filter_ms: filter };
}

// leading follows what leads to platforms: the order, the links that filter, and the
// address of what is filtered.
async function leading(page) {
  await page.goto(url);
  const first = await all(page, (rs) => rs.map((r) => [r.dataset.compliant, -Number(r.querySelector('.clauses ~ .n').textContent), parseFloat(r.querySelector('b').textContent)]));
  const worse = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  hold(first.every((r, i) => !i || worse(first[i - 1], r) <= 0), 'the worst is not first');
  for (const [name, link, holds] of [
    ['bureau', '#groups .groups a', (d, value) => d.bureau === value],
    ['clause', '#clauses a', (d, value) => 'np'.includes(d.clauses[Number(value)])],
    ['watch', '.tally a[data-value="o"]', (d) => (d.watch || '').includes('o')],
    ['watch', '.tally a[data-value="w"]', (d) => (d.watch || '').includes('w')],
    ['compliant', '.glance a', (d) => d.compliant === '0'],
  ]) {
    const a = page.locator(link).first(), value = await a.getAttribute('data-value');
    await a.click();
    const found = await all(page, (rs) => rs.map((r) => ({ ...r.dataset })));
    const matching = await page.locator('.matching').innerText();
    hold(found.length > 0 && found.every((d) => holds(d, value)) && matching !== n, `the link to ${name} ${value} leads to others`);
    hold(page.url().endsWith(`#${name}=${value}`), `the address does not say what is listed: ${page.url().slice(-30)}`);
    await page.reload();
    same(await page.locator('.matching').innerText(), matching, `the address of ${name} ${value}`);
  }
  await page.locator('.clear').click();
  same(await page.locator('.matching').innerText(), n, 'without filters');
  const due = await page.locator('.due').first().locator('.day').allInnerTexts();
  hold(due.length > 1 && due.every((d, i) => !i || due[i - 1].slice(0, 10) <= d.slice(0, 10)), 'the deadlines are not in their order');
}

// fitting holds the page to its screen: never wider, and at a desk nothing is cut off.
async function fitting(page) {
  for (const width of [320, 768, 1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const lang of ['zh', 'en']) {
      await page.locator(`label[for="lang-${lang}"]`).click();
      const over = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
      hold(over <= 0, `the page is ${over} px too wide at ${width} px in ${lang}`);
      const cut = await page.locator('.scroll').evaluateAll((es) => Math.max(...es.map((e) => e.scrollWidth - e.clientWidth)));
      hold(width < 1280 || cut <= 0, `a table is cut off by ${cut} px at ${width} px in ${lang}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

// printed reads a few hundred platforms on paper.
async function printed(page) {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  same(String(await rows(page).count()), n, 'on paper');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  hold((await rows(page).count()) < 200, 'after printing');
  await page.emulateMedia({ media: null });
  await page.locator('label[for="lang-zh"]').click();
  await page.locator('.filters [name=compliant]').selectOption('0');
  const pdf = path.join(path.dirname(file), 'fleet.pdf');
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const size = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' }).match(/Page size:\s+([\d.]+) x ([\d.]+)/);
  hold(Number(size[1]) > Number(size[2]), 'the fleet is printed upright');
  const sheets = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).split('\f');
  const listing = sheets.filter((s) => /bureau-\d+\/platform-\d+/.test(s));
  hold(listing.length > 1 && listing.every((s) => s.includes('一票否决') && s.includes('未符合条款')), 'the heads are not on every sheet');
  hold(sheets.filter((s) => s.trim()).every((s) => /自评 .*平台合规总览 · \d{4}-\d\d-\d\d · 规则库/.test(s.split('\n')[0])), 'a sheet does not say of which day it is');
  const ids = (sheets.join('\n').match(/^ *bureau-\d+\/platform-\d+(?= |$)/gm) || []).length;
  same(String(ids), await page.locator('.matching').innerText(), 'ids on one line');
}

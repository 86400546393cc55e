'use strict';
// fleet.js FILE N: the page over N platforms stays fluent; says how long sorting
// and filtering take.
const { pathToFileURL } = require('url');
const { launch, open, accessible, hold, same, run } = require('./browser.js');

const [file, n] = process.argv.slice(2);

run(async () => {
  const browser = await launch();
  try {
    const start = Date.now();
    const page = await open(browser, pathToFileURL(file).href);
    const loaded = Date.now() - start;
    const listed = () => page.locator('#fleet tbody tr').count();
    same(await page.locator('.matching').innerText(), n, 'matching');
    hold((await listed()) < 200, 'everything is drawn at once');
    // Until the frame is drawn, as a reader feels it.
    const timed = (act) => page.evaluate(async (source) => {
      const begin = performance.now();
      eval(source); // the test's own text, run by the test's hand, not by the page
      document.body.offsetHeight;
      return Math.round(performance.now() - begin);
    }, act);
    const sort = [];
    for (const c of [0, 3, 5, 6]) sort.push(await timed(`document.querySelectorAll('#fleet thead button')[${c}].click()`));
    const filter = [];
    for (const q of ['1', '19', '']) {
      filter.push(await timed(`(() => { const f = document.querySelector('.filters'); f.elements.q.value = '${q}'; f.elements.q.dispatchEvent(new Event('input', { bubbles: true })); })()`));
    }
    await page.locator('.more button').click();
    same(String(await listed()), n, 'listed after asking for all');
    await page.reload();
    await accessible(page, 'the large fleet');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    same(String(await listed()), n, 'on paper');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    hold((await listed()) < 200, 'after printing');
    return { load_ms: loaded, sort_ms: sort, filter_ms: filter };
  } finally { await browser.close(); }
});

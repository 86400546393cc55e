'use strict';
// screenshots.js DIR ID OUT: the pictures that the READMEs show.
const path = require('path');
const { pathToFileURL } = require('url');
const { launch, open, run } = require('./browser.js');

const [dir, id, out] = process.argv.slice(2);

run(async () => {
  const browser = await launch();
  try {
    for (const [name, file, height] of [['index', ['index.html'], 760], ['platform', ['platforms', id, 'index.html'], 1180]]) {
      const page = await open(browser, pathToFileURL(path.join(dir, ...file)).href, { viewport: { width: 1100, height }, locale: 'zh-CN' });
      await page.screenshot({ path: path.join(out, `scorecard-${name}.png`) });
      await page.context().close();
    }
  } finally { await browser.close(); }
});

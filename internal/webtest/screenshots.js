'use strict';
// screenshots.js DIR ID OUT: the pictures that the READMEs show.
const path = require('path');
const { pathToFileURL } = require('url');
const { launch, open, run } = require('./browser.js');

const [dir, id, out] = process.argv.slice(2);

run(async () => {
  const browser = await launch();
  try {
    for (const [name, file, width, height] of [['index', ['index.html'], 1280, 860], ['platform', ['platforms', id, 'index.html'], 1100, 1180]]) {
      const page = await open(browser, pathToFileURL(path.join(dir, ...file)).href, { viewport: { width, height }, locale: 'zh-CN' });
      await page.screenshot({ path: path.join(out, `scorecard-${name}.png`) });
      await page.context().close();
    }
  } finally { await browser.close(); }
});

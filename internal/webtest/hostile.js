'use strict';
// hostile.js FILE…: opens pages whose strings were made to hurt, unfolds them,
// switches their language and touches whatever can be touched.
const path = require('path');
const { pathToFileURL } = require('url');
const { launch, open, accessible, hold, run } = require('./browser.js');

run(async () => {
  const browser = await launch();
  let opened = 0;
  try {
    for (const file of process.argv.slice(2)) {
      const page = await open(browser, pathToFileURL(file).href);
      const name = path.basename(file);
      if (await page.locator('.unfold').isVisible()) await page.locator('.unfold').click();
      await page.locator('label[for="lang-en"]').click();
      const wrong = '.doc script, .doc img, .doc iframe, .doc style, .doc [onerror], .doc [onload], .doc [onmouseover]';
      hold(await page.evaluate((s) => document.querySelectorAll(s).length === 0, wrong), `${name}: a string became markup`);
      hold(await page.evaluate(() => [...document.links].every((a) => a.protocol === 'file:' || (a.protocol === 'https:' && a.rel === 'noreferrer noopener'))), `${name}: a link leads elsewhere`);
      const over = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
      hold(over <= 0, `${name} is ${over} px too wide`);
      for (const y of [200, 400, 600]) await page.mouse.move(400, y);
      await accessible(page, name);
      opened++;
      await page.context().close();
    }
  } finally { await browser.close(); }
  return { opened };
});

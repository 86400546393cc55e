'use strict';
// scorecards.js DIR FROM: reads, sorts, unfolds, recalculates and prints the package
// in DIR as an assessor does. FROM is a platform's folder name in it.
const path = require('path');
const { execFileSync } = require('child_process');
const { pathToFileURL } = require('url');
const { launch, open, accessible, hold, same, run } = require('./browser.js');

const [dir, id] = process.argv.slice(2);
const at = (...names) => pathToFileURL(path.join(dir, ...names)).href;
const index = at('index.html'), card = at('platforms', id, 'index.html');
const findings = at('platforms', id, 'findings.html'), claims = at('platforms', id, 'claims.html');
const visible = (page, selector) => page.locator(selector).filter({ visible: true }).allInnerTexts();
const column = (page, n) => page.locator(`#fleet tbody tr > :nth-child(${n})`).allInnerTexts();

run(async () => {
  const browser = await launch();
  try {
    await fleet(browser);
    await languages(browser);
    await arithmetic(browser);
    await sifted(browser);
    await links(browser);
    await paper(browser);
    await widths(browser);
    await withoutScript(browser);
    await keyboard(browser);
    await everybody(browser);
  } finally { await browser.close(); }
});

async function fleet(browser) {
  const page = await open(browser, index);
  const score = page.locator('#fleet thead th:nth-child(2)');
  await score.locator('button').click();
  const up = (await column(page, 2)).map(Number);
  same(up, [...up].sort((a, b) => a - b), 'sorted by score');
  same(await score.getAttribute('aria-sort'), 'ascending', 'aria-sort');
  await score.locator('button').click();
  same((await column(page, 2)).map(Number), [...up].reverse(), 'sorted the other way');
  same(await score.getAttribute('aria-sort'), 'descending', 'aria-sort');
  await page.locator('#fleet thead th:nth-child(1) button').click();
  const names = (await column(page, 1)).map((n) => n.split('\n')[0]);
  same(names, [...names].sort(new Intl.Collator('zh').compare), 'sorted by name');

  await page.getByLabel('搜索名称、编号').fill(id.slice(0, 6).toUpperCase());
  hold((await column(page, 1)).every((n) => n.includes(id)), 'the search leaves other platforms');
  same(await page.locator('.matching').innerText(), '1', 'matching');
  await page.getByLabel('搜索名称、编号').fill('');
  same((await column(page, 1)).length, up.length, 'an empty search lists all');
  await page.locator('.filters [name=compliant]').selectOption('0');
  same((await column(page, 1)).length, 0, 'all comply, so none is listed as not compliant');
  await page.locator('.filters [name=compliant]').selectOption('');
  const kinds = await page.locator('.filters [name=kind]').locator('option').allInnerTexts();
  await page.locator('.filters [name=kind]').selectOption({ label: kinds[1] });
  const named = await page.locator('#fleet tbody tr').evaluateAll((rows) => rows.map((r) => r.dataset.kind));
  hold(named.length > 0 && named.every((k) => k === '0'), 'the filter by kind');
  await page.locator('.filters [name=kind]').selectOption('');

  await page.locator(`#fleet a[href*="${id}"]`).click();
  same(page.url(), card, 'the link of a platform');
  await page.locator('.home').click();
  same(page.url().replace(/#.*/, ''), index, 'the way back');
  await page.context().close();
}

// The run decides what is shown first, whatever the browser asks for; the reader may
// switch, and the other pages of the window follow.
async function languages(browser) {
  for (const locale of ['zh-CN', 'en-GB']) {
    const page = await open(browser, card, { locale });
    await spoken(page, 'zh');
    await page.locator('label[for="lang-en"]').click();
    await spoken(page, 'en');
    hold(!/[一-鿿]/.test(await page.title()), 'the title in English');
    await page.locator('.leaves a').nth(1).click();
    await page.waitForLoadState();
    await spoken(page, 'en'); // the choice is remembered
    await page.context().close();
  }
}

// spoken holds a page to one language: nothing of the other is visible.
async function spoken(page, lang) {
  const other = lang === 'zh' ? 'en' : 'zh';
  same(await page.evaluate(() => document.documentElement.lang), lang, 'the language of the page');
  const shown = await page.evaluate((l) => [...document.querySelectorAll(`.doc [lang="${l}"]`)].filter((e) => e.getClientRects().length).length, other);
  same(shown, 0, `texts in ${other} on a page in ${lang}`);
  hold((await page.locator(`.doc [lang="${lang}"]`).count()) > 100, `too few texts in ${lang}`);
}

// arithmetic redoes the score from what the page shows, as a reader would.
async function arithmetic(browser) {
  const page = await open(browser, card);
  const total = await page.locator('.chapters tfoot .n').allInnerTexts();
  await page.locator('.chapters a').first().click();
  await page.waitForLoadState();
  same(page.url().replace(/#.*/, ''), claims, 'the way from a chapter to its claims');
  const told = await page.evaluate(() => {
    // The checks below a clause, until the next one.
    const following = (d) => {
      const out = [];
      for (let t = d.nextElementSibling; t && !t.matches('.sum'); t = t.nextElementSibling) if (!t.matches('.idle')) out.push(t);
      return out;
    };
    const parts = (e) => { const found = e.innerText.match(/[\d.]+/g); return found && found.map(Number); };
    return {
      chapters: [...document.querySelectorAll('details.chapter')].map((c) => ({
        sum: parts(c.querySelector(':scope > summary .sum')),
        clauses: [...c.querySelectorAll('tbody.sum')].map((d) => ({
          name: d.querySelector('th').innerText,
          sum: parts(d.querySelector('td.n')),
          checks: following(d).map((t) => parts(t.rows[0].querySelector('td.n'))),
          items: following(d).map((t) => [...t.rows].slice(1).map((r) => r.cells[1].className)),
        })),
      })),
    };
  });
  let checks = 0;
  const near = (a, b, by) => Math.abs(a - b) <= by + 1e-9;
  const add = (list) => list.reduce((a, b) => a + b, 0);
  for (const chapter of told.chapters) {
    const scored = chapter.clauses.filter((c) => c.sum);
    for (const c of scored) {
      const [points, attained, weight, gained] = c.sum;
      hold(c.checks.every(([w, a, product]) => near(w * a, product, 0.00005 * (w + 1))), `${c.name}: a product`);
      hold(add(c.checks.map((k) => k[0])) === weight && near(add(c.checks.map((k) => k[2])), attained, 0.00005 * (c.checks.length + 1)), `${c.name}: the sums`);
      hold(weight === 0 || near(points * attained / weight, gained, 0.00005 * (1 + points / weight)), `${c.name}: ${points} × ${attained} ÷ ${weight} is not ${gained}`);
      c.items.forEach((items, i) => {
        if (!items.length) return;
        const passed = items.filter((k) => k.includes('good')).length, counted = items.filter((k) => !k.includes('none')).length;
        const want = passed === counted ? 1 : passed / counted / 2;
        hold(near(c.checks[i][1], want, 0.00005), `${c.name}: the attainment of check ${i + 1}`);
      });
      checks += c.checks.length;
    }
    const [gained, points, score] = chapter.sum;
    hold(near(add(scored.map((c) => c.sum[3])), gained, 0.00005 * (scored.length + 1)), `a chapter's sum is not ${gained}`);
    hold(near(100 * gained / points, score, 0.051), `a chapter's score is not ${score}`);
  }
  const [points, gained, score] = total.map(Number);
  hold(near(add(told.chapters.map((c) => c.sum[0])), gained, 0.001) && near(100 * gained / points, score, 0.0501), `the total is not ${score}`);
  hold(checks > 300, `only ${checks} checks are counted`);
  await page.context().close();
}

// sifted filters findings by severity, topic and text with the keyboard, links to what
// is listed, and prints it.
async function sifted(browser) {
  const page = await open(browser, findings);
  const listed = () => page.locator('.finding').filter({ visible: true }).count(), all = await listed();
  const told = () => page.locator('.sifted').innerText();
  same(await told(), `列出 ${all} / ${all}`, 'what is listed at first');
  const orders = ['一票否决', '重要', '一般', '提示'];
  const grave = (await visible(page, '.finding:not(.none) h3 .tag:first-of-type')).map((t) => orders.indexOf(t));
  same(grave, [...grave].sort(), 'the gravest first');

  await page.getByLabel('严重程度').focus();
  await page.keyboard.press('ArrowDown');
  const some = await listed();
  hold(some > 0 && some < all, `${some} of ${all} findings of one severity`);
  same(await told(), `严重程度 重要 列出 ${some} / ${all}`, 'the filter is not said');
  hold(page.url().endsWith('#findings?severity=major'), `the filter is not in the address ${page.url()}`);
  await page.reload();
  same(await listed(), some, 'a link to what is listed');
  const sheets = await printed(browser, page.url());
  const text = sheets.join('');
  hold(text.includes(`严重程度重要列出${some}/${all}`), 'paper does not say what was left out');
  same(new Set(text.match(/[\w-]+\.yaml:\d+:\d+(?=·条款)/g)).size <= some, true, 'paper has more than the screen');

  await page.getByLabel('搜索').fill('no such thing');
  same(await listed(), 0, 'nothing fits');
  await page.locator('.sift button').click();
  same(await listed(), all, 'cleared');
  hold(page.url().endsWith('#findings'), 'a cleared filter stays in the address');

  await page.goto(claims + '#claims?state=not_applicable&topic=t-architecture');
  await page.reload();
  const rows = await page.locator('.claims tbody[data-f]').filter({ visible: true }).evaluateAll((all) => all.map((t) => t.getAttribute('data-f')));
  hold(rows.length > 0 && rows.every((f) => /\bt-architecture\b/.test(f) && /\bnot_applicable\b/.test(f)), `${rows.length} checks by topic and state`);
  hold((await page.locator('.claims tbody.sum').filter({ visible: true }).count()) <= rows.length, 'clauses without a row are shown');
  await page.context().close();
}

// links: every finding, check and clause has an address that leads to it, also while
// something else is listed.
async function links(browser) {
  const page = await open(browser, findings);
  for (const url of [findings, claims, card]) {
    await page.goto(url);
    const [own, dead] = await page.evaluate(() => [document.querySelectorAll('.self').length,
      [...document.querySelectorAll('a[href^="#"]')].filter((a) => !document.getElementById(a.getAttribute('href').slice(1))).map((a) => a.getAttribute('href'))]);
    hold(own > 10, `${own} links to what is on ${path.basename(url)}`);
    same(dead, [], `links that lead nowhere on ${path.basename(url)}`);
  }
  await page.goto(findings);
  const last = await page.locator('.finding').last().getAttribute('id');
  hold(/^f-[0-9a-f]{12}/.test(last), `a finding is known by ${last}`);
  await page.goto(`${findings}#findings?severity=major`);
  await page.reload();
  await page.evaluate((id) => { location.hash = id; }, last);
  await page.locator('#' + last).waitFor({ state: 'visible' });
  await page.goto(card);
  const leading = await page.locator('.vetoes a, .chapters a, .verdicts a[href*="claims"], .contents a').evaluateAll((all) => all.map((a) => a.href));
  for (const href of new Set(leading.map((h) => h.replace(/#.*/, '')))) {
    const ids = leading.filter((h) => h.startsWith(href + '#')).map((h) => h.slice(h.indexOf('#') + 1));
    await page.goto(href);
    same(await page.evaluate((all) => all.filter((id) => !document.getElementById(id)), ids), [], `links from the first page into ${path.basename(href)}`);
  }
  await page.context().close();
}

// paper prints and reads what is on each sheet.
async function paper(browser) {
  const signed = await printed(browser, card), words = ['评估人员', '复核人员', '被评估单位', '日期', '印章'];
  same(signed.filter((text) => words.every((w) => text.includes(w))).length, 1, 'sheets with the whole signature block');
  same(signed.filter((text) => text.includes('印章')).length, 1, 'sheets with a part of the signature block');
  hold(signed.some((text) => text.includes('不是网络安全等级测评')), 'the printed page does not say what it is not');
  (await printed(browser, findings)).forEach((text, i) => {
    // As many places as remedies: no finding is torn.
    if (text.includes('.yaml:')) hold((text.match(/整改/g) || []).length >= (text.match(/\.yaml:\d+:\d+/g) || []).length, `sheet ${i + 1} tears a finding`);
  });
}

// printed are the sheets of a page, without blanks; each carries its number and the
// marking.
async function printed(browser, url) {
  const page = await open(browser, url), name = path.basename(url).replace(/#.*/, '');
  const pdf = path.join(dir, '..', 'print.pdf');
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const sheets = read(pdf).split('\f').slice(0, -1).map((s) => s.replace(/\s+/g, ''));
  const whose = (await page.locator('h1 [lang="zh"]').innerText()).replace(/\s+/g, '') + '·2026-12-01·摘要';
  hold(sheets.length > 1, `${name}: ${sheets.length} sheets`);
  sheets.forEach((text, i) => {
    hold(text.endsWith(`${i + 1}/${sheets.length}`), `${name}: sheet ${i + 1} is not numbered ${i + 1}/${sheets.length}: …${text.slice(-30)}`);
    hold(text.includes(whose), `${name}: sheet ${i + 1} is nobody's: ${text.slice(0, 60)}`);
    hold(/^(内部|公开|工作秘密)/.test(text), `${name}: sheet ${i + 1} carries no marking: ${text.slice(0, 30)}`);
  });
  hold(!sheets.join('').includes('全部展开'), `${name}: a button is printed`);
  await page.context().close();
  return sheets;
}

function read(pdf) {
  try {
    return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  } catch (err) {
    if (err.code === 'ENOENT') throw new Error('pdftotext is not installed: run make test-programs (or apt-get install poppler-utils)');
    throw err;
  }
}

async function widths(browser) {
  for (const url of [index, card, findings, claims]) {
    const page = await open(browser, url);
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const lang of ['zh', 'en']) {
        await page.locator(`label[for="lang-${lang}"]`).click();
        const over = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
        hold(over <= 0, `${url.slice(-24)} is ${over} px too wide at ${width} px in ${lang}`);
      }
    }
    await page.context().close();
  }
}

async function withoutScript(browser) {
  const page = await open(browser, card, { javaScriptEnabled: false, locale: 'en-GB' });
  hold((await visible(page, 'h2')).includes('结论'), 'the page does not speak the language of the run');
  await page.locator('label[for="lang-en"]').click();
  hold((await visible(page, 'h2')).includes('Verdict'), 'the switch needs a script');
  await page.goto(findings);
  hold((await page.locator('.finding').filter({ visible: true }).count()) > 10, 'findings need a script');
  await page.goto(claims);
  hold((await visible(page, 'pre')).join('').match(/^ +\S [\w.-]+: \d+(?: × [\d.]+ = [\d.]+)?$/gm).length > 300, 'the arithmetic needs a script');
  hold((await page.locator('.note a[href$=".xlsx"]').filter({ visible: true }).count()) === 1, 'nothing leads to what needs a script');
  hold(!(await page.locator('.unfold').isVisible()), 'a button that does nothing is shown');
  await page.goto(index);
  hold((await page.locator('#fleet tbody tr').count()) >= 3 && !(await page.locator('.filters').isVisible()), 'the plain table');
  await page.context().close();
}

async function keyboard(browser) {
  const page = await open(browser, claims);
  const focused = () => page.evaluate(() => { const e = document.activeElement; return e.id || e.className || e.tagName; });
  await page.keyboard.press('Tab');
  same(await focused(), 'lang-zh', 'the first stop');
  hold(await page.locator('.switch').evaluate((e) => getComputedStyle(e).outlineStyle !== 'none'), 'the focus of the switch is not seen');
  await page.keyboard.press('ArrowRight');
  await spoken(page, 'en');
  const seen = new Set();
  for (let i = 0; i < 60 && !seen.has('SUMMARY'); i++) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => document.activeElement.tagName));
  }
  hold(['A', 'BUTTON', 'SUMMARY'].every((t) => seen.has(t)), `the keyboard reaches only ${[...seen]}`);
  await page.keyboard.press('Enter');
  hold(!(await page.evaluate(() => document.activeElement.parentElement.open)), 'Enter does not fold');
  await page.goto(index);
  await page.locator('#fleet thead button').nth(1).focus();
  await page.keyboard.press('Enter');
  same(await page.locator('#fleet thead th').nth(1).getAttribute('aria-sort'), 'ascending', 'Enter sorts');
  await page.context().close();
}

async function everybody(browser) {
  // Rows are alike: those of one topic stand for the rest.
  for (const url of [index, card, findings, `${claims}#claims?topic=t-architecture`]) {
    const page = await open(browser, url);
    await accessible(page, `${url.slice(-24)} in light`);
    // Only colours differ in the dark.
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible(page, `${url.slice(-24)} in dark`, ['color-contrast']);
    await page.context().close();
  }
}

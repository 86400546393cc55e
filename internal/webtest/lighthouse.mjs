// lighthouse.mjs DIR FILE…: holds pages of the package in DIR to Lighthouse's accessibility
// and best practices, in full, and says how fast they were. They are served, since it
// opens no files.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [dir, ...files] = process.argv.slice(2);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const HELD = ['accessibility', 'best-practices'];

const server = http.createServer((request, response) => {
  const file = path.join(dir, path.normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] || 'application/octet-stream' });
  return fs.createReadStream(file).pipe(response);
});
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });

const chromePath = PLACES.find((p) => p && fs.existsSync(p));
if (!chromePath) throw new Error('chromium is not installed: run make test-programs (or apt-get install chromium)');
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
const wrong = [], fast = {};
try {
  for (const file of files) {
    const options = { port: chrome.port, onlyCategories: [...HELD, 'performance'], logLevel: 'error', formFactor: 'desktop', screenEmulation: { disabled: true }, throttlingMethod: 'provided' };
    const { lhr } = await lighthouse(`http://127.0.0.1:${server.address().port}/${file}`, options);
    fast[file] = lhr.categories.performance.score;
    for (const name of HELD) {
      const category = lhr.categories[name];
      const failed = category.auditRefs.map((a) => lhr.audits[a.id]).filter((a) => a.score !== null && a.score < 1).map((a) => a.id);
      if (category.score !== 1) wrong.push(`${file}: ${name} is ${category.score}: ${failed.join(', ')} ${lhr.runtimeError?.message || ''}`);
    }
  }
} finally {
  chrome.kill();
  server.close();
}
console.log(JSON.stringify(fast));
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
}

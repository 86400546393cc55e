'use strict';
// html.js FILE…: holds pages to html-validate's recommended rules, as they are written
// and with what is packed in its place.
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { HtmlValidate } = require('html-validate');
const { fail, run } = require('./browser.js');

// bytes are what the signs of a page spell: two of 91 for 13 bits.
function bytes(text) {
  const out = [], sign = (c) => (c === '!' ? 60 : c.charCodeAt(0)) - 35;
  let held = 0, holds = 0;
  for (let i = 0; i < text.length; i += 2) {
    held += (sign(text[i]) * 91 + sign(text[i + 1])) * 2 ** holds;
    for (holds += 13; holds >= 8; holds -= 8, held = Math.floor(held / 256)) out.push(held % 256);
  }
  return Buffer.from(out);
}

// unpacked is a page as its script makes it.
function unpacked(page, file) {
  const listed = page.match(/src="([^"]*phrases-[^"]*)"/);
  const phrases = listed && JSON.parse(fs.readFileSync(path.join(path.dirname(file), listed[1]), 'utf8').replace(/^[^[]*/, ''));
  return page.replace(/<script type="text\/plain" class="packed"[^>]*>([^<]*)<\/script>/,
    (_, packed) => zlib.inflateRawSync(bytes(packed)).toString().replace(/<(\d+)>/g, (_, n) => phrases[n]))
    .replace(/<section class="fresh plain">[^]*?<\/section>/, '');
}

run(async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });
  for (const file of process.argv.slice(2)) {
    const written = fs.readFileSync(file, 'utf8'), shown = unpacked(written, file);
    for (const page of new Set([written, shown])) {
      const { results: [{ messages } = { messages: [] }] } = await validator.validateString(page, file);
      for (const m of messages.slice(0, 5)) fail(`${file.split('/').slice(-2).join('/')}:${m.line}: ${m.ruleId}: ${m.message}: ${m.selector}`);
    }
  }
});

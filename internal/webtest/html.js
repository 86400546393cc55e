'use strict';
// html.js FILE…: holds pages to html-validate's recommended rules, as they are written
// and with what is packed in its place.
const fs = require('fs');
const zlib = require('zlib');
const { HtmlValidate } = require('html-validate');
const { fail, run } = require('./browser.js');

// unpacked is a page as its script makes it, a line for a line of what is packed.
const unpacked = (page) => page.replace(/<script type="text\/plain" class="packed"[^>]*>([^<]*)<\/script>/, (_, packed) => zlib.inflateRawSync(Buffer.from(packed, 'base64')));

run(async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });
  for (const file of process.argv.slice(2)) {
    const written = fs.readFileSync(file, 'utf8'), shown = unpacked(written).replace(/<noscript>[^]*?<\/noscript>/, '');
    for (const page of new Set([written, shown])) {
      const { results: [{ messages } = { messages: [] }] } = await validator.validateString(page, file);
      for (const m of messages.slice(0, 5)) fail(`${file.split('/').slice(-2).join('/')}:${m.line}: ${m.ruleId}: ${m.message}: ${m.selector}`);
    }
  }
});

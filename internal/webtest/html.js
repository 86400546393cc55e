'use strict';
// html.js FILE…: holds pages to html-validate's recommended rules.
const { HtmlValidate } = require('html-validate');
const { fail, run } = require('./browser.js');

run(async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });
  for (const file of process.argv.slice(2)) {
    const report = await validator.validateFile(file);
    for (const { messages } of report.results) {
      for (const m of messages.slice(0, 5)) fail(`${file.split('/').slice(-2).join('/')}:${m.line}: ${m.ruleId}: ${m.message}: ${m.selector}`);
    }
  }
});

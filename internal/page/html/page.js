(function () {
  'use strict';
  var root = document.documentElement, title = document.querySelector('title');
  var radios = document.querySelectorAll('input.lang');

  // Language: what the reader chose before, else what the browser asks for, else
  // the page's own.
  function remembered() {
    try { return localStorage.getItem('hegui-lang'); } catch (e) { return null; }
  }
  function remember(lang) {
    try { localStorage.setItem('hegui-lang', lang); } catch (e) { /* a reader without storage chooses again */ }
  }
  function asked() {
    var wanted = navigator.languages || [navigator.language];
    for (var i = 0; i < wanted.length; i++) {
      var match = /^(zh|en)\b/i.exec(wanted[i] || '');
      if (match) return match[1].toLowerCase();
    }
    return null;
  }
  function speak(lang) {
    root.lang = lang;
    title.textContent = title.getAttribute('data-' + lang);
    radios.forEach(function (r) { r.checked = r.value === lang; });
    document.querySelectorAll('option[data-zh]').forEach(function (o) { o.textContent = o.getAttribute('data-' + lang); });
  }
  var first = remembered() || asked();
  speak(first === 'zh' || first === 'en' ? first : root.lang);
  radios.forEach(function (r) {
    r.addEventListener('change', function () { speak(r.value); remember(r.value); });
  });

  // Unfolding: all at once, and whatever a link leads into.
  var unfold = document.querySelector('.unfold'), folds = document.querySelectorAll('details');
  if (folds.length) {
    unfold.hidden = false;
    unfold.addEventListener('click', function () {
      var open = unfold.getAttribute('data-open') !== 'true';
      folds.forEach(function (d) { d.open = open; });
      unfold.setAttribute('data-open', open);
    });
  }
  function reveal() {
    // Our ids are plain, so the hash needs no decoding.
    var target = document.getElementById(location.hash.slice(1));
    for (var at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target) target.scrollIntoView();
  }
  window.addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  // The fleet: sorted and filtered in memory, listed as far as one reads.
  var table = document.getElementById('fleet');
  if (!table) return;
  var PAGE = 50, body = table.tBodies[0], heads = table.tHead.rows[0].cells;
  var form = document.querySelector('.filters'), shown = document.querySelector('.shown'), more = document.querySelector('.more');
  var rows = Array.prototype.map.call(body.rows, function (tr, i) {
    return { tr: tr, i: i, d: tr.dataset, text: tr.cells[0].textContent.toLowerCase(), keys: [] };
  });
  var order = rows, matching = rows, all = false, column = -1, down = false;
  var collator = new Intl.Collator('zh');

  function key(row, c) {
    if (row.keys[c] === undefined) {
      var cell = row.tr.cells[c], text = cell.getAttribute('data-v') || cell.textContent;
      if (heads[c].getAttribute('data-sort') === 'number') {
        var n = parseFloat(text);
        row.keys[c] = isNaN(n) ? -1 : n;
      } else {
        var visible = cell.querySelector('[lang="' + root.lang + '"]');
        row.keys[c] = (visible || cell).textContent;
      }
    }
    return row.keys[c];
  }
  function list() {
    var rest = all ? matching : matching.slice(0, PAGE);
    body.replaceChildren.apply(body, rest.map(function (r) { return r.tr; }));
    shown.querySelectorAll('.matching').forEach(function (b) { b.textContent = matching.length; });
    shown.querySelectorAll('.listed').forEach(function (b) { b.textContent = rest.length; });
    more.hidden = rest.length === matching.length;
  }
  function filter() {
    var words = form.elements.q.value.toLowerCase().split(/\s+/);
    var wanted = ['bureau', 'kind', 'grade', 'compliant'].map(function (name) { return [name, form.elements[name].value]; });
    matching = order.filter(function (r) {
      return wanted.every(function (w) { return w[1] === '' || r.d[w[0]] === w[1]; }) &&
        words.every(function (word) { return r.text.indexOf(word) >= 0; });
    });
    list();
  }
  function sort(c) {
    var numbers = heads[c].getAttribute('data-sort') === 'number';
    down = column === c ? !down : false;
    column = c;
    if (!numbers) rows.forEach(function (r) { r.keys[c] = undefined; });
    order = rows.slice().sort(function (a, b) {
      var x = key(a, c), y = key(b, c), by = numbers ? x - y : collator.compare(x, y);
      return (down ? -by : by) || a.i - b.i;
    });
    Array.prototype.forEach.call(heads, function (th, i) {
      if (i === c) th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else th.removeAttribute('aria-sort');
    });
    filter();
  }
  Array.prototype.forEach.call(heads, function (th, c) {
    var button = document.createElement('button');
    button.type = 'button';
    while (th.firstChild) button.appendChild(th.firstChild);
    th.appendChild(button);
    button.addEventListener('click', function () { sort(c); });
  });
  form.addEventListener('input', filter);
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  more.querySelector('button').addEventListener('click', function () { all = true; list(); });
  // On paper every platform that matches is listed.
  var before = false;
  window.addEventListener('beforeprint', function () { before = all; all = true; list(); });
  window.addEventListener('afterprint', function () { all = before; list(); });
  form.hidden = shown.hidden = false;
  list();
})();

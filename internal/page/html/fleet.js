(function () {
  'use strict';
  // The fleet: sorted and filtered in memory, listed as far as one reads.
  var table = document.getElementById('fleet');
  if (!table) return;
  var root = document.documentElement, PAGE = 50, body = table.tBodies[0], heads = table.tHead.rows[0].cells;
  var form = document.querySelector('.filters'), shown = document.querySelector('.shown'), more = document.querySelector('.more'), clear = document.querySelector('.clear');
  var names = Array.prototype.map.call(form.querySelectorAll('select'), function (s) { return s.name; });
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
    var words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = names.map(function (name) { return [name, form.elements[name].value]; }).filter(function (w) { return w[1] !== ''; });
    matching = order.filter(function (r) {
      return wanted.every(function (w) { return meets(r, w[0], w[1]); }) && words.every(function (word) { return r.text.indexOf(word) >= 0; });
    });
    clear.hidden = !wanted.length && !words.length;
    list();
  }
  function meets(r, name, value) {
    if (name === 'clause') return 'np'.indexOf(r.d.clauses.charAt(Number(value))) >= 0;
    if (name === 'watch') return (r.d.watch || '').indexOf(value) >= 0;
    return r.d[name] === value;
  }

  function empty() {
    Array.prototype.forEach.call(form.elements, function (f) { f.value = ''; });
  }
  // A link to some of the platforms, and an address that leads to the same ones.
  function remember() {
    var said = names.concat('q').map(function (name) { return [name, form.elements[name].value]; }).filter(function (w) { return w[1] !== ''; });
    var hash = said.map(function (w) { return w[0] + '=' + encodeURIComponent(w[1]); }).join('&');
    try { history.replaceState(null, '', '#' + (hash || 'platforms')); } catch (e) { /* the address stays as it is */ }
  }
  function recall() {
    location.hash.slice(1).split('&').forEach(function (said) {
      var at = said.indexOf('='), field = names.concat('q').indexOf(said.slice(0, at)) >= 0 && form.elements[said.slice(0, at)];
      if (!field) return;
      try { field.value = decodeURIComponent(said.slice(at + 1)); } catch (e) { /* an address that somebody has cut */ }
      if (field.selectedIndex < 0) field.value = '';
    });
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
  form.addEventListener('input', function () { filter(); remember(); });
  clear.addEventListener('click', function () { empty(); filter(); remember(); form.elements.q.focus(); });
  document.querySelectorAll('a[data-filter]').forEach(function (a) {
    a.addEventListener('click', function (e) {
      var field = form.elements[a.getAttribute('data-filter')];
      if (!field) return;
      e.preventDefault();
      empty();
      field.value = a.getAttribute('data-value');
      filter();
      remember();
      document.getElementById('platforms').scrollIntoView();
      form.elements.q.focus({ preventScroll: true });
    });
  });
  more.querySelector('button').addEventListener('click', function () { all = true; list(); });
  // On paper every platform that matches is listed.
  var before = false;
  window.addEventListener('beforeprint', function () { before = all; all = true; list(); });
  window.addEventListener('afterprint', function () { all = before; list(); });
  form.hidden = shown.hidden = false;
  recall();
  filter();
})();

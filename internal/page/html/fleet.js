(function () {
  'use strict';
  // The fleet: sorted and filtered in memory, listed as far as one reads.
  var table = document.getElementById('fleet');
  if (!table) return;
  var root = document.documentElement, PAGE = 50, body = table.tBodies[0], heads = table.tHead.rows[0].cells;
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

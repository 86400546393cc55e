(function () {
  'use strict';
  // Findings and claims: filtered by their words, and the filter kept in the address,
  // as #findings?severity=blocker, so that what is listed can be linked to.
  function sift(form) {
    var part = document.getElementById(form.getAttribute('data-sifts'));
    var told = part.querySelector('.sifted'), by = told.querySelector('.by'), listed = told.querySelector('.listed');
    var fields = form.querySelectorAll('input, select');
    var rows = Array.prototype.map.call(part.querySelectorAll('[data-f]'), function (row) {
      return { row: row, words: row.getAttribute('data-f').split(' '), text: null };
    });
    // What stands above rows is shown with the first of them.
    var above = Array.prototype.map.call(part.querySelectorAll('[data-over]'), function (head) {
      var below = [], group = head.getAttribute('data-over') === 'in' ? head.querySelectorAll('[data-f]') : null;
      if (group) return { head: head, below: group };
      for (var at = head.nextElementSibling; at && !at.hasAttribute('data-over'); at = at.nextElementSibling) below.push(at);
      return { head: head, below: below };
    });
    function text(r) {
      if (r.text === null) r.text = r.row.textContent.toLowerCase();
      return r.text;
    }
    function asked() {
      return Array.prototype.filter.call(fields, function (f) { return f.value.trim() !== ''; });
    }
    function apply() {
      var wanted = asked(), n = 0;
      rows.forEach(function (r) {
        var fits = wanted.every(function (f) {
          if (f.name !== 'q') return r.words.indexOf(f.value) >= 0;
          return f.value.toLowerCase().trim().split(/\s+/).every(function (word) { return text(r).indexOf(word) >= 0; });
        });
        r.row.hidden = !fits;
        if (fits) n++;
      });
      above.forEach(function (a) {
        a.head.hidden = Array.prototype.every.call(a.below, function (row) { return row.hidden; });
        if (wanted.length && a.head.tagName === 'DETAILS' && !a.head.hidden) a.head.open = true;
      });
      listed.textContent = n;
      say(wanted);
    }
    function say(wanted) {
      told.classList.toggle('narrow', wanted.length > 0);
      by.textContent = wanted.map(function (f) {
        var label = f.parentNode.querySelector('[lang="' + document.documentElement.lang + '"]');
        var value = f.name === 'q' ? f.value : f.selectedOptions[0].textContent.replace(/\s*[（(]\d+[)）]$/, '');
        return (label || f.parentNode.firstChild).textContent + ' ' + value;
      }).join(' · ');
    }
    // The address: a link to the part that also says what of it is listed.
    function address() {
      var words = asked().map(function (f) { return f.name + '=' + encodeURIComponent(f.value); });
      return '#' + part.id + (words.length ? '?' + words.join('&') : '');
    }
    function keep() {
      try { history.replaceState(null, '', address()); } catch (e) { location.replace(address()); }
    }
    function read() {
      var at = location.hash.indexOf('?');
      if (at < 0 || location.hash.slice(1, at) !== part.id) return false;
      var values = {};
      location.hash.slice(at + 1).split('&').forEach(function (pair) {
        var is = pair.indexOf('=');
        try { values[pair.slice(0, is)] = decodeURIComponent(pair.slice(is + 1)); } catch (e) { /* not a value of ours */ }
      });
      fields.forEach(function (f) { f.value = values[f.name] || ''; if (f.selectedIndex === -1) f.selectedIndex = 0; });
      part.scrollIntoView();
      return true;
    }
    function clear() {
      fields.forEach(function (f) { f.value = ''; });
      apply();
    }
    form.addEventListener('input', function () { apply(); keep(); });
    form.querySelector('button').addEventListener('click', function () { clear(); keep(); });
    window.addEventListener('hashchange', function () {
      var target = document.getElementById(location.hash.slice(1));
      if (read()) apply();
      else if (target && target.closest('[hidden]') && part.contains(target)) { clear(); target.scrollIntoView(); }
    });
    document.addEventListener('spoken', function () { say(asked()); });
    form.hidden = told.hidden = false;
    read();
    apply();
  }
  document.querySelectorAll('.sift').forEach(sift);
})();

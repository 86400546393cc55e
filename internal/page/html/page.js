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
})();

(function () {
  'use strict';
  var root = document.documentElement, title = document.querySelector('title');
  var radios = document.querySelectorAll('input.lang');

  // Language: what the reader has chosen while this window is open, else the page's own.
  function remembered() {
    try { return sessionStorage.getItem('hegui-lang'); } catch (e) { return null; }
  }
  function remember(lang) {
    try { sessionStorage.setItem('hegui-lang', lang); } catch (e) { /* a reader without storage chooses again */ }
  }
  function speak(lang) {
    root.lang = lang;
    title.textContent = title.getAttribute('data-' + lang);
    radios.forEach(function (r) { r.checked = r.value === lang; });
    document.dispatchEvent(new Event('spoken'));
    document.querySelectorAll('option[data-zh]').forEach(function (o) { o.textContent = o.getAttribute('data-' + lang); });
  }
  var first = remembered();
  speak(first === 'zh' || first === 'en' ? first : root.lang);
  radios.forEach(function (r) {
    r.addEventListener('change', function () { speak(r.value); remember(r.value); });
  });

  // Unfolding: all at once, and whatever a link leads into.
  var unfold = document.querySelector('.unfold'), folds = document.querySelectorAll('details');
  if (folds.length) {
    unfold.hidden = false;
    unfold.setAttribute('data-open', Array.prototype.every.call(folds, function (d) { return d.open; }));
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

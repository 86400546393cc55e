(function () {
  'use strict';
  // What is long on a page is packed by DEFLATE (RFC 1951), spelt in signs, and is put in
  // its place before anything else looks at the page. Browsers that unpack by themselves do
  // it later and some not at all.
  var LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  var LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  // code is a Huffman code: how many words there are of each length, and what the words
  // stand for in their order.
  function code(lengths) {
    var count = new Uint16Array(16), next = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    lengths.forEach(function (n) { count[n]++; });
    count[0] = 0;
    for (var i = 1; i < 15; i++) next[i + 1] = next[i] + count[i];
    lengths.forEach(function (n, symbol) { if (n) symbols[next[n]++] = symbol; });
    return { count: count, symbols: symbols };
  }

  function inflate(packed, size) {
    var out = new Uint8Array(size), to = 0, from = 0, held = 0, holds = 0;
    function bits(n) {
      for (; holds < n; holds += 8) held |= packed[from++] << holds;
      var value = held & (1 << n) - 1;
      held >>>= n;
      holds -= n;
      return value;
    }
    function symbol(code) {
      for (var word = 0, first = 0, at = 0, n = 1; n < 16; n++) {
        word |= bits(1);
        if (word - first < code.count[n]) return code.symbols[at + word - first];
        at += code.count[n];
        first = first + code.count[n] << 1;
        word <<= 1;
      }
      throw new Error('the page is damaged');
    }
    function stored() {
      held = holds = 0;
      var n = packed[from] | packed[from + 1] << 8;
      out.set(packed.subarray(from + 4, from + 4 + n), to);
      from += 4 + n;
      to += n;
    }
    function coded(literals, distances) {
      for (var s = symbol(literals); s !== 256; s = symbol(literals)) {
        if (s < 256) { out[to++] = s; continue; }
        var n = LENGTHS[s - 257] + bits(LENGTH_BITS[s - 257]), d = symbol(distances), more = Math.max(0, (d >> 1) - 1);
        for (var back = (d < 2 ? d + 1 : (2 + (d & 1) << more) + 1) + bits(more); n > 0; n--, to++) out[to] = out[to - back];
      }
    }
    function fixed() {
      coded(code(new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)), code(new Uint8Array(30).fill(5)));
    }
    function described() {
      var literals = bits(5) + 257, distances = bits(5) + 1, n = bits(4) + 4, lengths = new Uint8Array(19);
      for (var i = 0; i < n; i++) lengths[ORDER[i]] = bits(3);
      var told = code(lengths), all = [];
      while (all.length < literals + distances) {
        var s = symbol(told), times = s < 16 ? 1 : s === 16 ? 3 + bits(2) : s === 17 ? 3 + bits(3) : 11 + bits(7);
        for (var length = s < 16 ? s : s === 16 ? all[all.length - 1] : 0; times > 0; times--) all.push(length);
      }
      coded(code(all.slice(0, literals)), code(all.slice(literals)));
    }
    for (var last = 0; !last;) {
      last = bits(1);
      [stored, fixed, described][bits(2)]();
    }
    return out;
  }

  // bytes are what signs spell: two of 91 for 13 bits.
  function bytes(text) {
    var out = new Uint8Array(text.length * 13 >> 4), to = 0, held = 0, holds = 0;
    function sign(at) {
      var n = text.charCodeAt(at);
      return (n === 33 ? 60 : n) - 35; // ! for <
    }
    for (var i = 0; i < text.length; i += 2) {
      held |= sign(i) * 91 + sign(i + 1) << holds;
      for (holds += 13; holds > 7; holds -= 8, held >>>= 8) out[to++] = held;
    }
    return out;
  }

  // A number stands for a phrase that all pages of the package say.
  function phrase(_, n) { return heguiPhrases[n]; }

  document.querySelectorAll('script.packed').forEach(function (script) {
    var html = new TextDecoder().decode(inflate(bytes(script.textContent), Number(script.getAttribute('data-size'))));
    script.insertAdjacentHTML('beforebegin', html.replace(/<(\d+)>/g, phrase));
    script.remove();
    document.querySelectorAll('.plain').forEach(function (plain) { plain.remove(); });
  });
})();

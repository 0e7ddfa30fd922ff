/* Search in the docs: every word typed must stand in a place, tone marks or not, đ as d. The index is a script that is
   loaded when somebody begins to search, so that it works from a folder too. `/` begins, arrows go, Esc closes. */
(function () {
  "use strict";
  var MOST = 12, AROUND = 70;
  var form = document.querySelector("[data-search]");
  var field = document.getElementById("q");
  var box = document.getElementById("found");
  var base = document.documentElement.dataset.base;
  var tongue = document.documentElement.lang;
  var places = null, asked = false;

  /* One plain letter for each letter, so that a place in the one text is the same place in the other. */
  function fold(text) {
    var out = "";
    var clean = text.normalize("NFC");
    for (var at = 0; at < clean.length; at += 1) {
      var letter = clean[at].toLowerCase();
      out += letter === "đ" ? "d" : (letter.normalize("NFD")[0] || letter);
    }
    return out;
  }

  function load() {
    if (asked) { return; }
    asked = true;
    var script = document.createElement("script");
    script.src = base + "/assets/index.js";
    script.addEventListener("load", function () {
      places = window.chithiIndex.map(function (one) {
        return { of: one, page: fold(one.p), head: fold(one.h), text: fold(one.x) };
      });
      look();
    });
    document.head.append(script);
  }

  function begins(text, word) {
    for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[a-z0-9]/.test(text[at - 1])) { return at; }
    }
    return -1;
  }

  /* How well a place answers: 0 where a word is missing; headings before text, the words side by side before apart. */
  function worth(place, words) {
    var sum = 0;
    for (var one of words) {
      var here = (begins(place.head, one) >= 0 ? 12 : 0) + (begins(place.page, one) >= 0 ? 8 : 0)
        + (begins(place.text, one) >= 0 ? 2 : 0);
      if (!here) { return 0; }
      sum += here;
    }
    var phrase = words.join(" ");
    if (begins(place.head, phrase) >= 0) { sum += 30; }
    if (begins(place.page, phrase) >= 0) { sum += place.of.h ? 10 : 30; }
    if (begins(place.text, phrase) >= 0) { sum += 15; }
    return sum;
  }

  function marked(node, text, words) {
    var plain = fold(text), at = 0;
    while (at < text.length) {
      var next = null;
      words.forEach(function (word) {
        var found = begins(plain.slice(at), word);
        if (found >= 0 && (!next || at + found < next[0])) { next = [at + found, word.length]; }
      });
      if (!next) { break; }
      var lit = document.createElement("mark");
      lit.textContent = text.slice(next[0], next[0] + next[1]);
      node.append(text.slice(at, next[0]), lit);
      at = next[0] + next[1];
    }
    node.append(text.slice(at));
  }

  /* A piece of the text from about here, whole words, dots where it goes on. */
  function excerpt(text, first) {
    var from = first ? text.indexOf(" ", first) + 1 : 0;
    var end = text.indexOf(" ", from + 2.3 * AROUND);
    return (from ? "… " : "") + text.slice(from, end < 0 ? text.length : end) + (end < 0 ? "" : " …");
  }

  function shown(place, words) {
    var link = document.createElement("a");
    link.href = base + "/" + place.of.u;
    link.lang = place.of.l;
    var head = document.createElement("b");
    marked(head, place.of.h ? place.of.p + " › " + place.of.h : place.of.p, words);
    var text = place.of.x.normalize("NFC");
    var first = Math.max(0, Math.min.apply(null, words.map(function (word) {
      var at = begins(place.text, word);
      return at < 0 ? 1e9 : at;
    }).concat(text.length)) - AROUND);
    if (first >= text.length) { first = 0; }
    var piece = document.createElement("small");
    marked(piece, excerpt(text, first), words);
    link.append(head, piece);
    return link;
  }

  function look() {
    var words = fold(field.value).split(/[^a-z0-9]+/).filter(Boolean);
    box.replaceChildren();
    box.hidden = !words.length || !places;
    if (box.hidden) { return; }
    var found = places.map(function (place) { return [worth(place, words), place]; })
      .filter(function (pair) { return pair[0]; });
    found.sort(function (a, b) { return (b[1].of.l === tongue) - (a[1].of.l === tongue) || b[0] - a[0]; });
    var other = false;
    found.slice(0, MOST).forEach(function (pair) {
      if (pair[1].of.l !== tongue && !other) {
        other = true;
        say(box.dataset.other);
      }
      box.append(shown(pair[1], words));
    });
    if (!found.length) { say(box.dataset.none); }
  }

  function say(words) {
    var line = document.createElement("p");
    line.textContent = words;
    box.append(line);
  }

  function close() {
    box.hidden = true;
    field.focus();
  }

  function step(event) {
    var links = [field].concat(Array.from(box.querySelectorAll("a")));
    var at = links.indexOf(document.activeElement);
    var next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0 && next) {
      event.preventDefault();
      next.focus();
    }
  }

  form.hidden = false;
  document.querySelector("[data-into]").hidden = !/^\/huong-dan\//.test(location.pathname);  // chithi itself serves it
  document.querySelector("[data-light]").hidden = false;
  field.addEventListener("focus", load);
  field.addEventListener("input", function () { load(); look(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = box.querySelector("a");
    if (first) { first.click(); }
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { step(event); }
  });
  document.addEventListener("click", function (event) {
    if (!form.contains(event.target)) { box.hidden = true; }
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
})();

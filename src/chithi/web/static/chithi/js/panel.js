/* Doors: a link with [data-door] opens its page in the panel at the right, with the page's own address in the
   address bar; Back goes one door back, Esc closes and gives the focus back to the number it came from.
   The server answers a request that carries HX-Request with the panel's content alone. Uses htmx to fetch;
   when the answer is an error the panel, the address and the focus stay as they were. */
(function () {
  "use strict";
  var panel = document.getElementById("panel");
  var content = document.getElementById("panel-content");
  if (!panel || !window.htmx) { return; }
  var opener = null;
  var depth = 0;
  var arrived = null;                          /* what to do when the content asked for last has come */

  function load(href, then) {
    arrived = then;
    window.htmx.ajax("GET", href, { target: content, swap: "innerHTML" });
  }

  function shut() {
    if (panel.hidden) { return; }
    panel.hidden = true;
    content.replaceChildren();
    depth = 0;
    giveBack();
    opener = null;
  }

  function giveBack() {                        /* to the number it came from, or the same one drawn anew meanwhile */
    if (!opener) { return; }
    var same = 'a[data-door][href="' + CSS.escape(opener.getAttribute("href")) + '"]';
    var door = opener.isConnected ? opener : document.querySelector("#main " + same);
    (door || document.getElementById("main")).focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) { return; }
    if (depth > 0) { window.history.go(-depth); } else { shut(); }
  }

  function enter(door) {
    var href = typeof door.href === "string" ? door.href : door.href.baseVal;      /* a door inside a drawing */
    var inside = panel.contains(door);
    load(href, function () {
      if (inside || depth === 0) {
        depth += 1;
        window.history.pushState({ door: href, depth: depth }, "", href);
      } else {                                 /* another number of the page takes the place of the last one */
        window.history.replaceState({ door: href, depth: depth }, "", href);
      }
      if (!inside) { opener = door; }
    });
  }

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target !== content) { return; }
    if (arrived) { arrived(); }
    arrived = null;
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-panel-close]")) { close(); return; }
    var door = event.target.closest("a[data-door]");
    if (!door || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    enter(door);
  });

  window.addEventListener("popstate", function (event) {
    if (event.state && event.state.door) {
      depth = event.state.depth;
      load(event.state.door, null);
    } else {
      shut();
    }
  });

  document.addEventListener("chithi:key", function (event) { if (event.detail === "Escape") { close(); } });
})();

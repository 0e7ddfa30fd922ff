/* Doors: a link with [data-door] opens its page in the panel at the right, with the page's own address in the
   address bar; Back goes one door back, Esc closes and gives the focus back to the number it came from.
   The server answers a request that carries HX-Request with the panel's content alone. Uses htmx to fetch. */
(function () {
  "use strict";
  var panel = document.getElementById("panel");
  var content = document.getElementById("panel-content");
  if (!panel || !window.htmx) { return; }
  var opener = null;
  var depth = 0;

  function load(href) {
    var wasOpen = !panel.hidden;
    return window.htmx.ajax("GET", href, { target: content, swap: "innerHTML" }).then(function () {
      panel.hidden = false;
      panel.scrollTop = 0;
      if (!wasOpen || !panel.contains(document.activeElement)) { panel.focus({ preventScroll: true }); }
    });
  }

  function shut() {
    if (panel.hidden) { return; }
    panel.hidden = true;
    content.replaceChildren();
    depth = 0;
    if (opener && opener.isConnected) { opener.focus({ preventScroll: true }); }
    opener = null;
  }

  function close() {
    if (panel.hidden) { return; }
    if (depth > 0) { window.history.go(-depth); } else { shut(); }
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-panel-close]")) { close(); return; }
    var door = event.target.closest("a[data-door]");
    if (!door || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    if (!panel.contains(door)) {
      opener = door;
      if (depth > 0) {                      /* another number while open: it takes the place of the last one */
        window.history.replaceState({ door: door.href, depth: depth }, "", door.href);
        load(door.href);
        return;
      }
    }
    depth += 1;
    window.history.pushState({ door: door.href, depth: depth }, "", door.href);
    load(door.href);
  });

  window.addEventListener("popstate", function (event) {
    if (event.state && event.state.door) {
      depth = event.state.depth;
      load(event.state.door);
    } else {
      shut();
    }
  });

  document.addEventListener("chithi:key", function (event) { if (event.detail === "Escape") { close(); } });
})();

/* The search field of the top bar: what was found opens under it (htmx fetches it); arrow keys go through it, Enter opens
   the one in focus, Escape puts the list away and then leaves the field. Without script the field sends its form. */
(function () {
  "use strict";
  var box = document.querySelector(".top .search");
  if (!box) { return; }
  var field = box.querySelector("input");
  var list = box.querySelector(".search-offers");

  function offers() { return Array.from(list.querySelectorAll("a")); }

  function away() { list.replaceChildren(); }

  function step(by) {
    var rows = offers();
    var next = rows.indexOf(document.activeElement) + by;
    if (next < 0) { field.focus(); } else if (rows.length) { rows[Math.min(next, rows.length - 1)].focus(); }
  }

  box.addEventListener("keydown", function (event) {
    if (!list.firstElementChild) { return; }
    if (event.key === "ArrowDown") {
      event.preventDefault();
      step(1);
    } else if (event.key === "ArrowUp" && document.activeElement !== field) {
      event.preventDefault();
      step(-1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      away();
      field.focus();
    }
  });

  box.addEventListener("focusout", function (event) {
    if (!box.contains(event.relatedTarget)) { away(); }
  });

  list.addEventListener("mousedown", function (event) {   /* a click keeps the focus, so that the list stays for it */
    if (!event.target.closest("a")) { event.preventDefault(); }
  });

  document.addEventListener("htmx:beforeSwap", function (event) {   /* an answer that comes after the field was left */
    if (event.target === list && !box.contains(document.activeElement)) { event.detail.shouldSwap = false; }
  });
})();

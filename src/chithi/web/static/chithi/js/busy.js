/* What takes time: the thin line at the top once a request or a page takes over 300 ms, nothing below that; and a form
   is sent once, its buttons rest until the answer is there. An answer that is a file leaves the page as it is; the
   cookie that comes with it (chithi.web.middleware.FileMiddleware) says that it has come. */
(function () {
  "use strict";
  var SLOW = 300;                              /* milliseconds */
  var GIVE_UP = 60000;
  var root = document.documentElement;
  var under = [];
  var asked = new WeakMap();                   /* a request of htmx: what to do when it is over */
  var leaving = null;

  function draw(part) {
    root.toggleAttribute("data-busy", under.some(function (one) { return one.slow; }));
    if (!under.some(function (one) { return one.slow && one.part === part; })) { part.removeAttribute("aria-busy"); }
  }

  function begin(part) {
    var one = { part: part, slow: false };
    one.timer = window.setTimeout(function () {
      one.slow = true;
      part.setAttribute("aria-busy", "true");
      draw(part);
    }, SLOW);
    under.push(one);
    return function () {
      window.clearTimeout(one.timer);
      under = under.filter(function (other) { return other !== one; });
      draw(part);
    };
  }

  function hold(buttons) {
    var held = buttons.filter(function (button) { return !button.disabled; });
    var focused = document.activeElement;
    held.forEach(function (button) { button.disabled = true; });
    return function () {
      held.forEach(function (button) { button.disabled = false; });
      if (held.includes(focused) && document.activeElement === document.body) { focused.focus({ preventScroll: true }); }
    };
  }

  function buttons(form) {
    return Array.from(form.elements).filter(function (one) { return one.type === "submit"; });
  }

  /* --- requests of htmx */
  function held(how, elt) {
    var by = how.triggeringEvent && how.triggeringEvent.type;
    if (how.verb === "get") { return null; }
    if (by === "submit" && elt.matches("form")) { return hold(buttons(elt)); }
    return by === "click" && elt.matches("button") ? hold([elt]) : null;
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    var over = begin(event.detail.target || document.body);
    var free = held(event.detail.requestConfig, event.detail.elt);
    asked.set(event.detail.xhr, function () { over(); if (free) { free(); } });
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    var over = asked.get(event.detail.xhr);
    if (over) { over(); }
  });

  /* --- whole pages */
  function file() { return (document.cookie.match(/(?:^|; )chithi_file=([^;]*)/) || [])[1]; }

  function stay() {
    if (leaving) { leaving.over(); window.clearInterval(leaving.look); window.clearTimeout(leaving.end); }
    leaving = null;
    document.querySelectorAll("form[data-sending]").forEach(function (form) {
      form.removeAttribute("data-sending");
      if (form.free) { form.free(); }
    });
  }

  window.addEventListener("beforeunload", function (event) {
    if (event.defaultPrevented || leaving) { return; }
    var before = file();
    leaving = {
      over: begin(document.getElementById("main")),
      look: window.setInterval(function () { if (file() !== before) { stay(); } }, 200),
      end: window.setTimeout(stay, GIVE_UP)
    };
  });

  window.addEventListener("pageshow", function (event) { if (event.persisted) { stay(); } });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { stay(); } });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var elsewhere = (event.submitter && event.submitter.formTarget) || form.getAttribute("target");
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || elsewhere) { return; }
    if (form.hasAttribute("data-sending")) { event.preventDefault(); return; }
    form.setAttribute("data-sending", "");
    window.setTimeout(function () {            /* after the browser has taken which button was pressed */
      if (event.defaultPrevented) { form.removeAttribute("data-sending"); } else { form.free = hold(buttons(form)); }
    });
  });
})();

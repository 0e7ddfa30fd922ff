/* Reading a document by keyboard: J and K move, Enter confirms, E corrects, X rejects, U looks again.
   One card is shown at a time; the mark in the text follows; the page scrolls only when the mark is out of sight. */
(function () {
  "use strict";
  var box = document.querySelector("[data-intake]");
  if (!box) { return; }
  var text = box.querySelector(".paper-text");
  var facts = box.querySelector(".facts");
  var bar = facts.querySelector("progress");
  var done = facts.querySelector("[data-done]");
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  var current = "";

  function cards() { return Array.from(facts.querySelectorAll("[data-card]")); }
  function card(id) { return facts.querySelector('[data-card="' + id + '"]'); }
  function marks(id) { return text.querySelectorAll('[data-fact="' + id + '"]'); }

  function inSight(mark) {
    var at = mark.getBoundingClientRect();
    var low = facts.getBoundingClientRect();
    var floor = low.left > at.right || low.top > window.innerHeight ? window.innerHeight : low.top;
    return at.top > 60 && at.bottom < Math.min(floor, window.innerHeight) - 8;
  }

  function choose(id, keep) {
    box.querySelectorAll("[data-current]").forEach(function (old) { old.removeAttribute("data-current"); });
    current = id;
    var chosen = card(id);
    if (!chosen) { return; }
    chosen.setAttribute("data-current", "");
    var first = marks(id)[0];
    marks(id).forEach(function (mark) { mark.setAttribute("data-current", ""); });
    if (first && !keep && !inSight(first)) {
      first.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
    if (first && document.activeElement !== first && text.contains(document.activeElement)) {
      first.focus({ preventScroll: true });
    }
  }

  function step(by) {
    var all = cards();
    var at = all.findIndex(function (one) { return one.dataset.card === current; });
    var next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next) { choose(next.dataset.card); }
  }

  function nextOpen() {
    var all = cards();
    var at = all.findIndex(function (one) { return one.dataset.card === current; });
    var turned = all.slice(at + 1).concat(all.slice(0, at + 1));
    var open = turned.find(function (one) { return one.dataset.state === "open"; });
    if (open) { choose(open.dataset.card); }
  }

  function count() {
    var seen = cards().filter(function (one) { return one.dataset.state !== "open"; }).length;
    bar.value = seen;
    done.textContent = String(seen);
  }

  function act(key) {
    var chosen = card(current);
    var button = chosen && chosen.querySelector('[data-do="' + key + '"]');
    if (button) { button.click(); }
  }

  document.addEventListener("chithi:key", function (event) {
    if (event.detail === "j") { step(1); } else if (event.detail === "k") { step(-1); } else { act(event.detail); }
  });

  document.addEventListener("keydown", function (event) {
    var free = !event.target.closest("button, a:not(.fact), input, select, textarea, summary, dialog");
    if (event.key === "Enter" && free && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act("enter");
    }
  });

  box.addEventListener("click", function (event) {
    var mark = event.target.closest("[data-fact]");
    var way = event.target.closest("[data-step]");
    if (mark) {
      event.preventDefault();
      choose(mark.dataset.fact, true);
    }
    if (way) { if (way.dataset.step === "open") { nextOpen(); } else { step(way.dataset.step === "next" ? 1 : -1); } }
    if (event.target.closest("[data-edit-close]")) { event.target.closest(".fact-edit").replaceChildren(); }
  });

  text.addEventListener("focusin", function (event) {
    var mark = event.target.closest("[data-fact]");
    if (mark && mark.dataset.fact !== current) { choose(mark.dataset.fact, true); }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    var edit = event.target.closest && event.target.closest(".fact-edit");
    if (edit) {
      var field = edit.querySelector("select, input:not([type=hidden]), textarea");
      if (field) { field.focus(); }
    }
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    var fresh = event.target.closest && event.target.closest("[data-card]");
    if (!fresh || event.detail.target.closest(".fact-edit")) { return; }
    var id = fresh.dataset.card;
    var before = marks(id)[0] ? marks(id)[0].dataset.state : "";
    marks(id).forEach(function (mark) { mark.dataset.state = fresh.dataset.state; });
    count();
    choose(id, true);
    if (before === "open" && fresh.dataset.state !== "open") { nextOpen(); }
  });

  function asked() {
    var place = window.location.hash.match(/^#(?:fact|at)-(.+)$/);
    return place && card(place[1]) ? place[1] : "";
  }

  window.addEventListener("hashchange", function () { if (asked()) { choose(asked()); } });

  box.setAttribute("data-one", "");
  var firstOpen = cards().find(function (one) { return one.dataset.state === "open"; }) || cards()[0];
  if (asked()) { choose(asked()); } else if (firstOpen) { choose(firstOpen.dataset.card); }
})();

/* Puts the remembered theme and rail in place before the first paint; a plain script in <head>, not deferred.
   Switches: any [data-theme-set="light|dark|system"] and [data-rail-toggle]. Says `chithi:theme` on document. */
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered(key) {
    try { return window.localStorage.getItem(key); } catch (refused) { return null; }
  }

  function remember(key, value) {
    try { window.localStorage.setItem(key, value); } catch (refused) { /* private window: lasts for this page */ }
  }

  function wish() { return remembered("chithi.theme") || "system"; }

  function show(chosen) {
    var dark = chosen === "dark" || (chosen === "system" && system.matches);
    root.setAttribute("data-bs-theme", dark ? "dark" : "light");
    document.querySelectorAll("[data-theme-set]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === chosen));
    });
    document.dispatchEvent(new CustomEvent("chithi:theme"));
  }

  function rail(state) {
    root.setAttribute("data-rail", state);
    document.querySelectorAll("[data-rail-toggle]").forEach(function (button) {
      button.setAttribute("aria-expanded", String(state !== "closed"));
    });
  }

  show(wish());
  rail(remembered("chithi.rail") || "open");
  system.addEventListener("change", function () { show(wish()); });
  document.addEventListener("DOMContentLoaded", function () {
    show(wish());
    rail(root.getAttribute("data-rail"));
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-theme-set]");
    if (button) {
      remember("chithi.theme", button.dataset.themeSet);
      show(button.dataset.themeSet);
    }
    if (event.target.closest("[data-rail-toggle]")) {
      var state = root.getAttribute("data-rail") === "closed" ? "open" : "closed";
      remember("chithi.rail", state);
      rail(state);
    }
  });
})();

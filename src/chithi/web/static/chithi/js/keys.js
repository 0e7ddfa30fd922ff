/* The keyboard map (web/keys.py says it in words): `/` searches, `g` then a letter goes to [data-go="letter"], `?` shows
   the keys, Esc closes menus. Other scripts take their own keys through `chithi:key` (detail: the key), said when nobody
   types. Whoever dictates or brushes the keyboard may turn the keys of one letter off: [data-keys-off] in the dialog. */
(function () {
  "use strict";
  var going = 0;
  var off = remembered() === "off";

  function remembered() {
    try { return window.localStorage.getItem("chithi.keys"); } catch (refused) { return null; }
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function openMenus() { return document.querySelectorAll("details.menu[open]"); }

  function closeMenus(except) {
    openMenus().forEach(function (menu) {
      if (menu !== except && !(except && menu.contains(except))) { menu.removeAttribute("open"); }
    });
  }

  function showKeys() {
    var dialog = document.getElementById("keys");
    if (!dialog || dialog.open) { return; }
    dialog.querySelector("[data-keys-off]").checked = off;
    dialog.showModal();
  }

  function go(letter) {
    var target = document.querySelector('[data-go="' + CSS.escape(letter) + '"]');
    if (target) { target.click(); }
    return Boolean(target);
  }

  function escape() {
    var menu = openMenus()[0];
    if (!menu) { return false; }
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
    return true;
  }

  function letter(event) {
    if (going && Date.now() - going < 1500) {
      going = 0;
      if (go(event.key.toLowerCase())) { event.preventDefault(); }
      return;
    }
    if (event.key === "/") {
      var search = document.getElementById("search");
      if (search && search.offsetParent) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "?") {
      event.preventDefault();
      showKeys();
    } else if (event.key === "g") {
      going = Date.now();
    } else {
      document.dispatchEvent(new CustomEvent("chithi:key", { detail: event.key.toLowerCase() }));
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") {
      if (escape()) { event.preventDefault(); return; }
      if (typing(event.target) && event.target.id === "search") { event.target.blur(); return; }
      if (document.querySelector("dialog[open]")) { return; }
      document.dispatchEvent(new CustomEvent("chithi:key", { detail: "Escape" }));
    } else if (event.key.length === 1 && !off && !typing(event.target) && !document.querySelector("dialog[open]")) {
      letter(event);
    }
  });

  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-keys-off]")) { return; }
    off = event.target.checked;
    try { window.localStorage.setItem("chithi.keys", off ? "off" : "on"); } catch (refused) { /* lasts for this page */ }
  });

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu"));
    if (event.target.closest("[data-keys-show]")) { showKeys(); }
    var close = event.target.closest("[data-dialog-close]");
    if (close) { close.closest("dialog").close(); }
    if (event.target.matches("dialog.sheet")) { event.target.close(); }
  });
})();

/* One line of explanation under whatever carries a title, shown on hover and on keyboard focus, wherever the
   element stands (a scrolling table does not cut it). Without script the browser's own title remains. */
(function () {
  "use strict";
  var shown = null;
  var timer = 0;
  var hint = document.createElement("div");
  hint.className = "hint";
  hint.id = "hint";
  hint.setAttribute("role", "tooltip");
  hint.hidden = true;

  function place(target) {
    var box = target.getBoundingClientRect();
    var own = hint.getBoundingClientRect();
    var left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - own.width - 8));
    var below = box.bottom + 6;
    var top = below + own.height > window.innerHeight - 8 ? box.top - own.height - 6 : below;
    hint.style.left = left + "px";
    hint.style.top = top + "px";
  }

  function show(target) {
    window.clearTimeout(timer);
    var told = target.querySelector(":scope > title");      /* a part of a drawing carries its line as an element */
    if (told) {
      target.dataset.why = told.textContent;
      target.setAttribute("aria-label", told.textContent);
      told.remove();
    }
    if (target.title) {
      target.dataset.why = target.title;
      target.removeAttribute("title");
    }
    if (!target.dataset.why || shown === target) { return; }
    hide();
    shown = target;
    hint.textContent = target.dataset.why;
    hint.hidden = false;
    target.setAttribute("aria-describedby", "hint");
    place(target);
  }

  function hide() {
    hint.hidden = true;
    if (shown) { shown.removeAttribute("aria-describedby"); }
    shown = null;
  }

  function soon() { window.clearTimeout(timer); timer = window.setTimeout(hide, 160); }

  function carrier(event) {
    return event.target instanceof Element ? event.target.closest("[title], [data-why], .pic-door") : null;
  }

  document.addEventListener("mouseover", function (event) {
    if (hint.contains(event.target)) { window.clearTimeout(timer); return; }
    var target = carrier(event);
    if (target) { show(target); } else if (shown) { soon(); }
  });
  document.addEventListener("focusin", function (event) {
    var target = carrier(event);
    if (target && event.target.matches(":focus-visible")) { show(target); } else { hide(); }
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
  (document.getElementById("main") || document.body).append(hint);
})();

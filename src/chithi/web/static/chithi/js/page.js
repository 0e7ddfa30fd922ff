/* Small things of every page: plain words when a request fails, copying an address, typed text that is not lost on
   leaving, a toast that can be put away. */
(function () {
  "use strict";
  function say(text) {
    var toasts = document.getElementById("toasts");
    var line = document.createElement("div");
    var put = document.createElement("button");
    line.className = "toast-line";
    line.append(text);
    put.type = "button";
    put.setAttribute("data-toast-close", "");
    put.textContent = document.body.dataset.sayClose;
    line.append(put);
    toasts.replaceChildren(line);
    put.addEventListener("click", function () { line.remove(); });
  }

  document.addEventListener("htmx:sendError", function () { say(document.body.dataset.sayOffline); });
  document.addEventListener("htmx:responseError", function (event) {
    var gone = event.detail.xhr.status === 404;
    say(gone ? document.body.dataset.sayGone : document.body.dataset.sayFailed);
  });

  document.addEventListener("click", function (event) {
    var close = event.target.closest("[data-toast-close]");
    if (close) {
      event.preventDefault();
      close.closest(".toast-line").remove();
    }
    var copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(new URL(copy.dataset.copy, window.location.href).href).then(function () {
        say(document.body.dataset.sayCopied);
      });
    }
    if (event.target.closest("[data-print]")) { window.print(); }
  });

  var typed = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-keep]")) { typed = true; }
  });
  document.addEventListener("submit", function () { typed = false; });
  window.addEventListener("beforeunload", function (event) { if (typed) { event.preventDefault(); } });
})();

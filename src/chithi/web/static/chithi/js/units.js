/* Choosing a unit: a suggestion puts its code into the field; arrow keys go through them, Escape puts them away. */
(function () {
  "use strict";

  function offers(pick) { return Array.from(pick.querySelectorAll("[data-unit-code]")); }

  function away(pick) { pick.querySelector(".unit-offers").replaceChildren(); }

  /* A field of several parts: the offer takes the place of the last one, and room for the next follows. */
  function added(typed, code) {
    var before = typed.slice(0, typed.lastIndexOf(";") + 1).trim();
    return (before ? before + " " : "") + code + "; ";
  }

  function take(offer) {
    var pick = offer.closest("[data-unit-pick]");
    var field = pick.querySelector("input");
    var said = document.createElement("span");
    field.value = "several" in field.dataset ? added(field.value, offer.dataset.unitCode) : offer.dataset.unitCode;
    field.focus();
    said.className = "note";
    said.textContent = offer.firstElementChild.textContent;
    pick.querySelector(".unit-offers").replaceChildren(said);
  }

  document.addEventListener("click", function (event) {
    var offer = event.target.closest("[data-unit-code]");
    if (offer) { take(offer); }
  });

  document.addEventListener("keydown", function (event) {
    var pick = event.target.closest && event.target.closest("[data-unit-pick]");
    if (!pick) { return; }
    var rows = offers(pick);
    if (!rows.length) { return; }
    var at = rows.indexOf(event.target);
    if (event.key === "ArrowDown") {
      event.preventDefault();
      rows[Math.min(at + 1, rows.length - 1)].focus();
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      (at > 0 ? rows[at - 1] : pick.querySelector("input")).focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      pick.querySelector("input").focus();
      away(pick);
    }
  });

  document.addEventListener("focusout", function (event) {
    var pick = event.target.closest && event.target.closest("[data-unit-pick]");
    if (pick && event.relatedTarget && !pick.contains(event.relatedTarget)) { away(pick); }
  });
})();

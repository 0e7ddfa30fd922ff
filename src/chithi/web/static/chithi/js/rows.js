/* J and K go down and up the rows of tables, trees and lists, in the column where one is; Enter opens what has the focus,
   as the browser does with any link. While the panel is open they stay in it. Reading a document has its own J and K. */
(function () {
  "use strict";
  if (document.querySelector("[data-intake]")) { return; }
  var panel = document.getElementById("panel");
  var main = document.getElementById("main");
  var ROWS = "tbody tr, .tree-row, .next > li, .areas > li, .work-lines > li, .hits > li, .task-tiles > li";

  function doors(row) {
    return Array.from(row.querySelectorAll("a[href], button")).filter(function (one) {
      return one.getClientRects().length && !one.closest("details:not([open]) > :not(summary)");
    });
  }

  function column(door) {
    var cell = door.closest("td, th");
    return cell ? cell.cellIndex : 0;
  }

  function follows(one, other) {
    return Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  function target(rows, here, by) {
    var ahead = by > 0 ? rows : rows.slice().reverse();
    var at = ahead.findIndex(function (row) { return row.contains(here); });
    if (at >= 0) { return ahead[at + 1]; }
    return ahead.find(function (row) { return by > 0 ? follows(here, row) : follows(row, here); });
  }

  function step(by) {
    var room = panel && !panel.hidden ? panel : main;
    var here = room.contains(document.activeElement) ? document.activeElement : room;
    var rows = Array.from(room.querySelectorAll(ROWS)).filter(function (row) { return doors(row).length; });
    var row = target(rows, here, by);
    if (!row) { return; }
    var ways = doors(row);
    var same = ways.find(function (door) { return here !== room && column(door) === column(here); });
    (same || ways[0]).focus();
  }

  document.addEventListener("chithi:key", function (event) {
    if (event.detail === "j") { step(1); }
    if (event.detail === "k") { step(-1); }
  });
})();

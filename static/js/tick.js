/* One box that ticks all rows of its table; it follows them when they are ticked one by one. */
(function () {
  "use strict";
  document.querySelectorAll("[data-tick]").forEach(function (table) {
    var all = table.querySelector("[data-tick-all]");
    if (!all) { return; }
    var rows = Array.prototype.slice.call(table.querySelectorAll("tbody input[type=checkbox]"));
    if (!rows.length) { (all.closest("label") || all).hidden = true; return; }
    function follow() {
      var ticked = rows.filter(function (row) { return row.checked; }).length;
      all.checked = ticked === rows.length;
      all.indeterminate = ticked > 0 && ticked < rows.length;
    }
    all.addEventListener("change", function () {
      rows.forEach(function (row) { row.checked = all.checked; });
    });
    table.addEventListener("change", function (event) {
      if (event.target !== all) { follow(); }
    });
    follow();
  });
})();

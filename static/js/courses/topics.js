/* Adds up, while ticking, what the chosen topics offer to each stage. The server decides. */
(function () {
  "use strict";
  var form = document.querySelector("[data-topic-sums]");
  if (!form) return;

  function add() {
    var sums = {};
    form.querySelectorAll("tbody tr").forEach(function (row) {
      var box = row.querySelector("input[type=checkbox]");
      if (!box || !box.checked) return;
      row.querySelectorAll("[data-stage]").forEach(function (cell) {
        var stage = cell.getAttribute("data-stage");
        sums[stage] = (sums[stage] || 0) + parseFloat(cell.getAttribute("data-hours"));
      });
    });
    form.querySelectorAll("[data-sum]").forEach(function (place) {
      var sum = sums[place.getAttribute("data-sum")] || 0;
      place.textContent = String(Math.round(sum * 10) / 10);
    });
  }

  form.addEventListener("change", add);
  add();
})();

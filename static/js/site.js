/* Shared by every page: announces messages, puts the eye on a form's faults, keeps menus tidy.
   Nothing here is needed to use the site. */
(function () {
  "use strict";

  function announce(text, kind) {
    var box = document.getElementById("messages");
    if (!box) { return; }
    var line = document.createElement("p");
    line.className = "message " + (kind || "info");
    line.textContent = text;
    box.appendChild(line);
  }

  // A status region is read out only when it changes after the page has come.
  function repeatMessages() {
    var box = document.getElementById("messages");
    if (!box || !box.children.length) { return; }
    var lines = Array.prototype.slice.call(box.children);
    window.setTimeout(function () {
      lines.forEach(function (line) { box.appendChild(line); });
    }, 150);
  }

  // What scrolls must be reachable by keyboard, and say what it is.
  function openTables() {
    document.querySelectorAll(".wide").forEach(function (box) {
      if (box.scrollWidth <= box.clientWidth || box.hasAttribute("tabindex")) { return; }
      var caption = box.querySelector("caption");
      var title = document.querySelector("h1");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", (caption || title || document).textContent || document.title);
    });
  }

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(except)) { menu.open = false; }
    });
  }

  document.addEventListener("click", function (event) { closeMenus(event.target); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      announce(document.body.getAttribute("data-no-answer"), "error");
    });
  });
  document.addEventListener("htmx:afterSettle", openTables);
  document.addEventListener("DOMContentLoaded", function () {
    repeatMessages();
    openTables();
    var faults = document.querySelector("[data-focus]");
    if (faults) { faults.focus(); }
  });
  window.yanxiu = { announce: announce };
})();

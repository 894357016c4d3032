/* A video without the study clock. */
(function () {
  "use strict";

  function read(id) { return JSON.parse(document.getElementById(id).textContent); }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-watch]").forEach(function (root) {
      var video = root.querySelector("video");
      var broken = root.querySelector("[data-broken]");
      if (!video) { return; }
      window.StudyScreen(video, read(root.getAttribute("data-watch")), read(root.getAttribute("data-texts")), function () {
        broken.hidden = false;
      });
    });
  });
})();

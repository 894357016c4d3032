/* A text on the study clock: counts the seconds in which its page is visible, up to its
   reading time. */
(function () {
  "use strict";

  var STEP = 1000;

  function start(root) {
    var data = JSON.parse(document.getElementById(root.getAttribute("data-study")).textContent);
    var texts = JSON.parse(document.getElementById(root.getAttribute("data-texts")).textContent);
    var saved = data.ranges;
    var last = null;   // when the visible time now running was last looked at
    var spare = 0;     // milliseconds that do not make a second yet
    var lastBeat = window.performance.now();
    var coverage = window.StudyCoverage(root, data, texts, function () {});
    var beats = window.StudyBeats({
      data: data,
      onAnswer: function (answer) { saved = answer.ranges; redraw(); },
      onState: function (kind, sentence) { coverage.show(kind, sentence); redraw(); }
    });

    function redraw() { coverage.draw(saved, beats.waiting()); }

    function visible() { return document.visibilityState === "visible"; }

    function tick() {
      var now = window.performance.now();
      if (last !== null) { spare += Math.min(now - last, 3 * STEP); }  // asleep is not reading
      last = visible() ? now : null;
      while (spare >= STEP && readOne()) { spare -= STEP; }
      if (now - lastBeat >= data.beatSeconds * 1000) {
        lastBeat = now;
        beats.flush();
      }
    }

    function readOne() {
      var open = window.StudyCoverage.gaps(saved.concat(beats.waiting()), data.length);
      if (!open.length) { spare = 0; return false; }
      beats.note(open[0][0], open[0][0] + 1);
      coverage.point(open[0][0] + 1);
      redraw();
      if (open.length === 1 && open[0][0] + 1 >= data.length) { lastBeat = window.performance.now(); beats.flush(); }
      return true;
    }

    document.addEventListener("visibilitychange", tick, true);
    window.addEventListener("pagehide", tick, true);
    window.setInterval(tick, STEP);
    redraw();
    beats.flush(true);
    tick();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-study][data-kind='reading']").forEach(start);
  });
})();

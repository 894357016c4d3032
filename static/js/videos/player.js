/* A video on the study clock: resumes, tells what was really played, draws what is covered. */
(function () {
  "use strict";

  function start(root) {
    var data = JSON.parse(document.getElementById(root.getAttribute("data-study")).textContent);
    var texts = JSON.parse(document.getElementById(root.getAttribute("data-texts")).textContent);
    var video = root.querySelector("video");
    var fastest = Math.max.apply(null, data.speeds);
    var saved = data.ranges;
    var told = 0;        // the second up to which this stretch is in the buffer
    var reached = null;  // where the stretch now played has come to; null while nothing plays
    var lastBeat = window.performance.now();

    var coverage = window.StudyCoverage(root, data, texts, function (seconds) {
      video.currentTime = seconds;
      video.play();
    });
    var beats = window.StudyBeats({
      data: data,
      onAnswer: function (answer) {
        saved = answer.ranges;
        redraw();
      },
      onState: function (kind, sentence) {
        coverage.show(kind, sentence);
        redraw();
      }
    });

    function redraw() { coverage.draw(saved, beats.waiting()); }

    function begin() {
      var at = video.currentTime;
      if (reached !== null) { return; }
      if (Math.floor(at) !== told) { told = Math.floor(at); }
      reached = at;
    }

    function advance() {
      if (reached === null || video.seeking) { return; }
      reached = Math.max(reached, video.currentTime);
      remember(Math.floor(reached));
    }

    function remember(second) {
      if (second <= told) { return; }
      beats.note(told, Math.min(second, data.length));
      told = second;
      redraw();
    }

    function end() {
      advance();
      reached = null;
    }

    function beat() {
      lastBeat = window.performance.now();
      beats.at(video.currentTime);
      beats.flush();
    }

    video.addEventListener("loadedmetadata", function () {
      if (data.position) { video.currentTime = data.position; }
    }, { once: true });
    video.addEventListener("playing", begin);
    video.addEventListener("timeupdate", function () {
      coverage.point(video.currentTime);
      if (!video.paused && !video.seeking) { begin(); }
      advance();
      if (window.performance.now() - lastBeat >= data.beatSeconds * 1000) { beat(); }
    });
    // When seeking begins, currentTime is already the aim: the stretch ended where it had come to.
    video.addEventListener("seeking", function () { reached = null; });
    video.addEventListener("seeked", function () { beats.at(video.currentTime); });
    video.addEventListener("waiting", end);
    video.addEventListener("pause", function () { end(); beat(); });
    video.addEventListener("ended", function () {
      if (told >= data.length - 3) { remember(data.length); }
      reached = null;
      beat();
    });
    video.addEventListener("ratechange", function () {
      if (video.playbackRate > fastest) { video.playbackRate = fastest; }
    });
    ["pagehide", "visibilitychange"].forEach(function (name) {
      (name === "pagehide" ? window : document).addEventListener(name, function () {
        advance();
        beats.at(video.currentTime);
      }, true);
    });
    root.querySelector("[data-bar]").addEventListener("click", function (event) {
      var box = this.getBoundingClientRect();
      video.currentTime = (event.clientX - box.left) / box.width * data.length;
    });

    if (video.readyState > 0 && data.position) { video.currentTime = data.position; }
    coverage.point(data.position);
    redraw();
    beats.flush(true);  // the page is open; also sends what an earlier page left
    window.StudyScreen(video, data, texts, function () { coverage.show("broken"); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-study][data-kind='video']").forEach(function (root) {
      if (root.querySelector("video")) { start(root); }  // none while it is being prepared
    });
  });
})();

/* The screen of every player: which source it takes, how it mends a broken line, Plyr's dress.

   window.StudyScreen(video, data, texts, onBroken): data.stream is the playlist's address,
   data.streamFirst whether it is wanted on any line, data.thumbnails the track of small pictures,
   data.speeds the speeds on offer. */
(function () {
  "use strict";

  var STREAM = "application/vnd.apple.mpegurl";
  var PAUSE = 15000;  // a source that breaks again within so many milliseconds is given up

  function wantsStream(video, data) {
    if (!data.stream || !video.canPlayType(STREAM)) { return false; }
    var line = navigator.connection;
    var thin = line && (line.saveData || /2g|3g/.test(line.effectiveType || ""));
    return data.streamFirst || thin || /^Apple/.test(navigator.vendor || "");
  }

  function load(video, address, at, playing) {
    video.addEventListener("loadedmetadata", function () {
      if (at) { video.currentTime = at; }
      if (playing) { video.play(); }
    }, { once: true });
    video.src = address;
    video.load();
  }

  /* A signed address of a store may end while one watches, a server may be started anew: the
     same source is asked once more, from the same second, before anybody is told. */
  function mend(video, onBroken) {
    var mended = -PAUSE;
    var at = 0;
    var playing = false;
    video.addEventListener("timeupdate", function () { at = video.currentTime; });
    video.addEventListener("play", function () { playing = true; });
    video.addEventListener("pause", function () { playing = Boolean(video.error); });
    video.addEventListener("error", function () {
      var now = window.performance.now();
      if (now - mended < PAUSE || !video.currentSrc) { onBroken(); return; }
      mended = now;
      load(video, video.currentSrc, at, playing);
    });
  }

  function dress(video, data, texts) {
    return new window.Plyr(video, {
      iconUrl: texts.icons,
      blankVideo: "",
      controls: ["play-large", "play", "progress", "current-time", "duration", "mute", "volume", "captions", "settings", "pip", "fullscreen"],
      settings: ["captions", "speed"],
      speed: { selected: 1, options: data.speeds },
      keyboard: { focused: true, global: false },
      captions: { active: true, language: "zh", update: false },
      previewThumbnails: { enabled: Boolean(data.thumbnails), src: data.thumbnails },
      invertTime: false,
      toggleInvert: false,
      storage: { enabled: false },
      i18n: texts.plyr
    });
  }

  window.StudyScreen = function (video, data, texts, onBroken) {
    if (wantsStream(video, data)) { load(video, data.stream, 0, false); }
    mend(video, onBroken);
    return window.Plyr ? dress(video, data, texts) : null;
  };
})();

/* Tells the server what was studied and keeps what could not be told.

   window.StudyBeats(options) with options: data (of the page's player: user, unit, token,
   beatUrl), onAnswer(answer), onState(kind) with kind "saved", "offline", "signed-out",
   "reload" or "error". note(from, to) says that these seconds were played just now, flush()
   sends what waits, waiting() returns the spans not yet confirmed.

   A claim leaves the buffer only when the server confirmed it. The buffer lies in localStorage
   too, so it survives a crash; a page that comes later sends it. Sending twice is harmless:
   the server counts distinct seconds on its own clock. */
(function () {
  "use strict";

  var PREFIX = "study-beats:";
  var WAIT = [2, 4, 8, 15, 30, 60];
  var TIME_OUT = 20000;
  var DAY = 86400000;
  var BATCH = 100;

  function read(key) {
    try { return JSON.parse(window.localStorage.getItem(key)); } catch (error) { return null; }
  }
  function write(key, value) {
    try {
      if (value) { window.localStorage.setItem(key, JSON.stringify(value)); } else { window.localStorage.removeItem(key); }
    } catch (error) { /* private window or full disk: the buffer lives in memory only */ }
  }

  window.StudyBeats = function (options) {
    var data = options.data;
    var mine = PREFIX + data.user + ":";
    var key = mine + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
    var token = data.token;
    var groups = adopt();   // oldest first; the last one is this page's own
    var own = null;
    var sending = false;
    var failures = 0;
    var timer = null;
    var stopped = false;
    var position = null;

    function adopt() {
      // What pages left that were closed or crashed: of this person only, not older than a day.
      var found = [];
      try {
        for (var index = window.localStorage.length - 1; index >= 0; index -= 1) {
          var name = window.localStorage.key(index);
          if (!name || name.indexOf(mine) !== 0) { continue; }
          var left = read(name);
          if (!left || Date.now() - left.at > DAY) { write(name, null); continue; }
          if (left.closed || Date.now() - left.at > 60000) {
            left.groups.forEach(function (group) { found.push({ token: group.token, unit: group.unit, claims: group.claims, from: name }); });
            if (!left.groups.length) { write(name, null); }
          }
        }
      } catch (error) { /* no localStorage */ }
      found.forEach(function (group) { group.claims.forEach(function (claim) { claim.tick = null; }); });
      return found.sort(function (a, b) { return a.claims[0].at - b.claims[0].at; });
    }

    function keep(closed) {
      var left = groups.filter(function (group) { return !group.from && group.claims.length; });
      write(key, left.length ? { at: Date.now(), closed: !!closed, groups: left } : null);
    }

    function note(from, to) {
      if (to <= from) { return; }
      if (!own || own.token !== token) {
        own = { token: token, unit: data.unit, claims: [] };
        groups.push(own);
      }
      var last = own.claims[own.claims.length - 1];
      if (last && !last.sent && last.to === from) {
        last.to = to;
      } else {
        last = { from: from, to: to };
        own.claims.push(last);
      }
      last.at = Date.now();
      last.tick = window.performance.now();
      keep(false);
    }

    function ago(claim) {
      // The monotonic clock within this page; the wall clock for what an earlier page left.
      var passed = claim.tick === null || claim.tick === undefined ? Date.now() - claim.at : window.performance.now() - claim.tick;
      return Math.max(0, passed / 1000);
    }

    function nextBeat() {
      groups = groups.filter(function (group) {
        if (group.claims.length || group === own) { return true; }
        if (group.from && !groups.some(function (other) { return other !== group && other.from === group.from && other.claims.length; })) { write(group.from, null); }
        return false;
      });
      var group = groups.filter(function (candidate) { return candidate.claims.length; })[0];
      if (!group) { return null; }
      return { group: group, claims: group.claims.slice(0, BATCH) };
    }

    function body(beat) {
      var words = {
        token: beat ? beat.group.token : token,
        beats: (beat ? beat.claims : []).map(function (claim) {
          return { from: claim.from, to: claim.to, ago: Math.round(ago(claim) * 1000) / 1000 };
        })
      };
      if (position !== null && (!beat || beat.group === own || beat.group.token === token)) { words.position = Math.floor(position); }
      return JSON.stringify(words);
    }

    function flush(even) {
      if (sending || stopped) { return; }
      var beat = nextBeat();
      if (!beat && !even) { return; }
      window.clearTimeout(timer);
      sending = true;
      if (beat) { beat.claims.forEach(function (claim) { claim.sent = true; }); }
      var abort = window.AbortController ? new AbortController() : null;
      var alarm = window.setTimeout(function () { if (abort) { abort.abort(); } }, TIME_OUT);
      window.fetch(data.beatUrl, {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: body(beat),
        signal: abort ? abort.signal : undefined
      }).then(function (response) {
        return response.json().then(
          function (words) { return { status: response.status, words: words }; },
          function () { return { status: response.status, words: {} }; }
        );
      }).then(
        function (answer) { window.clearTimeout(alarm); sending = false; heard(beat, answer.status, answer.words); },
        function () { window.clearTimeout(alarm); sending = false; failed(); }
      );
    }

    function heard(beat, status, words) {
      if (status === 200) { return confirmed(beat, words); }
      if (status === 401) { stopped = true; return options.onState("signed-out", words.error); }
      if (status === 400 || status === 403) {
        // It can never be accepted; what other tokens proved still can.
        if (beat) { remove(beat); }
        if (!beat || beat.group.token === token) { stopped = true; return options.onState("reload", words.error); }
        return flush();
      }
      return failed();
    }

    function confirmed(beat, words) {
      failures = 0;
      var here = !beat || beat.group.unit === data.unit;
      if (beat) { remove(beat); }
      if (!beat || beat.group.token === token) { token = words.token; }
      if (here) { options.onAnswer(words); }
      if (nextBeat()) { flush(); } else { options.onState("saved"); }
    }

    function remove(beat) {
      beat.group.claims = beat.group.claims.filter(function (claim) { return beat.claims.indexOf(claim) < 0; });
      nextBeat();
      keep(false);
    }

    function failed() {
      var pause = WAIT[Math.min(failures, WAIT.length - 1)] * (0.8 + Math.random() * 0.4);
      failures += 1;
      options.onState("offline");
      timer = window.setTimeout(function () { flush(true); }, pause * 1000);
    }

    function waiting() {
      var spans = [];
      groups.forEach(function (group) {
        if (group.unit === data.unit) { group.claims.forEach(function (claim) { spans.push([claim.from, claim.to]); }); }
      });
      return spans;
    }

    function lastWord() {
      // The page may be gone before an answer comes: the buffer stays until someone confirms it.
      keep(true);
      if (stopped || !navigator.sendBeacon) { return; }
      var beat = nextBeat();
      if (!beat) { return; }
      beat.claims.forEach(function (claim) { claim.sent = true; });
      navigator.sendBeacon(data.beatUrl, new Blob([body(beat)], { type: "application/json" }));
    }

    window.addEventListener("online", function () { failures = 0; flush(true); });
    window.addEventListener("offline", function () { options.onState("offline"); });
    window.addEventListener("pagehide", lastWord);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") { lastWord(); } else { flush(); }
    });

    return {
      note: note,
      flush: flush,
      waiting: waiting,
      at: function (seconds) { position = seconds; }
    };
  };
})();

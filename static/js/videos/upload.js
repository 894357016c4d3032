/* Sends one file piece by piece and does not give up.

   window.UploadSender(options) with options: file, endpoint, url (to go on with an upload),
   metadata, and the callbacks onUrl(url), onProgress(sent), onState(kind, sentence), onReceived().
   Kinds: "sending", "paused"; "offline" and "busy", after which it goes on by itself; "signed-out",
   "refused" and "gone", after which a person has to act. Returns start(), pause(), end() and url().

   Whether to try again is decided here and not by tus-js-client: it would create a new upload
   when asked about the old one while signed out, and give up when the browser knows that the
   line is cut. */
(function () {
  "use strict";

  var PIECE = 16 * 1024 * 1024;
  var WAIT = [1, 2, 4, 8, 15, 30];

  function csrf() {
    // From the cookie, as another tab may have signed in again since this page was opened.
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? found[1] : JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  }

  function sentence(response) {
    try { return JSON.parse(response.getBody()).error || ""; } catch (error) { return ""; }
  }

  window.UploadSender = function (options) {
    var failures = 0;
    var timer = null;
    var upload = new window.tus.Upload(options.file, {
      endpoint: options.url ? null : options.endpoint,
      uploadUrl: options.url || null,
      chunkSize: PIECE,
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: options.metadata,
      onBeforeRequest: function (request) { request.setHeader("X-CSRFToken", csrf()); },
      onUploadUrlAvailable: function () {
        upload.options.endpoint = null;   // from now on this upload and no other
        upload.options.uploadUrl = upload.url;
        options.onUrl(upload.url);
      },
      onProgress: options.onProgress,
      onChunkComplete: function () { failures = 0; },
      onSuccess: function () { options.onReceived(); },
      onError: failed
    });

    function failed(error) {
      var response = error.originalResponse;
      var status = response ? response.getStatus() : 0;
      if (status === 423) { return again("busy", sentence(response)); }
      if (status === 0 || status === 409 || status === 460 || status >= 500) { return again("offline", response ? sentence(response) : ""); }
      if (status === 404 || status === 410) { return options.onState("gone", sentence(response)); }
      if (status === 401 || !sentence(response)) { return options.onState("signed-out", sentence(response)); }
      options.onState("refused", sentence(response));
    }

    function again(kind, words) {
      options.onState(kind, words);
      timer = window.setTimeout(start, WAIT[Math.min(failures, WAIT.length - 1)] * 1000);
      failures += 1;
      window.addEventListener("online", start);
    }

    function quiet() {
      window.clearTimeout(timer);
      window.removeEventListener("online", start);
    }

    function start() {
      quiet();
      options.onState("sending", "");
      upload.start();
    }

    return {
      start: start,
      pause: function () {
        quiet();
        upload.abort();
        options.onState("paused", "");
      },
      end: function () {
        quiet();
        upload.abort();
        return window.UploadSender.end(upload.url);
      },
      url: function () { return upload.url; }
    };
  };

  // Gives up the upload at this address and removes what has arrived.
  window.UploadSender.end = function (url) {
    if (!url) { return Promise.resolve(); }
    var headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": csrf() };
    return window.fetch(url, { method: "DELETE", headers: headers, credentials: "same-origin" });
  };
})();

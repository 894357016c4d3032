/* The upload box of a page: choose or drop a file, see how far it is, go on with an old one.

   Works on every [data-upload] (templates/videos/upload.html). When the file is complete the
   form's field "upload" holds its key, and the box fires a bubbling "upload-finished" (detail:
   id, name, sha256). A form that is sent too early is held back until then. */
(function () {
  "use strict";

  var WINDOW = 8000;   // milliseconds over which the speed is taken

  function size(bytes) {
    var value = bytes / 1024;
    var unit = 0;
    while (value >= 1024 && unit < 2) { value /= 1024; unit += 1; }
    return value.toFixed(value < 10 && unit ? 1 : 0) + "\u00a0" + ["KB", "MB", "GB"][unit];
  }

  function fill(text, values) {
    return text.replace(/%\((\w+)\)s/g, function (whole, name) { return values[name]; }).replace(/%%/g, "%");
  }

  function mark(file) {
    return [file.name, file.size, file.lastModified].join("|").slice(-300);
  }

  function keyIn(url) { return url.replace(/\/$/, "").split("/").pop(); }

  function setUp(root) {
    var data = JSON.parse(document.getElementById(root.dataset.upload).textContent);
    var texts = JSON.parse(document.getElementById(root.dataset.texts).textContent);
    var endpoint = root.dataset.endpoint;
    var input = root.querySelector("input[type=file]");
    var key = root.querySelector("input[type=hidden][name=upload]");
    var form = input.form;
    var sender = null;
    var file = null;
    var held = null;   // the button of a form that was sent too early
    var samples = [];
    var told = 0;

    function part(name) { return root.querySelector("[data-" + name + "]"); }
    function show(name, shown) { part(name).hidden = !shown; }
    function among(kind, kinds) { return kinds.indexOf(kind) >= 0; }

    function state(kind, words) {
      root.dataset.state = kind;
      part("words").textContent = part("said").textContent = words || texts[kind] || "";
      show("pause", among(kind, ["sending", "offline", "busy"]));
      show("resume", among(kind, ["paused", "signed-out"]));
      show("again", among(kind, ["refused", "gone", "finished"]));
      show("end", !among(kind, ["refused", "gone"]));
      show("signin", kind === "signed-out");
      if (kind !== "sending") { samples = []; part("pace").textContent = ""; }
    }

    function progress(sent) {
      var share = Math.floor(sent * 100 / file.size);
      samples.push([Date.now(), sent]);
      while (samples.length > 2 && samples[0][0] < Date.now() - WINDOW) { samples.shift(); }
      part("bar").setAttribute("width", share + "%");
      part("percent").textContent = share + " %";
      part("sent").textContent = fill(texts.sent, { sent: size(sent), size: size(file.size) });
      part("pace").textContent = pace(sent);
      if (share >= told + 25) {
        told = share - share % 25;
        part("said").textContent = fill(texts.told, { percent: told });
      }
    }

    function pace(sent) {
      var seconds = (Date.now() - samples[0][0]) / 1000;
      var speed = (sent - samples[0][1]) / seconds;
      if (seconds < 1 || speed <= 0) { return ""; }
      return size(speed) + "/s \u00b7 " + left((file.size - sent) / speed);
    }

    function left(seconds) {
      var minutes = Math.ceil(seconds / 60);
      if (seconds < 60) { return fill(texts.seconds, { seconds: Math.ceil(seconds) }); }
      if (minutes < 60) { return fill(texts.minutes, { minutes: minutes }); }
      return fill(texts.hours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    }

    function fault(chosen) {
      if (!chosen.size) { return texts.empty; }
      return chosen.size > data.largest ? fill(texts.large, { size: size(chosen.size), largest: size(data.largest) }) : "";
    }

    function known() {
      return data.waiting.filter(function (one) { return one.fingerprint === mark(file); })[0];
    }

    function choose(chosen) {
      if (!chosen) { return; }
      part("trouble").textContent = fault(chosen);
      if (fault(chosen)) { input.value = ""; return; }
      file = chosen;
      told = 0;
      input.removeAttribute("name");   // its bytes go their own way
      form.querySelectorAll("input[type=radio][name=upload]").forEach(function (radio) { radio.checked = false; });
      show("drop", false);
      show("sending", true);
      show("digest", false);
      part("name").textContent = chosen.name;
      progress(0);
      begin(known() ? endpoint + known().id + "/" : "");
    }

    function begin(url) {
      sender = window.UploadSender({
        file: file,
        endpoint: endpoint,
        url: url,
        metadata: { filename: file.name, purpose: data.purpose, context: data.context, fingerprint: mark(file) },
        onUrl: remember,
        onProgress: progress,
        onState: state,
        onReceived: function () { progress(file.size); state("checking", ""); check(200); }
      });
      sender.start();
      part("pause").focus();
    }

    function remember(url) {
      if (!known()) { data.waiting.push({ id: keyIn(url), fingerprint: mark(file) }); }
      forgetLine(keyIn(url));
    }

    function forgetLine(id) {
      var line = root.querySelector("[data-waiting='" + id + "']");
      if (line) { line.remove(); }
      show("earlier", !!root.querySelector("[data-waiting]"));
    }

    function check(pause) {
      var url = sender.url();
      window.setTimeout(function () {
        window.fetch(url, { credentials: "same-origin", cache: "no-store" })
          .then(function (answer) { return answer.json(); })
          .then(function (answer) { checked(url, answer); })
          .catch(function () { check(5000); });
      }, pause);
    }

    function checked(url, answer) {
      if (root.dataset.state !== "checking") { return; }   // ended meanwhile
      if (answer.sha256) { return finished(url, answer.sha256); }
      if (answer.reason || answer.job === "parked") { return state("refused", answer.reason); }
      if (answer.total) { part("words").textContent = fill(texts.checked, { percent: Math.floor(answer.done * 100 / answer.total) }); }
      check(700);
    }

    function finished(url, sha256) {
      key.value = keyIn(url);
      key.disabled = false;
      part("sha256").textContent = sha256;
      show("digest", true);
      state("finished", "");
      root.dispatchEvent(new CustomEvent("upload-finished", { bubbles: true, detail: { id: key.value, name: file.name, sha256: sha256 } }));
      if (held) { held.click(); }
    }

    function reset() {
      data.waiting = data.waiting.filter(function (one) { return !sender || one.id !== keyIn(sender.url() || ""); });
      file = sender = held = null;
      key.value = input.value = "";
      key.disabled = true;
      root.dataset.state = part("held").textContent = "";
      show("sending", false);
      show("drop", true);
      input.focus();
    }

    function end(ending, then) {
      if (window.confirm(texts.really)) { ending().then(then, function () { state("offline", ""); }); }
    }

    input.addEventListener("change", function () { choose(input.files[0]); });
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      part("drop").addEventListener(name, function (event) {
        event.preventDefault();
        part("drop").classList.toggle("is-over", name === "dragover");
        if (name === "drop") { choose(event.dataTransfer.files[0]); }
      });
    });
    part("pause").addEventListener("click", function () { sender.pause(); part("resume").focus(); });
    part("resume").addEventListener("click", function () { sender.start(); part("pause").focus(); });
    part("again").addEventListener("click", reset);
    part("end").addEventListener("click", function () { end(sender.end, reset); });
    root.addEventListener("click", function (event) {
      var line = event.target.closest("[data-waiting]");
      if (!line || !event.target.closest("[formaction]")) { return; }
      event.preventDefault();
      end(function () { return window.UploadSender.end(endpoint + line.dataset.waiting + "/"); }, function () {
        data.waiting = data.waiting.filter(function (one) { return one.id !== line.dataset.waiting; });
        forgetLine(line.dataset.waiting);
        input.focus();
      });
    });
    form.addEventListener("submit", function (event) {
      if (!file || key.value) { return; }
      event.preventDefault();
      held = event.submitter;
      part("held").textContent = texts.held;
    });
    root.classList.add("is-live");
  }

  if (window.tus) { document.querySelectorAll("[data-upload]").forEach(setUp); }
})();

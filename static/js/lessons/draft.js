// Saves the form of a lesson while one types. Two windows never overwrite each other: the server
// refuses an old revision, and this window then stops saving by itself and says so.
(function () {
  "use strict";
  var form = document.querySelector("form[data-draft]");
  if (!form) { return; }
  var state = document.querySelector("[data-draft-state]");
  var aside = document.querySelector("[data-draft-aside]");
  var saved = snapshot();
  var timer = null;
  var sending = false;
  var refused = false;

  function body() {
    var data = new FormData(form);
    data.delete("pick");
    return data;
  }

  function snapshot() {
    var data = new FormData(form);
    data.delete("revision");
    data.delete("csrfmiddlewaretoken");
    return new URLSearchParams(data).toString();
  }

  function say(text) { state.textContent = text; }

  function plan(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, delay);
  }

  function taken(answer, sent) {
    saved = sent;
    form.querySelector("[name=revision]").value = answer.revision;
    aside.innerHTML = answer.aside;
    say(form.dataset.saved);
    if (snapshot() !== saved) { plan(1500); }
  }

  function send() {
    var sent = snapshot();
    if (sending || refused || sent === saved) { return; }
    sending = true;
    say(form.dataset.saving);
    fetch(form.dataset.draft, { method: "POST", body: body(), credentials: "same-origin" })
      .then(function (answer) {
        if (answer.status >= 500) { throw new Error(String(answer.status)); }
        return answer.json().then(function (data) {
          if (answer.ok) { taken(data, sent); return; }
          refused = answer.status === 409;
          say(data.refusal);
        });
      })
      .catch(function () {
        say(form.dataset.offline);
        plan(5000);
      })
      .then(function () { sending = false; });
  }

  form.addEventListener("input", function () { plan(1500); });
  form.addEventListener("change", function () { plan(600); });
  form.addEventListener("htmx:afterSettle", function () { plan(300); });
  form.addEventListener("submit", function () { window.clearTimeout(timer); refused = true; });
  window.addEventListener("online", function () { plan(0); });
})();

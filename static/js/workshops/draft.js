// Keeps what one writes: on the server a moment after typing, in this browser until the server has it.
(function () {
  "use strict";
  var form = document.querySelector("form[data-kept]");
  if (!form) return;
  var text = form.querySelector("textarea[name=text]");
  var title = form.querySelector("[name=title]");
  var state = form.querySelector("[data-state]");
  var key = "draft:" + form.dataset.kept;
  var timer = null;

  function typed() { return JSON.stringify({ text: text.value, title: title ? title.value : "" }); }
  var saved = typed();

  function keep(value) {
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, value);
    } catch (error) { /* private mode: the server's copy is enough */ }
  }

  // The cookie's token is the newest: signing in again in another window changes it.
  function token() {
    var found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return found ? found[1] : form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function send() {
    var sent = typed();
    if (sent === saved) return;
    var body = new FormData();
    body.append("text", text.value);
    if (title) body.append("title", title.value);
    body.append("csrfmiddlewaretoken", token());
    fetch(form.dataset.draft, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.redirected || answer.status === 403) throw new Error("signed out");
        if (!answer.ok) throw new Error(String(answer.status));
        saved = sent;
        if (typed() === saved) keep(null);
        else plan(1500);
        state.textContent = form.dataset.saved;
      })
      .catch(function (error) {
        state.textContent = error.message === "signed out" ? form.dataset.signedOut : form.dataset.offline;
        plan(5000);
      });
  }

  function plan(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, delay);
  }

  function changed() {
    keep(typed());
    plan(1500);
  }

  text.addEventListener("input", changed);
  if (title) title.addEventListener("input", changed);
  form.addEventListener("submit", function () { window.clearTimeout(timer); });
  window.addEventListener("pagehide", function () { window.clearTimeout(timer); });
  // The copy stays until the page after sending says that it arrived.
  if (/[?&]sent=1/.test(window.location.search)) {
    keep(null);
    try { window.localStorage.removeItem("draft:" + form.dataset.started); } catch (error) { /* private mode */ }
    var rest = window.location.search.replace(/([?&])sent=1&?/, "$1").replace(/[?&]$/, "");
    window.history.replaceState(null, "", window.location.pathname + rest + window.location.hash);
  }
  try {
    var left = JSON.parse(window.localStorage.getItem(key));
    if (left && left.text && !text.value) {
      text.value = left.text;
      if (title && !title.value) title.value = left.title;
      text.dispatchEvent(new Event("restore"));
      plan(0);
    }
  } catch (error) { /* nothing was kept */ }
})();

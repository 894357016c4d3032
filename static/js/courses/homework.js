// Saves the draft while one writes; the text also stays in this browser until the server has it.
(function () {
  "use strict";
  var form = document.querySelector("[data-draft]");
  if (!form) return;
  var text = form.querySelector("textarea");
  var state = form.querySelector("[data-state]");
  var key = "draft:" + form.dataset.draft;
  var saved = text.value;
  var timer = null;

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
    var sent = text.value;
    if (sent === saved) return;
    var body = new FormData();
    body.append("text", sent);
    body.append("csrfmiddlewaretoken", token());
    fetch(form.dataset.draft, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.status === 409) { window.location.reload(); return; }
        if (answer.redirected || answer.status === 403) throw new Error("signed out");
        if (!answer.ok) throw new Error(String(answer.status));
        saved = sent;
        keep(null);
        state.textContent = form.dataset.saved;
        if (text.value !== saved) plan(1500);
      })
      .catch(function (error) {
        state.textContent = error.message === "signed out" ? form.dataset.signedOut : form.dataset.offline;
        plan(5000);
      });
  }

  // Counted as the server counts: no tags, no white space.
  var count = form.querySelector("[data-count]");
  function tell() {
    var bare = new DOMParser().parseFromString(text.value, "text/html").body.textContent;
    count.lastElementChild.textContent = bare.replace(/\s/g, "").length;
    count.hidden = false;
  }

  function plan(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, delay);
  }

  text.addEventListener("input", function () {
    keep(text.value);
    tell();
    plan(1500);
  });
  form.addEventListener("submit", function () { keep(null); window.clearTimeout(timer); });
  try {
    var left = window.localStorage.getItem(key);
    if (left !== null && left !== text.value) {
      text.value = left;
      text.dispatchEvent(new Event("restore"));
      plan(0);
    }
  } catch (error) { /* nothing was kept */ }
  tell();
})();

// Saves the draft while one writes; the text also stays in this browser until the server has it.
(function () {
  "use strict";
  var form = document.querySelector("[data-draft]");
  if (!form) return;
  var text = form.querySelector("textarea");
  var state = form.querySelector("[data-state]");
  // One's own submission, and what the server held when this text was begun: a copy is taken
  // back only while nothing newer was saved, by this window or by any other.
  var key = "draft:" + form.dataset.submission;
  var base = form.dataset.savedAt;
  var saved = text.value;
  var timer = null;

  function keep(value) {
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, JSON.stringify({ text: value, base: base }));
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
        return answer.json();
      })
      .then(function (answer) {
        if (!answer) return;
        saved = sent;
        base = answer.saved_at;
        keep(text.value === saved ? null : text.value);
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
  form.addEventListener("submit", function () { window.clearTimeout(timer); });
  try {
    var left = JSON.parse(window.localStorage.getItem(key));
    if (left && left.base !== base) keep(null);
    else if (left && left.text !== text.value) {
      text.value = left.text;
      text.dispatchEvent(new Event("restore"));
      plan(0);
    }
  } catch (error) { /* nothing was kept */ }
  tell();
})();

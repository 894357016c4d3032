// Saves every answer at once, keeps trying while the network is away, and shows the time left.
(function () {
  "use strict";
  var form = document.querySelector("[data-attempt]");
  if (!form) return;
  var state = form.querySelector("[data-state]");
  var clock = form.querySelector("[data-clock]");
  var label = form.querySelector("[data-clock-label]");
  var offset = Date.now() - Number(form.dataset.now) * 1000;
  var deadline = Number(form.dataset.deadline) * 1000 + offset;
  var answered = form.querySelector("[data-answered]");
  var waiting = new Set();
  var sending = false;

  function say(text) { state.textContent = text; }

  function values(name) {
    return new FormData(form).getAll(name);
  }

  // The cookie's token is the newest: signing in again in another window changes it.
  function token() {
    var found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return found ? found[1] : form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function send() {
    if (sending || waiting.size === 0) return;
    var names = Array.from(waiting);
    var body = new FormData();
    names.forEach(function (name) {
      var given = values(name);
      (given.length ? given : [""]).forEach(function (one) { body.append(name, one); });
    });
    body.append("csrfmiddlewaretoken", token());
    sending = true;
    waiting.clear();
    say(form.dataset.saving);
    fetch(form.dataset.save, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) {
        sending = false;
        if (answer.status === 409) { window.location.reload(); return; }
        if (answer.redirected || answer.status === 403) throw new Error("signed out");
        if (!answer.ok) throw new Error(String(answer.status));
        if (waiting.size) send(); else say(form.dataset.saved);
      })
      .catch(function (error) {
        sending = false;
        names.forEach(function (name) { waiting.add(name); });
        say(error.message === "signed out" ? form.dataset.signedOut : form.dataset.offline);
        window.setTimeout(send, 3000);
      });
  }

  function count() {
    var done = Array.from(form.querySelectorAll("fieldset")).filter(function (question) {
      return Array.from(question.querySelectorAll("input")).some(function (input) {
        return input.type === "text" ? input.value.trim() : input.checked;
      });
    });
    answered.querySelector("b").textContent = done.length;
    answered.hidden = false;
  }

  function note(event) {
    if (!event.target.name || event.target.name.charAt(0) !== "q") return;
    waiting.add(event.target.name);
    count();
    window.clearTimeout(note.timer);
    note.timer = window.setTimeout(send, event.type === "input" ? 600 : 0);
  }

  function tick() {
    var left = Math.max(0, Math.round((deadline - Date.now()) / 1000));
    clock.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    if (left === 0) { form.questions.value = ""; form.submit(); } else window.setTimeout(tick, 500);
  }

  form.addEventListener("change", note);
  form.addEventListener("input", function (event) {
    if (event.target.type === "text") note(event);
  });
  window.addEventListener("online", send);
  label.textContent = form.dataset.left || label.textContent;
  tick();
  count();
})();

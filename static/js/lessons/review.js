// Saves a review while one writes, and says at every moment what is still missing.
(function () {
  "use strict";
  var form = document.querySelector("[data-review]");
  if (!form) return;
  var state = form.querySelector("[data-state]");
  var revision = form.elements.revision;
  var missing = form.querySelector("[data-missing]");
  var key = "review:" + form.dataset.review;
  var timer = null;
  var busy = false;
  var stopped = false;

  function body() {
    var data = new FormData(form);
    data.delete("send");
    return data;
  }

  function typed() {
    var words = {};
    body().forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && name !== "revision") words[name] = value;
    });
    return JSON.stringify(words);
  }

  var saved = typed();

  function keep(words) {
    try {
      if (words === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, words);
    } catch (error) { /* private mode: the server's copy is enough */ }
  }

  function send() {
    var words = typed();
    if (busy || stopped || words === saved) return;
    busy = true;
    fetch(form.dataset.review, { method: "POST", body: body(), credentials: "same-origin" })
      .then(function (answer) {
        return answer.json().then(function (said) {
          if (answer.status === 409) { stopped = true; state.textContent = said.refusal; return; }
          if (!answer.ok) throw new Error(String(answer.status));
          saved = words;
          revision.value = said.revision;
          if (typed() === saved) keep(null);
          state.textContent = form.dataset.saved;
        });
      })
      .catch(function () { state.textContent = form.dataset.offline; })
      .then(function () {
        busy = false;
        if (!stopped && typed() !== saved) plan(state.textContent === form.dataset.offline ? 5000 : 1500);
      });
  }

  function plan(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, delay);
  }

  // Counted as the server counts: no white space.
  function lacking(area, minimum) {
    return minimum - area.value.replace(/<[^>]+>/g, "").replace(/\s/g, "").length;
  }

  function said(sentence, line, count) {
    return sentence.replace("__line__", line).replace("__count__", count);
  }

  function tell() {
    var list = [];
    form.querySelectorAll("[data-line]").forEach(function (line) {
      var title = line.querySelector("legend").textContent;
      if (!line.querySelector("input:checked")) { list.push(said(form.dataset.level, title)); return; }
      var few = lacking(line.querySelector("textarea"), Number(line.dataset.minimum || 0));
      if (few > 0) list.push(said(form.dataset.reason, title, few));
    });
    var whole = form.querySelector("[data-text]");
    var few = lacking(whole.querySelector("textarea"), Number(whole.dataset.minimum));
    if (few > 0) list.push(said(form.dataset.more, "", few));
    missing.hidden = !list.length;
    missing.querySelector("[data-count]").textContent = list.length;
    var rows = missing.querySelector("ul");
    rows.textContent = "";
    list.forEach(function (sentence) {
      var row = document.createElement("li");
      row.textContent = sentence;
      rows.appendChild(row);
    });
  }

  function changed() {
    keep(typed());
    tell();
    plan(1500);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", function () { stopped = true; window.clearTimeout(timer); keep(null); });
  document.addEventListener("visibilitychange", function () { if (document.hidden) send(); });

  try {
    var left = window.localStorage.getItem(key);
    if (left !== null && left !== saved) {
      var words = JSON.parse(left);
      Object.keys(words).forEach(function (name) {
        var field = form.elements[name];
        if (field && field.type !== "hidden") field.value = words[name];
      });
      plan(0);
    }
  } catch (error) { /* nothing was kept */ }
  tell();
})();

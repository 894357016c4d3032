// Remarks at a second: the place follows the recording, a click jumps there, pinning needs no reload.
(function () {
  "use strict";
  var video = document.querySelector("video");
  var form = document.querySelector("[data-pin-form]");
  var list = document.querySelector("[data-pins]");

  function clock(seconds) {
    var whole = Math.floor(seconds);
    var rest = String(whole % 60).padStart(2, "0");
    var minutes = Math.floor(whole / 60);
    if (minutes < 60) return minutes + ":" + rest;
    return Math.floor(minutes / 60) + ":" + String(minutes % 60).padStart(2, "0") + ":" + rest;
  }

  document.addEventListener("click", function (event) {
    var place = event.target.closest("[data-second]");
    if (!place || !video) return;
    video.currentTime = Number(place.dataset.second);
    video.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("submit", function (event) {
    var back = event.target.closest("[data-unpin]");
    if (!back) return;
    event.preventDefault();
    post(back).then(function (answer) {
      if (answer.ok) back.closest("[data-pin]").remove();
    });
  });

  function post(sent, extra) {
    var data = new FormData(sent);
    Object.keys(extra || {}).forEach(function (name) { data.append(name, extra[name]); });
    return fetch(sent.action, {
      method: "POST", body: data, credentials: "same-origin", headers: { "X-Requested-With": "fetch" }
    });
  }

  if (!form || !list) return;
  var second = form.elements.second;
  var state = form.querySelector("[data-state]");
  var touched = false;
  var key = null;
  second.addEventListener("input", function () { touched = true; });
  if (video) {
    video.addEventListener("timeupdate", function () {
      if (!touched && !form.elements.text.value) second.value = clock(video.currentTime);
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    key = key || (window.crypto && window.crypto.randomUUID ? window.crypto.randomUUID() : "");
    post(form, { key: key }).then(function (answer) {
      if (answer.status === 409) {
        return answer.json().then(function (said) { state.textContent = said.refusal; });
      }
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text().then(function (row) {
        list.insertAdjacentHTML("beforeend", row);
        var none = document.querySelector("[data-no-pins]");
        if (none) none.remove();
        form.elements.text.value = "";
        state.textContent = "";
        touched = false;
        key = null;
      });
    }).catch(function () { state.textContent = form.dataset.offline; });
  });
})();

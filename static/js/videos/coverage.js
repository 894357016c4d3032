/* Draws which seconds of a unit are saved, which wait, and which are still missing.

   window.StudyCoverage(root, data, texts): root holds [data-bar] (an svg whose width is the
   unit's length), [data-sum], [data-missing], [data-state] and [data-said]. */
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";
  var SHOWN = 6;

  function clock(seconds) {
    var hours = Math.floor(seconds / 3600);
    var minutes = Math.floor(seconds % 3600 / 60);
    var rest = Math.floor(seconds % 60);
    return (hours ? hours + ":" + (minutes < 10 ? "0" : "") : "") + minutes + ":" + (rest < 10 ? "0" : "") + rest;
  }

  function merge(spans) {
    var merged = [];
    spans.slice().sort(function (a, b) { return a[0] - b[0]; }).forEach(function (span) {
      var last = merged[merged.length - 1];
      if (last && span[0] <= last[1]) { last[1] = Math.max(last[1], span[1]); } else { merged.push([span[0], span[1]]); }
    });
    return merged;
  }

  function gaps(spans, length) {
    var open = [];
    var reached = 0;
    merge(spans).forEach(function (span) {
      if (span[0] > reached) { open.push([reached, span[0]]); }
      reached = Math.max(reached, span[1]);
    });
    if (reached < length) { open.push([reached, length]); }
    return open;
  }

  function fill(text, values) {
    return text.replace(/%\((\w+)\)s/g, function (whole, name) { return values[name]; }).replace(/%%/g, "%");
  }

  window.StudyCoverage = function (root, data, texts, onJump) {
    var bar = root.querySelector("[data-bar]");
    var sum = root.querySelector("[data-sum]");
    var missing = root.querySelector("[data-missing]");
    var state = root.querySelector("[data-state]");
    var said = root.querySelector("[data-said]");
    var kind = "";
    var enough = data.watched >= data.needed;
    var head = bar.querySelector(".head");

    function rects(spans, name) {
      spans.forEach(function (span) {
        var rect = document.createElementNS(SVG, "rect");
        rect.setAttribute("class", name);
        rect.setAttribute("x", span[0]);
        rect.setAttribute("width", Math.max(0, Math.min(span[1], data.length) - span[0]));
        rect.setAttribute("height", 10);
        bar.insertBefore(rect, head);
      });
    }

    function draw(saved, waiting) {
      bar.querySelectorAll("rect.saved, rect.waiting").forEach(function (rect) { rect.remove(); });
      rects(waiting, "waiting");
      rects(saved, "saved");
      var seconds = saved.reduce(function (total, span) { return total + span[1] - span[0]; }, 0);
      sum.textContent = fill(texts.sum, {
        watched: clock(seconds), length: clock(data.length), percent: Math.floor(seconds * 100 / data.length)
      });
      if (missing) { drawMissing(gaps(saved.concat(waiting), data.length)); }
      root.classList.toggle("is-covered", seconds >= data.needed);
      if (seconds >= data.needed && !enough) {
        enough = true;
        said.textContent = texts.enough;
        root.dispatchEvent(new CustomEvent("unit-covered", { bubbles: true, detail: { unit: data.unit } }));
      }
    }

    function drawMissing(open) {
      missing.hidden = !open.length;
      var list = missing.querySelector("ul");
      list.textContent = "";
      open.slice(0, SHOWN).forEach(function (span) {
        var item = document.createElement("li");
        var button = document.createElement("button");
        button.type = "button";
        button.className = "button small";
        button.textContent = clock(span[0]) + "–" + clock(span[1]);
        button.addEventListener("click", function () { onJump(span[0]); });
        item.appendChild(button);
        list.appendChild(item);
      });
      if (open.length > SHOWN) {
        var more = document.createElement("li");
        more.textContent = fill(texts.more, { number: open.length - SHOWN });
        list.appendChild(more);
      }
    }

    function show(next, sentence) {
      var time = new Date().toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
      state.textContent = sentence || fill(texts[next], { time: time });
      state.className = "study-state " + next;
      // Read out only when the kind of state changes, not at every beat.
      if (next !== kind && (kind || next !== "saved")) { said.textContent = state.textContent; }
      kind = next;
    }

    function point(seconds) {
      head.setAttribute("x", Math.max(0, Math.min(data.length, seconds)));
    }

    return { draw: draw, show: show, point: point };
  };
  window.StudyCoverage.merge = merge;
  window.StudyCoverage.gaps = gaps;
  window.StudyCoverage.clock = clock;
})();

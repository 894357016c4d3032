// A small writing field with bold, list and quote over a plain textarea, which stays the truth.
(function () {
  "use strict";
  document.querySelectorAll("textarea[data-rich]").forEach(function (area) {
    var form = area.form;
    var box = document.createElement("div");
    var tools = document.createElement("div");
    var text = document.createElement("div");
    box.className = "rich";
    tools.className = "rich-tools";
    text.className = "rich-text";
    text.contentEditable = "true";
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-labelledby", area.id + "-label");

    function show() {
      // Parsed without running anything; only known tags are taken over.
      var page = new DOMParser().parseFromString(area.value, "text/html");
      text.replaceChildren();
      if (!/<[a-z]/i.test(area.value)) {
        area.value.split(/\n+/).forEach(function (line) {
          var p = document.createElement("p");
          p.textContent = line;
          text.append(p);
        });
        return;
      }
      text.append.apply(text, Array.from(page.body.childNodes).map(copy));
    }

    var known = ["P", "BR", "B", "STRONG", "I", "EM", "U", "UL", "OL", "LI", "BLOCKQUOTE", "H3", "DIV"];
    function copy(node) {
      if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode("");
      var made = known.indexOf(node.tagName) < 0
        ? document.createElement("span")
        : document.createElement(node.tagName === "DIV" ? "P" : node.tagName);
      Array.from(node.childNodes).forEach(function (child) { made.append(copy(child)); });
      return made;
    }

    function note() {
      area.value = text.innerHTML;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    [["bold", form.dataset.bold], ["insertUnorderedList", form.dataset.list], ["quote", form.dataset.quote]]
      .forEach(function (tool) {
        var button = document.createElement("button");
        button.type = "button";
        button.className = "button small";
        button.textContent = tool[1];
        button.addEventListener("click", function () {
          text.focus();
          if (tool[0] === "quote") document.execCommand("formatBlock", false, "blockquote");
          else document.execCommand(tool[0]);
          note();
        });
        tools.append(button);
      });

    text.addEventListener("input", note);
    text.addEventListener("paste", function (event) {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    area.addEventListener("restore", show);
    show();
    box.append(tools, text);
    area.hidden = true;
    area.after(box);
  });
})();

// Keys for the desk. Everything they do can be done without them, and the page works without script.
(function (d) {
  "use strict";
  var help = d.getElementById("help"), keys = d.getElementById("keys"), single = d.getElementById("single");
  var form = d.getElementById("f");
  if (!keys) return;

  function wanted() { try { return localStorage.getItem("single-keys") !== "off"; } catch (e) { return true; } }
  function remember(on) { try { localStorage.setItem("single-keys", on ? "on" : "off"); } catch (e) { /* private window */ } }

  single.checked = wanted();
  single.addEventListener("change", function () { remember(single.checked); });
  help.hidden = false;
  help.addEventListener("click", function () { keys.showModal(); });
  d.getElementById("close").addEventListener("click", function () { keys.close(); });

  function move(step) {
    var links = Array.prototype.slice.call(d.querySelectorAll("#list a"));
    var at = links.indexOf(d.activeElement);
    if (at < 0) at = links.findIndex(function (link) { return link.hasAttribute("aria-current"); });
    var next = links[Math.max(0, Math.min(links.length - 1, at + step))];
    if (next) next.focus();
  }

  function send() {
    var button = d.querySelector('button[form="f"].go');
    if (button) form.requestSubmit(button);
  }

  // A claim's number may have several digits: the next one is waited for while a claim begins like that.
  var typed = "", waiting = 0;
  function number(digit) {
    typed += digit;
    clearTimeout(waiting);
    var boxes = Array.prototype.slice.call(d.querySelectorAll('input[name="claim"][id^="c' + typed + '"]'));
    if (!boxes.length) { typed = ""; return false; }
    waiting = setTimeout(bind, boxes.length > 1 || boxes[0].id !== "c" + typed ? 700 : 0);
    return true;
  }
  function bind() {
    var box = d.getElementById("c" + typed);
    typed = "";
    if (box) box.click();
  }

  // "f" waits a moment for the number of a filter that one keeps; "0" shows everything.
  var filtering = 0;
  function filter(digit) {
    var known = d.querySelectorAll("#mine .btn");
    filtering = 0;
    if (digit === "0") location.assign(location.pathname + "#wall");
    else if (known[digit - 1]) known[digit - 1].click();
  }

  var single_keys = {
    f: function () { filtering = Date.now(); },
    j: function () { move(1); },
    k: function () { move(-1); },
    e: function () { if (form) form.querySelector("textarea").focus(); },
    "/": function () { var field = d.getElementById("q"); if (field) field.focus(); },
    p: function () { var button = d.getElementById("propose"); if (button) button.click(); },
    "?": function () { keys.showModal(); },
  };

  d.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); return; }
    var typing = /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (typing || event.ctrlKey || event.metaKey || event.altKey || keys.open || !single.checked) return;
    if (/^[0-9]$/.test(event.key) && Date.now() - filtering < 2000) { event.preventDefault(); filter(event.key); return; }
    if (/^[0-9]$/.test(event.key) && number(event.key)) { event.preventDefault(); return; }
    var act = single_keys[event.key], button = d.querySelector('button[data-key="' + (/^[a-z]$/.test(event.key) ? event.key : "-") + '"]');
    if (act) act(); else if (button) button.click(); else return;
    event.preventDefault();
  });
})(document);

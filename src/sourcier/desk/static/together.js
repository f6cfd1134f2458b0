// Who else is there, the entry's lock, autosave, a connection that drops. The page works without it.
(function (d) {
  "use strict";
  var form = d.getElementById("f"), root = d.getElementById("together");
  if (!form || !root || !window.fetch || !window.AbortController) return;
  var data = root.dataset, lock = data.lock, writer = !!data.writer;
  var kept = window.Kept(data.user, data.story, data.key);
  var tab = Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(8)), function (n) { return (n + 256).toString(16).slice(1); }).join("");
  var dirty = false, busy = false, cut = 0, ended = false, going = false, taking = false, passed = false;
  var typed = 0, timer = 0, wanted = null, pressed = null;
  function part(id) { return d.getElementById(id); }
  function tell(text) { var line = part("told"); if (text && line.textContent !== text) line.textContent = text; }
  // What one has the focus in, or is pressing, is not taken away: the next answer brings it.
  function fill(id, html) { var box = part(id); if (box && box.innerHTML.trim() !== html.trim() && !box.contains(d.activeElement) && !box.contains(pressed)) box.innerHTML = html; }
  d.addEventListener("pointerdown", function (event) { pressed = event.target; });
  addEventListener("pointerup", function () { setTimeout(function () { pressed = null; }, 300); });

  function ask(text, buttons) {
    var box = part("asks");
    box.textContent = text ? text + " " : "";
    box.hidden = !text;
    (buttons || []).forEach(function (one) {
      var it = d.createElement(one.href ? "a" : "button");
      it.className = "btn sm"; it.textContent = one.text;
      if (one.href) it.href = one.href; else { it.type = "button"; it.addEventListener("click", one.act); }
      box.append(it, " ");
    });
    tell(text);
  }

  function post(address, more) {
    var sent = new FormData(form), stop = new AbortController(), asked = Date.now(), late = setTimeout(function () { stop.abort(); }, 8000);
    sent.delete("do"); sent.delete("file"); sent.set("tab", tab);
    Object.keys(more || {}).forEach(function (name) { sent.set(name, more[name]); });
    return fetch(address, { method: "POST", body: sent, redirect: "manual", signal: stop.signal, headers: { Accept: "application/json" } })
      .then(function (answer) {
        clearTimeout(late);
        if (answer.ok) return answer.json().then(function (said) { said.asked = asked; return said; });
        throw answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404 ? "ended" : "refused";
      }, function () { clearTimeout(late); throw "cut"; });
  }

  function readonly(on) {
    if (!writer) return;
    form.querySelectorAll("textarea").forEach(function (box) { box.readOnly = on; });
  }

  function heard(answer) {
    if (cut && answer.asked > cut) { cut = 0; ask(""); tell(data.online); back(); }
    fill("there", answer.event); fill("here", answer.entry);
    if (answer.lock === "theirs" && lock === "mine") ask(data.lost);
    else if (answer.said !== root.dataset.said) tell(answer.said);
    root.dataset.said = answer.said;
    if ((lock === "theirs") !== (answer.lock === "theirs")) readonly(answer.lock === "theirs");
    lock = answer.lock;
    if (answer.kept) part("kept").textContent = answer.kept;
    var newer = part("newer");
    if (newer.textContent !== answer.newer) { newer.textContent = answer.newer; newer.hidden = !answer.newer; tell(answer.newer); }
  }

  function failed(why) {
    if (why === "ended") { if (!ended) { ended = true; kept.write(form); ask(data.ended, [{ text: data.again, href: data.back + "#comp" }]); } return; }
    if (why === "refused") { part("kept").textContent = data.unkept; tell(data.unkept); return; }
    if (!cut) { cut = Date.now(); ask(wanted ? data.waiting : data.offline); }
    else if (wanted) ask(data.waiting);
  }

  function beat() {
    if (ended || going) return;
    if (cut && dirty) { keep(); return; }
    post(data.here, lock === "mine" && Date.now() - typed < 600000 ? { hold: "1" } : {}).then(heard).catch(failed);
  }

  function keep() {
    clearTimeout(timer); timer = 0;
    if (!writer || busy || going) return Promise.reject("busy");
    busy = true; dirty = false;
    return post(data.keep).then(function (answer) {
      busy = false; heard(answer);
      if (dirty) later(); else kept.forget();
    }).catch(function (why) { busy = false; dirty = true; failed(why); throw why; });
  }
  function quietly() { keep().catch(function () { /* said already */ }); }
  function later() { if (!timer) timer = setTimeout(quietly, Date.now() - typed > 5000 ? 200 : 2000); }

  function changed() {
    if (!writer || (lock === "theirs" && !dirty)) return;
    kept.write(form); dirty = true;
    later();
    typed = Date.now();
  }
  form.addEventListener("input", changed);
  d.addEventListener("change", function (event) { if (event.target.form === form && event.target.tagName !== "TEXTAREA") changed(); });

  // Nothing is sent late and unseen: what was to be sent while the connection was cut is asked for again, as often
  // as it is cut. An answer to what was asked before the cut does not end it.
  function back() {
    if (!wanted) return;
    var button = wanted;
    ask(data.backAgain, [
      { text: button.firstChild.textContent.trim(), act: function () { wanted = null; ask(""); form.requestSubmit(button); } },
      { text: data.notYet, act: function () { wanted = null; ask(""); } },
    ]);
  }

  form.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (passed || !writer || !button || button.name !== "do") { going = true; return; }
    event.preventDefault();
    if (ended) { kept.write(form); failed("ended"); tell(data.ended); return; }
    kept.write(form);
    wanted = button;
    (busy ? Promise.reject("busy") : keep()).then(function () {
      if (wanted !== button) return;
      wanted = null; passed = going = true;
      form.requestSubmit(button);
    }).catch(function (why) {
      if (why === "busy") { setTimeout(function () { if (wanted === button) { wanted = null; form.requestSubmit(button); } }, 300); }
      else if (why === "refused") { wanted = null; passed = going = true; form.requestSubmit(button); }
    });
  });

  // Between the press that takes a lock and the page that has it, this one may hear that it is ours: it must not let go of it.
  d.addEventListener("submit", function (event) { if (event.target.id === "aside") going = taking = true; });
  var discard = part("discard");
  if (discard) discard.addEventListener("click", function () { kept.forget(); going = true; });
  addEventListener("pagehide", function () {
    var sent = new FormData();
    ["csrfmiddlewaretoken", "event", "entry"].forEach(function (name) { sent.set(name, form.elements[name].value); });
    sent.set("tab", tab); sent.set("leave", lock === "mine" && !taking ? "1" : "unlocked");
    if (navigator.sendBeacon) navigator.sendBeacon(data.here, sent);
  });
  addEventListener("pageshow", function (event) { if (event.persisted) { going = taking = passed = false; beat(); } });
  addEventListener("offline", function () { failed("cut"); });
  addEventListener("online", beat);
  ["all", "presence", "lock", "entry"].forEach(function (what) { d.addEventListener("desk:" + what, function (event) { if (!event.detail || event.detail === form.elements.entry.value) beat(); }); });
  setInterval(function () { if (cut) beat(); }, 3000);
  setInterval(beat, 10000);

  function restore() { kept.show(form); ask(""); form.dispatchEvent(new Event("input", { bubbles: true })); }
  if (!writer) kept.forget();
  else if (kept.differs(form)) {
    if (part("restored") || part("conflict")) ask(data.browser, [{ text: data.show, act: restore }]);
    else if (lock !== "theirs") restore();
  } else if (kept.read()) kept.forget();
  beat();
})(document);

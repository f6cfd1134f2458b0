// The desk's stream: says that something moved ("moved" on the wall, "desk:entry", "desk:lock", "desk:presence" on the page).
// Where it is cut or refused, the same is said every few seconds.
(function (d) {
  "use strict";
  var wall = d.getElementById("wall"), address = wall && wall.dataset.stream, timer = 0, back = 0;
  if (!address) return;
  function say(what, entry) {
    if (what === "wall" || what === "all") wall.dispatchEvent(new Event("moved"));
    if (what !== "wall") d.dispatchEvent(new CustomEvent("desk:" + what, { detail: entry || "" }));
  }
  function poll(on) {
    if (!on) { clearInterval(timer); timer = 0; } else if (!timer) timer = setInterval(function () { say("all"); }, 4000);
    d.documentElement.dataset.stream = on ? "cut" : "open";
  }
  function open() {
    var stream = new EventSource(address);
    stream.onopen = function () { poll(false); };
    stream.onerror = function () {
      poll(true);
      if (stream.readyState === EventSource.CLOSED) { clearTimeout(back); back = setTimeout(open, 30000); }
    };
    ["wall", "entry", "lock", "presence", "all"].forEach(function (what) {
      stream.addEventListener(what, function (event) { say(what, JSON.parse(event.data).entry); });
    });
    addEventListener("pagehide", function () { stream.close(); }, { once: true });
  }
  if (window.EventSource) open(); else poll(true);
  addEventListener("pageshow", function (event) { if (event.persisted) open(); });
})(document);

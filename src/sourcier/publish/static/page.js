/* What the page does beyond itself: new entries wait behind the pill, corrections change in place,
   times turn to the reader's zone, a cut line is caught up. Everything is readable without it. */
(function (d) {
"use strict";
var h = d.documentElement, $ = function (id) { return d.getElementById(id); }, feed = $("feed");
var copy = $("cp"), address = $("adr");
h.classList.add("js");
if (address && /^http/.test(location.protocol)) address.textContent = location.host + location.pathname;
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.onclick = function () {
    navigator.clipboard.writeText($("cred").textContent).then(function () { copy.textContent = cfg.texts ? cfg.texts.copied : "✓"; });
  };
}
addEventListener("beforeprint", function () { all("details").forEach(function (x) { x.open = true; }); });

var cfg = JSON.parse(($("fil") || h).getAttribute("data-cfg") || "{}");
localise(d);
if (!feed || !cfg.slug) return;

/* helpers */
function all(selector, root) { return [].slice.call((root || d).querySelectorAll(selector)); }
function plural(key, n) {
  var forms = cfg.plurals[key], rule = "other";
  try { rule = new Intl.PluralRules(cfg.language).select(n); } catch (e) { rule = n === 1 ? "one" : "other"; }
  return (forms[rule] || forms.other).replace("{n}", n);
}
function fragment(html) { var t = d.createElement("template"); t.innerHTML = html; return t.content; }
function number(el, name) { return +el.getAttribute(name) || 0; }

/* times in the reader's own zone */
function localise(root) {
  var zone;
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch (e) { return; }
  if (!cfg.texts || !zone || zone === cfg.zone) return;
  all(".when time", root).forEach(function (t) {
    var b = t.querySelector("b"), m = new Date(t.dateTime), two = function (n) { return ("0" + n).slice(-2); };
    var mine = two(m.getHours()) + ":" + two(m.getMinutes());
    if (!b || isNaN(m) || mine === b.textContent) return;
    var theirs = d.createElement("span");
    theirs.textContent = t.textContent;
    t.parentNode.insertBefore(theirs, t.nextSibling);
    t.textContent = " " + cfg.texts.yours.replace(/ /g, "\u00a0");
    b.textContent = mine;
    t.insertBefore(b, t.firstChild);
  });
}

/* what was read: the highest sequence at the last look, and when */
var store = "sourcier:" + cfg.slug, seen = null;
try { seen = JSON.parse(localStorage.getItem(store)); } catch (e) { seen = null; }
function remember() {
  if (!cfg.live || pending.length) return;
  try { localStorage.setItem(store, JSON.stringify({ s: cfg.sequence, t: Date.now() })); } catch (e) { return; }
}
function clock(ms) { var t = new Date(ms); return ("0" + t.getHours()).slice(-2) + ":" + ("0" + t.getMinutes()).slice(-2); }
function unread(el) {
  var kind = el.querySelector(".kind"), mark = d.createElement("span");
  if (!kind || kind.querySelector(".new")) return;
  mark.className = "new";
  mark.textContent = cfg.texts.unread;
  kind.appendChild(mark);
}
function sinceLastLook() {
  if (!seen || !cfg.live) return;
  var fresh = all(".e,.bgc", feed).filter(function (el) { return number(el, "data-s") > seen.s && !el.classList.contains("gone"); });
  if (!fresh.length) return;
  fresh.forEach(unread);
  var first = all(".e,.bgc", feed).filter(function (el) { return fresh.indexOf(el) < 0; })[0];
  if (first && fresh[0].compareDocumentPosition(first) & 4) {
    var line = d.createElement("p"), text = d.createElement("span");
    line.className = "seen";
    text.textContent = cfg.texts.seen.replace("{clock}", clock(seen.t));
    line.appendChild(text);
    first.parentNode.insertBefore(line, first);
  }
  offer(fresh.length, fresh[fresh.length - 1].id);
}

/* the pill, and what waits behind it */
var pill = $("pill"), say = $("say"), pending = [], target = "", waiting = 0, spoken;
function offer(n, id) {
  waiting = n;
  target = target || id;
  pill.textContent = plural("new", n);
  pill.hidden = !n;
  announce(plural("said", n));
}
function announce(text) {
  clearTimeout(spoken);
  spoken = setTimeout(function () { say.textContent = text; }, 400);
}
pill.onclick = function (event) {
  event.preventDefault();
  hold(function () { pending.forEach(function (x) { put(x); }); });
  pending = [];
  var el = $(target), link = el && (el.querySelector("h3 a") || el);
  pill.hidden = true;
  say.textContent = "";
  target = "";
  waiting = 0;
  if (!link) return;
  el.scrollIntoView({ block: "start" });
  link.focus({ preventScroll: true });
};

/* keep what is being read where it is */
function hold(change) {
  var anchor = all(".e,.bgc,.day", feed).filter(function (el) { return el.getBoundingClientRect().bottom > 80; })[0];
  var before = anchor && anchor.getBoundingClientRect().top;
  change();
  if (!anchor || !anchor.isConnected) return;
  var moved = anchor.getBoundingClientRect().top - before;
  if (moved && scrollY > 0) scrollBy({ top: moved, behavior: "instant" });
}
function put(x) {
  var section = $(x.day) || day(x), rank = number(x.el, "data-p");
  if ($(x.id)) return;
  var older = all(".e,.bgc", section).filter(function (el) {
    var other = number(el, "data-p");
    return other < rank || (other === rank && el.id < x.id);
  })[0];
  section.insertBefore(x.el, older || null);
}

function day(x) {
  var section = d.createElement("section"), name = d.createElement("h2");
  section.id = x.day;
  name.id = x.day + "-h";
  name.className = "vh";
  name.textContent = x.title;
  section.setAttribute("aria-labelledby", name.id);
  section.appendChild(name);
  var older = [].filter.call(feed.children, function (el) { return el.id && el.id < x.day; })[0];
  feed.insertBefore(section, older || null);
  all("#feed > .none").forEach(function (el) { el.remove(); });
  return section;
}

/* one entry arrives: new, corrected or retracted */
function entry(x) {
  var old = $(x.id), el = fragment(x.html).firstElementChild;
  if (!el) return;
  x.el = el;
  localise(el);
  pending = pending.filter(function (p) {
    if (p.id !== x.id) return true;
    x.queued = true;
    return false;
  });
  if (old) {
    if (number(old, "data-v") >= x.version) return;
    var open = old.querySelector("details[open]"), focused = old.contains(d.activeElement);
    hold(function () { old.replaceWith(el); });
    if (open && el.querySelector("details")) el.querySelector("details").open = true;
    if (focused) { var a = el.querySelector("a"); if (a) a.focus({ preventScroll: true }); }
    announce(plural("changed", 1));
    return;
  }
  if (!x.shown) return;
  if (x.state === "retracted") { put(x); return; }
  unread(el);
  pending.push(x);
  if (x.queued) return;
  offer(waiting + 1, x.id);
}
function part(name, x) {
  var el = $(name);
  if (!el || cfg.tags[name] === x.tag) return;
  cfg.tags[name] = x.tag;
  var focused = el.contains(d.activeElement) && d.activeElement.getAttribute("href");
  hold(function () { el.innerHTML = x.html; });
  if (focused) { var a = all("a", el).filter(function (l) { return l.getAttribute("href") === focused; })[0]; if (a) a.focus({ preventScroll: true }); }
}
function stamp(x) {
  var t = $("upd");
  if (t && x.at) t.textContent = x.at;
}

/* fetch the page again and take from it what this tab lacks */
var syncing = false;
function sync() {
  if (syncing) return;
  syncing = true;
  fetch(location.pathname + location.search, { credentials: "same-origin" }).then(function (r) { return r.ok ? r.text() : Promise.reject(); }).then(function (html) {
    var fresh = new DOMParser().parseFromString(html, "text/html"), main = fresh.getElementById("fil");
    var theirs = JSON.parse(main.getAttribute("data-cfg"));
    ["delta", "strip", "keys", "board"].forEach(function (name) {
      part(name, { html: fresh.getElementById(name).innerHTML, tag: theirs.tags[name] });
    });
    frame(fresh);
    all("#feed > section", fresh).forEach(function (section) {
      all(".e,.bgc", section).reverse().forEach(function (el) {
        entry({ id: el.id, day: section.id, version: number(el, "data-v"), html: el.outerHTML, title: "", shown: true, state: el.classList.contains("gone") ? "retracted" : "" });
      });
    });
    stamp({ at: fresh.getElementById("upd").textContent });
    cfg.sequence = theirs.sequence;
  }).catch(function () { return null; }).then(function () { syncing = false; });
}
function frame(fresh) {
  var last = null;
  hold(function () {
    all("#feed > section", fresh).forEach(function (section) {
      var mine = $(section.id);
      if (!mine) {
        mine = section.cloneNode(true);
        all(".e,.bgc", mine).forEach(function (el) { el.remove(); });
        feed.insertBefore(mine, last ? last.nextSibling : feed.firstChild);
      } else if (section.firstElementChild.className !== mine.firstElementChild.className) {
        mine.firstElementChild.replaceWith(section.firstElementChild.cloneNode(true));
      }
      last = mine;
    });
    all("#feed > .none").forEach(function (el) { el.remove(); });
  });
}

/* the stream; without one, a look now and then */
var stream, id = "", pause = 2000;
function connect() {
  var have = Object.keys(cfg.tags).map(function (k) { return cfg.tags[k]; }).join(",");
  stream = new EventSource(cfg.live + "&since=" + (id || cfg.sequence) + "&have=" + have);
  stream.onopen = function () { pause = 2000; };
  stream.onerror = function () {
    if (stream.readyState !== 2) return;
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 60000);
  };
  listen("entry", entry);
  ["delta", "strip", "keys", "board"].forEach(function (name) { listen(name, function (x) { part(name, x); }); });
  listen("sync", later);
  listen("reset", sync);
}
function later() { setTimeout(sync, Math.random() * 2000); }
function listen(name, act) {
  stream.addEventListener(name, function (event) {
    if (event.lastEventId) {
      id = event.lastEventId;
      cfg.sequence = Math.max(cfg.sequence, parseInt(id, 10) || 0);
    }
    var x = JSON.parse(event.data);
    act(x);
    stamp(x);
  });
}

/* the time machine's slider */
var range = $("rg"), at = $("at"), out = $("vu");
if (range) {
  range.oninput = function () {
    var from = range.getAttribute("data-from"), t = new Date(Date.parse(from + ":00Z") + range.value * 60000).toISOString().slice(0, 16);
    at.value = t.slice(0, 10) === new Date(Date.parse(from + ":00Z") + range.max * 60000).toISOString().slice(0, 10) ? t.slice(11) : t;
    at.classList.toggle("long", at.value.length > 5);
    out.textContent = cfg.texts.at.replace("{clock}", at.value.replace("T", " "));
    range.setAttribute("aria-valuetext", at.value);
  };
}

sinceLastLook();
if (cfg.live) {
  if (window.EventSource) connect();
  else setInterval(sync, cfg.poll * 1000);
  d.addEventListener("visibilitychange", function () { if (d.hidden) remember(); });
  addEventListener("pagehide", function () { remember(); if (stream) stream.close(); });
  addEventListener("pageshow", function (event) { if (event.persisted) { if (window.EventSource) connect(); sync(); } });
}
})(document);

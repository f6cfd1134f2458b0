/* What the page does beyond itself: new entries wait behind the pill, corrections change in place,
   times turn to the reader's zone, a cut line is caught up. Everything is readable without it. */
(d => {
"use strict";
const $ = id => d.getElementById(id), one = (css, root = d) => root.querySelector(css), all = (css, root = d) => [...root.querySelectorAll(css)];
const feed = $("feed"), cfg = JSON.parse($("fil")?.dataset.cfg || "{}"), texts = cfg.texts;
const FEED = ".e,.bgc", SECTIONS = "#feed > section", PARTS = Object.keys(cfg.tags || {});
const number = (el, name) => +el.dataset[name] || 0;
const box = el => el.getBoundingClientRect(), focus = el => el?.focus({ preventScroll: true });
const clock = t => new Date(t).toTimeString().slice(0, 5);
function make(tag, text, name = "") {
  const el = d.createElement(tag);
  el.textContent = text;
  el.className = name;
  return el;
}
d.documentElement.classList.add("js");
addEventListener("beforeprint", () => all("details").forEach(x => { x.open = true; }));

/* words that leave the page take their source along */
const copy = $("cp"), sends = navigator.share || navigator.clipboard;
function share(button, text, url) {
  if (navigator.share) return navigator.share({ text, url }).catch(() => null);
  return navigator.clipboard.writeText(url ? text + " " + url : text).then(() => { button.textContent = copy.dataset.done; });
}
function shares(button, words) {
  if (navigator.share) button.textContent = copy.dataset.share;
  button.hidden = !sends;
  button.onclick = () => share(button, ...words());
}
if (copy) shares(copy, () => [$("cred").textContent]);
addEventListener("toggle", e => {
  const el = e.target.closest?.(FEED), panel = el && one(".p", e.target);
  if (!copy || !sends || !panel || one(".btn", panel)) return;
  const button = panel.appendChild(make("button", copy.dataset.one, "btn")), link = one("h1,h3 a", el);
  const by = one(".by", el);
  shares(button, () => [link.textContent.trim() + (by ? " (" + by.textContent.trim() + ")" : "") + ", Sourcier", link.href || location.href]);
}, true);

localise(d);
if (!feed || !cfg.slug) return;

function plural(key, n) {
  const forms = cfg.plurals[key];
  return (forms[new Intl.PluralRules(cfg.language).select(n)] || forms.other).replace("{n}", n);
}

/* times in the reader's own zone */
function elsewhere() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return texts && zone && zone !== cfg.zone;
}
function localise(root) {
  if (!elsewhere()) return;
  all(".when time", root).forEach(t => {
    const b = one("b", t), mine = clock(t.dateTime);
    if (!b || mine === b.textContent) return;
    t.after(make("span", t.textContent));
    b.textContent = mine;
    t.replaceChildren(b, " " + texts.yours.replace(/ /g, "\u00a0"));
  });
  if (root === d) stamp({ at: $("upd").textContent, now: $("upd").dateTime });
}
function stamp(x) {
  const t = $("upd");
  t.dateTime = x.now;
  t.textContent = x.at + (elsewhere() ? ", " + clock(x.now) + " " + texts.yours : "");
}

/* what was read: the highest sequence at the last look, and when */
const store = "sourcier:" + cfg.slug;
function remember() {
  if (!cfg.live || pending.length) return;
  try { localStorage.setItem(store, JSON.stringify({ s: cfg.sequence, t: Date.now() })); } catch {}
}
function unread(el) {
  const kind = one(".kind", el);
  if (kind && !one(".new", kind)) kind.append(make("span", texts.unread, "new"));
}
function sinceLastLook() {
  let seen;
  try { seen = JSON.parse(localStorage.getItem(store)); } catch {}
  if (!seen || !cfg.live) return;
  const shown = all(FEED, feed), fresh = shown.filter(el => number(el, "s") > seen.s && !el.classList.contains("gone"));
  if (!fresh.length) return;
  fresh.forEach(unread);
  const first = shown.find(el => !fresh.includes(el));
  if (first && fresh[0].compareDocumentPosition(first) & 4) {
    const line = make("p", "", "seen");
    line.append(make("span", texts.seen.replace("{clock}", new Date(seen.t).toLocaleDateString(cfg.language, { dateStyle: "medium" }) + ", " + clock(seen.t))));
    first.before(line);
  }
  offer(fresh.length, fresh.pop().id);
}

/* the pill, and what waits behind it */
const pill = $("pill"), say = $("say");
let pending = [], target = "", waiting = 0, spoken;
function offer(n, id) {
  waiting = n;
  target = target || id;
  pill.textContent = plural("new", n);
  pill.hidden = !n;
  announce(plural("said", n));
}
function announce(text) {
  clearTimeout(spoken);
  spoken = setTimeout(() => { say.textContent = text; }, 400);
}
pill.onclick = e => {
  e.preventDefault();
  hold(() => pending.forEach(put));
  pending = [];
  const el = $(target), link = el && (one("h3 a", el) || el);
  pill.hidden = true;
  say.textContent = target = "";
  waiting = 0;
  if (!link) return;
  el.scrollIntoView({ block: "start" });
  focus(link);
};

/* keep what is being read where it is */
function hold(change) {
  const anchor = all(FEED + ",.day", feed).find(el => box(el).bottom > 80);
  const before = anchor && box(anchor).top;
  change();
  if (!anchor?.isConnected) return;
  const moved = box(anchor).top - before;
  if (scrollY > 0) scrollBy({ top: moved, behavior: "instant" });
}
function refocus(root, href) {
  if (href) focus(all("a", root).find(a => a.getAttribute("href") === href));
}
const focused = root => root.contains(d.activeElement) && d.activeElement.getAttribute("href");
function put(x) {
  const section = $(x.day) || day(x), rank = number(x.el, "p");
  if ($(x.id)) return;
  const older = all(FEED, section).find(el => number(el, "p") < rank || (number(el, "p") === rank && el.id < x.id));
  section.insertBefore(x.el, older || null);
}
const filled = () => all("#feed > .none").forEach(el => el.remove());
function day(x) {
  const section = make("section", ""), name = make("h2", x.title, "vh");
  section.id = x.day;
  name.id = x.day + "-h";
  section.setAttribute("aria-labelledby", name.id);
  section.append(name);
  feed.insertBefore(section, [...feed.children].find(el => el.id && el.id < x.day) || null);
  filled();
  return section;
}

/* one entry arrives: new, corrected or retracted */
function entry(x) {
  const old = $(x.id), holder = make("template", "");
  holder.innerHTML = x.html;
  const el = x.el = holder.content.firstChild;
  if (!el) return;
  localise(el);
  const queued = pending.length;
  pending = pending.filter(p => p.id !== x.id);
  if (old) {
    if (number(old, "v") >= x.version) return;
    const open = one("details[open]", old), href = focused(old);
    hold(() => old.replaceWith(el));
    const words = one(".s", el);
    if (open && words) words.href ? unfold(words).catch(() => null) : words.open = true;
    refocus(el, href);
    announce(plural("changed", 1));
    return;
  }
  if (!x.shown) return;
  if (x.state === "retracted") return put(x);
  unread(el);
  pending.push(x);
  if (pending.length > queued) offer(waiting + 1, x.id);
}
function part(name, x) {
  const el = $(name);
  if (cfg.tags[name] === x.tag) return;
  cfg.tags[name] = x.tag;
  const href = focused(el), open = all("details[open]", el).map(x => x.id);
  hold(() => {
    el.innerHTML = x.html;
    open.forEach(id => { if ($(id)) $(id).open = true; });
  });
  refocus(el, href);
}

/* an entry without its words: they are on its own page, and are opened here */
function get(url) {
  return fetch(url).then(r => r.ok ? r.text() : Promise.reject(r)).then(html => new DOMParser().parseFromString(html, "text/html"));
}
function unfold(link) {
  return get(link.href).then(page => {
    const panel = one(".s", page), held = d.activeElement === link;
    panel.open = true;
    hold(() => link.replaceWith(panel));
    if (held) focus(panel.firstChild);
  });
}
feed.onclick = e => {
  const link = e.target.closest("a.s");
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  unfold(link).catch(() => { location = link.href; });
};

/* fetch the page again and take from it what this tab lacks */
let syncing;
function sync() {
  if (syncing) return;
  syncing = 1;
  get(cfg.page || location.pathname + location.search).then(fresh => {
    const updated = fresh.getElementById("upd");
    const theirs = JSON.parse(fresh.getElementById("fil").dataset.cfg);
    if (theirs.sequence < cfg.sequence) return;
    PARTS.forEach(name => part(name, { html: fresh.getElementById(name).innerHTML, tag: theirs.tags[name] }));
    frame(fresh);
    all(SECTIONS, fresh).forEach(section => all(FEED, section).reverse().forEach(el => entry({
      id: el.id, day: section.id, version: number(el, "v"), html: el.outerHTML, shown: true, state: el.classList.contains("gone") ? "retracted" : ""
    })));
    Object.entries(theirs.late).forEach(late);
    stamp({ at: updated.textContent, now: updated.dateTime });
    const sign = one(".live b", fresh);
    if (sign) one(".live b")?.replaceWith(sign);
    born = theirs.sequence;
    Object.assign(cfg, { sequence: born, mark: theirs.mark, live: theirs.live });
    id = "";
    if (!cfg.live) stop();
  }).catch(() => setTimeout(sync, 6e4)).then(() => { syncing = 0; });
}
/* an entry that a new page no longer shows whole was changed since: what it said must not stand */
function late([key, version]) {
  const el = $(key);
  if (!el || number(el, "v") >= version) return;
  const line = make("p", ""), link = (one("h3 a", el) || make("b", "")).cloneNode();
  link.textContent = plural("changed", 1);
  line.append(link);
  el.dataset.v = version;
  hold(() => el.replaceChildren(line));
  el.classList.add("gone");
  announce(plural("changed", 1));
}
function frame(fresh) {
  let last = null;
  hold(() => {
    all(SECTIONS, fresh).forEach(section => {
      let mine = $(section.id), head = section.firstElementChild;
      if (!mine) {
        mine = section.cloneNode(true);
        all(FEED, mine).forEach(el => el.remove());
        feed.insertBefore(mine, last ? last.nextSibling : feed.firstChild);
      } else if (head.className !== mine.firstElementChild.className) {
        mine.firstElementChild.replaceWith(head);
      }
      last = mine;
    });
    filled();
  });
}

/* the stream; where there is none, as in a folder of files, a look at the pointer as often as it says */
const streams = window.EventSource && cfg.live !== cfg.look;
const streaming = () => stream?.readyState === 1;
let stream, timer, id = "", born = cfg.sequence, pause = 2e3, beat = Date.now();
function connect() {
  stop();
  if (!cfg.live) return;
  if (!streams) return look();
  stream = new EventSource(cfg.live + "&since=" + (id || cfg.sequence) + "&have=" + Object.values(cfg.tags));
  stream.onopen = () => {
    pause = 2e3;
    clearTimeout(timer);
    /* a relay's id: it may have kept too little, and yet send what came last */
    if (isNaN(id)) timer = setTimeout(look, 3e3, cfg.sequence);
  };
  stream.onerror = () => {
    if (stream.readyState !== 2) return;
    look();
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 6e4);
  };
  listen("entry", entry);
  PARTS.forEach(name => listen(name, x => part(name, x)));
  listen("sync", () => setTimeout(sync, Math.random() * 2e3));
  listen("reset", sync);
}
function listen(name, act) {
  stream.addEventListener(name, e => {
    const x = JSON.parse(e.data);
    if (x.n < born) return; /* a relay starts with what it keeps: older than this page */
    id = e.lastEventId || id;
    cfg.sequence = Math.max(cfg.sequence, x.n || 0);
    act(x);
    if (x.at) stamp(x);
  });
}
function look(had = cfg.sequence) {
  clearTimeout(timer);
  if (d.hidden) return;
  fetch(cfg.look, { cache: "no-cache" }).then(r => r.json()).then(x => {
    cfg.poll = x.poll;
    cfg.page = x.pages?.[cfg.language];
    return (streaming() ? x.sequence > had : x.mark !== cfg.mark) && sync();
  }).catch(() => null).then(() => {
    if (cfg.live && cfg.poll && !streaming()) timer = setTimeout(look, cfg.poll * (900 + Math.random() * 200));
  });
}
function stop() {
  clearTimeout(timer);
  stream?.close();
}
/* after a sleep a stream may be dead and not know it: open another, which goes on where that one ended */
function wake() {
  const slept = Date.now() - beat > 9e4;
  beat = Date.now();
  if (slept || !streams) connect();
}

/* the time machine's slider */
const range = $("rg"), at = $("at");
if (range) range.oninput = () => {
  const minute = n => new Date(Date.parse(range.dataset.from + ":00Z") + n * 6e4).toISOString().slice(0, 16), t = minute(range.value);
  at.value = t.slice(0, 10) === minute(range.max).slice(0, 10) ? t.slice(11) : t;
  at.classList.toggle("long", at.value.length > 5);
  $("vu").textContent = texts.at.replace("{clock}", at.value.replace("T", " "));
  range.setAttribute("aria-valuetext", at.value);
};

sinceLastLook();
if (cfg.live) {
  connect();
  setInterval(() => { if (Date.now() - beat > 9e4) wake(); beat = Date.now(); }, 3e4);
  d.addEventListener("visibilitychange", () => d.hidden ? remember() : wake());
  addEventListener("pagehide", () => { remember(); stop(); });
  addEventListener("pageshow", e => { if (e.persisted) connect(); });
}
})(document);

/* Search in a folder: the list is in the page; words fold as sourcier.publish.search folds them. */
(() => {
const list = document.getElementById("all");
const cfg = JSON.parse(list.dataset.cfg);
const say = document.getElementById("say");
const word = /[\p{L}\p{N}]+(?:['’ʼ](?=[\u0400-\u04ff])[\p{L}\p{N}]+)*/gu;
const fold = (text) => [...text.toLowerCase()].map((sign) => cfg.letters[sign] || sign).join("").normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
const stem = (text) => {
  const script = text[0] >= "\u0400" && text[0] <= "\u04ff" ? "cyrillic" : "latin";
  const ending = cfg.endings[script].find((one) => text.endsWith(one) && text.length - one.length >= cfg.shortest);
  return ending ? text.slice(0, -ending.length) : text;
};
const mark = (node, wanted) => {
  const parts = [];
  let at = 0;
  for (const found of node.data.matchAll(word)) {
    const folded = fold(found[0]);
    if (!wanted.some((start) => folded.startsWith(start))) continue;
    const shown = document.createElement("mark");
    shown.textContent = found[0];
    parts.push(node.data.slice(at, found.index), shown);
    at = found.index + found[0].length;
  }
  if (at) node.replaceWith(...parts, node.data.slice(at));
};
const texts = (item) => {
  const walk = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  return nodes;
};
const query = [...(new URLSearchParams(location.search).get("q") || "")].slice(0, cfg.longest).join("").split(/\s+/u).filter(Boolean).join(" ");
document.querySelector("input[name=q]").value = query;
if (!query) return;
const wanted = [...query.matchAll(word)].map((one) => stem(fold(one[0]))).slice(0, cfg.most);
let total = 0;
for (const item of list.children) {
  const words = item.dataset.w.split(" ");
  item.hidden = !wanted.length || !wanted.every((start) => words.some((one) => one.startsWith(start)));
  if (item.hidden) continue;
  total += 1;
  texts(item).forEach((node) => mark(node, wanted));
  for (const quote of item.querySelectorAll(".said")) quote.hidden = !quote.querySelector("mark");
}
document.getElementById("hint").hidden = true;
const form = cfg.found[new Intl.PluralRules(document.documentElement.lang).select(total)] || cfg.found.other;
say.textContent = form.replace("{n}", () => total).replace("{query}", () => cfg.quotes[0] + query + cfg.quotes[1]);
})();

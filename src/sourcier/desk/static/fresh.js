// Who reads the wall is not disturbed: what moved meanwhile waits behind a button ("n"), else it comes in by itself.
(function (d) {
  "use strict";
  var wall = d.getElementById("wall"), said = d.getElementById("fresh");
  if (!wall || !said) return;
  var pill = d.createElement("button"), pointed = 0, asked = false;
  pill.type = "button";
  pill.className = "btn sm go fresh";
  pill.dataset.key = "n";

  function reading() {
    var list = d.getElementById("list"), at = d.activeElement;
    var down = wall.scrollTop > 4 || (list && list.scrollTop > 4) || wall.getBoundingClientRect().top < -4;
    return down || (at !== wall && wall.contains(at)) || Date.now() - pointed < 5000 || !!wall.querySelector("details[open]");
  }
  function rows(root) {
    return Array.prototype.slice.call(root.querySelectorAll("#list a"));
  }
  function key(link) {
    var time = link.querySelector("time");
    return link.id + " " + (time ? time.dateTime : "") + " " + link.querySelectorAll(".mv").length + link.querySelector(".mv").textContent;
  }
  function moved(answer) {
    var known = rows(wall).map(key);
    return rows(new DOMParser().parseFromString(answer, "text/html")).filter(function (link) { return known.indexOf(key(link)) < 0; }).length;
  }

  wall.addEventListener("pointermove", function () { pointed = Date.now(); });
  wall.addEventListener("pointerleave", function () { pointed = 0; });
  pill.addEventListener("click", function () { asked = true; wall.dispatchEvent(new Event("moved")); });
  wall.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target !== wall || asked || !reading()) return;
    event.detail.shouldSwap = false;
    var text = said.dataset.words.replace("#", moved(event.detail.serverResponse));
    if (!moved(event.detail.serverResponse) || said.textContent === text) return;
    said.textContent = pill.textContent = text;
    if (!pill.isConnected) wall.insertBefore(pill, wall.firstChild);
  });
  wall.addEventListener("htmx:afterSwap", function () {
    said.textContent = "";
    if (!asked) return;
    asked = false;
    var list = d.getElementById("list"), first = rows(wall)[0];
    wall.scrollTop = 0;
    if (list) list.scrollTop = 0;
    if (first) first.focus();
  });
})(document);

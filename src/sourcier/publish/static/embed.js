/* In the frame: tells the page around it how tall it is, and looks each minute whether something changed. */
(function (d) {
"use strict";
var last = 0;
function tell() {
  var height = Math.ceil(d.getElementById("m").getBoundingClientRect().height);
  if (height !== last) parent.postMessage({ sourcier: "height", height: last = height }, "*");
}
function look() {
  if (d.hidden) return;
  fetch(location.href).then(function (r) { return r.ok ? r.text() : ""; }).then(function (html) {
    var fresh = html && new DOMParser().parseFromString(html, "text/html").getElementById("m");
    var shown = d.getElementById("m");
    if (fresh && fresh.innerHTML !== shown.innerHTML && !shown.contains(d.activeElement)) shown.replaceWith(fresh);
    tell();
  }).catch(function () {});
}
tell();
addEventListener("load", tell);
addEventListener("resize", tell);
setInterval(look, 60000);
})(document);

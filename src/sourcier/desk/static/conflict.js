// A choice in a conflict goes into the text at once; what was written by hand there stays.
(function (d) {
  "use strict";
  var box = d.getElementById("conflict"), form = d.getElementById("f"), button = d.getElementById("choose");
  if (!box || !button || !window.fetch) return;
  box.addEventListener("change", function () {
    fetch(box.dataset.merge, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) throw answer; return answer.json(); })
      .then(function (answer) {
        Object.keys(answer.texts).forEach(function (code) {
          d.getElementById("text-" + code).value = answer.texts[code];
          form.elements["was-" + code].value = answer.was[code];
        });
        form.elements.seen.value = answer.seen;
        form.dispatchEvent(new Event("input", { bubbles: true }));
      })
      .catch(function () { button.hidden = false; });
  });
  button.hidden = true;
})(document);

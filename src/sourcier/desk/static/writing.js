// Proposals and repairs without leaving the page: the form comes back as JSON. Without script it comes back as a page.
(function (d) {
  "use strict";
  function show(form, answer) {
    Object.keys(answer.texts).forEach(function (code) {
      var box = d.getElementById("text-" + code);
      if (box && box.value !== answer.texts[code]) box.value = answer.texts[code];
    });
    d.querySelectorAll('input[name="claim"]').forEach(function (box) { box.checked = answer.claims.indexOf(box.value) >= 0; });
    if (answer.kind && form.elements.kind) form.elements.kind.value = answer.kind;
    var first = form.querySelector("textarea");
    first.dispatchEvent(new Event("input", { bubbles: true }));
    first.focus();
  }

  // A card that is offered anew as one types is told once, not with every pause.
  var told = offers();
  function offers() { return Array.prototype.map.call(d.querySelectorAll("#proof [data-offer]"), function (offer) { return offer.textContent; }); }
  d.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "proof") return;
    var now = offers(), fresh = now.filter(function (text) { return told.indexOf(text) < 0; });
    if (fresh.length || !now.length) d.getElementById("offered").textContent = fresh.join(". ");
    told = now;
  });

  d.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-rewrite]");
    if (!button || !button.form || !window.fetch) return;
    event.preventDefault();
    var sent = new FormData(button.form);
    sent.delete("file");
    if (button.name) sent.set(button.name, button.value);
    fetch(button.formAction, { method: "POST", body: sent, headers: { Accept: "application/json" } })
      .then(function (response) { if (!response.ok) throw response; return response.json(); })
      .then(function (answer) {
        if (answer.error) { var line = d.getElementById("said"); if (line) line.textContent = answer.error; } else show(button.form, answer);
      })
      .catch(function () { button.form.requestSubmit(button); });
  });
})(document);

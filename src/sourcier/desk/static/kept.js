// What is typed, kept in this browser until the desk has it: by user, story and entry, cleared on sign-out.
(function (d, w) {
  "use strict";
  var closed = false;
  var apart = /^(csrfmiddlewaretoken|event|entry|do)$/;
  function each(form, act) { Array.prototype.forEach.call(form.elements, function (field) { if (field.name && !apart.test(field.name) && field.type !== "submit") act(field); }); }
  function tick(field) { return field.type === "checkbox" || field.type === "radio"; }

  w.Kept = function (user, story, key) {
    var name = "sourcier:" + [user, story, key].map(encodeURIComponent).join(":");
    function read() { try { return JSON.parse(localStorage.getItem(name)); } catch (e) { return null; } }
    return {
      read: read,
      write: function (form) {
        var values = [];
        if (closed) return false;
        each(form, function (field) { if (!tick(field) || field.checked) values.push([field.name, field.value]); });
        try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), values: values })); return true; } catch (e) { return false; }
      },
      forget: function () { try { localStorage.removeItem(name); } catch (e) { /* private window */ } },
      differs: function (form) {
        var kept = read(), other = false;
        if (kept) each(form, function (field) { if (field.tagName === "TEXTAREA") kept.values.forEach(function (v) { if (v[0] === field.name && v[1].trim() !== field.value.trim()) other = true; }); });
        return other;
      },
      show: function (form) {
        var values = (read() || { values: [] }).values;
        each(form, function (field) {
          var mine = values.filter(function (v) { return v[0] === field.name; });
          if (tick(field)) field.checked = mine.some(function (v) { return v[1] === field.value; });
          else if (mine.length) field.value = mine[0][1];
        });
      },
    };
  };

  d.addEventListener("submit", function (event) {
    if (!/\/logout\/$/.test(event.target.action || "")) return;
    closed = true;
    try { Object.keys(localStorage).forEach(function (name) { if (name.indexOf("sourcier:") === 0) localStorage.removeItem(name); }); } catch (e) { /* private window */ }
  });
})(document, window);

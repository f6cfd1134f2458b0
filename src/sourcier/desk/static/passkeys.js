// Passkeys: their buttons show where the browser has them, and what went wrong is said on the page.
(function (d) {
  "use strict";
  var error = d.getElementById("passkey-error");
  if (window.webauthnJSON.supported()) {
    d.querySelectorAll("[data-passkey]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { error.hidden = true; });
    });
  }
  d.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    error.hidden = false;
  });
})(document);

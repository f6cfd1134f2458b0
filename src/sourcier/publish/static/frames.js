/* Another's page within ours: only once the reader asks for it, and with as little of ours as can be. */
(d => {
"use strict";
const offer = () => d.querySelectorAll("button[data-frame][hidden]").forEach(button => { button.hidden = false; });
d.addEventListener("click", e => {
  const button = e.target.closest("button[data-frame]");
  if (!button) return;
  const frame = d.createElement("iframe");
  frame.className = "fr " + button.dataset.shape;
  frame.title = button.dataset.title;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  frame.allow = "fullscreen";
  frame.referrerPolicy = "strict-origin";
  frame.tabIndex = -1;
  frame.src = button.dataset.frame;
  button.replaceWith(frame);
  frame.focus();
});
offer();
const feed = d.getElementById("feed");
if (feed) new MutationObserver(offer).observe(feed, { childList: true, subtree: true });
})(document);

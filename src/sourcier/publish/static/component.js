/* <sourcier-live src="ADDRESS OF A STORY OR AN ENTRY">: its embed in a frame that is as tall as what it holds. */
(function () {
"use strict";
if (!window.customElements || customElements.get("sourcier-live")) return;
customElements.define("sourcier-live", class extends HTMLElement {
  static get observedAttributes() { return ["src", "title"]; }
  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.hear = (e) => {
      if (!this.frame || e.source !== this.frame.contentWindow || e.origin !== this.origin) return;
      if (e.data && e.data.sourcier === "height" && e.data.height > 0) this.frame.style.height = Math.min(e.data.height, 5000) + "px";
    };
    addEventListener("message", this.hear);
    this.render();
  }
  disconnectedCallback() { removeEventListener("message", this.hear); }
  attributeChangedCallback() { if (this.shadowRoot && this.isConnected) this.render(); }
  render() {
    var url;
    try { url = new URL(this.getAttribute("src"), document.baseURI); } catch (e) { return; }
    if (!/^https?:$/.test(url.protocol)) return;
    url.pathname = url.pathname.replace(/\/+$/, "") + "/embed";
    this.origin = url.origin;
    var frame = this.frame = document.createElement("iframe");
    frame.title = this.getAttribute("title") || "Sourcier";
    frame.loading = "lazy";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    frame.style.cssText = "display:block;width:100%;height:20rem;border:0";
    frame.src = url.href;
    this.shadowRoot.replaceChildren(frame);
  }
});
})();

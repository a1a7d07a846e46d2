// In a preview with a remote, behind the script of the preview: reports which slide this page shows, and turns when the
// phone asks this page to. Of several pages it is the one that was looked at last.
(function () {
  "use strict";
  if (window !== window.top || document.documentElement.dataset.view !== "slides") return; // not in the speaker's window
  const page = decodeURIComponent(location.pathname.slice(1).replace(/(^|\/)$/, "$1index.html"));
  const own = String(Math.random()); // a name, no secret
  /** @type {ReturnType<typeof setTimeout>} */
  let soon;

  function post(place) {
    fetch("/_place", { method: "POST", keepalive: true, body: JSON.stringify({ window: own, ...place }) }).catch(() => {});
  }

  // Where the slide stands in its page: reveal.js counts without hidden ones.
  function report() {
    if (document.visibilityState !== "visible" || !window.Reveal?.isReady?.()) return;
    const { h, v } = Reveal.getCurrentSlide().dataset;
    post({ page, h: Number(h), v: Number(v) });
  }

  // After a build the page may load parts of itself anew first.
  function reportSoon() {
    clearTimeout(soon);
    soon = setTimeout(report, 300);
  }

  function turn({ data }) {
    const { window: asked, to } = JSON.parse(data);
    if (asked !== own) return;
    if (to === "next") Reveal.next();
    else Reveal.prev();
  }

  const { events } = window.kejian;
  events.addEventListener("turn", turn);
  events.addEventListener("findings", reportSoon); // each build ends with them
  for (const name of ["focus", "visibilitychange", "pageshow"]) addEventListener(name, report, true);
  addEventListener("pagehide", () => post({}));
  Reveal.on("ready", report);
  Reveal.on("slidechanged", report);
  report();
})();

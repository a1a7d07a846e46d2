// At the top of a lecture, before any of it is drawn: it is shown as slides, or as a text to read. `?view=` says which;
// else a narrow screen gets the text, where slides would be too small to read. Without scripts it is the text as well.
(function () {
  "use strict";
  const NARROW = "(max-width: 600px)";
  const query = new URLSearchParams(location.search);
  const asked = query.get("view") ?? (query.has("print-pdf") || query.has("receiver") ? "slides" : null);
  const inside = window !== window.top; // the speaker's window and a page that embeds the deck want slides
  const reading = asked ? asked === "reading" : !inside && matchMedia(NARROW).matches;
  document.documentElement.dataset.view = reading ? "reading" : "slides";
  if (!reading) document.currentScript.parentElement.classList.replace("page", "reveal");

  // The other view, at the slide that is open in this one. A fresh page: reveal.js changes too much to be undone.
  function switchTo(slide) {
    const url = new URL(location.href);
    url.searchParams.set("view", reading ? "slides" : "reading");
    url.hash = slide?.id ? `/${encodeURIComponent(slide.id)}` : "";
    location.assign(url);
  }

  window.kejianView = { reading, switchTo };
})();

// At the top of a lecture, before any of it is drawn: it is shown as slides, or as a text to read. `?view=` says which;
// else a narrow screen gets the text, where slides would be too small to read. Without scripts it is the text as well.
(function () {
  "use strict";
  const NARROW = "(max-width: 600px)";
  const main = document.currentScript.parentElement;
  const query = new URLSearchParams(location.search);
  const asked = query.get("view") ?? (query.has("print-pdf") || query.has("receiver") ? "slides" : null);
  const inside = window !== window.top; // the speaker's window and a page that embeds the deck want slides
  const reading = asked ? asked === "reading" : !inside && matchMedia(NARROW).matches;
  document.documentElement.dataset.view = reading ? "reading" : "slides";

  // The first slide's letters stand in the page; all others come when that slide is there, or at once where it is not.
  // Not on paper: words of letters from two fonts are copied from it in pieces.
  const { letters, range, bold } = main.dataset;
  const fonts = [[range, letters, "400"], [...(bold ?? " ").split(" "), "700"]];
  for (const [unicodeRange, data, weight] of fonts) {
    if (!data || query.has("print-pdf") || asked === "print") continue;
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    document.fonts.add(new FontFace("Kejian Sans", bytes, { weight, unicodeRange }));
  }
  /** @returns {NodeListOf<HTMLLinkElement>} */
  const sheets = () => document.querySelectorAll(".later");
  const loadFonts = () => sheets().forEach((sheet) => (sheet.media = "all"));

  // Shows the first slide where reveal.js will show it when it has started; reveal.js' own limits and steps of scale.
  function showFirst() {
    const [width, height, margin] = (main.dataset.size || "0").split(" ").map(Number);
    const scale = Math.min((innerWidth * (1 - margin)) / width, (innerHeight * (1 - margin)) / height);
    const plain = !location.search || location.search === "?view=slides";
    if (!plain || inside || location.hash.length > 2 || !(scale > 0)) return false;
    const places = { width: `${width}px`, height: `${height}px`, scale: Math.round(Math.min(Math.max(scale, 0.2), 2) * 100) / 100 };
    for (const [name, value] of Object.entries(places)) main.style.setProperty(`--first-${name}`, String(value));
    main.classList.add("first");
    return true;
  }

  // Pictures of later slides come when everything else is there, before their slide is; and before it is printed.
  /** @returns {NodeListOf<HTMLImageElement>} */
  const pictures = () => document.querySelectorAll("img[loading=lazy]");
  addEventListener("load", () => pictures().forEach((one) => (one.loading = "eager")));

  // A text is always set as the house does; slides as the deck asks for.
  if (!reading) {
    main.classList.replace("page", "reveal");
    for (const name of ["house", "look"]) if (name in main.dataset) document.documentElement.dataset[name] = main.dataset[name];
  }
  if (!reading && showFirst()) addEventListener("DOMContentLoaded", loadFonts);
  else loadFonts();

  // The other view, at the slide that is open in this one. A fresh page: reveal.js changes too much to be undone.
  function switchTo(slide) {
    const url = new URL(location.href);
    url.searchParams.set("view", reading ? "slides" : "reading");
    url.hash = slide?.id ? `/${encodeURIComponent(slide.id)}` : "";
    location.assign(url);
  }

  // The slide that is being read where slides stand below each other.
  function read() {
    const slides = [...document.querySelectorAll(".slides section.slide")];
    return slides.findLast((slide) => slide.getBoundingClientRect().top <= innerHeight / 3) ?? slides[0];
  }

  window.kejian.view = { reading, switchTo, read };
})();

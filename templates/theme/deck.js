// Starts the slides with the settings the page carries as data.
(function () {
  "use strict";
  if (window.kejianView.reading) return;
  const config = JSON.parse(document.querySelector("script#reveal-config").textContent);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    Object.assign(config, { transition: "none", backgroundTransition: "none", autoAnimate: false });
  }
  const notes = typeof window.RevealNotes === "function" ? window.RevealNotes() : null; // not an element of that id
  config.plugins = [window.RevealZoom, notes].filter(Boolean);
  if (/[?&]receiver/.test(location.search)) document.body.classList.add("receiver");

  const slides = document.querySelector(".slides");
  const leaves = () => [...slides.querySelectorAll("section")].filter((slide) => !slide.querySelector("section"));
  const fitted = new WeakSet();

  function fitOnce(slide) {
    if (slide && slide.offsetParent && !fitted.has(slide)) {
      fitted.add(slide);
      window.kejianCopyButtons(slide); // a preview may have put the slide here anew
      window.kejianFit(slide);
    }
  }

  function fitShown() {
    const all = Reveal.isScrollView() || Reveal.isOverview() || document.documentElement.classList.contains("reveal-print");
    if (all) leaves().forEach(fitOnce);
    else fitOnce(Reveal.getCurrentSlide());
  }

  // What was measured no longer holds: letters have come, or paper has other rules than a screen.
  function fitAgain() {
    leaves().forEach((slide) => fitted.delete(slide));
    fitShown();
  }

  // Where a slide fills the window, the arrows stand in the strip at its side instead of over its footer.
  function place() {
    const free = (innerWidth - slides.offsetWidth * Reveal.getScale()) / 2;
    document.body.classList.toggle("tight", free < 90);
  }

  window.kejianFitAgain = fitAgain;

  // The speaker's window is a page of its own, and the plugin's: it gets the deck's fonts, which hold what notes say.
  function openSpeakerView() {
    const { open } = window;
    let popup = null;
    window.open = (...words) => (popup = open.apply(window, words));
    notes.open();
    window.open = open;
    if (!popup) return;
    const sheets = [...document.querySelectorAll("link[rel=stylesheet], style")];
    const fonts = sheets.find((one) => (one.href ? one.href.endsWith("/fonts.css") : one.textContent.includes("@font-face")));
    const copy = popup.document.importNode(fonts, true);
    if (fonts.href) copy.href = fonts.href; // whole, since that window has another address
    const rule = Object.assign(popup.document.createElement("style"), { textContent: "body { font-family: 'Kejian Sans', sans-serif; }" });
    popup.document.head.append(copy, rule);
  }

  const asked = location.hash;
  Reveal.initialize(config).then(() => {
    if (asked && Reveal.isScrollView()) location.replace(asked); // on a phone reveal.js forgets it as it begins to scroll
    Reveal.addKeyBinding(68, window.kejianToggleTheme); // for the speaker's window, which passes keys to reveal.js alone
    if (notes) Reveal.addKeyBinding(83, openSpeakerView);
    for (const name of ["slidechanged", "overviewshown"]) Reveal.on(name, fitShown);
    Reveal.on("pdf-ready", fitAgain);
    Reveal.on("resize", () => {
      place();
      fitShown();
    });
    place();
    fitShown();
    document.fonts.ready.then(fitAgain);
    document.fonts.addEventListener("loadingdone", fitAgain);
  });
  slides.addEventListener(
    "load",
    (event) => {
      const slide = event.target.closest?.("section");
      if (slide && fitted.delete(slide)) fitOnce(slide);
    },
    true,
  );
})();

// Starts the slides with the settings the page carries as data.
(function () {
  "use strict";
  if (window.kejian.view.reading) return;
  const config = JSON.parse(document.querySelector("script#reveal-config").textContent);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    Object.assign(config, { transition: "none", backgroundTransition: "none", autoAnimate: false });
  }
  const notes = typeof window.RevealNotes === "function" ? window.RevealNotes() : null; // not an element of that id
  config.plugins = [window.RevealZoom, notes].filter(Boolean);
  if (/[?&]receiver/.test(location.search)) document.body.classList.add("receiver");

  const root = document.documentElement;
  const slides = document.querySelector(".slides");
  const leaves = () => [...slides.querySelectorAll("section")].filter((slide) => !slide.querySelector("section"));
  const fitted = new WeakSet();

  function fitOnce(slide) {
    if (slide?.offsetParent && !fitted.has(slide)) {
      fitted.add(slide);
      window.kejian.copyButtons(slide); // a preview may have put the slide here anew
      window.kejian.fit(slide);
    }
  }

  function fitShown() {
    const all = Reveal.isScrollView() || Reveal.isOverview() || root.classList.contains("reveal-print");
    if (all) leaves().forEach(fitOnce);
    else fitOnce(Reveal.getCurrentSlide());
  }

  // What was measured no longer holds: letters have come, or paper has other rules than a screen.
  function fitAgain() {
    leaves().forEach((slide) => fitted.delete(slide));
    fitShown();
  }

  // Once a frame, however many pictures and fonts come in it.
  let soon = 0;
  function fitSoon(fitting = fitShown) {
    cancelAnimationFrame(soon);
    soon = requestAnimationFrame(fitting);
  }

  // Where a slide fills the window, the arrows stand in the strip at its side instead of over its footer.
  function place() {
    const free = (innerWidth - slides.offsetWidth * Reveal.getScale()) / 2;
    document.body.classList.toggle("tight", free < 90);
  }

  function onPaper() {
    const query = new URLSearchParams(location.search);
    return query.has("print-pdf") || (query.get("view") ?? config.view) === "print";
  }

  // What reveal.js takes from slides on paper: their height, and the gaps at their sides, which are the style sheet's.
  function keepForPaper() {
    const side = (value, whole) => (/%$/.test(value) ? (parseFloat(value) / 100) * whole * (1 - config.margin) : parseFloat(value));
    const width = side(config.width, innerWidth);
    slides.style.width = `${width}px`; // of which gaps may be a share
    root.style.setProperty("--paper-height", `${side(config.height, innerHeight)}px`);
    for (const slide of leaves()) {
      const { padding, boxSizing } = getComputedStyle(slide);
      slide.style.setProperty("--padding", padding.replace(/([\d.]+)%/g, (_, share) => `${(share * width) / 100}px`));
      slide.style.setProperty("--box-sizing", boxSizing);
    }
  }

  // A bar below the slides: a segment for each section, as long as it has slides. The house's frame alone has it.
  function sections() {
    const housed = (root.dataset.house ?? "").split(" ").includes("frame");
    if (!housed || onPaper() || config.progress) return () => {};
    const bar = Object.assign(document.createElement("div"), { className: "sections" });
    bar.setAttribute("aria-hidden", "true");
    document.body.append(bar);
    return () => {
      const all = leaves();
      const last = all.indexOf(Reveal.getCurrentSlide());
      const members = new Map();
      all.forEach((slide, n) => members.set(slide.dataset.section, [...(members.get(slide.dataset.section) ?? []), n]));
      bar.replaceChildren(
        ...[...members.values()].map((numbers) => {
          const part = document.createElement("i");
          const done = numbers.filter((n) => n <= last).length / numbers.length;
          part.className = numbers.includes(last) ? "here" : "";
          part.style.cssText = `flex-grow:${numbers.length};--done:${100 * done}%`;
          return part;
        }),
      );
    };
  }

  window.kejian.fitAgain = fitAgain;

  // Its label for the layouts is written anew with each choice.
  function chooser() {
    const { Layout: word } = JSON.parse(document.body.dataset.speaker || "{}");
    return word ? `.speaker-layout-label { font-size: 0; } .speaker-layout-label::before { font-size: 16px; content: "${word}"; }` : "";
  }

  // What that window says in English, in the deck's language.
  function translate(page) {
    const words = JSON.parse(document.body.dataset.speaker || "{}");
    page.documentElement.lang = root.lang;
    const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const found = words[texts.currentNode.data.trim().replace(/:$/, "")];
      if (found && !texts.currentNode.parentElement.matches("script")) texts.currentNode.data = `${found} `;
    }
  }

  // The speaker's window is a page of its own, and the plugin's: it gets the deck's fonts, which hold what notes say.
  function openSpeakerView() {
    const { open } = window;
    let popup = null;
    window.open = (...words) => (popup = open.apply(window, words));
    notes.open();
    window.open = open;
    if (!popup) return;
    /** @type {NodeListOf<HTMLLinkElement>} */
    const all = document.querySelectorAll("link[rel=stylesheet], style");
    const sheets = [...all];
    const fonts = sheets.find((one) => (one.href ? one.href.endsWith("/fonts.css") : one.textContent.includes("@font-face")));
    const copy = popup.document.importNode(fonts, true);
    if (fonts.href) copy.href = fonts.href; // whole, since that window has another address
    const rule = Object.assign(popup.document.createElement("style"), { textContent: `body { font-family: 'Kejian Sans', sans-serif; } ${chooser()}` });
    popup.document.head.append(copy, rule);
    translate(popup.document);
  }

  const asked = location.hash;
  // Where slides stand below each other, to the one that was asked for: reveal.js takes all to be of one height, but those
  // with steps are taller. It also forgets the address as it begins to scroll.
  function arrive() {
    const land = () => document.getElementById(decodeURIComponent(asked.slice(2)))?.closest(".scroll-page")?.scrollIntoView();
    addEventListener("hashchange", () => requestAnimationFrame(land), { once: true });
    location.replace(asked);
    requestAnimationFrame(land);
  }

  if (onPaper()) keepForPaper();
  Reveal.initialize(config).then(() => {
    if (asked && Reveal.isScrollView()) arrive();
    Reveal.addKeyBinding(68, window.kejian.toggleTheme); // for the speaker's window, which passes keys to reveal.js alone
    if (notes) Reveal.addKeyBinding(83, openSpeakerView);
    for (const name of ["slidechanged", "overviewshown"]) Reveal.on(name, fitShown);
    const showSections = sections();
    Reveal.on("slidechanged", showSections);
    showSections();
    Reveal.on("pdf-ready", fitAgain);
    Reveal.on("resize", () => {
      place();
      fitShown();
    });
    place();
    fitShown();
    window.kejian.showGrounds();
    document.fonts.ready.then(() => fitSoon(fitAgain));
    document.fonts.addEventListener("loadingdone", () => fitSoon(fitAgain));
  });
  // What changes its size when it has come. An inline drawing is there at once, though each of its parts fires as well.
  for (const [event, kind] of [["load", "img, iframe"], ["loadedmetadata", "video"]]) {
    const come = ({ target }) => {
      const slide = target.matches?.(kind) ? target.closest("section") : null;
      if (slide && fitted.delete(slide)) fitSoon();
    };
    slides.addEventListener(event, come, true);
  }
})();

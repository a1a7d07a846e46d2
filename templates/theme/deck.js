// Starts the slides with the settings the page carries as data.
(function () {
  "use strict";
  const config = JSON.parse(document.getElementById("reveal-config").textContent);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    Object.assign(config, { transition: "none", backgroundTransition: "none", autoAnimate: false });
  }
  if (window.RevealNotes) config.plugins = [window.RevealNotes];
  if (/[?&]receiver/.test(location.search)) document.body.classList.add("receiver");

  const slides = document.querySelector(".slides");
  const leaves = () => [...slides.querySelectorAll("section")].filter((slide) => !slide.querySelector("section"));
  const fitted = new WeakSet();

  function fitOnce(slide) {
    if (slide && slide.offsetParent && !fitted.has(slide)) {
      fitted.add(slide);
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

  // All marks of the slide open together, or close together.
  window.kejianFitAgain = fitAgain;
  function openProvenance() {
    const marks = [...Reveal.getCurrentSlide().querySelectorAll(".provenance")];
    const open = marks.some((mark) => !mark.open);
    for (const mark of marks) mark.open = open;
  }

  Reveal.initialize(config).then(() => {
    Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Light or dark" }, window.kejianToggleTheme);
    Reveal.addKeyBinding({ keyCode: 73, key: "I", description: "Where outputs come from" }, openProvenance);
    for (const name of ["slidechanged", "overviewshown"]) Reveal.on(name, fitShown);
    Reveal.on("pdf-ready", fitAgain);
    Reveal.on("resize", () => {
      place();
      fitShown();
    });
    place();
    fitShown();
    document.fonts.ready.then(fitAgain);
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

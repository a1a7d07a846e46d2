// Slides whose own ground is light or dark: the page says so of colours and gradients. A picture is looked at when it is
// near, where the browser lets a page read it; one that was opened from a folder may not.
(function () {
  "use strict";
  if (window.kejian.view.reading) return;
  const SIDE = 16; // pixels that a picture is looked at with
  const DARK = 128; // of 255, as reveal.js has it

  // reveal.js has a class for it, but knows colours alone.
  function mark(slide, ground) {
    slide.dataset.ground = ground;
    slide.classList.add(`has-${ground}-background`);
  }

  function brightness(picture) {
    const pen = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE }).getContext("2d");
    pen.fillStyle = getComputedStyle(document.body).backgroundColor; // what shows through
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.drawImage(picture, 0, 0, SIDE, SIDE);
    const { data } = pen.getImageData(0, 0, SIDE, SIDE);
    const sums = [0, 1, 2].map((part) => data.reduce((sum, value, n) => (n % 4 === part ? sum + value : sum), 0));
    return (0.299 * sums[0] + 0.587 * sums[1] + 0.114 * sums[2]) / SIDE ** 2;
  }

  async function look(slide) {
    const source = slide?.dataset.backgroundImage;
    if (!source || slide.dataset.ground || Number(slide.dataset.backgroundOpacity ?? 1) < 0.5) return;
    slide.dataset.ground = ""; // once
    const first = source.startsWith("data:") ? source : source.split(",")[0].trim(); // there may be several
    const picture = Object.assign(new Image(), { src: first });
    try {
      await picture.decode();
      mark(slide, brightness(picture) < DARK ? "dark" : "light");
    } catch {
      delete slide.dataset.ground; // it is missing, or may not be read
    }
  }

  function start() {
    for (const slide of document.querySelectorAll(".slides section[data-ground]")) mark(slide, slide.dataset.ground);
    const near = () => [Reveal.getCurrentSlide(), ...document.querySelectorAll(".slides .present + section")].forEach(look);
    if (document.documentElement.classList.contains("reveal-print")) document.querySelectorAll(".slides section").forEach(look);
    Reveal.on("slidechanged", near);
    near();
  }

  window.kejian.showGrounds = start;
})();

// Keeps what is on a slide between its header and its footer. A long title is set smaller. Listings are as large as all
// of them shows, from 125 % to 85 %; else they get a scroll bar of their own. Then, in this order and only as far as
// needed: gaps narrow; pictures shrink to 85 %, text to 80 %, pictures to 55 %. What is still too long gets the class
// `overflowing` and scrolls, so that nothing is lost and a check can find it.
(function () {
  "use strict";
  const WHOLE = [1.25, 1.2, 1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85];
  const LISTINGS = [0.95, 0.9, 0.85]; // where some line is wider than the slide
  const PRINTED = [0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.45, 0.4]; // paper does not scroll
  const TEXT = [0.96, 0.92, 0.88, 0.84, 0.8];
  const PICTURES = [0.95, 0.9, 0.85];
  const SMALLER = [0.75, 0.65, 0.55];
  const LINES = 7; // the fewest lines a listing may show
  const { below: BELOW = "↓ %" } = document.body.dataset; // in the page, so that its font holds the letters

  const excess = (box) => box.scrollHeight - box.clientHeight;
  const wide = (box) => box.scrollWidth > box.clientWidth + 1;

  function fit(slide) {
    const body = slide.querySelector(":scope > .body");
    if (!body || !body.clientHeight) return;
    reset(slide, body);
    const listings = [...body.querySelectorAll("pre")].filter((pre) => pre.clientHeight);
    const printing = document.documentElement.classList.contains("reveal-print");
    if (listings.length) enlarge(body, listings);
    shrink(body, "--listing", printing ? PRINTED : LISTINGS);
    if (!printing && excess(body) > 1) {
      body.style.removeProperty("--listing");
      shorten(body, listings);
    }
    if (excess(body) > 1) body.classList.add("snug");
    const pictures = [...body.querySelectorAll("img, video, svg.diagram, .missing")].map((one) => [one, one.clientHeight]);
    reduce(body, pictures, PICTURES);
    shrink(body, "--text", TEXT);
    if (!printing) shorten(body, listings); // a listing takes what the smaller text left free
    reduce(body, pictures, SMALLER);
    const over = excess(body) > 1;
    body.classList.toggle("overflowing", over);
    if (over) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
    listings.forEach(hint);
  }

  function reset(slide, body) {
    for (const name of ["--text", "--listing"]) body.style.removeProperty(name);
    for (const picture of body.querySelectorAll("[style*='--tall']")) picture.style.removeProperty("--tall");
    for (const pre of body.querySelectorAll("pre")) pre.style.maxHeight = "";
    body.classList.remove("snug", "overflowing");
    const title = slide.querySelector(":scope > .header .title > :is(h1, h2, h3, h4, h5)");
    if (!title) return;
    title.style.fontSize = "";
    const line = parseFloat(getComputedStyle(title).lineHeight);
    if (title.clientHeight > 1.5 * line) title.style.fontSize = "0.75em";
  }

  function enlarge(body, listings) {
    for (const step of WHOLE) {
      body.style.setProperty("--listing", step);
      if (excess(body) <= 1 && !listings.some(wide)) return;
    }
    body.style.removeProperty("--listing");
  }

  function shrink(body, name, steps) {
    for (const step of steps) {
      if (excess(body) <= 1) return;
      body.style.setProperty(name, step);
    }
  }

  function reduce(body, pictures, steps) {
    for (const step of steps) {
      if (excess(body) <= 1) return;
      for (const [picture, height] of pictures) picture.style.setProperty("--tall", `${height * step}px`);
    }
  }

  function shorten(body, listings) {
    for (const pre of listings) pre.style.maxHeight = "";
    for (const pre of [...listings].reverse()) {
      if (excess(body) <= 1) break;
      frame(pre);
      const line = parseFloat(getComputedStyle(pre).lineHeight);
      const pad = parseFloat(getComputedStyle(pre.firstElementChild ?? pre).paddingTop);
      const rows = Math.floor((pre.offsetHeight - excess(body) - pad) / line);
      pre.style.maxHeight = `${pad + line * Math.max(LINES, rows)}px`; // whole lines
    }
  }

  // Lets the keys scroll what scrolls while it has the focus, and says how many lines are below the edge.
  function hint(pre) {
    const scrolls = pre.scrollHeight > pre.clientHeight + 1 || wide(pre);
    if (scrolls) pre.tabIndex = 0;
    else pre.removeAttribute("tabindex");
    count(pre);
  }

  function frame(pre) {
    if (pre.closest(".listing")) return;
    const box = document.createElement("div");
    const more = document.createElement("div");
    box.className = "listing";
    more.className = "more";
    pre.replaceWith(box);
    box.append(pre, more);
    pre.addEventListener("scroll", () => count(pre), { passive: true });
  }

  function count(pre) {
    const more = pre.parentElement.querySelector(":scope > .more");
    if (!more) return;
    const line = parseFloat(getComputedStyle(pre).lineHeight);
    const below = Math.round((pre.scrollHeight - pre.clientHeight - pre.scrollTop) / line);
    more.textContent = below < 1 ? "" : BELOW.replace("%", below);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target.closest?.("pre, .overflowing") && /^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
    },
    true,
  );

  window.kejianFit = fit;
})();

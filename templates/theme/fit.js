// Keeps what is on a slide between its header and its footer. In this order, and only as far as needed: a long title
// is set smaller; listings shrink to 85 % if all of them shows then, else they get a scroll bar of their own; text
// shrinks to 80 %; pictures shrink to 55 %. What is still too long gets the class `overflowing` and scrolls, so that
// nothing is lost and a check can find it.
(function () {
  "use strict";
  const LISTINGS = [0.95, 0.9, 0.85];
  const PRINTED = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]; // paper does not scroll
  const TEXT = [0.96, 0.92, 0.88, 0.84, 0.8];
  const PICTURES = [0.9, 0.8, 0.7, 0.6, 0.55];
  const LINES = 7; // the fewest lines a listing may show
  const chinese = document.documentElement.lang.startsWith("zh");

  const excess = (box) => box.scrollHeight - box.clientHeight;

  function fit(slide) {
    const body = slide.querySelector(":scope > .body");
    if (!body || !body.clientHeight) return;
    reset(slide, body);
    const listings = [...body.querySelectorAll("pre")].filter((pre) => pre.clientHeight);
    const printing = document.documentElement.classList.contains("reveal-print");
    shrink(body, "--listing", printing ? PRINTED : LISTINGS);
    if (!printing && excess(body) > 1) body.style.removeProperty("--listing");
    for (const text of TEXT) {
      if (!printing) shorten(body, listings);
      if (excess(body) <= 1) break;
      body.style.setProperty("--text", text);
    }
    if (!printing) shorten(body, listings);
    shrink(body, "--picture", PICTURES);
    body.classList.toggle("overflowing", excess(body) > 1);
    if (excess(body) > 1) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
    listings.forEach(hint);
  }

  function reset(slide, body) {
    for (const name of ["--text", "--picture", "--listing"]) body.style.removeProperty(name);
    body.classList.remove("overflowing");
    const title = slide.querySelector(":scope > .header .title > :is(h1, h2, h3, h4, h5)");
    if (!title) return;
    title.style.fontSize = "";
    const line = parseFloat(getComputedStyle(title).lineHeight);
    if (title.clientHeight > 1.5 * line) title.style.fontSize = "0.75em";
  }

  function shrink(body, name, steps) {
    for (const step of steps) {
      if (excess(body) <= 1) return;
      body.style.setProperty(name, step);
    }
  }

  function shorten(body, listings) {
    for (const pre of listings) pre.style.maxHeight = "";
    for (const pre of [...listings].reverse()) {
      const over = excess(body);
      if (over <= 1) break;
      const line = parseFloat(getComputedStyle(pre).lineHeight);
      pre.style.maxHeight = `${Math.max(pre.offsetHeight - over, Math.min(pre.offsetHeight, LINES * line))}px`;
    }
  }

  // Says how many lines are below the edge of a listing, and lets the arrow keys scroll it while it has the focus.
  function hint(pre) {
    const scrolls = pre.scrollHeight > pre.clientHeight + 1 || pre.scrollWidth > pre.clientWidth + 1;
    if (!scrolls) {
      pre.removeAttribute("tabindex");
      delete pre.dataset.more;
      return;
    }
    pre.tabIndex = 0;
    count(pre);
    if (pre.dataset.heard) return;
    pre.dataset.heard = "yes";
    pre.addEventListener("scroll", () => count(pre), { passive: true });
    pre.addEventListener("keydown", (event) => {
      if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
    });
  }

  function count(pre) {
    const below = Math.round((pre.scrollHeight - pre.clientHeight - pre.scrollTop) / parseFloat(getComputedStyle(pre).lineHeight));
    if (below < 1) delete pre.dataset.more;
    else pre.dataset.more = chinese ? `↓ 还有 ${below} 行` : `↓ ${below} more ${below > 1 ? "lines" : "line"}`;
  }

  window.kejianFit = fit;
})();

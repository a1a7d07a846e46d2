// What a browser makes of each slide of a deck: what does not fit, and what reaches out of the stage. Run in the page.
async function slidesSeen() {
  const stage = document.querySelector(".reveal .slides");
  const hidden = ".provenance, math, [hidden], aside.notes, pre *, details:not([open]) *";
  const named = (one) => one.tagName.toLowerCase() + [...one.classList].map((name) => `.${name}`).join("");
  const out = (one, edge) => {
    const { left, top, right, bottom, width } = one.getBoundingClientRect();
    return width > 0 && (left < edge.left - 3 || top < edge.top - 3 || right > edge.right + 3 || bottom > edge.bottom + 3);
  };
  await document.fonts.ready;
  window.Reveal.configure({ transition: "none", backgroundTransition: "none" });
  const found = [];
  for (const slide of window.Reveal.getSlides()) {
    const { h, v } = window.Reveal.getIndices(slide);
    window.Reveal.slide(h, v ?? 0, 99);
    await new Promise((done) => setTimeout(done, 80));
    const body = slide.querySelector(":scope > .body");
    const edge = stage.getBoundingClientRect();
    const parts = [...slide.querySelectorAll("p, li, pre, table, img, svg, h1, h2, h3, h4, h5, h6")];
    const outside = parts.filter((one) => !one.closest(hidden) && out(one, edge)).map(named);
    found.push({ id: slide.id, overflowing: body.classList.contains("overflowing"), outside, words: slide.textContent.length });
  }
  return found;
}

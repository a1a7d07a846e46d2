// Makes the printed view ready for paper: every slide can be read aloud and is in the outline, and what opens is open. For
// a handout three slides stand on a sheet of paper, full width, each with lines to write on; a slide that has notes has
// them below it instead. With notes alone, each slide has a sheet of its own.
(function () {
  "use strict";
  const MOST = 0.85; // of a sheet's height that a slide takes
  const ON_A_SHEET = 3;
  const BESIDE = 0.68; // of a sheet's width that a slide takes with lines at its side

  const pages = () => [...document.querySelectorAll(".pdf-page")];

  // reveal.js hides all slides but one from readers, and from the outline with them.
  function open(page) {
    for (const one of page.querySelectorAll("[hidden], [aria-hidden='true']")) {
      if (one.matches("section")) ["hidden", "aria-hidden"].forEach((name) => one.removeAttribute(name));
    }
  }

  /** @returns {Promise<[h: number, v: number][]>} */
  async function ready() {
    pages().forEach(open);
    for (const one of document.querySelectorAll(".slides details:not(.provenance)")) one.setAttribute("open", "");
    window.kejian.fitAgain?.();
    await Promise.all([...document.images].map((one) => one.decode().catch(() => null)));
    await document.fonts.ready;
    return pages().map((page) => {
      const { h, v } = page.querySelector("section.slide").dataset;
      return [Number(h), Number(v)];
    });
  }

  const box = (name) => Object.assign(document.createElement("div"), { className: name });

  // A slide as large as asked, and its number.
  function framed(page, scale, count) {
    const frame = box("frame");
    frame.style.cssText = `width:${page.offsetWidth * scale}px;height:${page.offsetHeight * scale}px`;
    page.style.transform = `scale(${scale})`;
    page.replaceWith(frame);
    frame.append(page);
    const number = Object.assign(box("count"), { textContent: count });
    return [frame, number];
  }

  const notesOf = (page) => [...page.querySelectorAll("aside.notes")].flatMap((one) => [...one.childNodes]);

  // A slide as wide as the sheet with its notes, or several with lines; a page says its place before it is moved.
  function sheets(all, { width, height }, alone) {
    const parent = all[0].parentElement;
    const made = [];
    let open = null;
    all.forEach((page, n) => {
      const [count, notes, sizes] = [`${n + 1} / ${all.length}`, notesOf(page), [page.offsetWidth, page.offsetHeight]];
      const whole = Math.min(width / sizes[0], (MOST * height) / sizes[1]);
      const part = Math.min((BESIDE * width) / sizes[0], (0.94 * height) / ON_A_SHEET / sizes[1]);
      const own = alone || notes.length > 0;
      if (own || !open || open.childElementCount === ON_A_SHEET) {
        open = box("sheet");
        if (made.length) open.classList.add("next");
        made.push(open);
        page.before(open);
      }
      const [frame, number] = framed(page, own ? whole : part, count);
      if (own) {
        const said = box("said");
        said.append(...notes);
        open.append(frame, number, said);
        open = null;
      } else {
        const row = box("row");
        const lines = box("lines");
        lines.append(number);
        row.append(frame, lines);
        open.append(row);
      }
    });
    parent.append(...made);
  }

  // paper: { name, width, height }: of CSS, and the pixels between its margins. alone: a slide a sheet, notes or not.
  function handout(rules, paper, alone) {
    for (const page of pages()) page.style.width = `${page.offsetWidth}px`; // before the rules give it another
    for (const style of document.querySelectorAll("style")) {
      if (style.textContent.includes("@page")) style.textContent = `@page { size: ${paper.name}; margin: 14mm 15mm 16mm; }`;
    }
    document.documentElement.dataset.steps = "beside";
    document.head.append(Object.assign(document.createElement("style"), { textContent: rules }));
    sheets(pages(), paper, alone);
  }

  // A page shows its own step: the rules that print the last one do not count.
  function apart() {
    document.documentElement.dataset.steps = "apart";
  }

  window.kejian.paper = { ready, handout, apart };
})();

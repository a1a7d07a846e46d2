// Makes the printed view ready for paper: every slide can be read aloud and is in the outline; for a handout each
// slide stands on a sheet of A4 with its notes below.
(function () {
  "use strict";
  const WIDTH = 680; // pixels: A4 less its margins
  const SHEET = "@page { size: A4; margin: 14mm 15mm 16mm; }";

  const pages = () => [...document.querySelectorAll(".pdf-page")];

  // reveal.js hides all slides but one from readers, and from the outline with them.
  function open(page) {
    for (const one of page.querySelectorAll("[hidden], [aria-hidden='true']")) {
      if (one.matches("section")) ["hidden", "aria-hidden"].forEach((name) => one.removeAttribute(name));
    }
  }

  async function ready() {
    pages().forEach(open);
    await Promise.all([...document.images].map((one) => one.decode().catch(() => null)));
    await document.fonts.ready;
    return pages().map((page) => {
      const { h, v } = page.querySelector("section.slide").dataset;
      return [Number(h), Number(v)];
    });
  }

  function sheet(page, number, all) {
    const scale = WIDTH / page.offsetWidth;
    const [box, frame, notes, count] = ["sheet", "frame", "said", "count"].map((name) => {
      const one = document.createElement("div");
      one.className = name;
      return one;
    });
    frame.style.cssText = `width:${WIDTH}px;height:${page.offsetHeight * scale}px`;
    count.textContent = `${number + 1} / ${all}`;
    notes.append(...[...page.querySelectorAll("aside.notes")].flatMap((one) => [...one.childNodes]));
    if (number) box.classList.add("next");
    page.replaceWith(box);
    page.style.transform = `scale(${scale})`;
    frame.append(page);
    box.append(frame, count, notes);
  }

  function handout(rules) {
    for (const page of pages()) page.style.width = `${page.offsetWidth}px`; // before the rules give it another
    for (const style of document.querySelectorAll("style")) {
      if (style.textContent.includes("@page")) style.textContent = SHEET;
    }
    document.head.append(Object.assign(document.createElement("style"), { textContent: rules }));
    pages().forEach((page, n, all) => sheet(page, n, all.length));
  }

  window.kejianPaper = { ready, handout };
})();

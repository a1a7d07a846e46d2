// A lecture as a text to read: contents before it, speaker notes to open, headings without holes, and an address that
// follows the reader, in the form that the slides use, so that a link leads to its slide in either view.
(function () {
  "use strict";
  const { reading, read } = window.kejian.view;
  if (!reading) return;
  const HEADINGS = ":is(h1, h2, h3, h4, h5, h6):not([role='none'], aside.notes *)";
  const MEDIA = { "data-background-image": "img", "data-background-video": "video" };
  const main = document.querySelector("main");
  const config = JSON.parse(document.querySelector("script#reveal-config").textContent);
  /** @type {HTMLTemplateElement} */
  const template = document.querySelector("template#reading");
  const parts = template.content;
  const copyOf = (selector) => document.importNode(parts.querySelector(selector), true);

  if (!config.showHiddenSlides) main.querySelectorAll("section[data-visibility='hidden']").forEach((slide) => slide.remove());
  const columns = [...main.querySelectorAll(".slides > section")]
    .map((column) => (column.matches(".slide") ? [column] : [...column.querySelectorAll(".slide")]))
    .filter((column) => column.length);
  const slides = columns.flat();

  const titleOf = (slide) => slide.getAttribute("aria-label") || slide.querySelector(HEADINGS)?.textContent.trim() || "";
  const addressOf = (slide) => `#/${encodeURIComponent(slide.id)}`;

  // One heading of level 1, and no level that is left out on the way down.
  function level() {
    let last = 0;
    for (const heading of main.querySelectorAll(`.slides ${HEADINGS}`)) {
      const own = Number(heading.getAttribute("aria-level") ?? heading.tagName[1]);
      const now = last ? Math.max(2, Math.min(own, last + 1)) : 1;
      if (now !== own) heading.setAttribute("aria-level", String(now));
      last = now;
    }
  }

  // What reveal.js loads when a slide comes near, and what fills a slide from behind.
  function load() {
    /** @type {NodeListOf<HTMLImageElement>} */
    const later = main.querySelectorAll("[data-src]");
    for (const one of later) one.src ||= one.dataset.src;
    for (const slide of slides) {
      for (const [name, tag] of Object.entries(MEDIA)) {
        const source = slide.getAttribute(name);
        if (!source) continue;
        const shown = Object.assign(document.createElement(tag), { src: source }, tag === "img" ? { alt: "" } : { controls: true });
        slide.prepend(shown);
      }
    }
  }

  function openNotes() {
    for (const aside of main.querySelectorAll("aside.notes")) {
      const details = copyOf(".said");
      details.lastElementChild.append(...aside.childNodes);
      aside.replaceWith(details);
    }
  }

  // Slides that go on under one title are one text: the title stands above the first of them.
  function merge() {
    slides.forEach((slide, n) => {
      if (!n || !titleOf(slide) || titleOf(slide) !== titleOf(slides[n - 1])) return;
      slide.classList.add("onward-of");
      slide.querySelector(":scope > .header")?.remove();
    });
  }

  function entry(slide) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: addressOf(slide), textContent: titleOf(slide) });
    item.append(link);
    return item;
  }

  // A column is an entry, the slides below its first one are entries inside; a title that goes on is named once.
  function contents() {
    const nav = copyOf(".contents");
    const list = nav.querySelector("ol");
    for (const column of columns) {
      const [first, ...below] = column.filter((slide, n) => titleOf(slide) && titleOf(slide) !== titleOf(column[n - 1] ?? main));
      if (!first) continue;
      const item = entry(first);
      if (below.length) {
        const inner = document.createElement("ol");
        inner.append(...below.map(entry));
        item.append(inner);
      }
      list.append(item);
    }
    const details = nav.querySelector("details");
    const wide = matchMedia("(min-width: 1180px)");
    details.open = wide.matches;
    nav.addEventListener("click", (event) => event.target.closest("a") && !wide.matches && (details.open = false));
    main.prepend(nav);
  }

  const LEAST = 0.8; // of its size that a formula keeps before it scrolls

  // Formulas that are a little too wide are set smaller.
  function shrink() {
    for (const formula of main.querySelectorAll(".formula.display")) formula.style.fontSize = "";
    const known = [...main.querySelectorAll(".formula.display > svg")].map((svg) => ({
      formula: svg.parentElement,
      share: svg.parentElement.clientWidth / svg.clientWidth,
    }));
    for (const { formula, share } of known) if (share < 1) formula.style.fontSize = `${Math.max(LEAST, share - 0.005)}em`;
  }

  // Where a box scrolls, its edge fades on the side where more is.
  function fade({ target: box }) {
    if (!box.matches?.(".scrolls")) return;
    box.classList.toggle("from-start", box.scrollLeft > 1);
    box.classList.toggle("to-end", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  }

  // What is wider than the text scrolls in its own box, with the keys as well.
  function letKeysScroll() {
    shrink();
    for (const box of main.querySelectorAll("pre, .formula.display, table, .output-table, .output-html, .output-matrix")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
      box.classList.toggle("scrolls", scrolls);
      if (scrolls) fade({ target: box });
    }
  }

  // The slide that an address names, by its id or by its numbers, as reveal.js reads them.
  function named(hash) {
    const name = hash.replace(/^#\/?/, "");
    const [h, v] = name.split("/");
    if (!name) return null;
    if (/^\d+$/.test(h)) {
      const base = config.hashOneBasedIndex ? 1 : 0;
      return columns[h - base]?.[Math.max(0, (parseInt(v, 10) || base) - base)] ?? null;
    }
    return document.getElementById(decodeURIComponent(h))?.closest(".slide") ?? null;
  }

  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  let before = scrollY;

  function arrive() {
    const slide = location.hash.startsWith("#/") ? named(location.hash) : null; // others are the browser's own
    if (!slide) return;
    slide.scrollIntoView();
    slide.focus({ preventScroll: true });
    before = scrollY;
  }

  // The address of the slide that is being read; and the buttons make room while the reader goes on.
  function follow() {
    if (Math.abs(scrollY - before) > 8) document.documentElement.classList.toggle("onward", scrollY > before);
    before = scrollY;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const here = scrollY < 1 ? location.pathname + location.search : addressOf(read());
      history.replaceState(history.state, "", here);
    }, 150);
  }

  for (const slide of slides) {
    slide.setAttribute("role", "group"); // a landmark for each slide would be too many
    slide.tabIndex = -1;
  }
  load();
  if (typeof window.RevealNotes === "function") openNotes();
  merge();
  level();
  contents();
  const skip = copyOf(".skip");
  skip.href = `#${slides[0].id}`;
  document.body.prepend(skip);
  letKeysScroll();
  window.kejian.copyButtons(main);
  arrive();
  addEventListener("hashchange", arrive);
  addEventListener("scroll", follow, { passive: true });
  main.addEventListener("scroll", fade, { capture: true, passive: true });
  addEventListener("resize", letKeysScroll);
  document.fonts.ready.then(() => {
    letKeysScroll();
    if (scrollY < 1 || document.activeElement?.matches(".slide")) arrive(); // letters have moved what is above
  });
})();

// Keeps what is on a slide between its header and its footer. A long title is set smaller, as is a heading with a word
// that is too long. Displayed formulas grow as far as there is room. Listings are as large as all of them shows; else
// they get a scroll bar of their own. Then, in this order and only as far as
// needed: gaps narrow; pictures shrink to 85 %, text to 80 %, pictures to 55 %. What is still too long gets the class
// `overflowing` and scrolls, so that nothing is lost and a check can find it. A slide that is none of the house's is as
// high as what is on it, as on any page of reveal.js, and confined first to what the screen leaves it.
(function () {
  "use strict";
  const WHOLE = [1, 0.96, 0.92, 0.88, 0.8334]; // from 24 pixels to 20
  if (document.querySelector(".reveal.sized")) WHOLE.push(0.8, 0.76, 0.72, 0.68);
  const LISTINGS = [0.95, 0.9, 0.85]; // where some line is wider than the slide
  const FORMULAS = [1.35, 1.25, 1.1334, 1];
  const FILLED = 0.7; // of a slide from which on its content stands at the top
  const PRINTED = [0.9, 0.8, 0.7, 0.6]; // paper does not scroll
  const LEAST = [0.55, 0.5, 0.45, 0.4, 0.35, 0.3]; // once all else is as small as it gets
  const TEXT = [0.96, 0.92, 0.88, 0.84, 0.8];
  const PICTURES = [0.95, 0.9, 0.85];
  const SMALLER = [0.75, 0.65, 0.55];
  const TABLES = ".output-matrix, .output-table"; // the boxes in which they scroll
  const HEADINGS = "h1, h2, h3, h4, h5, h6";
  const NARROWEST = 0.5; // of their letters
  const LINES = 7; // the fewest lines a listing may show
  const { below: BELOW = "↓ %" } = document.body.dataset; // in the page, so that its font holds the letters

  const house = (document.documentElement.dataset.house ?? "").split(" "); // its parts that the slides have

  const MANY = 5000; // elements on a slide from which each further layout would keep its reader waiting
  const LETTERS = 100_000; // the same of a text: an output has no elements, and a browser stops at a line of half a million
  const PART = 20_000; // letters of such a text that are there before they are scrolled to
  const WEIGHT = 2500; // elements in those parts, after which no further part is
  const AT_ONCE = 300; // parts of a list, table, listing or text of such a slide that are there before they are scrolled to
  const LONG = "ul, ol, dl, tbody, pre > code, p";
  const ROUNDS = 3;

  const free = (box) => !house.includes("frame") && !box.style.maxHeight; // as high as it likes
  // A box that is lower than it may be holds all that it has, although a letter may reach below its last line.
  const room = (box) => Math.max(box.clientHeight, parseFloat(box.style.maxHeight) || 0);
  const excess = (box) => (free(box) ? 0 : box.scrollHeight - room(box));
  const fits = (box) => excess(box) <= 1;
  const wide = (box) => box.scrollWidth > box.clientWidth + 1;

  const sizes = new WeakMap(); // of headings that are set smaller: as their authors wrote them
  const pressed = new WeakSet(); // bodies that hold far too much

  // Each measure that follows a change costs a layout of the slide: they are few, however much is on it.
  function fit(slide) {
    const body = slide.querySelector(":scope > .body");
    if (!body?.clientHeight) return;
    const many = mark(body);
    const printing = document.documentElement.classList.contains("reveal-print");
    if (pressed.has(body) && !printing) return; // as small as it gets, whatever has come since
    reset(slide, body);
    if (!many) narrow(body);
    if (!many) keepWords(body);
    for (const line of body.querySelectorAll(".result .line.last")) enclose(line);
    if (!house.includes("frame")) confine(slide, body, many);
    const listings = [...body.querySelectorAll("pre")].filter((pre) => pre.clientHeight);
    if (!many) squeeze(body, listings, printing);
    else if (!printing) {
      while (fits(body) && bringNext(body, (one) => !linesOf.has(one))); // a text scrolls in its listing
      if (!fits(body)) press(body, listings);
      pressed.add(body);
    }
    const over = !fits(body);
    body.classList.toggle("overflowing", over);
    if (!over && !many && house.includes("frame")) settle(body);
    if (over) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
    hint(listings);
  }

  // Draws the box around a result: Safari outlines no part of a drawing. A thousand units of it are an em.
  function enclose(line) {
    const { x, y, width, height } = line.getBBox();
    if (!width || line.querySelector(":scope > .box")) return;
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const at = { class: "box", fill: "none", x: x - 290, y: y - 290, width: width + 580, height: height + 580 };
    for (const [name, value] of Object.entries(at)) box.setAttribute(name, String(value));
    line.append(box);
  }

  // Sets the letters of tables and grids that are wider than the slide smaller, as far as they can be read.
  function narrow(body) {
    for (const box of body.querySelectorAll(TABLES)) {
      const table = box.querySelector("table");
      if (!table || !wide(box)) continue;
      let size = parseFloat(getComputedStyle(table).fontSize);
      const least = size * NARROWEST;
      for (let round = 1; round < ROUNDS && wide(box); round++) { // what is between the cells stays as it is
        size = Math.max(least, Math.floor((size * 10 * box.clientWidth) / box.scrollWidth) / 10);
        table.style.fontSize = `${size}px`;
      }
    }
  }

  // Sets headings smaller that have a word wider than the slide, which would be broken within the word.
  function keepWords(body) {
    const headings = [...body.querySelectorAll(HEADINGS)];
    for (const one of headings) one.style.overflowWrap = "normal";
    const far = headings.filter((one) => one.clientWidth && wide(one)).map((one) => /** @type {const} */ ([one, Math.max(NARROWEST, one.clientWidth / one.scrollWidth)]));
    for (const one of headings) one.style.overflowWrap = "";
    for (const [one, share] of far) {
      sizes.set(one, one.style.fontSize);
      one.style.fontSize = `${Math.floor(10 * share * parseFloat(getComputedStyle(one).fontSize)) / 10}px`;
    }
  }

  // Ends what is on a slide where the screen ends, or its footer begins.
  function confine(slide, body, many) {
    const { height } = Reveal.getComputedSlideSize();
    slide.classList.toggle("tall", slide.offsetHeight > height);
    const room = height - taken(slide.querySelector(":scope > .footer"), height) - body.offsetTop;
    if (many || end(body) > room + 1) body.style.maxHeight = `${Math.max(room, 0)}px`;
  }

  // How much of a slide's height its footer takes, wherever a style sheet puts it.
  function taken(footer, height) {
    if (!footer) return 0;
    const free = /absolute|fixed/.test(getComputedStyle(footer).position);
    if (!free) return footer.offsetHeight;
    return footer.offsetTop > height / 2 ? Math.max(0, height - footer.offsetTop) : 0;
  }

  // Where the last of what is to be seen ends: blank lines at the very end may be lost.
  function end(body) {
    const seen = (one) => one.nodeType === Node.ELEMENT_NODE && !one.matches("br, style") && (one.offsetHeight || one.matches("svg"));
    const last = [...body.childNodes].findLast((one) => seen(one) || (one.nodeType === Node.TEXT_NODE && one.data.trim()));
    const placed = last?.offsetParent === body.offsetParent && !getComputedStyle(last).float.match(/left|right/);
    return placed ? last.offsetTop + last.offsetHeight - body.offsetTop : body.scrollHeight;
  }

  // As far as needed, step by step.
  function squeeze(body, listings, printing) {
    if (house.includes("formulas")) grow(body);
    if (listings.length) {
      if (house.includes("listings")) enlarge(body, listings);
      if (printing) for (const pre of listings) pre.classList.toggle("wrapped", [pre, ...pre.children].some(wide));
      shrink(body, "--listing", printing ? PRINTED : house.includes("listings") ? WHOLE.slice(1) : LISTINGS);
      if (!printing && !fits(body)) {
        body.style.removeProperty("--listing");
        shorten(body, listings);
      }
    }
    if (fits(body)) return;
    body.classList.add("snug");
    const pictures = picturesOf(body);
    reduce(body, pictures, PICTURES);
    shrink(body, "--text", TEXT);
    if (!printing) shorten(body, listings); // a listing takes what the smaller text left free
    reduce(body, pictures, SMALLER);
    if (printing && listings.length && !fits(body)) {
      const set = (step) => body.style.setProperty("--listing", step);
      if (!search(LEAST, set, () => fits(body))) set(PRINTED.at(-1)); // it is not their length
    }
  }

  // What holds more than can be tried step by step: pictures and listings as small as they get.
  function press(body, listings) {
    const pictures = picturesOf(body);
    for (const [picture, height] of pictures) picture.style.setProperty("--tall", `${height * SMALLER.at(-1)}px`);
    shorten(body, listings);
  }

  // Whether a slide holds more than its reader should wait for: the rest is `postponed`.
  function mark(body) {
    const many = body.getElementsByTagName("*").length > MANY || body.textContent.length > LETTERS;
    if (many && !body.classList.contains("many")) {
      const place = document.createComment("");
      body.replaceWith(place); // out of the page no change costs anything
      for (const box of [body, ...body.querySelectorAll(LONG)].reverse()) postpone(box); // what is within others first
      for (const text of body.querySelectorAll("pre > code")) if (!text.childElementCount) divide(text);
      place.replaceWith(body);
    }
    body.classList.toggle("many", many);
    return many;
  }

  const weight = (one) => 1 + one.getElementsByTagName("*").length - one.querySelectorAll(":scope .postponed, :scope .postponed *").length;

  // The first of some elements that come together: so many, or fewer if much is in them.
  function group(elements) {
    let sum = 0;
    const end = elements.slice(0, AT_ONCE).findIndex((one) => (sum += weight(one)) > WEIGHT);
    return elements.slice(0, end < 0 ? AT_ONCE : end + 1);
  }

  function postpone(box) {
    const rest = [...box.children];
    rest.splice(0, group(rest).length);
    if (box.matches("p")) return wrap(rest);
    for (const one of rest) one.classList.add("postponed");
  }

  // In running text what stands between the elements comes with them.
  function wrap(rest) {
    while (rest.length) {
      const part = document.createElement("span");
      part.className = "postponed";
      rest[0].before(part);
      rest.splice(0, group(rest).length);
      while (part.nextSibling && part.nextSibling !== rest[0]) part.append(part.nextSibling);
    }
  }

  const linesOf = new WeakMap(); // of the parts of a long text

  // A long text in parts, at the ends of lines where it has such.
  function divide(box) {
    const parts = box.textContent.match(new RegExp(`[^]{0,${PART - 1}}\\n|[^]{1,${PART}}`, "gu")) ?? [];
    box.textContent = parts[0] ?? "";
    for (const text of parts.slice(1)) {
      const part = document.createElement("span");
      part.className = "postponed";
      linesOf.set(part, text.split("\n").length - 1);
      part.textContent = text;
      box.append(part);
    }
  }

  // What a `<details>` holds is filled up when it is seen, and may be more than fits.
  function unfold({ target }) {
    const body = target.closest?.(".body.many");
    if (body && pressed.delete(body)) fit(body.parentElement);
  }

  // What comes next in a box that is scrolled to its end.
  function bring({ target: box }) {
    if (box.closest?.(".many") && box.scrollTop + 2 * box.clientHeight >= box.scrollHeight) bringNext(box);
  }

  function bringNext(box, which = (_) => true) {
    const seen = (one) => one.parentElement.checkVisibility() && which(one);
    const next = [...box.querySelectorAll(".postponed")].filter(seen).slice(0, AT_ONCE);
    const come = linesOf.has(next[0]) ? next.slice(0, 1) : group(next);
    for (const one of come) one.classList.remove("postponed");
    return come.length > 0;
  }

  const picturesOf = (body) => [...body.querySelectorAll("img, video, svg.diagram, .missing")].map((one) => [one, one.clientHeight]);

  function reset(slide, body) {
    for (const name of ["--text", "--listing", "--formula"]) body.style.removeProperty(name);
    for (const picture of body.querySelectorAll("[style*='--tall']")) picture.style.removeProperty("--tall");
    for (const pre of body.querySelectorAll("pre")) {
      pre.style.maxHeight = "";
      pre.classList.remove("wrapped");
    }
    for (const table of body.querySelectorAll(TABLES.replaceAll(/[^, ]+/g, "$& > table"))) table.style.fontSize = "";
    for (const one of body.querySelectorAll(HEADINGS)) {
      if (!sizes.has(one)) continue;
      one.style.fontSize = sizes.get(one);
      sizes.delete(one);
    }
    body.style.maxHeight = "";
    body.classList.remove("snug", "overflowing", "middle");
    if (!house.includes("header")) return;
    const title = slide.querySelector(":scope > .header .title > :is(h1, h2, h3, h4, h5)");
    if (!title) return;
    title.style.fontSize = "";
    const line = parseFloat(getComputedStyle(title).lineHeight);
    if (title.clientHeight > 1.5 * line) title.style.fontSize = "0.8em";
  }

  // The first of the steps with which `good` holds, else the last one, is `set`; each step is smaller than the one before.
  function search(steps, set, good) {
    let [low, high] = [0, steps.length - 1];
    let now = -1;
    const holds = (at) => {
      if (at !== now) set(steps[(now = at)]);
      return good();
    };
    if (!holds(high)) return false;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    if (now !== high) set(steps[high]);
    return true;
  }

  function enlarge(body, listings) {
    const set = (step) => body.style.setProperty("--listing", step);
    if (!search(WHOLE, set, () => fits(body) && !listings.some(wide))) body.style.removeProperty("--listing");
  }

  // Formulas as large as all of them shows without a change to anything else.
  function grow(body) {
    const drawings = [...body.querySelectorAll(".formula.display > svg")].filter((one) => one.clientWidth);
    const cramped = (one) => one.clientWidth < one.width.baseVal.value - 1; // its line is shorter
    const set = (step) => body.style.setProperty("--formula", step);
    if (drawings.length) search(FORMULAS, set, () => fits(body) && !drawings.some(cramped));
  }

  // Stands what fills little of a slide in its middle, unless its author has put something in a place of its own.
  function settle(body) {
    const placed = (one) => /absolute|fixed/.test(getComputedStyle(one).position);
    const own = /^(flex|grid)$/.test(getComputedStyle(body).display) || body.parentElement.matches(".bare");
    if (own || [...body.children].some(placed)) return;
    const range = document.createRange();
    range.selectNodeContents(body);
    const { top, height } = body.getBoundingClientRect();
    body.classList.toggle("middle", (range.getBoundingClientRect().bottom - top) / height < FILLED);
  }

  function shrink(body, name, steps) {
    if (!fits(body)) search(steps, (step) => body.style.setProperty(name, step), () => fits(body));
  }

  function reduce(body, pictures, steps) {
    const set = (step) => pictures.forEach(([picture, height]) => picture.style.setProperty("--tall", `${height * step}px`));
    if (pictures.length && !fits(body)) search(steps, set, () => fits(body));
  }

  // From the last listing on, each as far as needed. How much that gains is reckoned, and measured once all are shorter:
  // of listings beside each other only the longest makes room.
  function shorten(body, listings) {
    for (const pre of listings) pre.style.maxHeight = "";
    let left = [...listings].reverse();
    for (let round = 1; left.length && !fits(body) && round <= ROUNDS; round++) {
      left = cut(left, round === ROUNDS ? Infinity : excess(body));
    }
  }

  // Shortens listings until together they are `much` shorter; those that are as they were.
  function cut(listings, much) {
    const known = listings.map((pre) => {
      const pad = parseFloat(getComputedStyle(pre.firstElementChild ?? pre).paddingTop);
      return { pre, pad, height: pre.offsetHeight, line: parseFloat(getComputedStyle(pre).lineHeight) };
    });
    let at = 0;
    for (; at < known.length && much > 1; at++) {
      const { pre, pad, height, line } = known[at];
      const rows = Math.max(LINES, Math.floor((height - much - pad) / line)); // whole lines
      if (pad + line * rows >= height - 1) continue; // it has no more than that
      frame(pre);
      pre.style.maxHeight = `${pad + line * rows}px`;
      much -= Math.max(0, height - pad - line * rows);
    }
    return listings.slice(at);
  }

  // Lets the keys scroll what scrolls while it has the focus, and says how many lines are below the edge.
  function hint(listings) {
    const known = listings.map((pre) => [pre, pre.scrollHeight > pre.clientHeight + 1 || wide(pre), below(pre)]);
    for (const [pre, scrolls, lines] of known) {
      if (scrolls) pre.tabIndex = 0;
      else pre.removeAttribute("tabindex");
      count(pre, lines);
    }
  }

  function frame(pre) {
    if (pre.closest(".listing")) return;
    const box = document.createElement("div");
    const more = document.createElement("div");
    box.className = "listing";
    more.className = "more";
    pre.replaceWith(box);
    box.append(pre, more);
    pre.addEventListener("scroll", () => count(pre, below(pre)), { passive: true });
  }

  const moreOf = (pre) => pre.parentElement.querySelector(":scope > .more");

  function below(pre) {
    const line = moreOf(pre) ? parseFloat(getComputedStyle(pre).lineHeight) : 0;
    const later = line ? [...pre.querySelectorAll(".postponed")].reduce((sum, one) => sum + (linesOf.get(one) ?? 1), 0) : 0;
    return line ? Math.round((pre.scrollHeight - pre.clientHeight - pre.scrollTop) / line) + later : 0;
  }

  function count(pre, lines) {
    const more = moreOf(pre);
    if (more) more.textContent = lines < 1 ? "" : BELOW.replace("%", lines);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target.closest?.("pre, .overflowing") && /^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
    },
    true,
  );

  if (!window.kejian.view.reading) document.querySelectorAll(".slides .body").forEach(mark);
  else document.querySelectorAll(".slides .result .line.last").forEach(enclose);
  document.querySelector("style.uncounted").remove();
  document.addEventListener("scroll", bring, { capture: true, passive: true });
  document.addEventListener("toggle", unfold, true);
  window.kejian.fit = fit;
})();

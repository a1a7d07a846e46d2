// What an audience would notice on an open slide: one function per code, each giving `[message, element…]` per finding.
// kejian/browser_checks.py holds the same codes, with what to do about each.
(function () {
  "use strict";
  const { seen, words, visible, meet, some, around } = window.kejian.measure;
  const SLACK = 2; // pixels that rounding may cost
  const FLOOR = 12; // pixels of type on a slide 960 wide
  const SMALL = "sub, sup, .provenance, .formula, .footnote-ref, .missing";
  const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

  /** @type {{ [code: string]: (slide: HTMLElement, view: SlideView) => Found[] }} */
  const CHECKS = {
    overflow: (slide, view) => [...cut(slide), ...outside(view), ...burst(slide)],
    "over-footer": (slide, view) => upon(view, slide.querySelector(":scope > .footer"), "the footer"),
    "under-logo": (slide, view) => upon(view, logo(slide), "the logo"),
    overlap,
    "small-type": smallType,
    "broken-picture": (slide) => broken.filter((one) => slide.contains(one)).map((one) => [`${words(one)} cannot be drawn`, one]),
    "no-alt": (slide) => [...slide.querySelectorAll("img:not([alt])")].map((one) => [`${words(one)} says nothing to those who cannot see it`, one]),
    "duplicate-id": duplicateId,
    tofu,
    "fragment-never-shown": (slide) => [...slide.querySelectorAll('.fragment:not(:empty[class*="step-"])')].filter((one) => !appeared.has(one)).map((one) => [`no step shows ${words(one)}`]),
    "blank-page": (slide, { blocks }) => (blocks.length || Object.keys(slide.dataset).some((name) => name.startsWith("background")) ? [] : [["the slide shows nothing"]]),
  };

  let broken = [];
  let appeared = new Set();
  const px = (number) => `${Math.round(number)} px`;

  function cut(slide) {
    return [...slide.querySelectorAll("*:not(svg *, math, math *, .provenance *)")].flatMap((box) => {
      const style = getComputedStyle(box);
      if (style.overflow === "visible" || box.clientWidth < 2 || !visible(box) || /^inline$/.test(style.display)) return [];
      const [down, right] = [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth];
      if (Math.max(down, right) <= SLACK) return [];
      const how = [down > SLACK && `${px(down)} too tall`, right > SLACK && `${px(right)} too wide`].filter(Boolean).join(" and ");
      return [[`what is in ${box.matches(".body") ? "the slide" : words(box)} is ${how} for it`, box]];
    });
  }

  function outside({ look, blocks }) {
    return blocks.flatMap(({ element, boxes }) => {
      const over = Math.max(...boxes.flatMap((box) => [look.screen.left - box.left, look.screen.top - box.top, box.right - look.screen.right, box.bottom - look.screen.bottom]));
      return over > SLACK ? [[`${words(element)} stands out of the slide by ${px(over)}`, element]] : [];
    });
  }

  // Content that leaves a box with a border or a ground of its own.
  function burst(slide) {
    return [...slide.querySelectorAll(".body :is(div, p, td, th, figure, blockquote, li, aside)")].flatMap((box) => {
      const style = getComputedStyle(box);
      const framed = parseFloat(style.borderRightWidth) > 0 || !/^(rgba\(.*, 0\)|transparent)$/.test(style.backgroundColor);
      const right = box.scrollWidth - box.clientWidth;
      const down = box.scrollHeight - box.clientHeight;
      if (!framed || style.overflow !== "visible" || !box.clientWidth || !visible(box) || Math.max(right, down) <= 2 * SLACK) return [];
      return [[`what is in ${words(box)} leaves its box by ${px(Math.max(right, down))}`, box]];
    });
  }

  function logo(slide) {
    const picture = slide.querySelector(":scope > .header img");
    return picture?.naturalWidth && visible(picture) ? picture : null;
  }

  function upon({ look, blocks }, target, name) {
    if (!target) return [];
    const box = look.into(target.getBoundingClientRect());
    return blocks
      .filter(({ element, boxes }) => !target.contains(element) && boxes.some((one) => some(meet(one, box), SLACK)))
      .filter(({ element }) => !element.contains(target))
      .map(({ element }) => [`${words(element)} runs into ${name}`, element]);
  }


  // A sweep from top to bottom: only blocks that are open at the same height are compared.
  function overlap(_slide, { blocks }) {
    const body = blocks
      .filter(({ element }) => element.closest(".body"))
      .map((one) => ({ ...one, hull: around(one.boxes) }))
      .sort((a, b) => a.hull.top - b.hull.top);
    const found = [];
    let open = [];
    for (const one of body) {
      open = open.filter((other) => other.hull.bottom > one.hull.top);
      for (const other of open) {
        if (some(meet(one.hull, other.hull), SLACK) && one.boxes.some((a) => other.boxes.some((b) => some(meet(a, b), SLACK)))) {
          found.push([`${words(one.element)} lies upon ${words(other.element)}`, one.element, other.element]);
        }
      }
      open.push(one);
    }
    return found;
  }

  /** @returns {Found[]} */
  function smallType(slide, { look, texts }) {
    const unit = 960 / look.width;
    const sizes = [
      ...texts.map((node) => [parseFloat(getComputedStyle(node.parentElement).fontSize) * unit, node.parentElement]),
      ...[...slide.querySelectorAll("svg text")].filter(visible).map((text) => [(parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a * unit) / look.scale, text]),
    ].filter(([size, element]) => size < FLOOR - 0.05 && !element.closest(SMALL));
    if (!sizes.length) return [];
    const [size, least] = sizes.reduce((a, b) => (b[0] < a[0] ? b : a));
    return [[`${words(least)} is set in ${size.toFixed(1)} px, below ${FLOOR}; ${sizes.length} such in all`, ...sizes.map(([, one]) => one)]];
  }

  /** @returns {Found[]} */
  function duplicateId(slide) {
    return [...slide.querySelectorAll("[id]")]
      .filter((one) => one.id && document.getElementById(one.id) !== one)
      .map((one) => [`the id “${one.id}” is there twice`, one]);
  }

  // Two drawings are compared: the character's, and that of a code point which no font has.
  const pen = Object.assign(document.createElement("canvas"), { width: 64, height: 64 }).getContext("2d", { willReadFrequently: true });
  const drawings = new Map();

  function drawing(character, font) {
    const key = font + character;
    if (!drawings.has(key)) {
      pen.clearRect(0, 0, 64, 64);
      pen.font = font;
      pen.fillText(character, 8, 44);
      drawings.set(key, pen.getImageData(0, 0, 64, 64).data.join());
    }
    return drawings.get(key);
  }

  /** @returns {Found[]} */
  function tofu(_slide, { texts }) {
    const found = new Map();
    for (const node of texts) {
      const { fontWeight, fontFamily } = getComputedStyle(node.parentElement);
      const font = `${fontWeight} 32px ${fontFamily}`;
      for (const character of new Set(node.data)) {
        if (/[\s\p{Cc}\p{Cf}\p{M}]/u.test(character)) continue;
        if (drawing(character, font) === drawing("\u{10fffd}", font)) found.set(character, node.parentElement);
      }
    }
    const named = (character) => `“${character}” (U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")})`;
    const letters = [...found].filter(([character]) => /\p{L}/u.test(character));
    const signs = [...found].filter(([character]) => !/\p{L}/u.test(character));
    const more = letters.length > 1 ? ` and ${letters.length - 1} more letters` : "";
    /** @type {Found[]} */
    const first = letters.slice(0, 1).map(([character, element]) => [`no font draws ${named(character)}${more}`, element]);
    /** @type {Found[]} */
    const each = signs.map(([character, element]) => [`no font draws ${named(character)}`, element]);
    return [...first, ...each];
  }

  // axe reads the whole page each time: what other slides hold is away meanwhile, which makes it ten times faster.
  async function alone(slide, work) {
    const away = [...document.querySelectorAll(".slides section:not(.stack), body > svg")].filter((one) => one !== slide);
    const held = away.map((one) => {
      const fragment = document.createDocumentFragment();
      fragment.append(...one.childNodes);
      return fragment;
    });
    try {
      return await work();
    } finally {
      away.forEach((one, n) => one.append(held[n]));
    }
  }

  // What the rule says of an element, apart from which element it is: those that share it make one finding.
  function verdict(id, help, any) {
    const data = any.find((one) => one.id === "color-contrast")?.data;
    if (id !== "color-contrast" || !data) return { code: "axe", said: `${help} (${id})` };
    const { contrastRatio, expectedContrastRatio, fgColor, bgColor } = data;
    return { code: "low-contrast", said: `${fgColor} on ${bgColor} has a contrast of ${contrastRatio}:1, less than ${expectedContrastRatio}` };
  }

  async function accessibility(slide, runOnly, theme) {
    const rules = { "image-alt": { enabled: false } }; // has a code of its own
    /** @type {import("../../node_modules/axe-core/axe.js").RunOptions} */
    const options = { resultTypes: ["violations"], elementRef: true, preload: false, runOnly, rules };
    const { violations } = await alone(slide, () => axe.run({ include: [slide] }, options));
    const found = new Map();
    for (const { id, help, nodes } of violations) {
      for (const { element, any } of nodes) {
        const { code, said } = verdict(id, help, any);
        found.set(said, { code, said, elements: [...(found.get(said)?.elements ?? []), element] });
      }
    }
    return [...found.values()].map(({ code, said, elements }) => {
      const more = elements.length > 1 ? ` and ${elements.length - 1} more` : "";
      return { code, message: `${words(elements[0])}${more}: ${said}${theme}`, elements };
    });
  }

  // All rules as the deck opens, and contrast once more in the theme that a reader may switch to.
  async function bothThemes(slide) {
    const root = document.documentElement;
    const own = root.dataset.theme;
    const found = await accessibility(slide, RULES, "");
    root.dataset.theme = own === "dark" ? "light" : "dark";
    try {
      const contrast = { type: "rule", values: ["color-contrast"] };
      found.push(...(await accessibility(slide, contrast, `, when ${root.dataset.theme}`)));
    } finally {
      root.dataset.theme = own;
    }
    return found;
  }

  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  async function loaded(slide) {
    const pictures = [...slide.querySelectorAll("img")].filter((one) => one.getAttribute("src") || one.srcset);
    const drawn = await Promise.all(pictures.map((one) => one.decode().then(() => true, () => false)));
    broken = pictures.filter((_, n) => !drawn[n]);
    await document.fonts.ready;
    await frames();
  }

  function step(slide) {
    const fragments = [...slide.querySelectorAll(".fragment")];
    appeared = new Set();
    for (let left = fragments.length; left >= 0; left--) {
      for (const one of fragments) {
        const { width, height } = one.getBoundingClientRect();
        if (width && height && visible(one)) appeared.add(one);
      }
      if (!Reveal.nextFragment()) return;
    }
  }

  const slideAt = (h, v) => document.querySelector(`.slides section.slide[data-h="${h}"][data-v="${v}"]`);

  // Open a slide, step through it, and say what is wrong with how it ends: [{ code, message, boxes }].
  async function look(h, v) {
    const slide = slideAt(h, v);
    const at = Reveal.getIndices(slide);
    Reveal.slide(at.h, at.v ?? 0, -1);
    await loaded(slide);
    step(slide);
    const view = seen(slide);
    const found = Object.entries(CHECKS).flatMap(([code, check]) =>
      check(slide, view).map(([message, ...elements]) => ({ code, message, elements })),
    );
    found.push(...(await bothThemes(slide)));
    return found.map(({ code, message, elements }) => ({ code, message, boxes: elements.map(boxOf) }));
  }

  const boxOf = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height];
  };

  window.kejian.checks = { look };
})();

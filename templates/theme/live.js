// In a preview: listens to the server, patches the slides that changed, and shows what is wrong. Not in a published page.
(function () {
  "use strict";
  const parser = new DOMParser();
  const here = decodeURIComponent(location.pathname.replace(/^\//, "").replace(/(^|\/)$/, "$1index.html"));
  let pristine = null;

  async function fetched() {
    const response = await fetch(location.pathname, { cache: "no-store" });
    return response.ok ? parser.parseFromString(await response.text(), "text/html") : null;
  }
  const sections = (page) => [...page.querySelectorAll(".slides > section")].map((slide) => slide.outerHTML);
  const settings = (page) => {
    const { house, look } = page.querySelector("main")?.dataset ?? {};
    return [page.querySelector("script#reveal-config")?.textContent, house, look].join("\n");
  };

  // A slide is known again by what it says: its number changes with every slide before it.
  const leaves = (page) => [...page.querySelectorAll(".slides section.slide")].map((slide) => slide.textContent.trim());

  // Where the slide at place `i` of one list of slides stands in another: what is equal at both ends is the same.
  function moved(before, after, i) {
    const shorter = Math.min(before.length, after.length);
    let [start, end] = [0, 0];
    while (start < shorter && before[start] === after[start]) start++;
    while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
    if (i < start) return i;
    if (i >= before.length - end) return i + after.length - before.length;
    const same = after.indexOf(before[i], start);
    return same >= 0 ? same : Math.min(i, Math.max(start, after.length - end - 1), after.length - 1);
  }

  const version = (page) => page.querySelector('meta[name="kejian-version"]')?.content;

  // The page, or a file that it shows, may have changed between its loading and the first event, or while it did not
  // listen.
  async function remember(missed) {
    if (!missed) return location.reload();
    pristine = await fetched();
    if (pristine && version(pristine) !== version(document)) location.reload();
    else reload(missed);
  }

  // The words of the head, and the glyphs before the slides, are the same element in old and new.
  function replaceOne(fresh, selector) {
    const [old, now] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (old && now) old.replaceWith(document.importNode(now, true));
    else if (now) document.head.append(document.importNode(now, true));
  }

  const sectionAt = (h, v, page = document) => page?.querySelector(`.slides section.slide[data-h="${h}"][data-v="${v}"]`);

  // `syncSlide` wants the background that `sync` has given a slide, and `sync` goes through all of them.
  const BACKGROUND = ["slideBackgroundElement", "slideBackgroundContentElement"];
  function replaceSlide(old, slide) {
    const known = BACKGROUND.every((name) => old[name]) && !Reveal.isScrollView();
    for (const name of BACKGROUND) slide[name] = old[name];
    old.replaceWith(slide);
    if (known) Reveal.syncSlide(slide);
    else Reveal.sync();
  }

  // The slides that changed come with the event, and nothing else did; what was read of the page is brought up to date.
  function patchSlides({ page, version: now, slides }) {
    if (page !== here) return;
    if (!window.Reveal?.isReady?.() || slides.some(([h, v]) => !sectionAt(h, v))) return location.reload();
    const at = Reveal.getIndices();
    for (const [h, v, html] of slides) {
      const fresh = parser.parseFromString(html, "text/html").querySelector("section");
      replaceSlide(sectionAt(h, v), document.importNode(fresh, true));
      sectionAt(h, v, pristine)?.replaceWith(fresh);
    }
    for (const one of [document, pristine]) if (one) one.querySelector('meta[name="kejian-version"]').content = now;
    Reveal.slide(at.h, at.v, at.f);
    window.kejian.fitAgain?.();
  }

  async function patch(others) {
    const fresh = await fetched();
    if (!fresh) return gone(others); // the last good page stays
    pristine ??= document;
    if (!window.Reveal?.isReady?.() || !pristine || settings(fresh) !== settings(pristine)) return location.reload();
    const [before, after] = [sections(pristine), sections(fresh)];
    const slides = document.querySelector(".slides");
    const at = Reveal.getIndices();
    const place = [...document.querySelectorAll(".slides section.slide")].indexOf(Reveal.getCurrentSlide());
    const next = fresh.querySelectorAll(".slides section.slide")[moved(leaves(pristine), leaves(fresh), place)];
    const to = next ? { h: Number(next.dataset.h), v: Number(next.dataset.v) } : at;
    const shown = [...slides.children].filter((node) => node.tagName === "SECTION");
    const nodes = [...fresh.querySelectorAll(".slides > section")].map((node) => document.importNode(node, true));
    if (before.length === after.length && shown.length === before.length) {
      nodes.forEach((node, n) => before[n] !== after[n] && shown[n].replaceWith(node)); // all of them if `pristine` is the page
    } else {
      slides.replaceChildren(...nodes);
    }
    document.title = fresh.title;
    replaceOne(fresh, "body > svg");
    replaceOne(fresh, "head > style:not(.uncounted)");
    replaceOne(fresh, 'meta[name="kejian-version"]');
    pristine = fresh;
    Reveal.sync();
    Reveal.slide(to.h, to.v, at.f);
    window.kejian.fitAgain?.();
  }

  const LOADED = {
    src: "img, source, video, audio, iframe, embed",
    "data-src": "[data-src]",
    poster: "video",
    data: "object",
    href: 'link[rel="stylesheet"], image',
    "data-background-image": "section",
    "data-background-video": "section",
  };

  // What a page shows of other files is asked for again under an address of its own, or the browser keeps what it has.
  function reload(paths) {
    const isOne = (url) => {
      const at = new URL(url, location.href);
      return at.origin === location.origin && paths.includes(decodeURIComponent(at.pathname.slice(1)));
    };
    for (const [name, selector] of Object.entries(LOADED))
      for (const element of document.querySelectorAll(selector)) {
        const url = element.getAttribute(name);
        if (!url || !URL.canParse(url, location.href) || !isOne(url)) continue;
        const [, path, part] = url.match(/^([^?#]*)(?:\?[^#]*)?(#.*)?$/);
        element.setAttribute(name, `${path}?${Date.now()}${part ?? ""}`);
        if (name.startsWith("data-background")) window.Reveal?.syncSlide?.(element);
      }
  }

  // The deck's page is there no more: perhaps it has another name now.
  function gone(others) {
    const pages = others.filter((path) => path.endsWith(".html") && path !== here && path !== "index.html");
    const box = shown("kejian-gone", "This deck is no longer there; what is shown is its last state.");
    for (const path of pages) {
      const link = document.createElement("a");
      [link.textContent, link.href] = [path, `/${path.split("/").map(encodeURIComponent).join("/")}`];
      box.append("\n", link);
    }
  }

  function overlay(findings) {
    document.getElementById("kejian-findings")?.remove();
    const worst = findings.filter((found) => found.severity !== "hint");
    if (worst.length)
      shown("kejian-findings", worst.map((found) => `${found.place} ${found.severity}: ${found.message}${found.hint ? `\n    ${found.hint}` : ""}`).join("\n"));
  }

  function shown(id, words) {
    document.getElementById(id)?.remove();
    const box = document.createElement("aside");
    box.id = id;
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:99;max-height:40vh;overflow:auto;padding:.6em 1em;font:14px/1.5 system-ui,sans-serif;background:#fff4f0;color:#582018;border-top:3px solid #d0302c;white-space:pre-wrap";
    box.textContent = words;
    const close = document.createElement("button");
    close.textContent = "×";
    close.style.cssText = "position:absolute;top:.2em;right:.6em;border:0;background:none;font-size:1.4em;cursor:pointer";
    close.addEventListener("click", () => box.remove());
    box.append(close);
    document.body.append(box);
    return box;
  }

  /** @returns {[output: HTMLElement, call: string][]} */
  const calls = () => [...document.querySelectorAll(".output")].map((output) => [output, output.querySelector(".provenance")?.dataset.call ?? ""]);

  function mark(running) {
    for (const [output, call] of calls()) output.classList.toggle("running", running.some((name) => call.startsWith(`${name}(`)));
  }

  // What an example showed before it failed is no longer what it shows.
  function markFailed(failed) {
    for (const [output, call] of calls()) {
      output.classList.toggle("failed", call in failed);
      if (call in failed) output.title = failed[call];
      else if (output.title) output.removeAttribute("title");
    }
  }

  // An editor asks for a slide: pages of its deck turn to it, others that are looked at go there.
  function show({ page, h, v }) {
    if (page === here) {
      const at = window.Reveal?.isReady?.() ? Reveal.getIndices() : null;
      if (at && (at.h !== h || at.v !== v)) Reveal.slide(h, v);
    } else if (document.visibilityState === "visible" && !location.search)
      location.assign(`/${page.split("/").map(encodeURIComponent).join("/")}#/${h}/${v}`);
  }

  const { moment } = document.querySelector('meta[name="kejian-version"]').dataset;
  const events = new EventSource(`/_events?since=${moment}`);
  window.kejian.events = events;
  const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("hello", remember);
  on("patched", patchSlides);
  on("changed", (paths) => {
    reload(paths);
    if (paths.includes(here) || paths.some((path) => path.endsWith(".js"))) patch(paths);
  });
  on("findings", overlay);
  on("running", mark);
  on("failed", markFailed);
  on("show", show);
})();

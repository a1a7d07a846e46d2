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
  const settings = (page) => page.querySelector("script#reveal-config")?.textContent;

  const version = (page) => page.querySelector('meta[name="kejian-version"]')?.content;

  // The page may have been built anew between its loading and the first event.
  async function remember() {
    pristine = await fetched();
    if (pristine && version(pristine) !== version(document)) location.reload();
  }

  // The words of the head, and the glyphs before the slides, are the same element in old and new.
  function replaceOne(fresh, selector) {
    const [old, now] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (old && now) old.replaceWith(document.importNode(now, true));
    else if (now) document.head.append(document.importNode(now, true));
  }

  const sectionAt = (h, v) => document.querySelector(`.slides section.slide[data-h="${h}"][data-v="${v}"]`);

  // `syncSlide` wants the background that `sync` has given a slide, and `sync` goes through all of them.
  const BACKGROUND = ["slideBackgroundElement", "slideBackgroundContentElement"];
  function replaceSlide(old, slide) {
    const known = BACKGROUND.every((name) => old[name]) && !Reveal.isScrollView();
    for (const name of BACKGROUND) slide[name] = old[name];
    old.replaceWith(slide);
    if (known) Reveal.syncSlide(slide);
    else Reveal.sync();
  }

  // The slides that changed come with the event, and nothing else did. What was read of the page no longer holds.
  function patchSlides({ page, version: now, slides }) {
    if (page !== here) return;
    if (!window.Reveal?.isReady?.() || slides.some(([h, v]) => !sectionAt(h, v))) return location.reload();
    const at = Reveal.getIndices();
    for (const [h, v, html] of slides) {
      const fresh = parser.parseFromString(html, "text/html").querySelector("section");
      replaceSlide(sectionAt(h, v), document.importNode(fresh, true));
    }
    document.querySelector('meta[name="kejian-version"]').content = now;
    pristine = null;
    Reveal.slide(at.h, at.v, at.f);
    window.kejianFitAgain?.();
  }

  async function patch() {
    const fresh = await fetched();
    if (!fresh) return; // the deck is gone: the last good page stays
    pristine ??= document;
    if (!window.Reveal?.isReady?.() || !pristine || settings(fresh) !== settings(pristine)) return location.reload();
    const [before, after] = [sections(pristine), sections(fresh)];
    const slides = document.querySelector(".slides");
    const at = Reveal.getIndices();
    const shown = [...slides.children].filter((node) => node.tagName === "SECTION");
    const nodes = [...fresh.querySelectorAll(".slides > section")].map((node) => document.importNode(node, true));
    if (before.length === after.length && shown.length === before.length) {
      nodes.forEach((node, n) => before[n] !== after[n] && shown[n].replaceWith(node)); // all of them if `pristine` is the page
    } else {
      slides.replaceChildren(...nodes);
    }
    document.title = fresh.title;
    replaceOne(fresh, "body > svg");
    replaceOne(fresh, "head > style");
    replaceOne(fresh, 'meta[name="kejian-version"]');
    pristine = fresh;
    Reveal.sync();
    Reveal.slide(at.h, at.v, at.f);
    window.kejianFitAgain?.();
  }

  function reloadStyles(paths) {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const path = decodeURIComponent(new URL(link.href).pathname.slice(1));
      if (paths.includes(path)) link.href = `${link.href.split("?")[0]}?${Date.now()}`;
    }
  }

  function overlay(findings) {
    document.getElementById("kejian-findings")?.remove();
    const worst = findings.filter((found) => found.severity !== "hint");
    if (!worst.length) return;
    const box = document.createElement("aside");
    box.id = "kejian-findings";
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:99;max-height:40vh;overflow:auto;padding:.6em 1em;font:14px/1.5 system-ui,sans-serif;background:#fff4f0;color:#582018;border-top:3px solid #d0302c;white-space:pre-wrap";
    box.textContent = worst.map((found) => `${found.place} ${found.severity}: ${found.message}${found.hint ? `\n    ${found.hint}` : ""}`).join("\n");
    const close = document.createElement("button");
    close.textContent = "×";
    close.style.cssText = "position:absolute;top:.2em;right:.6em;border:0;background:none;font-size:1.4em;cursor:pointer";
    close.addEventListener("click", () => box.remove());
    box.append(close);
    document.body.append(box);
  }

  function mark(running) {
    for (const output of document.querySelectorAll(".output")) {
      const call = output.querySelector(".provenance")?.dataset.call ?? "";
      output.classList.toggle("running", running.some((name) => call.startsWith(`${name}(`)));
    }
  }

  const events = new EventSource("/_events");
  const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("hello", remember);
  on("patched", patchSlides);
  on("changed", (paths) => {
    reloadStyles(paths.filter((path) => path.endsWith(".css")));
    if (paths.includes(here) || paths.some((path) => path.endsWith(".js"))) patch();
  });
  on("findings", overlay);
  on("running", mark);
})();

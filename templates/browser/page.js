// The whole page: which slides it has, which of them asked for a file, and frames around what a screenshot is about.
(function () {
  "use strict";
  const ASKING = ["src", "poster", "data", "data-src", "data-background-image", "data-background-video", "data-background-iframe"];

  function asks(element, url) {
    const urls = [...(element.getAttribute("style") ?? "").matchAll(/url\(\s*["']?([^"')]+)/g)].map(([, one]) => one);
    urls.push(...ASKING.map((name) => element.getAttribute(name)).filter(Boolean));
    if (!element.matches("a") && element.hasAttribute("href")) urls.push(element.getAttribute("href"));
    return urls.some((one) => URL.parse(one, document.baseURI)?.href === url);
  }

  /**
   * The slide that asked for an address, as its two numbers.
   * @param {string} url
   * @returns {[h: number, v: number] | null}
   */
  function owner(url) {
    const all = [...document.querySelectorAll(".slides section.slide, .slides section.slide *")];
    const { h, v } = all.find((one) => asks(one, url))?.closest("section.slide").dataset ?? {};
    return h ? [Number(h), Number(v)] : null;
  }

  /** @returns {[h: number, v: number][]} */
  const slides = () => [...document.querySelectorAll(".slides section.slide")].map(({ dataset: { h, v } }) => [Number(h), Number(v)]);

  // Frames around what a screenshot is about.
  function mark(boxes) {
    for (const [code, [left, top, width, height]] of boxes) {
      const frame = document.createElement("div");
      frame.className = "kejian-mark";
      frame.title = code;
      frame.style.cssText = `position:fixed;z-index:99;left:${left - 2}px;top:${top - 2}px;width:${width}px;height:${height}px;border:2px solid #e0218a;pointer-events:none`;
      document.body.append(frame);
    }
  }
  const unmark = () => document.querySelectorAll(".kejian-mark").forEach((one) => one.remove());

  window.kejian.page = { owner, slides, mark, unmark };
})();

// The links on the pages of the print view: where they are on their page, and where they lead.
(function () {
  "use strict";

  // The slides by column and row, as reveal.js counts them: without those that are left out of the talk.
  function columns() {
    const all = new Map();
    for (const slide of document.querySelectorAll(".pdf-page section.slide")) {
      const { h, v } = slide.dataset;
      all.set(h, (all.get(h) ?? new Map()).set(v, slide));
    }
    return [...all.values()].map((rows) => [...rows.values()]);
  }

  // The place of the slide that a fragment of an address names: `#/2/1`, `#/name` or `#name`.
  function place(hash) {
    const name = decodeURIComponent(hash.replace(/^#\/?/, ""));
    const [h, v = 0] = name.split("/").map(Number);
    const found = document.getElementById(name)?.closest("section.slide") ?? columns()[h]?.[v];
    return found ? [Number(found.dataset.h), Number(found.dataset.v)] : null;
  }

  function target(link) {
    const written = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
    const url = URL.parse(written, location.href.replace(/[?#].*$/, ""));
    if (!url || /^(https?|mailto|tel):$/.test(url.protocol)) return { address: url?.href ?? "", slide: null };
    const here = url.pathname === location.pathname && url.hash;
    return { address: "", slide: here ? place(url.hash) : null };
  }

  // Width and height of the deck's slides, whose margins are on their pages as well.
  /** @returns {[width: number, height: number]} */
  function size() {
    const { width, height } = Reveal.getComputedSlideSize(innerWidth, innerHeight);
    return [width, height];
  }

  /**
   * The links on the page of this number, from 0: a box for each line of text that one takes, in the slide's pixels.
   * @param {number} number
   */
  function on(number) {
    const page = document.querySelectorAll(".pdf-page")[number];
    const { left, top, right, bottom, width } = page.getBoundingClientRect();
    const own = page.querySelector("section.slide").dataset;
    const scale = size()[0] / width;
    const found = [];
    for (const link of page.querySelectorAll("section a")) {
      const { address, slide } = target(link);
      const stays = slide && slide[0] === Number(own.h) && slide[1] === Number(own.v);
      if (!(address || slide) || stays || link.closest("aside.notes")) continue;
      for (const one of link.getClientRects()) {
        const seen = one.width > 1 && one.height > 1 && one.left < right && one.right > left && one.top < bottom && one.bottom > top;
        if (seen) found.push({ box: [one.left - left, one.top - top, one.width, one.height].map((side) => scale * side), address, slide });
      }
    }
    return found;
  }

  window.kejian.links = { on, size };
})();

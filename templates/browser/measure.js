// What is to be seen on the open slide, in its own pixels: blocks of text and pictures, each with the boxes of its
// lines, as far as nothing clips them. Injected by checks in a browser; no published page holds it.
(function () {
  "use strict";
  const UNSEEN = "aside.notes, .provenance, math, script, style, template, .more";
  const DRAWN = "img, video, canvas, iframe, svg, pre";

  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const inline = (element) => /^(inline|contents|ruby)/.test(getComputedStyle(element).display);

  function words(element) {
    const text = (element.matches("img") ? element.getAttribute("src") : element.textContent).replace(/\s+/g, " ").trim();
    const name = element.tagName.toLowerCase() + [...element.classList].slice(0, 2).map((one) => `.${one}`).join("");
    return text ? `${name} “${text.length > 40 ? `${text.slice(0, 40)}…` : text}”` : name;
  }

  // The slide's frame: screen pixels to its own ones.
  function frame(slide) {
    const at = slide.getBoundingClientRect();
    const scale = at.width / slide.offsetWidth || 1;
    const into = (box, trim = 0) => ({
      left: (box.left - at.left) / scale,
      right: (box.right - at.left) / scale,
      top: (box.top - at.top) / scale + trim,
      bottom: (box.bottom - at.top) / scale - trim,
    });
    const screen = into(document.querySelector(".slides").getBoundingClientRect()); // a plain slide is as high as what is on it
    return { scale, into, screen, width: slide.offsetWidth, height: slide.offsetHeight };
  }

  const meet = (a, b) => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const around = (boxes) =>
    boxes.reduce((a, b) => ({
      left: Math.min(a.left, b.left),
      right: Math.max(a.right, b.right),
      top: Math.min(a.top, b.top),
      bottom: Math.max(a.bottom, b.bottom),
    }));
  const some = (box, least = 0) => box.right - box.left > least && box.bottom - box.top > least;

  // What the ancestors of an element let through, up to the slide.
  function window_(element, slide, look, known) {
    if (element === slide) return { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 };
    if (!known.has(element)) {
      const outer = window_(element.parentElement, slide, look, known);
      const clips = getComputedStyle(element).overflow !== "visible" && !inline(element);
      known.set(element, clips ? meet(outer, look.into(element.getBoundingClientRect())) : outer);
    }
    return known.get(element);
  }

  function blockOf(element, slide) {
    while (element !== slide && inline(element)) element = element.parentElement;
    return element;
  }

  function wanted(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
    if (node.matches(UNSEEN) || node.parentElement.closest("svg")) return NodeFilter.FILTER_REJECT;
    return visible(node) || getComputedStyle(node).display === "contents" ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
  }
  const leaves = (slide) => document.createTreeWalker(slide, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, wanted);

  function boxesOf(node, look) {
    if (node.nodeType !== Node.TEXT_NODE) return [look.into(node.getBoundingClientRect())];
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    return [...range.getClientRects()].map((box) => look.into(box, Math.max(0, (box.height / look.scale - size) / 2)));
  }

  // [{ element, boxes, text }] of the slide: a block with its lines, or something drawn; and each text with its size.
  function seen(slide) {
    const look = frame(slide);
    const blocks = new Map();
    const texts = [];
    const known = new Map();
    const walker = leaves(slide);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const isText = node.nodeType === Node.TEXT_NODE;
      if (isText) texts.push(node);
      if (node.parentElement.closest(DRAWN) || !(isText || node.matches(DRAWN))) continue; // a drawn thing is one block
      const element = isText ? node.parentElement : node;
      const clip = window_(isText ? element : element.parentElement, slide, look, known);
      const boxes = boxesOf(node, look).map((box) => meet(box, clip)).filter((box) => some(box));
      const block = blockOf(element, slide);
      if (boxes.length) blocks.set(block, [...(blocks.get(block) ?? []), ...boxes]);
    }
    return { look, texts, blocks: [...blocks].map(([element, boxes]) => ({ element, boxes })) };
  }

  window.kejian.measure = { seen, words, visible, meet, some, around };
})();

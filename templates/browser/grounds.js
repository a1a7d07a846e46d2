// Text on a picture or a gradient, of which no style says how bright it is: the slide's ground is looked at as it is
// drawn, without the text, in a screenshot that the check takes. Injected by checks in a browser; no published page holds it.
(function () {
  "use strict";
  const { seen, words } = window.kejian.measure;
  const DRAWN = ["data-background-image", "data-background-gradient", "data-background-video"];
  const STEP = 3; // pixels from one that is looked at to the next
  const WORST = 0.1; // the share of them that may be worse
  const [LARGE, BOLD, LEAST, LEAST_LARGE] = [24, 18.66, 4.5, 3]; // WCAG's own, in pixels and as ratios

  const slide = () => Reveal.getCurrentSlide();

  function needed() {
    const { backgroundImage } = getComputedStyle(Reveal.getSlideBackground(slide()).querySelector(".slide-background-content"));
    return backgroundImage !== "none" || DRAWN.some((name) => slide().hasAttribute(name));
  }

  const hide = () => slide().style.setProperty("visibility", "hidden");
  const show = () => slide().style.removeProperty("visibility");

  const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (rgb) => [0.2126, 0.7152, 0.0722].reduce((sum, share, n) => sum + share * linear(rgb[n] / 255), 0);
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

  // A box with a ground of its own is for the rules that read styles.
  function standsFree(element) {
    for (let one = element; one && one !== slide(); one = one.parentElement) {
      const alpha = /rgba\(.*,\s*([\d.]+)\)$/.exec(getComputedStyle(one).backgroundColor);
      if (!alpha || Number(alpha[1]) > 0.5) return false;
    }
    return true;
  }

  async function drawn(screenshot) {
    const picture = Object.assign(new Image(), { src: `data:image/png;base64,${screenshot}` });
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(picture, 0, 0);
    return pen;
  }

  function worst(pen, box, colour) {
    const [left, top, width, height] = [box.left, box.top, box.width, box.height].map(Math.round);
    if (width < 1 || height < 1 || left < 0 || top < 0) return null;
    const { data } = pen.getImageData(left, top, width, height);
    const ratios = [];
    for (let at = 0; at < data.length; at += 4 * STEP) ratios.push(contrast(luminance(data.slice(at, at + 3)), colour));
    ratios.sort((a, b) => a - b);
    return ratios[Math.floor(ratios.length * WORST)];
  }

  function judged(node, pen) {
    const element = node.parentElement;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const colour = (color.match(/[\d.]+/g) ?? []).map(Number);
    if (colour.length < 3 || !color.startsWith("rgb") || !standsFree(element)) return null;
    const range = document.createRange();
    range.selectNodeContents(node);
    const found = [...range.getClientRects()].map((box) => worst(pen, box, luminance(colour))).filter((one) => one !== null);
    const size = parseFloat(fontSize) * Reveal.getScale();
    const least = size >= LARGE || (size >= BOLD && Number(fontWeight) >= 700) ? LEAST_LARGE : LEAST;
    const ratio = Math.min(...found);
    return found.length && ratio < least ? { element, ratio, least } : null;
  }

  // [{ code, message, boxes }] of the open slide, whose ground the screenshot shows.
  async function measure(screenshot) {
    const pen = await drawn(screenshot);
    const found = seen(slide()).texts.map((node) => judged(node, pen)).filter(Boolean);
    if (!found.length) return [];
    const { element, ratio, least } = found.reduce((a, b) => (b.ratio < a.ratio ? b : a));
    const more = found.length > 1 ? ` and ${found.length - 1} more` : "";
    const boxes = found.map((one) => {
      const { left, top, width, height } = one.element.getBoundingClientRect();
      return [left, top, width, height];
    });
    const said = `a contrast of ${ratio.toFixed(2)}:1 with what is behind it, less than ${least}`;
    return [{ code: "low-contrast", message: `${words(element)}${more} has ${said}`, boxes }];
  }

  window.kejian.grounds = { needed, hide, show, measure };
})();

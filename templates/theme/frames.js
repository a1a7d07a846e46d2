// Frames of other hosts: a link with a picture becomes one while its slide is shown and there is a network, and is a link
// again when the slide is left, so that nothing plays on unseen. The page's policy says which hosts there may be.
(function () {
  "use strict";
  if (window.kejian.view.reading) return;
  const RIGHTS = "fullscreen; picture-in-picture; encrypted-media";
  const CONFINED = "allow-scripts allow-same-origin allow-presentation allow-popups allow-forms";

  function framed(link) {
    const frame = document.createElement("iframe");
    frame.title = link.textContent.trim();
    frame.allow = RIGHTS;
    frame.sandbox.value = CONFINED;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = link.href;
    const box = Object.assign(document.createElement("div"), { className: `${link.className} live` });
    box.style.cssText = link.style.cssText;
    box.append(frame);
    return box;
  }

  const shown = new Map();

  function leave() {
    for (const [link, box] of shown) box.replaceWith(link);
    shown.clear();
  }

  function show() {
    leave();
    if (!navigator.onLine || Reveal.isOverview() || Reveal.isScrollView()) return;
    if (document.documentElement.classList.contains("reveal-print")) return;
    /** @type {NodeListOf<HTMLAnchorElement> | undefined} */
    const links = Reveal.getCurrentSlide()?.querySelectorAll("a.kj-frame");
    for (const link of [...(links ?? [])]) {
      const box = framed(link);
      link.replaceWith(box);
      shown.set(link, box);
    }
  }

  for (const name of ["ready", "slidechanged", "overviewhidden"]) Reveal.on(name, show);
  Reveal.on("overviewshown", leave);
  addEventListener("online", show);
  addEventListener("offline", leave);
})();

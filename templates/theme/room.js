// In the lecture room and at the reader's desk: keys of our own and the list of all keys, the other view, a red dot
// that follows the mouse, and a closer look at what it points to.
(function () {
  "use strict";
  const ours = /** @type {HTMLScriptElement} */ (document.currentScript).src; // none in a page that holds everything itself
  const root = document.documentElement;
  const { reading, switchTo, read } = window.kejian.view;
  const { keyboard } = JSON.parse(document.querySelector("script#reveal-config").textContent);
  /** @type {HTMLDialogElement} */
  const help = document.querySelector("dialog#keys");
  const dot = Object.assign(document.createElement("div"), { className: "pointer-dot", hidden: true });
  let at = { clientX: innerWidth / 2, clientY: innerHeight / 2 };
  root.append(dot); // not in the body, which a closer look enlarges

  const current = () => (reading || Reveal.isScrollView() ? read() : Reveal.getCurrentSlide());
  const zoomed = () => root.classList.contains("zoomed");

  function place() {
    dot.style.translate = `${at.clientX}px ${at.clientY}px`;
  }

  function togglePointer() {
    dot.hidden = !dot.hidden;
    root.classList.toggle("pointing", !dot.hidden);
    place();
  }

  // reveal.js' plugin listens for a click with a key that differs between systems.
  function zoom() {
    const click = { ...at, altKey: true, ctrlKey: true, bubbles: true };
    document.querySelector(".reveal").dispatchEvent(new MouseEvent("mousedown", click));
  }

  // All marks of the slide open together, or close together.
  function toggleProvenance() {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const all = (reading ? document : current()).querySelectorAll(".provenance");
    const marks = [...all];
    const open = marks.some((mark) => !mark.open);
    for (const mark of marks) mark.open = open;
  }

  // The pen and the board come when they are first asked for.
  function draw(what) {
    if (window.kejian.ink) return window.kejian.ink[what]();
    const onload = () => window.kejian.ink[what]();
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("ink.js", ours), onload }));
  }

  const EVERYWHERE = {
    "?": () => help.showModal(),
    f1: () => help.showModal(),
    r: () => switchTo(current()),
    d: () => window.kejian.toggleTheme(),
    i: toggleProvenance,
  };
  const ON_SLIDES = { q: togglePointer, z: zoom, w: () => draw("pen"), t: () => draw("turnBoard") };
  const ACTS = reading ? EVERYWHERE : { ...EVERYWHERE, ...ON_SLIDES };

  // The letter of a key, also where an input method for Chinese keeps it to itself.
  function named({ key, code }) {
    return key.length === 1 || key === "F1" ? key.toLowerCase() : (/^Key([A-Z])$/.exec(code)?.[1] ?? "").toLowerCase();
  }

  // Somebody else wants the key: a field to write in, a dialog, a blank screen, or the deck's own binding of it.
  function taken(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || keyboard === false) return true;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return true;
    if (typeof keyboard === "object" && keyboard && event.keyCode in keyboard) return true;
    return !reading && (!Reveal.isReady() || Reveal.isPaused() || Reveal.isOverlayOpen());
  }

  function onKey(event) {
    if (event.key === "Escape" && zoomed()) return event.stopPropagation(); // the plugin hears the key go up
    if (/^(Enter| )$/.test(event.key) && event.target.closest?.("button, summary")) return event.stopPropagation();
    const act = taken(event) ? null : ACTS[named(event)];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // A button that the mouse has pressed gives the keys back to the slides.
  function release(event) {
    if (event.detail) event.target.closest?.(".corner button, .copy")?.blur();
  }

  // Buttons, arrows and marks are there while the mouse moves or something has the focus, and two seconds longer.
  const QUIET = 2000;
  /** @type {ReturnType<typeof setTimeout>} */
  let quiet;
  function stir() {
    root.classList.remove("quiet");
    clearTimeout(quiet);
    quiet = setTimeout(() => root.classList.add("quiet"), QUIET);
  }
  for (const name of ["mousemove", "pointerdown", "focusin"]) addEventListener(name, stir, { passive: true });
  addEventListener("fullscreenchange", () => root.classList.toggle("quiet", Boolean(document.fullscreenElement)));
  stir();

  addEventListener("keydown", onKey, true);
  addEventListener("click", release, true);
  help.addEventListener("keydown", (event) => event.stopPropagation()); // else reveal.js turns the slides behind it
  help.addEventListener("click", (event) => event.target === help && help.close());
  help.querySelector("button").addEventListener("click", () => help.close());
  addEventListener("mousemove", (event) => {
    at = { clientX: event.clientX, clientY: event.clientY };
    if (!dot.hidden) place();
  });
  document.querySelector(".keys-toggle").addEventListener("click", () => help.showModal());
  const query = new URLSearchParams(location.search);
  if (query.get("view") === "print" && query.has("ink")) draw("onPaper");
  document.querySelector(".ink-toggle")?.addEventListener("click", () => draw("pen"));
  document.querySelector(".view-toggle").addEventListener("click", () => switchTo(current()));
})();

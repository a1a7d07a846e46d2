// The search box: always open on the index, in a dialog elsewhere. What finds, and what is found, is loaded at first use.
(function () {
  "use strict";
  const box = document.querySelector(".finder");
  /** @type {HTMLDialogElement | null} */
  const dialog = box?.closest("dialog");
  const button = document.querySelector(".search-open");
  if (!box || /[?&](receiver|print-pdf|view=print)/.test(location.search)) return button?.remove();

  const SHOWN = 50;
  const ALL = 1e4; // fragments: what was found is not kept back
  const { page: here, count: COUNT, none: NONE, here: HERE, others: OTHERS, loading: LOADING, failed: FAILED } = box.dataset;
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("[role=listbox]");
  const ours = /** @type {HTMLScriptElement} */ (document.currentScript).src; // none in a page that holds everything itself
  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");
  let finder = null;
  let unread = true; // pages that the finder has yet to read
  let composing = false; // an input method shows what is not yet written

  function load(name) {
    return new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: new URL(name, ours), onload: done, onerror: failed });
      document.head.append(script);
    });
  }

  async function prepare() {
    if (ours) await Promise.all(["minisearch.js", "find.js", "passages.js"].map(load));
    const made = window.kejian.finder(window.kejian.passages, here);
    readOn(made);
    return made;
  }

  // The other pages are read while the reader may type. What is chosen stays as long as it is not the first.
  async function readOn(made) {
    for (let n = 1; made.readOn(); n++) {
      await new Promise((done) => setTimeout(done));
      if (n % 8 === 0 && list.hidden) look();
    }
    unread = false;
    if (list.hidden || chosen() === options()[0]) look();
  }

  // An address as reveal.js reads it; a name of digits alone would be taken for a number.
  function fragment(anchor, slide) {
    const name = encodeURIComponent(anchor).replace(/^\d(?=\d*$)/, (digit) => `%3${digit}`);
    return slide ? `#/${name}` : anchor && `#${name}`;
  }

  function address({ path, anchor, own, slide }) {
    const rest = fragment(anchor, slide);
    if (own) return rest || "#";
    return new URL(`../${path.split("/").map(encodeURIComponent).join("/")}`, ours).href + rest;
  }

  function written(name, pieces) {
    const element = Object.assign(document.createElement("span"), { className: name });
    element.append(
      ...pieces.map(([text, marked]) => (marked ? Object.assign(document.createElement("mark"), { textContent: text }) : text)),
    );
    return element;
  }

  function option(found, n) {
    const link = Object.assign(document.createElement("a"), { href: address(found), id: `kejian.found.${n}`, tabIndex: -1 });
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.append(written("name", found.title));
    if (!found.own) link.append(written("where", [[found.page, false]]));
    if (found.number) link.append(written("number", [[String(found.number), false]]));
    if (found.text.length) link.append(written("words", found.text));
    if (found.own) link.dataset.anchor = found.anchor;
    return link;
  }

  function group(name, members) {
    const element = document.createElement("div");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", name);
    const label = Object.assign(document.createElement("div"), { className: "label", textContent: name });
    label.setAttribute("aria-hidden", "true");
    element.append(label, ...members);
    return element;
  }

  function choose(one) {
    chosen()?.setAttribute("aria-selected", "false");
    one?.setAttribute("aria-selected", "true");
    one?.scrollIntoView({ block: "nearest" });
    if (one) input.setAttribute("aria-activedescendant", one.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function fill(found) {
    const all = found.map(option);
    const own = all.filter((_, n) => found[n].own);
    const others = all.filter((_, n) => !found[n].own);
    const parts = [
      [HERE, own],
      [OTHERS, others],
    ].filter(([, members]) => members.length);
    list.replaceChildren(...(own.length ? parts.map((part) => group(...part)) : others));
    list.hidden = !all.length;
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(Boolean(all.length)));
    choose(all[0]);
  }

  function say(words, value = "") {
    status.textContent = words.replace("%", () => value);
  }

  function show({ search }) {
    if (composing) return;
    const query = input.value.trim();
    const { count, found } = query ? search(query, SHOWN) : { count: 0, found: [] };
    fill(found);
    say(!query ? "" : count ? COUNT : unread ? LOADING : NONE, count || query);
  }

  async function look() {
    if (!finder) {
      say(LOADING);
      finder = prepare();
    }
    try {
      show(await finder);
    } catch {
      say(FAILED);
      finder = null;
    }
  }

  function open() {
    if (dialog && !dialog.open) dialog.showModal();
    input.focus();
    input.select();
  }

  function move(step) {
    const all = options();
    const at = all.indexOf(chosen());
    choose(all[(at + step + all.length) % all.length]);
  }

  // In an open deck the slide is turned to, with all that it shows step by step; other places are for the browser.
  function follow(event) {
    const link = event.target.closest("[role=option]");
    if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const slide = "anchor" in link.dataset && document.getElementById(link.dataset.anchor);
    dialog.close();
    /** @type {HTMLElement} */ (document.activeElement)?.blur(); // the keys are the slides' again, not the button's
    if (!slide || !window.Reveal?.isReady?.()) return;
    event.preventDefault();
    if (Reveal.isOverview()) Reveal.toggleOverview(false);
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v, ALL);
  }

  function onKey(event) {
    event.stopPropagation(); // else reveal.js turns slides behind the dialog
    if (event.isComposing) return; // the keys are the input method's
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && event.target === input) chosen()?.dispatchEvent(new MouseEvent("click", event));
    else if (event.key === "Escape" && !dialog && input.value) {
      input.value = "";
      look();
    } else return;
    event.preventDefault();
  }

  function isWriting({ target }) {
    return target.closest?.("input, textarea, select, [contenteditable], dialog");
  }

  function onCall(event) {
    const called = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(event);
    if (!(called && !document.querySelector("dialog[open]")) && !slash) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  }

  addEventListener("keydown", onCall, true); // before reveal.js, whose `/` blackens the screen
  for (const name of ["start", "end"]) input.addEventListener(`composition${name}`, () => (composing = name === "start"));
  for (const name of ["input", "compositionend"]) input.addEventListener(name, look);
  input.addEventListener("focus", () => finder || look(), { once: true });
  list.addEventListener("click", follow);
  button?.addEventListener("click", open);
  box.addEventListener("keydown", onKey);
  if (!dialog) return;
  for (const name of ["keydown", "wheel"]) dialog.addEventListener(name, (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
})();

// Drawing on slides and on a blank board, with a mouse, a pen or a finger. Loaded when it is first asked for; what is drawn
// is kept until the page is closed, each slide's on that slide, in the slide's own pixels.
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const COLOURS = ["currentColor", "var(--red)", "var(--blue)", "var(--green)"];
  const WIDTH = 4; // of a line, in pixels of the slide
  const REACH = 12; // of the eraser, to either side
  const ICONS = {
    pen: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3",
    eraser: "m9 2 5 5-7 7H4l-3-3zM4 9l-1 2 1.6 1.4L8 9.4 6 7.2z",
    undo: "M6 2 1 6l5 4V7h4a2.5 2.5 0 0 1 0 5H6v2h4a4.5 4.5 0 0 0 0-9H6z",
    clear: "M3 4h10v2H3zM5 2h6v2H5zM4 7h8l-1 8H5z",
    board: "M1 2h14v9H9v2h3v2H4v-2h3v-2H1zm2 2v5h10V4z",
    print: "M4 1h8v4H4zM1 6h14v6h-3v-2H4v2H1zM5 11h6v4H5z",
    end: "m2 8 2-2 3 3 6-6 2 2-8 8z",
  };
  const BOARDS = ["", "white", "black"];
  const KEPT = `kejian ink ${location.pathname}`;

  const layers = new Map(); // drawings by the id of their slide, or by the name of their board
  const points = new WeakMap(); // of each line
  let tool = "pen";
  let colour = 1;
  let board = "";
  let line = null;
  let holding = 0; // the pointer that draws or erases
  let stylus = false; // one is there, so that the hand beside it draws nothing

  const box = (className) => Object.assign(document.createElement("div"), { className, hidden: true });
  const [pad, ground, tools] = ["ink-pad", "ink-board", "ink-tools"].map(box);
  const active = () => !pad.hidden;

  function layer(name) {
    if (!layers.has(name)) {
      const made = document.createElementNS(SVG, "svg");
      made.setAttribute("class", "ink");
      made.setAttribute("aria-hidden", "true");
      layers.set(name, made);
    }
    return layers.get(name);
  }

  // What is drawn on now. A preview may have put the slide here anew, without its drawing.
  function surface() {
    const parent = board ? ground : Reveal.getCurrentSlide();
    const drawing = layer(board ? `board ${board}` : parent.id);
    if (drawing.parentElement !== parent) parent.append(drawing);
    return drawing;
  }

  function restore() {
    const slide = Reveal.getCurrentSlide();
    if (slide && layers.has(slide.id)) surface();
  }

  function place({ clientX, clientY }) {
    const parent = surface().parentElement;
    const { left, top, width } = parent.getBoundingClientRect();
    const scale = parent.offsetWidth / width;
    return [(clientX - left) * scale, (clientY - top) * scale];
  }

  // Through the middles of its parts, so that there are no corners.
  function path(all) {
    const [first, ...rest] = all.map((point) => point.map((value) => Math.round(value * 10) / 10));
    let way = `M${first} L${first}`;
    rest.forEach((point, n) => {
      const next = rest[n + 1] ?? point;
      way += ` Q${point} ${(point[0] + next[0]) / 2} ${(point[1] + next[1]) / 2}`;
    });
    return way;
  }

  function begin(event) {
    line = document.createElementNS(SVG, "path");
    line.style.cssText = `stroke: ${COLOURS[colour]}; stroke-width: ${WIDTH}px`;
    points.set(line, []);
    surface().append(line);
    extend(event);
  }

  function extend(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    const known = points.get(line);
    for (const one of events.length ? events : [event]) known.push(place(one));
    line.setAttribute("d", path(known));
  }

  function erase(event) {
    const [x, y] = place(event);
    for (const one of [...surface().children]) {
      if (points.get(one).some((point) => Math.hypot(point[0] - x, point[1] - y) < REACH)) one.remove();
    }
  }

  const erasing = (event) => tool === "eraser" || Boolean(event.buttons & 32); // the pen's other end
  const refused = (event) => !event.isPrimary || event.button > 0 || (stylus && event.pointerType === "touch");

  function down(event) {
    if (event.pointerType === "pen") stylus = true;
    if (refused(event) && !erasing(event)) return;
    event.preventDefault();
    holding = event.pointerId;
    pad.setPointerCapture(holding);
    if (erasing(event)) erase(event);
    else begin(event);
  }

  function move(event) {
    if (event.pointerId !== holding) return;
    if (line) extend(event);
    else erase(event);
  }

  function up() {
    line = null;
    holding = 0;
  }

  const undo = () => surface().lastElementChild?.remove();
  const clear = () => surface().replaceChildren();

  function choose(next, which = colour) {
    [tool, colour] = [next, which];
    pad.classList.toggle("erasing", tool === "eraser");
    for (const button of tools.querySelectorAll("[aria-pressed]")) {
      const { ink } = button.dataset;
      button.setAttribute("aria-pressed", String(ink === (tool === "pen" ? `pen ${colour}` : tool) || (ink === "board" && Boolean(board))));
    }
  }

  function showBoard(name) {
    board = name;
    ground.hidden = !board;
    ground.dataset.board = board;
    ground.replaceChildren();
    if (board) surface();
    choose(tool);
  }

  // On paper, as in the overview, a drawing stands on its slide: the print view gets what there is, in this tab alone.
  function printDrawings() {
    const slides = [...layers].filter(([name]) => document.getElementById(name));
    const kept = slides.map(([name, { children }]) => [name, [...children].map((one) => [one.getAttribute("style"), one.getAttribute("d")])]);
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
    const url = new URL(location.href);
    url.search = "?view=print&ink";
    url.hash = "";
    location.assign(url);
  }

  /** In the print view: the drawings that were kept for it. */
  function onPaper() {
    for (const [name, lines] of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) {
      const drawing = layer(name);
      for (const [style, way] of lines) {
        const drawn = document.createElementNS(SVG, "path");
        drawn.style.cssText = style;
        drawn.setAttribute("d", way);
        drawing.append(drawn);
      }
      document.getElementById(name)?.append(drawing);
    }
    if (Reveal.isReady()) window.print();
    else Reveal.on("pdf-ready", () => window.print());
  }

  function show(shown) {
    pad.hidden = tools.hidden = !shown;
    if (!shown) showBoard("");
    up();
  }

  /** The pen, or the slides again. */
  function pen() {
    if (Reveal.isOverview() || Reveal.isScrollView()) return;
    const drawing = active() && tool === "pen";
    choose("pen");
    show(!drawing);
  }

  /** The next board: a white one, a black one, none. */
  function turnBoard() {
    if (Reveal.isOverview() || Reveal.isScrollView()) return;
    if (!active()) show(true);
    showBoard(BOARDS[(BOARDS.indexOf(board) + 1) % BOARDS.length]);
  }

  const KEYS = { x: () => choose("eraser"), u: undo, c: clear, escape: () => show(false) };
  COLOURS.forEach((_, n) => (KEYS[n + 1] = () => choose("pen", n)));

  function onKey(event) {
    const act = KEYS[event.key.toLowerCase()];
    const elsewhere = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable], dialog");
    if (!(active() && act) || elsewhere) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function icon(name) {
    const drawn = document.createElementNS(SVG, "svg");
    const part = document.createElementNS(SVG, "path");
    drawn.setAttribute("viewBox", "0 0 16 16");
    drawn.setAttribute("aria-hidden", "true");
    part.setAttribute("d", ICONS[name]);
    part.setAttribute("fill-rule", "evenodd");
    drawn.append(part);
    return drawn;
  }

  function button(ink, key, act, pressed) {
    const [name] = ink.split(" ");
    const title = key ? `${words[name]} (${key})` : words[name];
    const made = Object.assign(document.createElement("button"), { type: "button", title });
    made.dataset.ink = ink;
    made.setAttribute("aria-label", title);
    made.append(icon(name));
    if (pressed) made.setAttribute("aria-pressed", "false");
    made.addEventListener("click", (event) => {
      act();
      if (event.detail) made.blur(); // the mouse gives the keys back to the slides
    });
    tools.append(made);
    return made;
  }

  const words = JSON.parse(document.body.dataset.ink ?? "{}"); // none in a course's own template of before
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", words.tools);
  COLOURS.forEach((value, n) => (button(`pen ${n}`, String(n + 1), () => choose("pen", n), true).style.color = value));
  button("eraser", "X", () => choose("eraser"), true);
  button("undo", "U", undo, false);
  button("clear", "C", clear, false);
  button("board", "T", turnBoard, true);
  button("print", "", printDrawings, false);
  button("end", "Esc", () => show(false), false);
  document.body.append(ground, pad, tools);
  for (const [name, act] of Object.entries({ pointerdown: down, pointermove: move, pointerup: up, pointercancel: up })) pad.addEventListener(name, act);
  addEventListener("keydown", onKey, true);
  Reveal.on("slidechanged", () => {
    showBoard("");
    restore();
  });
  Reveal.on("overviewshown", () => show(false));

  window.kejian.ink = { pen, turnBoard, onPaper };
})();

// The phone's page: exchanges the code of its address, shows where the talk is, and asks for the next or the previous slide.
(function () {
  "use strict";
  const ROOT = "/_remote";
  const BEGAN = "kejian-remote-began";
  const main = document.querySelector("main");
  /** @type {HTMLFormElement} */
  const form = document.querySelector("#join");
  /** @type {HTMLInputElement} */
  const field = document.querySelector("#code");
  const timer = document.querySelector("#timer");
  /** @type {EventSource | undefined} */
  let events;

  const say = (id, words) => (document.getElementById(id).textContent = words);
  const hide = (id, hidden) => (document.getElementById(id).hidden = hidden);
  const post = (path, said) => fetch(ROOT + path, { method: "POST", body: JSON.stringify(said) });

  // A phone that sleeps stops scripts: time is what has passed since, and not what was counted.
  const now = () => Math.floor(Date.now() / 1000);
  let began = Number(sessionStorage.getItem(BEGAN)) || now();
  function start() {
    began = now();
    sessionStorage.setItem(BEGAN, String(began));
    tick();
  }
  function tick() {
    const [seconds, minutes, hours] = [(s) => s % 60, (s) => Math.floor(s / 60) % 60, (s) => Math.floor(s / 3600)].map((of) => of(now() - began));
    const two = (n) => String(n).padStart(2, "0");
    timer.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  }

  function show({ number, count, title, next, notes }) {
    hide("none", Boolean(number));
    document.querySelector("article").hidden = !number;
    say("number", number ? `${number} / ${count}` : "");
    say("title", title ?? "");
    say("next", next ?? "");
    hide("upcoming", !next);
    if (document.getElementById("notes").textContent === (notes ?? "")) return;
    say("notes", notes ?? "");
    document.getElementById("notes").scrollTop = 0;
  }

  function ask(refused = "") {
    form.hidden = false;
    main.hidden = true;
    for (const words of form.querySelectorAll("[data-refused]")) words.hidden = words.dataset.refused !== refused;
    field.focus();
  }

  // A phone that wakes up listens again, with its token; a phone without one has to say the code.
  function listen() {
    events?.close();
    events = new EventSource(`${ROOT}/events`);
    events.addEventListener("place", ({ data }) => {
      if (!sessionStorage.getItem(BEGAN)) start();
      hide("lost", true);
      [form.hidden, main.hidden] = [true, false];
      show(JSON.parse(data));
    });
    events.addEventListener("error", () => {
      if (main.hidden && events.readyState === EventSource.CLOSED) ask();
      else hide("lost", false);
    });
  }

  async function join(code) {
    const answer = await post("/join", { code });
    if (answer.ok) return listen();
    const { refused } = await answer.json();
    ask(refused);
  }

  async function turn(to) {
    navigator.vibrate?.(10);
    const answer = await post("/turn", { to }).catch(() => null);
    if (!answer?.ok) hide("lost", false);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    join(field.value);
  });
  for (const button of main.querySelectorAll("nav button")) button.addEventListener("click", () => turn(button.dataset.to));
  timer.addEventListener("click", start);
  addEventListener("keydown", ({ key, target }) => {
    const to = { ArrowRight: "next", ArrowLeft: "previous", PageDown: "next", PageUp: "previous" }[key];
    if (to && target !== field) turn(to);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && !main.hidden && listen());
  setInterval(tick, 500);
  tick();

  const code = location.hash.slice(1);
  history.replaceState(null, "", ROOT); // a code counts once, and need not be seen
  if (code) join(code);
  else listen();
})();

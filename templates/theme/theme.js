// Runs before the first paint: the reader's choice of light or dark, kept for the next page where that is allowed. Until
// there is one, a page in the house's own colours follows the system; on paper it is as its author has it.
(function () {
  "use strict";
  const root = document.documentElement;
  const KEY = "kejian-theme";

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is blocked: the author's theme stays
    }
  }

  function toggle() {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // storage is blocked: the choice holds for this page alone
    }
  }

  const choice = remembered();
  const chosen = choice === "light" || choice === "dark";
  const follows = "follows" in root.dataset && !/[?&](print-pdf|view=print)/.test(location.search);
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => (root.dataset.theme = system.matches ? "dark" : "light");
  if (chosen) root.dataset.theme = choice;
  else if (follows) {
    follow();
    system.addEventListener("change", () => remembered() || follow());
  }
  addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue) root.dataset.theme = event.newValue;
  });
  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".theme-toggle")) button.addEventListener("click", toggle);
  });
  window.kejian ??= /** @type {Window["kejian"]} */ ({}); // all that our scripts share; this one is the first
  window.kejian.toggleTheme = toggle;
})();

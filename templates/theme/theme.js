// Runs before the first paint: the reader's choice of light or dark, kept for the next page where that is allowed.
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
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;
  addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue) root.dataset.theme = event.newValue;
  });
  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".theme-toggle")) button.addEventListener("click", toggle);
  });
  window.kejianToggleTheme = toggle;
})();

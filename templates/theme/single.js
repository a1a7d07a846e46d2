// In a deck that is one file: a picture that many slides show stands in the page once, and is put into its places here.
(function () {
  "use strict";
  const SHOWING = new Set(["src", "poster", "data-src", "data-background-image", "data-background-video"]); // others could act
  const files = JSON.parse(document.querySelector("script[id='kejian.files']").textContent);
  for (const element of document.querySelectorAll("[data-file]")) {
    for (const [, name, number] of element.dataset.file.matchAll(/(\S+) (\d+)/g)) {
      if (SHOWING.has(name) && number in files) element.setAttribute(name, files[number]);
    }
  }
})();

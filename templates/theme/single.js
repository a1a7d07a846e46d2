// In a deck that is one file: a picture that many slides show stands in the page once, and is put into its places here.
(function () {
  "use strict";
  const files = JSON.parse(document.getElementById("kejian.files").textContent);
  for (const element of document.querySelectorAll("[data-file]")) {
    for (const [, name, number] of element.dataset.file.matchAll(/(\S+) (\d+)/g)) element.setAttribute(name, files[number]);
  }
})();

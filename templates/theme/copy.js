// A button in the corner of each listing that copies it, without the numbers of its lines.
(function () {
  "use strict";
  const SHOWN = 1600; // milliseconds that a button says it is done
  const ICON =
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path class="sheets" d="M5 1h9v10h-3V4H5zM2 5h8v10H2z"/><path class="tick" d="m2 9 2-2 3 3 6-7 2 2-8 9z"/></svg>';
  const { copy: COPY, copied: COPIED } = document.body.dataset;
  const status = Object.assign(document.createElement("div"), { className: "spoken" });
  status.setAttribute("role", "status");
  document.body.append(status);

  function addButtons(root) {
    for (const code of root.querySelectorAll("pre > code")) {
      if (code.closest(".output, .problem") || code.querySelector(":scope > .copy") || !code.textContent.trim()) continue;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", title: COPY, innerHTML: ICON });
      button.setAttribute("aria-label", COPY);
      code.prepend(button);
    }
  }

  // A page in a folder has no clipboard in some browsers; there a selection is copied in the old way.
  function copySelected(text) {
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "spoken", readOnly: true });
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copySelected(text);
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.copy");
    if (!button || !(await copy(button.parentElement.textContent.replace(/\n$/, "")))) return;
    button.classList.add("done");
    status.textContent = COPIED;
    setTimeout(() => {
      button.classList.remove("done");
      status.textContent = "";
    }, SHOWN);
  });

  window.kejian.copyButtons = addButtons;
  addButtons(document);
})();

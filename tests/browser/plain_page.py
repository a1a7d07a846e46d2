"""A deck as a plain page of reveal.js with the same style sheets, to compare ours with: where is what?"""

import json
import re
from pathlib import Path

from kejian.core.toolchain import locate

REVEAL = locate().module("reveal.js") / "dist"

PLACES = """async () => {
  const shown = [];
  const PARTS = "h1, h2, h3, h4, h5, h6, p, ul, ol, li, table, th, td, pre, blockquote, img, hr, div, a";
  const OURS = ".body, .copy, .copy *, .listing > .more, .provenance *";
  const slides = [...document.querySelectorAll(".slides section")].filter((one) => !one.querySelector("section"));
  for (const slide of slides) {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v ?? 0, -1);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const parts = [...slide.querySelectorAll(PARTS)].filter((one) => !one.matches(OURS));
    shown.push(parts.map((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      const { color, fontSize, fontWeight, textTransform, textAlign } = getComputedStyle(one);
      const icon = one.querySelector(":scope > span > i.fa") ? "with-icon" : ""; // the plain page cannot draw it
      const look = [color, fontSize, fontWeight >= 600, textTransform, textAlign].join();
      return [`${one.tagName}.${one.className}${icon}`, [left, top, width, height], look];
    }));
  }
  return shown;
}"""
SLIDES = """() => {
  const slides = document.querySelector(".slides").cloneNode(true);
  for (const body of slides.querySelectorAll(".body")) body.replaceWith(...body.childNodes);
  for (const ours of slides.querySelectorAll(".copy, i.fa > svg")) ours.remove();
  for (const slide of slides.querySelectorAll("section")) {
    slide.removeAttribute("style");
    slide.classList.remove("present", "past", "future", "tall");
  }
  return slides.innerHTML;
}"""


BETTER = (
    ".reveal pre code { padding: 0.6em 0.9em } .reveal .formula { font-size: 1.1em }"
    ".reveal li > .math:first-child > .formula.display { padding-inline-start: 0 }"
)
"""Where our slides are as those of Markdown Preview Enhanced, whose listings have room around them and whose formulas
are as large as the text, rather than as those of reveal.js."""


def written(page, site, name, theme, sheets=()):
    """Writes the deck that is open in `page` into the site as a plain page of reveal.js, with our faces; its path."""
    config = json.loads(page.evaluate("document.querySelector('#reveal-config').textContent"))
    look = re.sub(r"@font-face\{[^}]*\}|@import[^;]*;", "", (REVEAL / f"theme/{theme}.css").read_text("utf-8"))
    look = re.sub(r"--r-(main|heading)-font:", r'--r-\1-font:"Kejian Sans",', look)
    look = look.replace("--r-code-font:", '--r-code-font:"Kejian Mono",')
    links = "".join(f'<link rel="stylesheet" href="../{sheet}">' for sheet in sheets)
    path = Path(f"slides/{name}.plain.html")
    (site / path).write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="stylesheet" href="../_kejian/reveal.css">'
        f'<style>{look} {BETTER}</style><link rel="stylesheet" href="../_kejian/fonts.css">{links}</head>'
        f'<body><div class="reveal"><div class="slides">{page.evaluate(SLIDES)}</div></div>'
        f'<script src="../_kejian/reveal.js"></script>'
        f"<script>Reveal.initialize({json.dumps(config | {'center': True})});</script></body></html>",
        "utf-8",
    )
    return path.as_posix()


def differing(ours, plain, near=3):
    """What is elsewhere, or looks different, than on the plain page: slide by slide, with both."""
    assert [len(slide) for slide in ours] == [len(slide) for slide in plain]
    return [
        (number, one, other)
        for number, (slide, same) in enumerate(zip(ours, plain, strict=True))
        for one, other in zip(slide, same, strict=True)
        if one[2] != other[2] or any(abs(a - b) > near for a, b in zip(one[1], other[1], strict=True))
    ]

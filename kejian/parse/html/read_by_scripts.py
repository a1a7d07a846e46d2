"""The attributes and settings that reveal.js, its plugins or our scripts interpret as an address, a style or HTML.

All others are listed as harmless, so that a new one cannot go unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["file", "behind", "pictures", "films", "frame", "opened", "short", "css", "html", "nothing"]
"""file: an address. behind: of a picture behind all slides. pictures, films: lists of them, each in reveal.js' own way.
frame: the address of a frame. opened: a link that opens in a frame. short: a picture or a style. nothing: left out."""

ATTRIBUTES: Mapping[str, Kind] = {
    "style": "css",
    "data-src": "file",
    "data-preview-image": "file",
    "data-preview-video": "file",
    "data-preview-link": "opened",
    "data-background": "short",
    "data-background-image": "pictures",
    "data-background-video": "films",
    "data-background-iframe": "frame",
    "data-background-color": "css",
    "data-background-gradient": "css",
    "data-background-size": "css",
    "data-background-repeat": "css",
    "data-background-position": "css",
    "data-background-opacity": "css",
    "data-auto-animate-easing": "css",
    "data-notes": "html",
    "data-markdown": "nothing",  # the speaker's window would read the notes as Markdown once more
    "data-file": "nothing",  # our own, in a deck that is one file
    "data-text": "nothing",
}
"""Of any element."""

SLIDE: Mapping[str, Kind] = {
    **ATTRIBUTES,
    **dict.fromkeys(("href", "src", "srcset", "srcdoc", "poster", "background", "action", "formaction"), "nothing"),
}
"""Of a slide, which may have any attribute: those of other elements are read where a slide opens something."""

HARMLESS = frozenset(
    "data-anchor data-auto-animate data-auto-animate-delay data-auto-animate-duration data-auto-animate-id "
    "data-auto-animate-restart data-auto-animate-target data-auto-animate-unmatched data-autoplay data-autoslide "
    "data-background-hash data-background-transition data-background-video-loop data-background-video-muted "
    "data-below data-board data-bold data-call data-controls-back-arrows data-controls-layout data-copied data-copy "
    "data-count data-failed data-follows data-fragment data-fragment-index data-ground data-h data-here data-house "
    "data-id data-ignore data-index-h data-index-v data-ink data-layout data-lazy-loaded data-letters "
    "data-line-number data-loaded data-loading data-look data-muted-by-reveal data-navigation-mode data-none "
    "data-number data-others data-page data-paused-by-reveal data-place data-preload data-prevent-swipe "
    "data-preview-autoplay data-preview-controls data-preview-fit data-preview-loop data-preview-muted "
    "data-previous-indexv data-range data-scrollbar data-section data-size data-speaker data-speaker-layout "
    "data-start-indexv data-state data-theme data-timing data-transition-speed data-v data-view data-visibility".split()
)
"""Compared, counted, or put where neither an address nor a style can stand."""

NOT_LOADED = frozenset(
    "data-attributes data-charset data-element-attributes data-hlkeepescaped data-line-numbers data-ln-start-from "
    "data-markdown-parsed data-noescape data-separator data-separator-notes data-separator-vertical data-trim "
    "data-highlighted data-element data-uri data-datastore data-source data-template".split()
)
"""Of plugins that no page loads."""

OPTIONS: Mapping[str, Kind] = {
    "parallaxBackgroundImage": "behind",
    "parallaxBackgroundSize": "css",
    "parallaxBackgroundRepeat": "css",
    "parallaxBackgroundPosition": "css",
    "autoAnimateEasing": "css",
    "autoAnimateStyles": "css",
    "width": "css",
    "height": "css",
    "display": "css",
    "previewLinks": "nothing",  # any link would open in a frame
    "dependencies": "nothing",
    "plugins": "nothing",
    **dict.fromkeys(("katex", "mathjax2", "mathjax3", "mathjax4", "markdown", "highlight"), "nothing"),
}
"""Settings of reveal.js, in front matter under `presentation:`."""

HARMLESS_OPTIONS = frozenset(
    "margin minScale maxScale controls controlsTutorial controlsLayout controlsBackArrows progress slideNumber "
    "showSlideNumber hashOneBasedIndex hash respondToHashChanges jumpToSlide history keyboard keyboardCondition "
    "disableLayout overview center touch loop rtl navigationMode shuffle fragments fragmentInURL embedded help pause "
    "showNotes showHiddenSlides autoPlayMedia preloadIframes mouseWheel viewDistance mobileViewDistance "
    "hideInactiveCursor hideCursorTime sortFragmentsOnSync autoAnimate autoAnimateMatcher autoAnimateDuration "
    "autoAnimateUnmatched autoSlide autoSlideStoppable autoSlideMethod defaultTiming postMessage postMessageEvents "
    "focusBodyOnPageVisibilityChange transition transitionSpeed backgroundTransition parallaxBackgroundHorizontal "
    "parallaxBackgroundVertical view scrollLayout scrollSnap scrollProgress scrollActivationWidth pdfMaxPagesPerSlide "
    "pdfSeparateFragments pdfPageHeightOffset preventIframeAutoFocus".split()
)

"""Attacks made as a product: everything that names an address × every way to spell one that leaves the site.

Pure data: `CASES` is a sequence of `(title, text, files)`. Each case is one slide, or a deck where it is front matter,
and leaves for an address of its own, so that a request tells which case it comes from. The views they are looked at
in, from a folder and from a server, are those of `tests/browser/test_attacks.py`.
"""

from itertools import product

HOST = "attacker.invalid"

ADDRESSES = {
    "a host": "//{host}/{id}.png",
    "a host after backslashes": "\\\\{host}\\{id}.png",
    "a host after both slashes": "/\\{host}/{id}.png",
    "a host after a tab": "/\t/{host}/{id}.png",
    "a host after blanks and controls": " \x01\x1f //{host}/{id}.png",
    "a scheme": "https://{host}/{id}.png",
    "a scheme in capitals": "HTTPS://{host}/{id}.png",
    "a scheme without slashes": "https:{host}/{id}.png",
    "a file": "file:///outside/{id}.png",
    "a file of a host": "file://{host}/{id}.png",
    "a file with one slash": "file:/outside/{id}.png",
    "a coded colon": "file%3A/outside/{id}.png",
    "a coded host": "%2f%2f{host}/{id}.png",
    "the root of the machine": "/outside/{id}.png",
    "dots": "../../../../outside/{id}.png",
    "coded dots": "%2e%2e/%2E./.%2e/%2e%2e/outside/{id}.png",
    "dots behind coded slashes": "a%2fb%2fc%2fd/../../../../outside/{id}.png",
    "a list": "p.png,//{host}/{id}.png",
    "a list with blanks": "p.png , \ufeff//{host}/{id}.png 2x",
    "a list behind data": "data:image/png;base64,AA,//{host}/{id}.png",
    "data that ends a url()": "data:image/png,x),url(//{host}/{id}.png",
}
"""Where an address is expected. `p.png` is a picture of the course, and so is the file with a coded colon."""

STYLES = {
    "a url()": "url(//{host}/{id}.png)",
    "a url() of a text": "red url( '//{host}/{id}.png' )",
    "a url() with escapes": "u\\72l(\\2f /{host}/{id}.png)",
    "a url() in capitals": "URL(file:///outside/{id}.png)",
    "a url() from the root": "url(/outside/{id}.png)",
    "a url() that climbs": "url(../../../../outside/{id}.png)",
    "a url() that climbs behind coded slashes": "url(a%2fb%2fc/../../../../outside/{id}.png)",
    "a url() behind a comment mark in a text": "'/*' url(//{host}/{id}.png) '*/'",
    "a url() behind a broken one": "url(a b) url(//{host}/{id}.png)",
    "a url() behind a long one": "url({long}) url(//{host}/{id}.png)",
    "a set": "image-set('//{host}/{id}.png' 1x)",
    "a set of old": "-webkit-image-set(url(//{host}/{id}.png) 1x)",
    "a list of pictures": "linear-gradient(red, blue), url(//{host}/{id}.png)",
    "a url() behind backslashes": "url(\\\\\\\\{host}\\\\{id}.png)",
    "a url() behind an escaped line": "'\\\n' url(//{host}/{id}.png)",
}
"""Where a style is expected, as the value of a declaration."""

SLIDE = ("data-background-image", "data-background-video", "data-background-iframe", "data-background")
ELEMENTS = {
    "a picture": '<img src="{address}">',
    "a picture that waits": '<img data-src="{address}">',
    "a film": '<video src="{address}" autoplay muted preload="auto"></video>',
    "a film's poster": '<video poster="{address}"></video>',
    "a sound's source": '<audio preload="auto" autoplay muted><source src="{address}"></audio>',
    "a film's source that waits": '<video preload="auto"><source data-src="{address}"></video>',
    "a preview of a picture": '<b data-preview-image="{address}">x</b>',
    "a preview of a film": '<b data-preview-video="{address}">x</b>',
    "a preview of a link": '<a href="{address}" data-preview-link>x</a>',
    "notes": '<b class="fragment" data-notes="<img src=\'{address}\'>">x</b>',
}
ANIMATED = "<!-- slide data-auto-animate -->"
STYLED = {
    "a slide's style": '<!-- slide style="background: {style}" -->\n\nx',
    "a slide's background": '<!-- slide data-background="{style}" -->\n\nx',
    "a slide's gradient": '<!-- slide data-background-gradient="{style}" -->\n\nx',
    "a slide's gradient in capitals": '<!-- slide DATA-Background-Gradient="{style}" -->\n\nx',
    "an element's style": '<p style="background: {style}">x</p>',
    "a custom property": '<p style="--x: {style}; background: var(--x)">x</p>',
    "a style sheet on a slide": '<style>.{id} {{ background: {style} }}</style>\n\n<p class="{id}">x</p>',
    "a nested rule": '<style>main {{ & .{id} {{ background: {style} }} }}</style>\n\n<p class="{id}">x</p>',
    "an imported style sheet": '@import "{id}.css"\n\n<p class="{id}">x</p>',
    "an animation": f'{ANIMATED}\n\n<p data-id="{{id}}">x</p>\n\n{ANIMATED}\n\n'
    '<p data-id="{id}" data-auto-animate-easing="ease}} i {{ background: {style} }} x {{" style="opacity: .5">x</p>',
}
SETTINGS = {
    "parallaxBackgroundImage": "{address}",
    "parallaxBackgroundPosition": "{style}",
    "autoAnimateEasing": "ease}} main {{ background: {style} }} x {{",
}


def _filled(text, number, **more):
    name = f"g{number}"
    return text.format(host=HOST, id=name, long="a" * 3000, **more)


def _quoted(value):
    """A value between double quotes, in a slide's mark or in HTML."""
    return value.replace('"', "&quot;")


def _addressed():
    """Everything that takes an address, with each spelling."""
    places = {f"{name} of a slide": f'<!-- slide {name}="{{address}}" -->\n\nx' for name in SLIDE} | ELEMENTS
    for (place, text), (spelling, address) in product(places.items(), ADDRESSES.items()):
        yield f"{spelling} in {place}", text, {"address": address}


def _styled():
    """Everything that takes a style, with each spelling."""
    for (place, text), (spelling, style) in product(STYLED.items(), STYLES.items()):
        yield f"{spelling} in {place}", text, {"style": style}


def _set():
    """Settings of reveal.js, with some spellings."""
    for (name, value), at in product(SETTINGS.items(), range(0, 15, 4)):
        address, style = list(ADDRESSES.values())[at], list(STYLES.values())[at]
        text = f"---\npresentation:\n  {name}: {{value}}\n---\n<!-- slide -->\n\nx"
        yield f"{name}, {at}", text, {"value": value, "address": address, "style": style}


def _cases():
    for number, (title, text, values) in enumerate([*_addressed(), *_styled(), *_set()]):
        filled = {key: _filled(value, number) for key, value in values.items() if key != "value"}
        if "value" in values:
            filled = {"value": "'" + _filled(values["value"], number, **filled).replace("'", "''") + "'"}
        if "<!-- slide" in text:
            filled = {key: value.replace("\n", " ") for key, value in filled.items()}  # a mark is one line
        files = {"slides/p.png": "p\n", f"slides/file:/outside/g{number}.png": "p\n"}
        if "imported" in title:
            files[f"slides/g{number}.css"] = f".g{number} {{ background: {filled['style']} }}\n"
        shown = {key: _quoted(value) if key != "value" else value for key, value in filled.items()}
        yield f"generated {number}: {title}", _filled(text, number, **shown) + "\n", files


CASES = tuple(_cases())

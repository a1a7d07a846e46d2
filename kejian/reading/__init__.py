"""From a deck's text to its slides: lines, imports, macros, front matter."""

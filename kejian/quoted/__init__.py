"""Code that decks quote: what is defined where in a module, and the part of it that a slide shows."""

"""Rendering: from a deck's filled slides to the files of the site."""

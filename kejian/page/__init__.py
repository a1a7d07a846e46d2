"""From a deck's slides to the files of the site."""

"""Parsing: from a deck's text to slides with holes, by way of lines, imports, macros and front matter."""

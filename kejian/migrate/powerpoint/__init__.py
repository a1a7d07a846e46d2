"""Reads presentations of PowerPoint: text, tables, pictures and notes of their slides, as a deck."""

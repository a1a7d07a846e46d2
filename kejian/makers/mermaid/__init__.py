"""Mermaid diagrams without a browser: an engine's SVG, its style sheet as attributes, its colours as the theme's, and a
count of what was written against what was drawn.
"""

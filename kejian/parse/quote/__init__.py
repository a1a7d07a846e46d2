"""Quoting of code: the definitions in a module, and the parts that slides show."""

"""Casework: courses as dated data, loaded, checked, replayed from events and clocked.

Values in, values out; nothing here reads a database or a clock. The usual way: `parse_course`, a
list of `Event`, `replay`, then `clocks`, `late` and `moves` of what it returns.
"""

from rostering.lazily import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)

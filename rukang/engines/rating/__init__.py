"""Star rating: dated editions of criteria, score sheets, stars with their path.

Values in, values out; nothing here reads a database. The usual way: `load_edition`, a
`ScoreSheet`, `rate`, `improve`, `write_report`.
"""

from rostering.lazily import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)

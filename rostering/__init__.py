"""The roster engine: a problem in, a checked and explained roster out.

Start with :func:`read` or :class:`Problem`, then :func:`solve`, :func:`check`, :func:`explain`.
The rules and the mathematics are in docs/rostering.md.
"""

from rostering.lazily import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)

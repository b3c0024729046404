"""A problem in its standard forms: seven kinds of statement to which every rule comes down.

The exact model and the compiled engine read a problem only through :func:`forms`; the checker does
not know them. Docs: docs/rostering.md.
"""

from rostering.forms.all import Forms, forms
from rostering.forms.shapes import (
    OFF,
    Ban,
    Chain,
    Ends,
    Heads,
    Sequence,
    Stretch,
    Symbols,
    Term,
    Total,
)

__all__ = [
    "OFF",
    "Ban",
    "Chain",
    "Ends",
    "Forms",
    "Heads",
    "Sequence",
    "Stretch",
    "Symbols",
    "Term",
    "Total",
    "forms",
]

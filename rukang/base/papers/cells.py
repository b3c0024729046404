"""What every table document shares: the values a cell takes, and keeping text from running.

A spreadsheet program takes text that begins with ``=`` and its like for a formula, which may fetch
pages or start programs; and a name or a note comes from whoever typed it. So text is never handed
over as anything but text.

References
----------
OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None
"""Amounts are ``Decimal`` yuan; text is always text, also when it consists of digits."""

TRIGGERS = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters of a formula; the full-width ones count where the system speaks Chinese."""


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet program might run the text."""
    return text[:1] in TRIGGERS if text else False


def display_width(text: str) -> int:
    """Return how many Latin characters wide the longest line is; a Chinese one counts as two."""
    return max((sum(map(_width, line)) for line in text.splitlines()), default=0)


def _width(char: str) -> int:
    # Ambiguous ones (“ ” —) are drawn wide in Chinese type.
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1

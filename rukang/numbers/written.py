"""Numbers as people write them in a form or a cell: read in one way, or refused.

The score sheet's page reads them by the same rule (``api/pages/static/numbers.js``), and one table
of cases tests both.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?", re.ASCII)
PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
LONGEST = 12
"""Digits before the point, and as many after it."""


def read_number(text: str) -> Decimal:
    """Return a number that is not negative, written with a decimal point.

    Commas or spaces may part thousands and nothing else, so ``1,260`` is 1260 and ``12,5`` is
    refused: it could mean two numbers. Full-width digits and signs are read like narrow ones.

    Raises
    ------
    ValueError
        If the text is no number, or could be read in two ways.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    whole, _, rest = plain.partition(".")
    if not PLAIN.fullmatch(plain) or len(whole) > LONGEST or len(rest) > LONGEST:
        raise ValueError(f"{text!r} is no number, or could be read in two ways.")
    return Decimal(plain)

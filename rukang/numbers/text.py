"""What the number modules share: cleaning typed text and hiding the middle of a number."""

from __future__ import annotations

import unicodedata

from stdnum.util import clean

from rukang.base.words import Text


def tidy(number: str) -> str:
    """Remove spaces and hyphens and turn full-width characters into plain ones.

    Spreadsheets filled with a Chinese input method often hold full-width digits.
    """
    plain = unicodedata.normalize("NFKC", number)
    return str(clean(plain, " -")).strip().upper()


def hide(number: str, head: int, tail: int) -> str:
    """Replace all but the first `head` and last `tail` characters by stars.

    A number too short to keep both ends apart is hidden altogether.

    >>> hide("1234567890", 4, 4)
    '1234**7890'
    """
    if len(number) <= head + tail:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def told(zh: str, en: str) -> tuple[str, Text]:
    """Return what an exception of python-stdnum is raised with: its line, and the words apart.

    They ask for a line of text; :func:`rukang.base.words.words_of` finds the words.
    """
    words = Text(zh=zh, en=en)
    return str(words), words

"""Hiding numbers of people in whatever text is shown, by what the text holds, not by its header.

A citizen ID, certificate or account number may stand in any cell: under another header, in a
remark, in a sheet without headers. So every message, log, audit entry and export that repeats what
somebody typed passes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

LONGEST = 40
"""Characters of what a caller typed that a message repeats."""

FEWEST_DIGITS = 15
"""A run of so many digits is taken for somebody's number: an old citizen ID has as many."""

FEWEST_CHECKED = 12
"""Bank cards have 12 digits at least; a shorter run is hidden when its last digit checks."""

STAR = "*"

_GAP = r"[\s\-·.,'’‐-―−\u200b-\u200f\u2060\ufeff_/]{0,3}"
_CHECK_LETTER = rf"{_GAP}[Xx](?![A-Za-z])(?:{_GAP}\d){{0,2}}"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{{FEWEST_CHECKED - 1},}}(?:{_CHECK_LETTER})?(?:[Bb]\d)?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?\s?[eE]\s?\+?\s?(1[1-9]|2[0-5])(?!\d)")
_DAYS = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[\s\-/~,]+|$))+")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]?\d{2}")
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,11}\.\d{1,4}|\d{1,3}\.\d{1,12}")
_HASH = re.compile(
    r"(?<![0-9a-z])(?=[0-9]*[a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-z])"
)
_CHINESE = {character: str(at % 10) for at, character in enumerate("〇一二三四五六七八九零")}


def masked(text: str) -> str:
    """Return the text with every number that may be a person's hidden but for both ends.

    Hidden are runs of 15 or more digits, also full-width, Chinese, spaced, parted in groups or
    with a check letter; runs of 12 to 14 digits whose last one is a right check digit (Luhn, as on
    bank cards); and numbers of 12 to 26 digits that a spreadsheet wrote in scientific notation.
    Days, amounts and hashes stay.

    >>> masked("园友 370000199001010002 已登记")
    '园友 3700**********0002 已登记'
    """
    plain = "".join(map(_plain, text))
    hidden = list(text)
    hashes = [match.span() for match in _HASH.finditer(plain)]
    for pattern, is_number in ((_RUN, _may_be_a_persons), (_SCIENTIFIC, _always)):
        for match in pattern.finditer(plain):
            inside = any(start <= match.start() and match.end() <= end for start, end in hashes)
            if not inside and is_number(match[0]):
                _hide(hidden, plain, match.start(), match.end())
    return "".join(hidden)


def shown(value: object) -> str:
    """Return what somebody typed as a message may repeat it: one line, masked, 40 characters.

    Masked before it is cut, so that no cut leaves a number too short to be recognised.
    """
    text = masked("".join(" " if _unprintable(one) else one for one in str(value)))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _plain(character: str) -> str:
    """Return the ASCII character another one stands for (full-width, other digits), or itself."""
    if character in _CHINESE:
        return _CHINESE[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _may_be_a_persons(found: str) -> bool:
    if _DAYS.fullmatch(found) or _MOMENT.fullmatch(found) or _AMOUNT.fullmatch(found):
        return False
    digits = re.sub(r"\D", "", found)
    return len(digits) >= FEWEST_DIGITS or _luhn(digits)


_always: Callable[[str], bool] = bool


def _luhn(digits: str) -> bool:
    doubled = (int(one) * (1 + place % 2) for place, one in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _hide(hidden: list[str], plain: str, start: int, end: int) -> None:
    """Put stars in place of all digits but the first and last four."""
    places = [place for place in range(start, end) if plain[place].isalnum()]
    for place in places[4:-4] if len(places) >= FEWEST_CHECKED else places:
        hidden[place] = STAR

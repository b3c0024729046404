"""Codes of administrative divisions: two digits each of province, city and county, then below.

A code names what it lies in by its leading digits: 371681 lies in 371600, and that in 370000.
"""

from __future__ import annotations

LEVELS = (2, 4, 6, 9, 12)
"""Digits that name a province, city, county, township and village; nothing but zeros follows."""


def leading(place: str) -> str:
    """Return the digits that all divisions within a place share.

    >>> leading("371600"), leading("371681"), leading("371620"), leading("")
    ('3716', '371681', '371620', '')
    """
    ends = (place[:digits] for digits in LEVELS if not place[digits:].strip("0"))
    return next(ends, place)


def lies_in(place: str, within: str) -> bool:
    """Return whether a division is another one or lies within it.

    >>> lies_in("371681", "371600"), lies_in("371621", "371620"), lies_in("371600", "371681")
    (True, False, False)
    """
    return place.startswith(leading(within))

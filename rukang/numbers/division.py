"""Code of an administrative division (行政区划代码), six digits: province, city, county.

>>> validate("371681")
'371681'
>>> validate("990000")
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidComponent: ...
"""

from __future__ import annotations

from stdnum.exceptions import InvalidComponent

from payroll.policy import places
from rukang.numbers.text import tidy, told

SIX_DIGITS = r"^\d{6}$"


def compact(code: str) -> str:
    """Return the bare digits."""
    return tidy(code)


def validate(code: str) -> str:
    """Return the compact code if its province exists.

    Raises
    ------
    InvalidComponent
        No province has these first two digits.
    """
    if not places.is_code(compact(code)):
        raise InvalidComponent(
            *told(
                "不是行政区划代码：前两位不是任何省份；例如邹平市为 371681",
                "no division code, its first two digits are no province; 邹平市 is 371681",
            )
        )
    return compact(code)


def is_valid(code: str) -> bool:
    """Say whether the code is one of a division."""
    return places.is_code(compact(code))


def format(code: str) -> str:
    """Return the code as it is printed."""
    return compact(code)

"""Number of the disability certificate (残疾人证号).

Twenty characters: the holder's citizen number, one digit of category (1 sight, 2 hearing,
3 speech, 4 physical, 5 intellectual, 6 mental, 7 multiple) and one digit of grade (1, the most
severe, to 4). A certificate reissued after loss may carry the suffix B1, B2 …; the suffix is
known from memory only, so it is accepted and never required.

>>> validate("37168119900307000152")
'37168119900307000152'
>>> category("37168119900307000152"), grade("37168119900307000152")
(<Category.INTELLECTUAL: 5>, 2)
>>> validate("37168119900307000182")
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidComponent: ...
>>> mask("37168119900307000152B1")
'3716**********000152B1'

References
----------
中国残联 certificate rules: form, categories and grades.
"""

from __future__ import annotations

import re
from enum import IntEnum

from stdnum.exceptions import (
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from rukang.numbers import citizen_id as citizens
from rukang.numbers.text import tidy, told

LENGTH = 20
_SUFFIX = re.compile(r"B[1-9]")


class Category(IntEnum):
    """What kind of disability a certificate states."""

    SIGHT = 1
    HEARING = 2
    SPEECH = 3
    PHYSICAL = 4
    INTELLECTUAL = 5
    MENTAL = 6
    MULTIPLE = 7

    @property
    def zh(self) -> str:
        """Return the Chinese word on the certificate."""
        return ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"][self - 1]


def compact(number: str) -> str:
    """Return the bare number with its suffix: no spaces or hyphens, capital letters."""
    return tidy(number)


def validate(number: str, holder: str | None = None) -> str:
    """Return the compact number if it is well formed and, where given, belongs to `holder`.

    Parameters
    ----------
    number
        The certificate number, with or without a reissue suffix.
    holder
        The citizen number it must begin with.

    Raises
    ------
    InvalidLength
        Neither 20 characters nor 22.
    InvalidFormat
        A suffix other than B1 to B9, or a wrong citizen number (also InvalidChecksum).
    InvalidComponent
        No such category or grade, or the certificate of another person.
    """
    number = compact(number)
    _validate_form(number)
    citizens.validate(citizen_id(number))
    _validate_codes(number)
    if holder is not None and citizens.compact(holder) != citizen_id(number):
        raise InvalidComponent(
            *told(
                f"残疾人证号 {mask(number)} 与身份证号 {citizens.mask(holder)} 不是同一人",
                f"certificate {mask(number)} and citizen ID {citizens.mask(holder)} "
                "belong to different people",
            )
        )
    return number


def _validate_form(number: str) -> None:
    """Reject a wrong length and a wrong suffix."""
    if len(number) not in (LENGTH, LENGTH + 2):
        raise InvalidLength(
            *told(
                f"残疾人证号应为 20 位（补发可带 B1 等后缀），现为 {len(number)} 位",
                "a certificate number has 20 characters (and a suffix such as B1 when reissued), "
                f"this one has {len(number)}",
            )
        )
    if suffix(number) and not _SUFFIX.fullmatch(suffix(number)):
        raise InvalidFormat(
            *told(
                f"残疾人证号后缀应为 B1 至 B9，现为 {suffix(number)}",
                f"the suffix of a reissued certificate is B1 to B9, not {suffix(number)}",
            )
        )


def _validate_codes(number: str) -> None:
    """Reject an unknown category or grade."""
    if number[18] not in "1234567":
        raise InvalidComponent(
            *told(
                f"残疾类别应为 1 至 7，现为 {number[18]}",
                f"the category (19th character) is 1 to 7, not {number[18]}",
            )
        )
    if number[19] not in "1234":
        raise InvalidComponent(
            *told(
                f"残疾等级应为 1 至 4，现为 {number[19]}",
                f"the grade (20th character) is 1 to 4, not {number[19]}",
            )
        )


def is_valid(number: str, holder: str | None = None) -> bool:
    """Say whether `validate` accepts the number.

    >>> is_valid("37168119900307000152", holder="371681199003070001")
    True
    >>> is_valid("37168119900307000152", holder="372301196512110007")
    False
    """
    try:
        return bool(validate(number, holder))
    except ValidationError:
        return False


def format(number: str) -> str:
    """Return the number as it is printed on the certificate, which is the compact form."""
    return compact(number)


def citizen_id(number: str) -> str:
    """Return the holder's citizen number.

    >>> citizen_id("37168119900307000152B1")
    '371681199003070001'
    """
    return compact(number)[:18]


def category(number: str) -> Category:
    """Return the category of disability."""
    return Category(int(compact(number)[18]))


def grade(number: str) -> int:
    """Return the grade, 1 (most severe) to 4."""
    return int(compact(number)[19])


def suffix(number: str) -> str:
    """Return the reissue suffix, empty at first issue.

    >>> suffix("37168119900307000152B1")
    'B1'
    """
    return compact(number)[LENGTH:]


def is_severe(number: str) -> bool:
    """Say whether the grade is 1 or 2, the severe ones.

    >>> is_severe("37168119900307000152"), is_severe("37168119900307000153")
    (True, False)
    """
    return grade(number) <= 2


def mask(number: str) -> str:
    """Hide the middle of the citizen number; category, grade and suffix stay readable."""
    return citizens.mask(citizen_id(number)) + compact(number)[18:]

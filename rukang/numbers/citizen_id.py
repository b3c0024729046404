"""Citizen identity number (公民身份号码, GB 11643-1999).

Eighteen characters: six digits of the place of first registration, the birth date as YYYYMMDD,
three sequence digits (odd for men, even for women) and a check character by ISO 7064 MOD 11-2.

The check digit and the birth date are python-stdnum's. Unlike python-stdnum, `validate` takes any
place: the prefixes of abolished counties (371624 沾化县, 371626 邹平县, 372301 …) stay valid
for life, so a number is never rejected for its first six digits.

Invented people in this project have the sequence 000, which no registry gives out.

>>> validate("371681199003070001")
'371681199003070001'
>>> validate("372301196512110007")
'372301196512110007'
>>> validate("371681199003070002")
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidChecksum: ...
>>> mask("371681199003070001")
'3716**********0001'
"""

from __future__ import annotations

from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)
from stdnum.util import isdigits

from rukang.numbers.text import hide, tidy, told

LENGTH = 18
INVENTED_SEQUENCE = "000"


def compact(number: str) -> str:
    """Return the bare number: no spaces or hyphens, a capital X.

    >>> compact("371681 19900307 000x")
    '37168119900307000X'
    """
    return tidy(number)


def validate(number: str) -> str:
    """Return the compact number if its length, digits, check character and birth date are right.

    Raises
    ------
    InvalidLength
        Not 18 characters.
    InvalidFormat
        One of the first 17 characters is not a digit, or the last neither a digit nor X.
    InvalidChecksum
        The last character does not follow from the others.
    InvalidComponent
        Characters 7 to 14 are not a date.
    """
    number = compact(number)
    if len(number) != LENGTH:
        raise InvalidLength(
            *told(
                f"身份证号应为 18 位，现为 {len(number)} 位；请在表格中按文本填写",
                f"a citizen ID has 18 characters, this one has {len(number)}; "
                "enter it as text in a spreadsheet",
            )
        )
    if not (isdigits(number[:-1]) and (isdigits(number[-1]) or number[-1] == "X")):
        raise InvalidFormat(
            *told(
                "身份证号前 17 位应为数字，末位为数字或 X",
                "the first 17 characters of a citizen ID are digits, the last a digit or X",
            )
        )
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidChecksum(
            *told(
                f"身份证号 {mask(number)} 的校验位不符，请核对是否录错",
                f"the check digit of citizen ID {mask(number)} does not fit; "
                "look for a typing error",
            )
        )
    birth_date(number)
    return number


def is_valid(number: str) -> bool:
    """Say whether `validate` accepts the number.

    >>> is_valid("371681199003070001"), is_valid("371681199002300004")
    (True, False)
    """
    try:
        return bool(validate(number))
    except ValidationError:
        return False


def format(number: str) -> str:
    """Return the number as it is printed on the card, which is the compact form."""
    return compact(number)


def birth_date(number: str) -> date:
    """Return the date of birth held in the number.

    >>> birth_date("371681199003070001")
    datetime.date(1990, 3, 7)

    Raises
    ------
    InvalidComponent
        Characters 7 to 14 are not a date.
    """
    number = compact(number)
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise InvalidComponent(
            *told(
                f"身份证号中的出生日期 {number[6:14]} 不存在",
                f"the birth date {number[6:14]} in the citizen ID is not a date",
            )
        ) from error


def sex(number: str) -> str:
    """Return 男 for an odd sequence number and 女 for an even one.

    >>> sex("371681199003070001")
    '女'
    """
    return "男" if int(compact(number)[16]) % 2 else "女"


def sequence_is_invented(number: str) -> bool:
    """Say whether the sequence is 000, as in all invented data of this project.

    >>> sequence_is_invented("371681199003070001")
    True
    """
    return compact(number)[14:17] == INVENTED_SEQUENCE


def mask(number: str) -> str:
    """Show only the first and last four characters, for lists and messages."""
    return hide(compact(number), 4, 4)

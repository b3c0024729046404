"""Unified social credit code of organisations (统一社会信用代码, GB 32100).

The rules are python-stdnum's; this module adds cleaning of typed text and sentences that say how
to mend the number. An organisation's code is public, so nothing is masked.

>>> validate("91371681000000000X")
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidChecksum: ...
>>> validate("9137 1681 0000 0000 0A")
'91371681000000000A'
"""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from rukang.numbers.text import tidy, told

LENGTH = 18


def compact(number: str) -> str:
    """Return the bare code: no spaces or hyphens, capital letters."""
    return tidy(number)


def validate(number: str) -> str:
    """Return the compact code if its length, characters and check character are right.

    Raises
    ------
    InvalidLength
        Not 18 characters.
    InvalidFormat
        One of the first eight characters is not a digit, or a letter that is not in use.
    InvalidChecksum
        The last character does not follow from the others.
    """
    number = compact(number)
    try:
        return str(uscc.validate(number))
    except InvalidLength as error:
        raise InvalidLength(
            *told(
                f"统一社会信用代码应为 18 位，现为 {len(number)} 位",
                f"a unified social credit code has 18 characters, this one has {len(number)}",
            )
        ) from error
    except InvalidFormat as error:
        raise InvalidFormat(
            *told(
                f"统一社会信用代码 {number} 前 8 位应为数字，其后不用字母 I、O、S、V、Z",
                f"the first eight characters of {number} must be digits, "
                "and the letters I, O, S, V, Z are not in use",
            )
        ) from error
    except InvalidChecksum as error:
        raise InvalidChecksum(
            *told(
                f"统一社会信用代码 {number} 的校验位不符，请核对",
                f"the check character of {number} does not fit; look for a typing error",
            )
        ) from error


def is_valid(number: str) -> bool:
    """Say whether `validate` accepts the code."""
    try:
        return bool(validate(number))
    except ValidationError:
        return False


def format(number: str) -> str:
    """Return the code as it is printed on the licence, which is the compact form."""
    return compact(number)

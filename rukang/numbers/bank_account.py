"""Bank account or card number to which wages are paid (银行账号).

Sixteen to nineteen digits. A number that begins with 62 is a UnionPay card, whose last digit is a
Luhn check digit (ISO/IEC 7812); other accounts follow their bank's own rules and are checked for
digits and length only.

>>> validate("6200 0000 0000 0000 018")
'6200000000000000018'
>>> validate("6200000000000000019")
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidChecksum: ...
>>> validate("1613000000000001")
'1613000000000001'
>>> mask("6200000000000000018")
'***************0018'
"""

from __future__ import annotations

from stdnum import luhn
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError
from stdnum.util import isdigits

from rukang.numbers.text import hide, tidy, told

SHORTEST, LONGEST = 16, 19
CARD_PREFIX = "62"


def compact(number: str) -> str:
    """Return the bare digits: no spaces or hyphens."""
    return tidy(number)


def is_card(number: str) -> bool:
    """Say whether the number is a UnionPay card, so that its last digit can be checked."""
    return compact(number).startswith(CARD_PREFIX)


def validate(number: str) -> str:
    """Return the compact number if its digits, length and, on a card, check digit are right.

    Raises
    ------
    InvalidFormat
        Something other than a digit.
    InvalidLength
        Fewer than 16 or more than 19 digits.
    InvalidChecksum
        A card whose last digit does not follow from the others.
    """
    number = compact(number)
    if not isdigits(number):
        raise InvalidFormat(
            *told(
                "银行账号只能是数字；请在表格中按文本填写",
                "a bank account holds digits only; enter it as text in a spreadsheet",
            )
        )
    if not SHORTEST <= len(number) <= LONGEST:
        raise InvalidLength(
            *told(
                f"银行账号应为 16 至 19 位，现为 {len(number)} 位",
                f"a bank account has 16 to 19 digits, this one has {len(number)}",
            )
        )
    if is_card(number) and not luhn.is_valid(number):
        raise InvalidChecksum(
            *told(
                f"银行卡号 {mask(number)} 的校验位不符，请核对",
                f"the check digit of card {mask(number)} does not fit; look for a typing error",
            )
        )
    return number


def is_valid(number: str) -> bool:
    """Say whether `validate` accepts the number."""
    try:
        return bool(validate(number))
    except ValidationError:
        return False


def format(number: str) -> str:
    """Return the number in groups of four, as it stands on a card.

    >>> format("6200000000000000018")
    '6200 0000 0000 0000 018'
    """
    number = compact(number)
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def mask(number: str) -> str:
    """Show only the last four digits."""
    return hide(compact(number), 0, 4)

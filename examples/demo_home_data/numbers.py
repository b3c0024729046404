"""Numbers that obey the rules of the real ones and belong to nobody."""

from __future__ import annotations

from datetime import date

from stdnum import luhn
from stdnum.cn.ric import calc_check_digit


def citizen_id(prefix: str, born_on: date) -> str:
    """Return a citizen ID with the sequence 000 and a right check character."""
    body = f"{prefix}{born_on:%Y%m%d}000"
    return body + calc_check_digit(body + "0")


def account(serial: int) -> str:
    """Return an account of 19 digits that no bank has, with a right Luhn digit."""
    body = f"000000{serial:012d}"
    return body + str(luhn.calc_check_digit(body))


def phone(serial: int) -> str:
    """Return a telephone number that cannot be dialled."""
    return f"0000-{serial:07d}"

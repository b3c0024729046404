"""Bank accounts and cards; the numbers belong to nobody."""

import pytest
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from rukang.numbers import bank_account

CARD = "6200000000000000018"


def test_card_with_right_check_digit_is_accepted() -> None:
    """A UnionPay card passes with spaces as printed."""
    assert bank_account.validate(bank_account.format(CARD)) == CARD


def test_account_that_is_no_card_needs_no_check_digit() -> None:
    """Only a card's last digit follows from the others."""
    assert bank_account.is_valid("1613000000000001")
    assert bank_account.is_valid("1613000000000002")


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("62000000000000A0018", InvalidFormat),
        ("", InvalidFormat),
        ("6.2E+18", InvalidFormat),
        ("161300000000001", InvalidLength),
        ("16130000000000000001", InvalidLength),
        (CARD[:-1] + "9", InvalidChecksum),
    ],
)
def test_each_fault_has_its_error(number: str, error: type[ValidationError]) -> None:
    """Characters, length and check digit are told apart, in two languages."""
    with pytest.raises(error, match=" / "):
        bank_account.validate(number)
    assert not bank_account.is_valid(number)


def test_only_the_last_four_digits_show() -> None:
    """A masked account shows its last four digits."""
    assert bank_account.mask(CARD) == "*" * 15 + "0018"

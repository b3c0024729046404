"""Citizen identity numbers, with the sequence 000 that no registry gives out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from rukang.numbers import citizen_id

NUMBER = "371681199003070001"


def number_of(place: int, born: date) -> str:
    """Return an invented number with a right check character."""
    body = f"{place:06d}{born:%Y%m%d}000"
    return body + str(ric.calc_check_digit(body + "0"))


@given(st.integers(100000, 999999), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_place_is_accepted(place: int, born: date) -> None:
    """A number with a right date and check character is valid, whatever its first six digits."""
    number = number_of(place, born)
    assert citizen_id.validate(number) == number
    assert citizen_id.birth_date(number) == born
    assert citizen_id.sequence_is_invented(number)


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(position: int, digit: str) -> None:
    """Changing any one character makes the number invalid."""
    changed = NUMBER[:position] + digit + NUMBER[position + 1 :]
    assert citizen_id.is_valid(changed) == (changed == NUMBER)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("37168119900307000", InvalidLength),
        ("3.71681199003E+17", InvalidLength),
        ("37168119900307A001", InvalidFormat),
        ("37168119900307000Y", InvalidFormat),
        ("371681199003070002", InvalidChecksum),
        ("371681199002300004", InvalidComponent),
    ],
)
def test_each_fault_has_its_error(number: str, error: type[ValidationError]) -> None:
    """Length, characters, check character and date are told apart, in two languages."""
    with pytest.raises(error, match=r"身份证号.* / "):
        citizen_id.validate(number)


def test_full_width_typing_is_understood() -> None:
    """Digits typed with a Chinese input method are the same digits."""
    assert citizen_id.validate("３７１６８１ 19900307-0001") == NUMBER


def test_message_hides_the_number() -> None:
    """An error message never repeats the number in full."""
    with pytest.raises(InvalidChecksum) as caught:
        citizen_id.validate("371681199003070002")
    assert "371681199003070002" not in str(caught.value)
    assert "3716**********0002" in str(caught.value)


def test_sex_follows_the_sequence() -> None:
    """An odd sequence number is a man's, an even one a woman's."""
    assert citizen_id.sex(NUMBER) == "女"
    assert citizen_id.sex(NUMBER[:14] + "0011") == "男"


def test_a_real_looking_sequence_is_told_apart() -> None:
    """A sequence other than 000 is not taken for an invented one."""
    assert not citizen_id.sequence_is_invented(NUMBER[:14] + "0011")


def test_short_text_is_hidden_altogether() -> None:
    """A number too short to mask in the middle shows nothing."""
    assert citizen_id.mask("1234567") == "*******"

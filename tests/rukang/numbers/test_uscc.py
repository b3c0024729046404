"""Unified social credit codes of organisations."""

import pytest
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from rukang.numbers import uscc

CODE = "91371681000000000A"


def test_right_code_is_returned_compact() -> None:
    """Spaces, small and full-width letters are mended."""
    assert uscc.validate("91 371681 000000000 ａ") == CODE
    assert uscc.is_valid(CODE)
    assert uscc.format(CODE.lower()) == CODE


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (CODE[:-1], InvalidLength),
        ("A" + CODE[1:], InvalidFormat),
        (CODE[:-1] + "I", InvalidFormat),
        (CODE[:-1] + "B", InvalidChecksum),
    ],
)
def test_each_fault_has_its_error(code: str, error: type[ValidationError]) -> None:
    """Length, characters and check character are told apart, in two languages."""
    with pytest.raises(error, match=r"统一社会信用代码.* / "):
        uscc.validate(code)
    assert not uscc.is_valid(code)

"""Numbers as people write them: read in one way, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rukang.numbers.written import read_number
from tests.written_numbers import WRITTEN


@pytest.mark.parametrize(("text", "meant"), WRITTEN.items())
def test_a_number_is_read_in_one_way_or_refused(text: str, meant: str | None) -> None:
    """The same table as the page's; nothing is guessed."""
    if meant is None:
        with pytest.raises(ValueError, match="two ways"):
            read_number(text)
    else:
        assert read_number(text) == Decimal(meant)

"""Text that mixes Chinese and English is wrapped whole at every width."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.table import Table

from rukang.doors.cli.console.width import wrap_by_width

WORDS = "虚构一座城市两年的星级评定，可重复运行 / two years of ratings of an invented city."


@pytest.mark.parametrize("width", range(40, 90))
def test_no_letter_is_lost_where_a_line_is_full(width: int) -> None:
    """Every word is there, none is cut, and no line is too long."""
    wrap_by_width()
    written = StringIO()
    table = Table(box=None, show_header=False, padding=0)
    table.add_column()
    table.add_row(WORDS)
    Console(width=width, file=written).print(table)
    assert written.getvalue().split() == WORDS.split()

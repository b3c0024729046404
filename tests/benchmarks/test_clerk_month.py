"""The month of a wage clerk, small: few commands, and a whole folder for every employer."""

import os
import sys

import pytest

from benchmarks.clerk_month import FILES, MOST_COMMANDS, clerk_month


def test_a_month_takes_few_commands_and_gives_every_employer_a_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two homes, five workers, two employers: nothing fails, nothing is missing."""
    for name in ("RUKANG_DATA", "RUKANG_ACCOUNT"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(sys, "argv", sys.argv)
    month = clerk_month(homes=2, workers=5, employers=2)
    assert month.faults == []
    assert len(month.commands) <= MOST_COMMANDS
    assert (month.folders, month.files) == (2, 2 * len(FILES))

"""What is told of a measurement: rooms with their sums, the whole last."""

from pathlib import Path

import pytest

from tests.covered import Part, main, parts, table

FOUND = [
    (Path("rukang/pay/run.py"), 30, 20),
    (Path("rukang/pay/store/keep.py"), 10, 10),
    (Path("rukang/__init__.py"), 4, 4),
    (Path("payroll/rules/tax.py"), 56, 56),
]


def test_files_are_summed_by_room() -> None:
    """An engine is one part; rukang is told by its rooms."""
    assert parts(FOUND) == [
        Part("payroll", 56, 56),
        Part("rukang", 4, 4),
        Part("rukang/pay", 40, 30),
        Part("all", 100, 90),
    ]


def test_the_whole_stands_last() -> None:
    """It is the line that the page of the full checks keeps."""
    last = table(parts(FOUND)).splitlines()[-1]
    assert " ".join(last.split()) == "all 90 of 100 lines run 90.0 %"
    assert Part("empty", 0, 0).share == 100


def test_a_mistyped_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """It measures nothing."""
    assert main(["walk"]) == 1
    assert "tests.covered run" in capsys.readouterr().err

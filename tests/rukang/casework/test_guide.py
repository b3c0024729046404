"""The guide's example is clean, its program runs as it stands, and its tables name every key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from rukang.casework import Course, HandOver, Happened, Outcome, Remedy, Step, Term, examine

GUIDE = (Path(__file__).parents[3] / "docs" / "casework.md").read_text(encoding="utf-8")
PROGRAM, STORE = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
KEYS = set(re.findall(r"`([a-z_]+)[`:]", "".join(re.findall(r"^\|.*$", GUIDE, re.MULTILINE))))


def test_the_example_is_clean() -> None:
    """Whoever copies it begins with a course that can be used."""
    assert examine(EXAMPLE)[1] == []


def test_the_program_tells_what_is_late(capsys: pytest.CaptureFixture[str]) -> None:
    """The visit is due ten workdays after the case was accepted, on a make-up Sunday."""
    names: dict[str, Any] = {"text": EXAMPLE, "on": date(2026, 9, 21)}
    exec(compile(PROGRAM, "docs/casework.md", "exec"), names)  # noqa: S102 - our own guide
    told = capsys.readouterr().out
    assert told.startswith("{'visit': 'C1'}\nvisit 2026-09-20 ")
    assert "'make-up'" not in told  # a make-up day counts like any other
    (one,) = names["late"](names["case"], names["rules"], date(2026, 9, 21))
    assert (one.step, one.holder, one.since) == ("visit", "C1", date(2026, 9, 21))
    assert "办结一步" in told


@pytest.mark.parametrize("model", [Course, Step, Term, HandOver, Outcome, Remedy])
def test_every_key_stands_in_a_table(model: type[BaseModel]) -> None:
    """A key that is added has to be explained."""
    assert set(model.model_fields) - KEYS == set()


def test_every_event_stands_in_a_table() -> None:
    """And what each does."""
    assert {kind.value for kind in Happened} - KEYS == set()

"""The program in docs/casework.md that keeps a case runs as it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from rukang.base.access import Database
from rukang.cases import add_course
from tests.rukang.casework.test_guide import EXAMPLE, STORE


def test_the_program_that_keeps_a_case(empty_database: Database) -> None:
    """The visit that follows the acceptance is late a month later."""
    with empty_database.session() as session:
        add_course(session, EXAMPLE)
        names: dict[str, Any] = {"session": session, "on": date(2026, 12, 10)}
        exec(compile(STORE, "docs/casework.md", "exec"), names)  # noqa: S102 - our own guide
        (late,) = names["rows"]
        assert (late.step, late.holder, names["total"]) == ("visit", "place:371681", 1)

"""What is imported loads no more than it needs, each in a Python of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"sqlalchemy", "numba", "pulp", "highspy", "fastapi", "dbos", "openpyxl"}

RATE = """
from rukang.engines.rating import ScoreSheet, load_edition, rate
edition = load_edition("example-2026")
rate(edition, ScoreSheet(home="ZP001", home_name="示例", edition=edition.id, on="2026-10-01"))
"""


PACKAGES = ["rostering", "rukang.engines.rating", "rukang.engines.visits", "rukang.casework"]


def loaded(program: str) -> set[str]:
    """Return the heavy packages that a program has loaded when it ends."""
    tell = f"\nimport sys; print(*sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program + tell], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("program", "needed"),
    [
        ("import rostering, rukang, rukang.engines.rating, rukang.engines.visits", set()),
        ("import rukang.casework", set()),
        ("from rukang.casework import parse_course, replay, moves", {"openpyxl"}),
        (RATE, {"openpyxl"}),
        ("from rukang.engines.visits import PlanProblem, check", set()),
        ("import rostering.sheets", {"openpyxl"}),
        ("from rostering import Problem, check, cost", set()),
        ("import payroll; payroll.compute", set()),
        ("import rukang.numbers", set()),
    ],
)
def test_an_engine_loads_what_it_needs(program: str, needed: set[str]) -> None:
    """No database, no solver, no compiled code until something asks for it."""
    assert loaded(program) == needed


def test_help_loads_no_part() -> None:
    """Listing what there is needs none of it."""
    program = """
import sys
from rukang.__main__ import main
sys.argv = ["rukang", "--help"]
try:
    main()
except SystemExit:
    pass
"""
    assert loaded(program) == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_shown_is_never_a_room(package: str) -> None:
    """Though rooms have names of functions, in whichever order they are loaded."""
    program = f"""
import importlib, pkgutil, types
package = importlib.import_module({package!r})
for room in pkgutil.iter_modules(package.__path__, {package!r} + "."):
    importlib.import_module(room.name)
assert package.__all__
for name in package.__all__:
    assert not isinstance(getattr(package, name), types.ModuleType), name
"""
    loaded(program)

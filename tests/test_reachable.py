"""What the engines can do is done on some door: every function they show is used, or says why not.

A function is reached if a room of the house uses it (what rooms do is behind the doors), or if both
the API and the command line do.
"""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINES = (
    "rostering",
    "payroll",
    "payroll.employer",
    "rukang.engines.rating",
    "rukang.engines.visits",
    "rukang.casework",
)
OWN = ("rukang/engines/", "rukang/casework/")

FOR_PROGRAMMERS = {
    "rostering.conflict": "every door asks for several sets at once, `conflicts`",
    "rostering.costs": "what `explain` ends with",
    "rostering.read_nrp": "`rostering.read` tells the format by itself",
    "payroll.employer.extra_deduction": "part of `statement`",
    "payroll.employer.vat_refund": "part of `statement`",
    "payroll.employer.what_if": "a study of hiring, for a notebook",
    "rukang.engines.rating.agreement": "the services count in the database and ask `counted`",
    "rukang.engines.rating.apply_changes": "what `improve` does to see what a change brings",
    "rukang.engines.rating.carry_over": "the services carry answers over as records",
    "rukang.engines.rating.cohen_kappa": "part of the agreement that is shown",
    "rukang.engines.rating.krippendorff_alpha": "part of the agreement that is shown",
    "rukang.engines.rating.parse_edition": "services read own editions with their faults",
    "rukang.engines.rating.rate_all": "many sheets at once, for studies",
    "rukang.engines.rating.refuse_misfit": "what an `Answer` checks of itself",
    "rukang.engines.rating.report_html": "`write_report` writes it to a file",
    "rukang.engines.visits.refuse_day": "what a plan checks of a day that is fixed",
    "rukang.casework.count_days": "clocks are shown with their days counted",
    "rukang.casework.explore": "what `lint` walks through",
    "rukang.casework.read_course_files": "a folder at once, for who writes courses",
}
"""Functions that no door needs, with the reason."""

BY_COMMAND = {
    "rostering.read_workbook": "reads a problem file of the machine",
    "rostering.shortages": "asked of a problem file; of a home's month the roster's findings tell",
    "rukang.engines.rating.differences": "two documents of the machine are compared",
    "rukang.engines.rating.lint": "who writes an edition asks; adding one tells its faults too",
    "rukang.engines.rating.load_outline": "a document of the package",
    "rukang.engines.rating.load_port": "a document of the package",
    "rukang.engines.rating.read_edition_file": "a document of the machine",
    "rukang.engines.rating.write_report": "a file; the page of a rating shows the same",
    "rukang.engines.visits.replan": "planning visits is long work of the officer's machine so far",
    "rukang.casework.lint": "who writes a course asks; adding one tells its faults too",
}
"""Functions offered on the command line alone, with the reason."""


def _used() -> dict[str, set[str]]:
    """Return the names imported, or asked of something, in each file outside the engines.

    A variable that happens to bear a function's name does not use it.
    """
    found = {}
    for top in ("rukang", "api"):
        for file in sorted((ROOT / top).rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            if not place.startswith(OWN):
                nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
                attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
                taken = (of.names for of in nodes if isinstance(of, ast.ImportFrom))
                found[place] = attributes | {of.name for names in taken for of in names}
    return found


USED = _used()


def _shown() -> list[str]:
    return [
        f"{engine}.{name}"
        for engine in ENGINES
        for name in import_module(engine).__all__
        if inspect.isfunction(getattr(import_module(engine), name))
    ]


@pytest.mark.parametrize("function", _shown())
def test_every_function_of_an_engine_is_behind_a_door_or_says_why_not(function: str) -> None:
    """On the API and on the command line; what is not has its reason, and only what is not."""
    name = function.rpartition(".")[2]
    by_api, by_command, by_room = (
        any(name in names for place, names in USED.items() if _kind(place) == kind)
        for kind in ("api", "command", "room")
    )
    reached = by_room or (by_api and by_command)
    if function in BY_COMMAND:
        assert by_command
        assert not reached
    elif function in FOR_PROGRAMMERS:
        assert not reached
        assert not by_command
    else:
        assert reached


def _kind(place: str) -> str:
    if place.startswith("api/"):
        return "api"
    return "command" if "/cli/" in place else "room"


def test_reasons_are_given_for_functions_that_there_are() -> None:
    """A reason that outlives its function would hide the next."""
    assert not (FOR_PROGRAMMERS.keys() | BY_COMMAND.keys()) - set(_shown())

"""The JSON forms of problems and rosters: versioned, described by schemas, and read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from rostering import Problem, Roster
from rostering.schema import schemas, write
from tests.rostering.cases import CASES
from tests.rostering.cases.case import Case
from tests.rostering.tiny import one, roster, wished

SCHEMAS = schemas()
KEPT = Path(__file__).parents[2] / "docs" / "schema"


def validator(name: str) -> Draft202012Validator:
    """Return the validator of a form."""
    return Draft202012Validator(SCHEMAS[f"{name}.schema.json"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_kept_schema_is_current(name: str) -> None:
    """The schema beside the guide is that of the code: else write it anew (rostering.schema)."""
    assert json.loads((KEPT / name).read_text(encoding="utf-8")) == SCHEMAS[name]


def test_schemas_are_written(tmp_path: Path) -> None:
    """Writing into a folder gives the kept files."""
    for path in write(tmp_path / "schema"):
        assert path.read_bytes() == (KEPT / path.name).read_bytes()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_problem_and_roster_keep_their_schemas(case: Case) -> None:
    """Whatever rule is stated, the JSON forms conform to the schemas and read back equal."""
    problem = wished(case.good, **case.given)
    given = roster(problem, case.good)
    validator("problem").validate(json.loads(problem.model_dump_json()))
    validator("roster").validate(json.loads(given.to_json()))
    assert Problem.model_validate_json(problem.model_dump_json()) == problem
    assert Roster.from_json(problem, given.to_json()) == given


@pytest.mark.parametrize(
    ("shifts", "said"),
    [
        ({"B": {"0": "早"}}, "nobody has the id B"),
        ({"A": {"2": "早"}}, "day 2"),
        ({"A": {"0": "午"}}, "no shift 午"),
    ],
)
def test_roster_of_strangers_is_refused(shifts: dict[str, Any], said: str) -> None:
    """People, days and shift types of another problem are told."""
    with pytest.raises(ValueError, match=said):
        Roster.from_json(one("早中"), json.dumps({"shifts": shifts}))


def test_other_versions_are_refused() -> None:
    """A file of a version that this engine does not know is refused."""
    with pytest.raises(ValidationError, match="rostering-roster-2"):
        Roster.from_json(one("早"), '{"format": "rostering-roster-9", "shifts": {}}')
    with pytest.raises(ValidationError, match="rostering-problem-2"):
        Problem.model_validate(one("早").model_dump() | {"format": "rostering-problem-9"})

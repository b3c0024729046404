"""What is declared once is offered everywhere: API, page and command, under the same name."""

from __future__ import annotations

from typing import Any

import pytest
from typer.main import get_command

from api.app import create_app
from api.routers.acts import ACTS, ROOMS
from rukang.doors.cli.body import app as body
from rukang.doors.cli.form import app as form
from rukang.doors.cli.inspection import app as inspection
from rukang.doors.cli.payroll import app as payroll
from rukang.doors.cli.person_duplicates import app as duplicates
from rukang.doors.cli.person_file import app as file
from rukang.doors.cli.roster import app as roster
from rukang.doors.cli.stars.interests import app as interests
from rukang.forms import Act, asked
from tests.api.asking import document_of_pages
from tests.api.house import House

GROUPS = {
    "people": (file, duplicates),
    "bodies": (body,),
    "rosters": (roster,),
    "inspections": (inspection, interests),
    "payroll runs": (payroll,),
    "quality": (form,),
}
"""The groups of commands in which a room's acts stand."""

BATCHED = {"approve": "step"}
"""Commands under another name, because they do several acts to many homes at once."""

PAGES = document_of_pages()

BY_NAME = pytest.mark.parametrize(
    ("room", "act"),
    [(room, act) for room, acts in ROOMS.items() for act in acts],
    ids=lambda of: f"{of.on.name}-{of.name}" if isinstance(of, Act) else of,
)


@pytest.fixture(scope="module")
def document(house: House) -> Any:
    """The OpenAPI document."""
    return create_app(house.settings).openapi()


@BY_NAME
def test_every_act_is_an_operation_a_page_s_form_and_a_command(
    room: str, act: Act, document: Any
) -> None:
    """Whether made from its declaration or by hand: at its address, under its name."""
    operation = document["paths"][f"/api/v1{act.address}"]["post"]
    assert operation["summary"] == f"{act.words.zh} {act.words.en}"
    assert "post" in PAGES["paths"][act.address]
    commands = {name for group in GROUPS[room] for name in get_command(group).commands}  # type: ignore[attr-defined]
    assert BATCHED.get(act.name, act.name) in commands


@BY_NAME
def test_what_an_act_asks_has_words_and_says_them(room: str, act: Act, document: Any) -> None:
    """Each required field is asked on pages and commands too: nothing is left to programs alone."""
    assert act.words.zh
    assert act.purpose.en.endswith(".")
    if act.given is None:
        return
    told = {one.name for one in asked(act.given)}
    needed = {name for name, of in act.given.model_fields.items() if of.is_required()}
    assert needed <= told


def test_names_and_addresses_tell_acts_apart() -> None:
    """Two acts of one address would hide each other."""
    assert len({act.address for act in ACTS}) == len(ACTS)
    for acts in ROOMS.values():
        assert len({act.name for act in acts}) == len(acts)

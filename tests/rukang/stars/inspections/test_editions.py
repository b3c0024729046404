"""The edition of a home: those meant for its place and day, and who chooses among them."""

from __future__ import annotations

from datetime import date

import pytest

from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home
from rukang.engines.rating import Edition, load_edition
from rukang.stars.inspections import editions

EXAMPLE = load_edition("example-2026")
DAY = date(2026, 11, 2)
HOME = Home(code="ZP001", name="示例家园", county="371681")


def _edition(name: str, **changes: object) -> Edition:
    return EXAMPLE.model_copy(update={"id": name, **changes})


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> list[Edition]:
    """The editions there are, in place of those shipped."""
    found: list[Edition] = [_edition("one")]
    monkeypatch.setattr(editions, "editions", lambda: [one.id for one in found])
    monkeypatch.setattr(
        editions, "load_edition", lambda name: next(one for one in found if one.id == name)
    )
    return found


@pytest.mark.parametrize(
    ("place", "meant"),
    [(None, True), ("CN", True), ("370000", True), ("371600", True), ("371681", True),
     ("371602", False), ("330000", False)],
)  # fmt: skip
def test_the_place_decides(shelf: list[Edition], place: str | None, meant: bool) -> None:
    """An edition is meant for homes of its division and those within."""
    shelf[:] = [_edition("one", place=place)]
    assert (editions.editions_for(HOME, DAY) == shelf) is meant


def test_the_day_decides(shelf: list[Edition]) -> None:
    """Before its first day, and after its last, an edition is meant for nobody."""
    shelf[:] = [_edition("old", valid_to=date(2026, 11, 1)), _edition("new", valid_from=DAY)]
    assert editions.edition_in_force(HOME, DAY).id == "new"
    assert editions.edition_in_force(HOME, date(2026, 11, 1)).id == "old"
    with pytest.raises(InvalidError, match="没有适用于 示例家园"):
        editions.edition_in_force(HOME, date(2025, 1, 1))


def test_an_officer_chooses_among_several_and_the_home_never(shelf: list[Edition]) -> None:
    """Where several are in force the officer names one of them; the home has to ask."""
    shelf.append(_edition("two"))
    assert editions.edition_for(HOME, DAY, "two").id == "two"
    with pytest.raises(InvalidError, match="请指明其中一个"):
        editions.edition_for(HOME, DAY)
    with pytest.raises(InvalidError, match="不能按 three 评定"):
        editions.edition_for(HOME, DAY, "three")
    for asked in (None, "one", "two"):
        with pytest.raises(ConflictError, match="由残联发起评定"):
            editions.edition_in_force(HOME, DAY, asked)


def test_the_home_may_name_the_one_in_force(shelf: list[Edition]) -> None:
    """Programs that still send it go on working; another is refused."""
    assert editions.edition_in_force(HOME, DAY, "one").id == "one"
    with pytest.raises(InvalidError, match="不能按 two 评定"):
        editions.edition_in_force(HOME, DAY, "two")

"""Who could take a shift: the same over the API and on the roster's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx import Client

from tests.api.house import House

Visit = Callable[[str | None], Client]
OPEN = {"day": "2026-10-06", "shift": "白"}


def test_who_is_free_is_named_with_what_it_brings(visit: Visit, house: House) -> None:
    """Nobody who works the shift already; who breaks no rule first; in both languages."""
    where = f"/api/v1/rosters/{house.ids['roster_id']}"
    found = visit("manager").get(f"{where}/cover", params=OPEN).json()
    table = visit("manager").get(f"{where}/table").json()
    free = {row["code"] for row in table["rows"] if row["cells"][5] != "白"}
    assert {one["code"] for one in found} == free
    assert free
    allowed = [one["is_allowed"] for one in found]
    assert allowed == sorted(allowed, reverse=True)
    assert all("：" in one["zh"] and ": " in one["en"] for one in found)


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"day": "2026-11-01"}, "不在班表的"), ({"shift": "中"}, "现有：白、夜")],
)
def test_a_day_or_shift_that_is_not_there_is_refused(
    visit: Visit, house: House, changed: dict[str, str], said: str
) -> None:
    """In words that say what there is."""
    where = f"/api/v1/rosters/{house.ids['roster_id']}/cover"
    answer = visit("manager").get(where, params=OPEN | changed)
    assert answer.status_code == 422
    assert said in answer.json()["detail_zh"]


@pytest.mark.parametrize(("who", "status"), [("elsewhere", 404), ("clerk", 403), (None, 401)])
def test_strangers_are_told_nothing(
    visit: Visit, house: House, who: str | None, status: int
) -> None:
    """Neither another home's manager nor who works on wages."""
    where = f"/api/v1/rosters/{house.ids['roster_id']}/cover"
    assert visit(who).get(where, params=OPEN).status_code == status


def test_the_page_asks_and_answers(visit: Visit, house: House) -> None:
    """From the roster, without a script; what was asked stays in the form."""
    manager, where = visit("manager"), f"/rosters/{house.ids['roster_id']}"
    assert f'action="{where}/cover"' in manager.get(where).text
    page = manager.get(f"{where}/cover", params=OPEN)
    assert page.status_code == 200
    assert 'value="2026-10-06"' in page.text
    assert "S01" in page.text or "S02" in page.text

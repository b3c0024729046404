"""Looking for homes on the register, and the line of a briefing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.errors import InvalidError
from rukang.stars.register import Filter, places, require_place, search, services, summary
from tests.factories import a_home
from tests.rukang.stars.register.stars import LAST, ON, a_star


@pytest.fixture
def four(session: Session) -> Session:
    """Three homes with stars in two counties of Binzhou and one elsewhere, and one without."""
    homes: dict[str, tuple[str, int, dict[str, Any]]] = {
        "ZP001": ("371681", 2, {"name": "黄山示例园", "services": ["日间照料", "辅助性就业"]}),
        "ZP002": ("371681", 3, {"name": "50%示例园", "services": ["康复"]}),
        "BC001": ("371602", 3, {"name": "示例_园", "address": "Example Road 1"}),
        "SZ001": ("440300", 1, {"name": "南方示例园", "services": []}),
        "ZP003": ("371681", 0, {"name": "未评示例园"}),
    }
    for code, (county, star, fields) in homes.items():
        a_star(session, a_home(session, code, county, **fields), star)
    return session


def codes(session: Session, on: date = ON, wanted: Filter | None = None) -> list[str]:
    """Return the codes found."""
    found, count = search(session, on, wanted)
    assert count == len(found)
    return [one.code for one in found]


def test_the_highest_stars_come_first_then_by_place_and_code(four: Session) -> None:
    """A home without a star is not listed."""
    assert codes(four) == ["BC001", "ZP002", "ZP001", "SZ001"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"region": "371681"}, ["ZP002", "ZP001"]),
        ({"region": "371600"}, ["BC001", "ZP002", "ZP001"]),
        ({"region": "370000"}, ["BC001", "ZP002", "ZP001"]),
        ({"region": "440000"}, ["SZ001"]),
        ({"region": "110000"}, []),
        ({"star": 3}, ["BC001", "ZP002"]),
        ({"star": 4}, []),
        ({"service": "康复"}, ["ZP002"]),
        ({"service": "日间照料"}, ["BC001", "ZP001"]),
        ({"service": "日间"}, []),
        ({"service": "%"}, []),
        ({"text": "黄山"}, ["ZP001"]),
        ({"text": "zp0"}, ["ZP002", "ZP001"]),
        ({"text": "example road"}, ["BC001"]),
        ({"text": "%"}, ["ZP002"]),
        ({"text": "_"}, ["BC001"]),
        ({"text": "示例", "region": "371681", "star": 2}, ["ZP001"]),
        ({"text": "/"}, []),
    ],
)
def test_what_is_looked_for_is_found(
    four: Session, wanted: dict[str, Any], found: list[str]
) -> None:
    """By place, star, whole service and part of a text; wildcards are characters like others."""
    assert codes(four, ON, Filter(**wanted)) == found


def test_the_register_is_that_of_the_day(four: Session) -> None:
    """Empty before the first day and after the last."""
    assert codes(four, date(2026, 3, 30)) == []
    assert len(codes(four, LAST)) == 4
    assert codes(four, date(2028, 4, 1)) == []


def test_a_long_list_comes_in_parts(four: Session) -> None:
    """Each home once, and how many there are beside every part."""
    parts = [search(four, ON, limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [[one.code for one in found] for found, _ in parts] == [
        ["BC001", "ZP002", "ZP001"],
        ["SZ001"],
        [],
    ]
    assert {count for _, count in parts} == {4}


def test_an_entry_tells_of_the_home_and_the_star_only(four: Session) -> None:
    """Days are inclusive."""
    (entry,) = search(four, ON, Filter(text="黄山"))[0]
    assert (entry.star, entry.since, entry.until, entry.edition) == (2, ON, LAST, "tiny")
    assert entry.services == ("日间照料", "辅助性就业")


def test_services_are_those_that_homes_offer(four: Session) -> None:
    """Each once, in order."""
    assert services(four) == ["康复", "日间照料", "辅助性就业"]


def test_places_are_counties_with_what_they_lie_in(four: Session) -> None:
    """Only where homes are; the nation is no choice."""
    assert places(four) == ["370000", "371600", "371602", "371681", "440000", "440300"]


@pytest.mark.parametrize("place", ["", "371681", "371600", "370000"])
def test_a_place_with_homes_is_accepted(four: Session, place: str) -> None:
    """None named is every place."""
    require_place(four, place)


@pytest.mark.parametrize("place", ["371621", "110000", "37", "CN", "%"])
def test_a_place_without_homes_is_refused(four: Session, place: str) -> None:
    """With those that have some."""
    with pytest.raises(InvalidError, match="371602"):
        require_place(four, place)


@pytest.mark.parametrize(
    ("region", "on", "zh", "en"),
    [
        ("", ON, "2 家三星、1 家二星、1 家一星", "2 3-star homes, 1 2-star home, 1 1-star home"),
        ("371681", ON, "1 家三星、1 家二星", "1 3-star home, 1 2-star home"),
        ("371600", LAST, "2 家三星、1 家二星", "2 3-star homes, 1 2-star home"),
        ("371600", date(2028, 4, 1), "尚无星级机构", "no home holds a star"),
    ],
)
def test_the_line_of_a_briefing(four: Session, region: str, on: date, zh: str, en: str) -> None:
    """Of any place and day."""
    words = summary(four, on, region).words
    assert (words.zh, words.en) == (zh, en)


def test_a_summary_counts_homes_with_and_without_a_star(four: Session) -> None:
    """The one without is a home of the county all the same."""
    found = summary(four, ON, "371681")
    assert (found.homes, found.rated, found.by_star) == (3, 2, {3: 1, 2: 1})


def test_a_session_sees_the_register_of_its_places(empty_database: Database) -> None:
    """An officer's own counties; the public register is asked for through a caller of its own."""
    with empty_database.session() as session:
        for code, county in (("ZP001", "371681"), ("BC001", "371602")):
            a_star(session, a_home(session, code, county), 3)
    officer = Caller("officer", (Grant(Role.OFFICER, region="371681"),))
    with empty_database.session(officer, Permission.REGISTER_READ) as session:
        assert codes(session) == ["ZP001"]
        assert summary(session, ON).homes == 1
        assert places(session) == ["370000", "371600", "371681"]

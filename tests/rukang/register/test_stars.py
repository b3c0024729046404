"""The star of a home as of any day: granted, lowered, corrected, run out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from rukang.access import Database
from rukang.errors import ConflictError, InvalidError, NotFoundError
from rukang.homes import Home
from rukang.rating import ScoreSheet, load_edition, rate
from rukang.rating.records import RatingRecord
from rukang.register import (
    EventKind,
    Filter,
    StarEvent,
    correct,
    find_registered,
    grant,
    history,
    lower,
    remove,
    search,
    summary,
)
from tests.factories import a_home

EDITION = load_edition("example-2026")
ON = date(2026, 3, 2)
ENDS = date(2028, 3, 1)
"""Last day of a star that is granted on ON: the edition's 24 months."""


def a_rating(session: Session, home: Home, star: int | None) -> RatingRecord:
    """Store a rating with a star of our choice; how stars come about is tested elsewhere."""
    sheet = ScoreSheet(home=home.code, edition=EDITION.id, on=ON)
    record = RatingRecord(
        home_id=home.id, edition=EDITION.id, rated_on=ON, recorded_at=session.info["clock"](),
        star=star, sheet=sheet.model_dump(mode="json"), digest="0" * 64,
        result=rate(EDITION, sheet).model_dump(mode="json"),
    )  # fmt: skip
    session.add(record)
    session.flush()
    return record


def _granted(session: Session, star: int = 4, on: date = ON, code: str = "ZP001") -> StarEvent:
    home = a_home(session, code=code)
    return grant(session, home, a_rating(session, home, star), EDITION, on)


def _star(session: Session, on: date) -> int:
    found, _ = search(session, on)
    return found[0].star if found else 0


def test_a_star_holds_from_its_first_day_to_its_last(empty_database: Database) -> None:
    """Neither the day before nor the day after."""
    with empty_database.session() as session:
        event = _granted(session)
        assert event.valid_until == ENDS
        days = (ON - timedelta(days=1), ON, ENDS, ENDS + timedelta(days=1))
        assert [_star(session, day) for day in days] == [0, 4, 4, 0]


def test_a_new_star_takes_over_on_its_day(empty_database: Database) -> None:
    """One entered late about an earlier day finds its place among the others."""
    with empty_database.session() as session:
        first = _granted(session, 3)
        home = session.get_one(Home, first.home_id)
        later, between = date(2027, 3, 1), date(2026, 9, 1)
        grant(session, home, a_rating(session, home, 5), EDITION, later)
        grant(session, home, a_rating(session, home, 4), EDITION, between)
        days = (ON, between - timedelta(days=1), between, later)
        assert [_star(session, day) for day in days] == [3, 3, 4, 5]


def test_lowering_and_removing(empty_database: Database) -> None:
    """From a day on, with a public reason, until the higher star would have ended."""
    with empty_database.session() as session:
        home = session.get_one(Home, _granted(session).home_id)
        lowered = lower(session, home, 2, date(2026, 6, 1), "整改逾期")
        assert (lowered.kind, lowered.valid_until) == (EventKind.LOWERED, ENDS)
        removed = remove(session, home, date(2026, 7, 1), "停止开放")
        assert removed.kind is EventKind.REMOVED
        days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1))
        assert [_star(session, day) for day in days] == [4, 2, 0]


@pytest.mark.parametrize(
    ("star", "words", "error", "message"),
    [
        (4, "原因", ConflictError, "是 4 星，不能降为 4 星"),
        (5, "原因", ConflictError, "不能降为 5 星"),
        (2, " ", InvalidError, "写明原因"),
        (-1, "原因", InvalidError, "星级 -1 不存在"),
        (2, "长" * 501, InvalidError, "最多 500 字"),
    ],
)
def test_what_is_no_lowering_is_refused(
    empty_database: Database, star: int, words: str, error: type[Exception], message: str
) -> None:
    """Not lower, without a reason, no such star, or a reason that does not fit."""
    with empty_database.session() as session:
        home = session.get_one(Home, _granted(session).home_id)
        with pytest.raises(error, match=message):
            lower(session, home, star, date(2026, 6, 1), words)


def test_a_correction_replaces_and_leaves_the_mistake_to_be_seen(
    empty_database: Database,
) -> None:
    """Also of a past entry that others followed; a mistake is corrected once."""
    with empty_database.session() as session:
        wrong = _granted(session, 5)
        home = session.get_one(Home, wrong.home_id)
        lower(session, home, 2, date(2026, 6, 1), "整改逾期")
        right = correct(session, wrong, 4, "登记时抄错")
        assert [_star(session, day) for day in (ON, date(2026, 6, 1))] == [4, 2]
        told = {one.id: one for one in history(session, home)}
        assert told[wrong.id].corrected_by == right.id
        assert told[wrong.id].until is None
        assert told[right.id].corrects == wrong.id
        with pytest.raises(ConflictError, match="已更正过"):
            correct(session, wrong, 3, "再改")
        with pytest.raises(InvalidError, match="无需更正"):
            correct(session, right, 4, "同样")


def test_a_rating_is_entered_once_and_only_with_a_result(empty_database: Database) -> None:
    """Data missing, or entered before."""
    with empty_database.session() as session:
        home = a_home(session)
        with pytest.raises(ConflictError, match="没有结果"):
            grant(session, home, a_rating(session, home, None), EDITION, ON)
        rating = a_rating(session, home, 3)
        grant(session, home, rating, EDITION, ON)
        with pytest.raises(ConflictError, match="已登记"):
            grant(session, home, rating, EDITION, ON)


def test_the_line_of_a_briefing_as_of_any_day(empty_database: Database) -> None:
    """Highest first, in words; homes without a star are counted among the homes only."""
    with empty_database.session() as session:
        for code, star in (("ZP001", 4), ("ZP002", 3), ("ZP003", 3)):
            _granted(session, star, code=code)
        a_home(session, code="ZP004")
        found = summary(session, ON)
        assert found.words.zh == "1 家四星、2 家三星"
        assert found.words.en == "1 4-star home, 2 3-star homes"
        assert (found.homes, found.rated) == (4, 3)
        assert summary(session, ON - timedelta(days=1)).words.zh == "尚无星级机构"


def test_search_filters(empty_database: Database) -> None:
    """By place, star, service and text, with wildcards as plain characters; a page at a time."""
    with empty_database.session() as session:
        for code, county, star in (
            ("ZP001", "371681", 4), ("BC001", "371602", 3), ("BC002", "371602", 4),
        ):  # fmt: skip
            home = a_home(session, code=code, county=county, address=f"{code}_路 1 号")
            grant(session, home, a_rating(session, home, star), EDITION, ON)

        def found(**wanted: object) -> list[str]:
            entries, _ = search(session, ON, Filter(**wanted))  # type: ignore[arg-type]
            return [entry.code for entry in entries]

        assert found() == ["BC002", "ZP001", "BC001"]
        assert found(region="371602") == ["BC002", "BC001"]
        assert found(star=4) == ["BC002", "ZP001"]
        assert found(service="日间照料", text="bc001") == ["BC001"]
        assert found(service="日间") == []
        assert found(text="_路") == ["BC002", "ZP001", "BC001"]
        assert found(text="%") == []
        part, total = search(session, ON, limit=1, offset=1)
        assert ([entry.code for entry in part], total) == (["ZP001"], 3)


def test_a_home_of_which_nothing_was_entered_is_unknown_to_the_public(
    empty_database: Database,
) -> None:
    """That there is such a home is not for everybody."""
    with empty_database.session() as session:
        a_home(session)
        with pytest.raises(NotFoundError, match="没有编号为 'ZP001'"):
            find_registered(session, "ZP001")
        _granted(session, code="ZP002")
        assert find_registered(session, "ZP002").code == "ZP002"

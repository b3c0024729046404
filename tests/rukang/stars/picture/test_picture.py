"""A city's picture: counts, changes, failings, what is late, agreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.errors import InvalidError, NotFoundError
from rukang.stars.inspections import Reason, confirm, withdraw
from rukang.stars.inspections.steps.moderation import store_scores
from rukang.stars.picture import (
    Matter,
    agreed,
    failings,
    judged_edition,
    judged_editions,
    late,
    picture,
)
from rukang.stars.register import EventKind, correct, lower
from tests.factories import a_home
from tests.rukang.engines.rating.tiny import TINY_EDITION
from tests.rukang.stars.inspections.scenario import ANSWERS, DUE, FIRST, SECOND, Round, a_round
from tests.rukang.stars.register.stars import LAST, ON, a_star


@pytest.fixture
def round_(empty_database: Database) -> Iterator[Round]:
    """A home and three inspectors in one open session."""
    with a_round(empty_database) as found:
        yield found


def test_counts_and_changes(round_: Round) -> None:
    """Before, after publication and after a lowering; by county and by edition."""
    round_.published()
    a_home(round_.session, code="BC001", county="371602")
    on = round_.clock().date()
    found = picture(round_.session, on, on - timedelta(days=1))
    assert (found.homes, found.by_star, found.before) == (2, {3: 1, 0: 1}, {0: 2})
    assert found.by_county == {"371602": {0: 1}, "371681": {3: 1}}
    assert found.by_edition == {"tiny": {3: 1}}
    assert [(one.before, one.after, one.homes) for one in found.changes] == [(0, 3, 1)]
    assert found.events == {EventKind.GRANTED: 1}
    later = on + timedelta(days=30)
    lower(round_.session, round_.home, 1, later, "示例原因")
    changed = picture(round_.session, later, on)
    assert [(one.before, one.after) for one in changed.changes] == [(3, 1)]
    assert picture(round_.session, on, on - timedelta(days=9), "371602").by_star == {0: 1}
    with pytest.raises(InvalidError, match="须早于"):
        picture(round_.session, on, on)


def test_a_correction_changes_the_picture_of_days_gone_by(round_: Round) -> None:
    """What was mistaken is in no picture; a star that ran out is a change without an entry."""
    correct(round_.session, a_star(round_.session, round_.home, 3), 2, "登记时抄错")
    day = timedelta(days=1)
    first = picture(round_.session, ON, ON - day)
    assert [(one.before, one.after) for one in first.changes] == [(0, 2)]
    assert first.events == {EventKind.GRANTED: 1, EventKind.CORRECTED: 1}
    over = picture(round_.session, LAST + day, LAST)
    assert [(one.before, one.after) for one in over.changes] == [(2, 0)]
    assert (over.by_star, over.by_edition, over.events) == ({0: 1}, {}, {})


def test_a_session_sees_the_picture_of_its_places(empty_database: Database) -> None:
    """Counts, changes, entries, failings and what is late, of the officer's own county."""
    with empty_database.session() as session:
        for code, county in (("ZP001", "371681"), ("BC001", "371602")):
            a_star(session, a_home(session, code, county), 2)
    officer = Caller("officer", (Grant(Role.OFFICER, region="371681"),))
    with empty_database.session(officer, Permission.RATING_READ) as session:
        found = picture(session, ON, ON - timedelta(days=1))
        assert found.by_county == {"371681": {2: 1}}
        assert found.by_edition == {"tiny": {2: 1}}
        assert found.events == {EventKind.GRANTED: 1}
        assert {one.homes for one in failings(session, ON)} == {1}
        assert [one.home for one in late(session, date(2027, 4, 1))] == ["ZP001"]


def test_the_most_frequent_failings_come_first(round_: Round) -> None:
    """As many as are asked for."""
    a_star(round_.session, round_.home, 1)  # S2, S3 and T3 not in full
    a_star(round_.session, a_home(round_.session, code="ZP002"), 2)  # S2 and T1
    found = failings(round_.session, ON, limit=2)
    assert [(one.criterion, one.homes) for one in found] == [("S2", 2), ("S3", 1)]


def test_failings_are_of_the_ratings_that_stand(round_: Round) -> None:
    """T1 had no data; before publication nothing fails."""
    round_.published()
    on = round_.clock().date()
    assert [(one.criterion, one.homes) for one in failings(round_.session, on)] == [("T1", 1)]
    assert failings(round_.session, on - timedelta(days=1)) == []
    assert failings(round_.session, on, "371602") == []


def test_a_visit_is_late_the_day_after_it_was_due(round_: Round) -> None:
    """On the day it is not; nor once the visit was made."""
    round_.planned()
    assert late(round_.session, DUE) == []
    (found,) = late(round_.session, DUE + timedelta(days=1))
    assert (found.matter, found.home, found.due_on) == (Matter.VISIT, "ZP001", DUE)
    for email in (FIRST, SECOND):
        round_.filled(round_.home_inspection, email, ANSWERS)
    assert late(round_.session, DUE + timedelta(days=1)) == []


def test_a_publication_mending_and_the_next_inspection_can_be_late(round_: Round) -> None:
    """Each on the day after its own."""
    inspection = round_.proposed()
    assert inspection.publish_by is not None
    assert late(round_.session, inspection.publish_by) == []
    (found,) = late(round_.session, inspection.publish_by + timedelta(days=1))
    assert found.matter is Matter.PUBLICATION


def test_mending_and_revisits(round_: Round) -> None:
    """T1 has to be mended within sixty days; the next inspection is due after a year."""
    inspection = round_.published()
    (action,) = inspection.actions
    assert [one.matter for one in late(round_.session, action.due_on)] == []
    day_after = action.due_on + timedelta(days=1)
    assert [one.matter for one in late(round_.session, day_after)] == [Matter.MENDING]
    confirm(round_.as_(FIRST), inspection, action)
    assert late(round_.session, day_after) == []
    due = date(2027, 3, 26)  # published on 26 March 2026
    assert late(round_.session, due) == []
    assert [one.matter for one in late(round_.session, due + timedelta(days=1))] == [Matter.REVISIT]


def test_the_next_inspection_is_late_until_it_is_under_way(round_: Round) -> None:
    """Also when the star has run out; and again once the inspection is given up."""
    a_star(round_.session, round_.home, 3)
    due, day = date(2027, 3, 31), timedelta(days=1)
    assert late(round_.session, due) == []
    for on in (due + day, LAST, LAST + 2 * day):
        assert [one.matter for one in late(round_.session, on)] == [Matter.REVISIT]
    inspection = round_.opened(Reason.DUE)
    assert Matter.REVISIT not in {one.matter for one in late(round_.session, due + day)}
    withdraw(round_.as_("officer@example.org"), inspection, "重复登记")
    assert [one.matter for one in late(round_.session, due + day)] == [Matter.REVISIT]


def test_what_is_longest_late_comes_first(round_: Round) -> None:
    """Of a region, or of every one."""
    a_star(round_.session, a_home(round_.session, code="BC001", county="371602"), 3)
    round_.planned()
    on = date(2027, 12, 31)
    assert [one.due_on for one in late(round_.session, on)] == [DUE, date(2027, 3, 31)]
    assert [one.home for one in late(round_.session, on, "371602")] == ["BC001"]


def test_agreement_is_that_of_the_round(round_: Round) -> None:
    """Both said the same of five of six, and 乙 gives S3 less; outside its days there is none."""
    store_scores(round_.session, round_.visited(S3=5), TINY_EDITION)
    on = round_.clock().date()
    found = agreed(round_.session, TINY_EDITION, on, on)
    same = {one.criterion: one.same for one in found.criteria}
    assert same == {"S1": 1, "S2": 1, "S3": 0, "T2": 1, "T3": 1, "T4": 1}
    lean = {one.inspector: one.points_above for one in found.inspectors}
    assert lean["评定员甲"] == -lean["评定员乙"] > 0
    before = on - timedelta(days=1)
    assert agreed(round_.session, TINY_EDITION, before, before).criteria == ()
    assert agreed(round_.session, TINY_EDITION, on, on, "371602").criteria == ()


def test_an_edition_is_judged_once_two_have_scored_under_it(round_: Round) -> None:
    """In the wording the inspection went by; an edition nobody scored under is told apart."""
    inspection = round_.visited()
    assert judged_editions(round_.session) == []
    with pytest.raises(NotFoundError, match="尚无"):
        judged_edition(round_.session, "tiny")
    store_scores(round_.session, inspection, TINY_EDITION)
    assert judged_editions(round_.session) == ["tiny"]
    assert judged_edition(round_.session, "tiny") == TINY_EDITION
    with pytest.raises(NotFoundError, match="现有：tiny"):
        judged_edition(round_.session, "example-2026")

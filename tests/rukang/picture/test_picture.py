"""A city's picture: counts, changes, failings, what is late, agreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from rukang.access import Database
from rukang.errors import InvalidError
from rukang.inspections import confirm
from rukang.inspections.moderation import keep_scores
from rukang.picture import agreed, failings, late, picture
from rukang.picture.late import Matter
from rukang.register import EventKind, lower
from tests.factories import a_home
from tests.rukang.inspections.scenario import ANSWERS, DUE, FIRST, SECOND, Round, a_round
from tests.rukang.rating.tiny import TINY_EDITION


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
    assert (found.homes, found.by_star) == (2, {3: 1, 0: 1})
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
    confirm(round_.session, action, round_.home, FIRST)
    assert late(round_.session, day_after) == []
    due = date(2027, 3, 26)  # published on 26 March 2026
    assert late(round_.session, due) == []
    assert [one.matter for one in late(round_.session, due + timedelta(days=1))] == [Matter.REVISIT]


def test_agreement_is_that_of_the_round(round_: Round) -> None:
    """Both said the same of five of six, and 乙 gives S3 less; outside its days there is none."""
    keep_scores(round_.session, round_.visited(S3=5), TINY_EDITION)
    on = round_.clock().date()
    found = agreed(round_.session, TINY_EDITION, on, on)
    same = {one.criterion: one.same for one in found.criteria}
    assert same == {"S1": 1, "S2": 1, "S3": 0, "T2": 1, "T3": 1, "T4": 1}
    lean = {one.inspector: one.points_above for one in found.inspectors}
    assert lean["评定员甲"] == -lean["评定员乙"] > 0
    before = on - timedelta(days=1)
    assert agreed(round_.session, TINY_EDITION, before, before).criteria == ()
    assert agreed(round_.session, TINY_EDITION, on, on, "371602").criteria == ()

"""What may be entered about a star, and what holds on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database.audit import AuditEntry, write_down
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home
from rukang.stars.register import LONGEST_WORDS, EventKind, correct, grant, lower, remove, search
from rukang.stars.register.records import RatingLoss
from tests.factories import a_home
from tests.rukang.stars.register.stars import EDITION, LAST, ON, a_rating, a_star

DAY = timedelta(days=1)
SUMMER = date(2026, 7, 1)


def star_on(session: Session, on: date) -> int:
    """Return the star of the only home on a day; 0 is none."""
    found, count = search(session, on)
    assert count == len(found) <= 1
    return found[0].star if found else 0


@pytest.mark.parametrize(
    ("on", "star"), [(ON - DAY, 0), (ON, 3), (SUMMER, 3), (LAST, 3), (LAST + DAY, 0)]
)
def test_a_star_holds_from_its_first_day_to_its_last(session: Session, on: date, star: int) -> None:
    """Both included; the day after, it has lapsed without an entry."""
    event = a_star(session, a_home(session), 3)
    assert (event.valid_until, event.revisit_on) == (LAST, date(2027, 3, 31))
    assert star_on(session, on) == star


def test_months_that_are_shorter_end_earlier(session: Session) -> None:
    """A star of 29 February ends, and is due again, at the end of Februaries of 28 days."""
    event = a_star(session, a_home(session), 3, date(2024, 2, 29))
    assert (event.valid_until, event.revisit_on) == (date(2026, 2, 28), date(2025, 2, 28))


def test_a_rating_without_result_is_not_entered(session: Session) -> None:
    """Missing data are no star, and not the loss of one either."""
    home = a_home(session)
    with pytest.raises(ConflictError, match="缺少数据"):
        grant(session, home, a_rating(session, home, None), EDITION, ON)


def test_a_rating_is_entered_once(session: Session) -> None:
    """A second click is refused and told what to do."""
    home = a_home(session)
    a_star(session, home, 3)
    with pytest.raises(ConflictError, match="已登记"):
        a_star(session, home, 3)


def test_a_rating_that_reaches_no_star_ends_the_one_before(session: Session) -> None:
    """From its own day on."""
    home = a_home(session)
    a_star(session, home, 3)
    assert a_star(session, home, 0, SUMMER).kind is EventKind.GRANTED
    assert (star_on(session, SUMMER - DAY), star_on(session, SUMMER)) == (3, 0)


def test_a_later_star_takes_over_and_brings_its_own_time(session: Session) -> None:
    """Up as well as down."""
    home = a_home(session)
    a_star(session, home, 1)
    later = a_star(session, home, 3, SUMMER)
    assert [star_on(session, day) for day in (SUMMER - DAY, SUMMER, later.valid_until)] == [1, 3, 3]
    assert later.valid_until == date(2028, 7, 1)


def test_what_is_entered_late_for_an_earlier_day_leaves_later_entries_alone(
    session: Session,
) -> None:
    """A rating of winter that arrives after the one of spring holds in between only."""
    home = a_home(session)
    a_star(session, home, 3)
    a_star(session, home, 1, date(2026, 1, 5))
    assert [star_on(session, day) for day in (date(2026, 1, 5), ON - DAY, ON)] == [1, 1, 3]


def test_of_two_entries_of_a_day_the_later_one_holds(session: Session) -> None:
    """Never both."""
    home = a_home(session)
    a_star(session, home, 3)
    lower(session, home, 2, ON, "公布当日复核")
    assert star_on(session, ON) == 2


def test_a_star_is_lowered_for_the_rest_of_its_time(session: Session) -> None:
    """It ends when the higher one would have ended, and says why."""
    home = a_home(session)
    a_star(session, home, 3)
    event = lower(session, home, 1, SUMMER, " 整改逾期未完成 ")
    assert (event.kind, event.words) == (EventKind.LOWERED, "整改逾期未完成")
    days = (SUMMER - DAY, SUMMER, LAST, LAST + DAY)
    assert [star_on(session, day) for day in days] == [3, 1, 1, 0]


def test_a_star_is_removed(session: Session) -> None:
    """From the day on there is none, and there is nothing more to take."""
    home = a_home(session)
    a_star(session, home, 2)
    assert remove(session, home, SUMMER, "发生责任事故").kind is EventKind.REMOVED
    assert (star_on(session, SUMMER - DAY), star_on(session, SUMMER)) == (2, 0)
    with pytest.raises(ConflictError, match="0 星"):
        remove(session, home, SUMMER + DAY, "再次")


@pytest.mark.parametrize(("star", "on"), [(3, SUMMER), (4, SUMMER), (2, ON - DAY), (2, LAST + DAY)])
def test_only_a_higher_star_that_is_held_can_be_lowered(
    session: Session, star: int, on: date
) -> None:
    """Not to the same or a higher one, not before its first day, not after its last."""
    home = a_home(session)
    a_star(session, home, 3)
    with pytest.raises(ConflictError):
        lower(session, home, star, on, "整改逾期未完成")
    assert star_on(session, SUMMER) == 3


def test_a_correction_holds_from_the_day_of_the_mistake(session: Session) -> None:
    """The register of every day between is put right at once; the mistake is never shown."""
    home = a_home(session)
    wrong = a_star(session, home, 3)
    right = correct(session, wrong, 2, "登记时抄错")
    assert (right.kind, right.corrects_id) == (EventKind.CORRECTED, wrong.id)
    assert [star_on(session, day) for day in (ON - DAY, ON, LAST, LAST + DAY)] == [0, 2, 2, 0]


def test_a_correction_of_a_past_entry_leaves_what_followed(session: Session) -> None:
    """Only the days the mistake held are changed."""
    home = a_home(session)
    wrong = a_star(session, home, 1)
    a_star(session, home, 3, SUMMER)
    correct(session, wrong, 2, "登记时抄错")
    assert [star_on(session, day) for day in (ON, SUMMER - DAY, SUMMER)] == [2, 2, 3]


def test_a_correction_stands_where_the_mistake_stood(session: Session) -> None:
    """What was entered after it for the same day still holds."""
    home = a_home(session)
    wrong = a_star(session, home, 3)
    lower(session, home, 1, ON, "公布当日复核")
    correct(session, wrong, 2, "登记时抄错")
    assert star_on(session, ON) == 1


def test_a_star_can_be_corrected_away_and_back(session: Session) -> None:
    """A correction is itself corrected; the first entry is not corrected twice."""
    home = a_home(session)
    wrong = a_star(session, home, 3)
    none = correct(session, wrong, 0, "登记在错误的机构")
    assert star_on(session, ON) == 0
    correct(session, none, 2, "核对原件")
    assert star_on(session, ON) == 2
    with pytest.raises(ConflictError, match="已更正过"):
        correct(session, wrong, 1, "再次")


Step = Callable[[Session, Home, int, str], object]


def _lower(session: Session, home: Home, star: int, words: str) -> object:
    return lower(session, home, star, ON, words)


def _correct(session: Session, home: Home, star: int, words: str) -> object:
    return correct(session, a_star(session, home, 3, SUMMER), star, words)


@pytest.mark.parametrize("step", [_lower, _correct])
@pytest.mark.parametrize(
    ("star", "words", "said"),
    [
        (1, "  ", "请写明原因"),
        (1, "因" * (LONGEST_WORDS + 1), f"最多 {LONGEST_WORDS} 字"),
        (-1, "原因", "星级 -1 不存在"),
        (6, "原因", "星级 6 不存在"),
    ],
)
def test_a_step_without_a_reason_or_to_no_star_is_refused(
    session: Session, step: Step, star: int, words: str, said: str
) -> None:
    """Before anything is entered."""
    home = a_home(session)
    a_star(session, home, 3)
    with pytest.raises(InvalidError, match=said):
        step(session, home, star, words)


def test_correcting_to_what_was_entered_is_refused(session: Session) -> None:
    """There is nothing to mend."""
    with pytest.raises(InvalidError, match="无需更正"):
        correct(session, a_star(session, a_home(session), 3), 3, "核对")


def test_the_longest_reason_fits(session: Session) -> None:
    """To the last character, in Chinese too."""
    home = a_home(session)
    a_star(session, home, 3)
    assert len(lower(session, home, 2, SUMMER, "因" * LONGEST_WORDS).words) == LONGEST_WORDS


def test_what_a_rating_did_not_earn_is_kept_with_its_entry(session: Session) -> None:
    """Criteria earned in full are no losses; of one without points it is 0."""
    home = a_home(session)
    a_star(session, home, 0)
    losses = session.scalars(select(RatingLoss)).all()
    assert [(one.criterion, one.lost, one.points) for one in losses] == [
        ("T4", Decimal(0), Decimal(0))
    ]


def test_entries_are_in_the_audit_trail(session: Session) -> None:
    """Who entered what, with the day on which the entry before it ended."""
    home = a_home(session)
    first = a_star(session, home, 3)
    lower(session, home, 2, SUMMER, "整改逾期未完成")
    write_down(session)
    trail = select(AuditEntry).where(AuditEntry.table == "star_event")
    changes = [one for one in session.scalars(trail) if one.action == "update"]
    assert [(one.record_id, one.after) for one in changes] == [
        (first.id, {"replaced_on": "2026-07-01"})
    ]

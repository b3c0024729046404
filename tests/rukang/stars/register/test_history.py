"""What is told of a home: every entry, also those that were mistaken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from rukang.base.errors import NotFoundError
from rukang.stars.register import correct, find_registered, history, lower
from tests.factories import a_home
from tests.rukang.stars.register.stars import LAST, ON, a_star

SUMMER = date(2026, 7, 1)


def test_every_entry_is_told_with_the_days_it_held(session: Session) -> None:
    """The newest first; each ends the day before the next begins."""
    home = a_home(session)
    a_star(session, home, 3)
    lower(session, home, 2, SUMMER, "整改逾期未完成")
    told = [(one.star, one.effective_on, one.until, one.words) for one in history(session, home)]
    assert told == [
        (2, SUMMER, LAST, "整改逾期未完成"),
        (3, ON, SUMMER - timedelta(days=1), ""),
    ]


def test_a_star_that_lapsed_ended_on_its_own_last_day(session: Session) -> None:
    """Not on the day before the next, years later."""
    home = a_home(session)
    a_star(session, home, 3)
    a_star(session, home, 1, date(2029, 1, 1))
    assert history(session, home)[1].until == LAST


def test_a_corrected_entry_stays_and_names_its_correction(session: Session) -> None:
    """And the other way; the mistake never held."""
    home = a_home(session)
    wrong = a_star(session, home, 3)
    right = correct(session, wrong, 2, "登记时抄错")
    told = {one.id: one for one in history(session, home)}
    assert (told[wrong.id].star, told[wrong.id].until) == (3, None)
    assert (told[wrong.id].corrected_by, told[right.id].corrects) == (right.id, wrong.id)
    assert (told[right.id].corrected_by, told[wrong.id].corrects) == (None, None)


def test_an_entry_is_dated_by_the_clock_of_shanghai(session: Session) -> None:
    """What is entered in the evening of UTC is entered on the next day."""
    home = a_home(session)
    moment = session.info["clock"]().replace(hour=16)
    session.info["clock"] = lambda: moment
    a_star(session, home, 3)
    (told,) = history(session, home)
    assert told.entered_on == moment.date() + timedelta(days=1)


def test_a_home_is_on_the_register_once_something_is_entered(session: Session) -> None:
    """Also when the rating reached no star; before, the public is not told that it exists."""
    home = a_home(session)
    with pytest.raises(NotFoundError, match="公开名册中没有"):
        find_registered(session, home.code)
    a_star(session, home, 0)
    assert find_registered(session, home.code) is home

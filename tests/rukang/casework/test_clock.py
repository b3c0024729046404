"""Due days: against an oracle that goes day by day, and what is late of whom since when."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukang.base.calendar import Arrangement, Calendar
from rukang.base.errors import InvalidError
from rukang.casework import Budget, Of, Rules, Stop, Unit, clocks, count_days, late, replay
from tests.rukang.casework.tiny import MONDAY, Case, rules

ONE = timedelta(days=1)
CALENDAR = Calendar()


def oracle(start: date, budget: Budget, stopped: set[date], horizon: date) -> date | None:
    """Return the last day of a budget: one token is spent on each day that counts."""
    tokens = budget.amount
    if budget.unit is Unit.MONTHS:
        index = start.year * 12 + start.month - 1 + budget.amount
        year, month = divmod(index, 12)
        last = monthrange(year, month + 1)[1]
        tokens = (date(year, month + 1, min(start.day, last)) - start).days
    today = start
    while tokens:
        today = date.fromordinal(today.toordinal() + 1)
        if today > horizon:
            return None
        free = budget.unit is Unit.WORKDAYS and not CALENDAR.workdays([today])
        if today in stopped or free:
            continue
        tokens -= 1
    return today


def days_stopped(stops: list[Stop], horizon: date) -> set[date]:
    """Return the days after each first day, up to the last, written out."""
    found = set()
    for stop in stops:
        day = stop.first + ONE
        while day <= min(stop.last or horizon, horizon):
            found.add(day)
            day += ONE
    return found


STARTS = st.dates(date(2025, 1, 1), date(2027, 6, 30))
BUDGETS = st.one_of(
    st.builds(Budget, st.integers(1, 45), st.just(Unit.WORKDAYS)),
    st.builds(Budget, st.integers(1, 90), st.just(Unit.DAYS)),
    st.builds(Budget, st.integers(1, 7), st.just(Unit.MONTHS)),
)
GAPS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30)), max_size=4)


def stops_of(start: date, gaps: list[tuple[int, int]], *, stands: bool) -> list[Stop]:
    """Return stops one behind the other; the last may stand open."""
    stops, day = [], start
    for before, length in gaps:
        first = day + before * ONE
        day = first + length * ONE
        stops.append(Stop(first, day, "supplement"))
    if stops and stands:
        stops[-1] = Stop(stops[-1].first, None, "supplement")
    return stops


@settings(max_examples=300)
@given(STARTS, BUDGETS, GAPS, st.booleans())
def test_due_days_are_those_of_the_oracle(
    start: date, budget: Budget, gaps: list[tuple[int, int]], stands: bool
) -> None:
    """Workdays, days and months, with stops, over holidays, make-up days and years to come."""
    stops = stops_of(start, gaps, stands=stands)
    horizon = date(2029, 12, 31)
    expected = oracle(start, budget, days_stopped(stops, horizon), horizon)
    days = count_days(start, budget, stops, CALENDAR)
    numbers = [one.number for one in days if one.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [one.day for one in days] == [start + (n + 1) * ONE for n in range(len(days))]
    open_stop = bool(stops) and stops[-1].last is None
    if expected is not None:
        assert days[-1].day == expected
        assert days[-1].number == max(numbers)
    else:
        assert open_stop
        assert not days or days[-1].day == stops[-1].first


@settings(max_examples=200)
@given(STARTS, BUDGETS, GAPS, st.integers(0, 60), st.integers(-1, 40))
def test_a_stop_after_the_due_day_hides_nothing(
    start: date, budget: Budget, gaps: list[tuple[int, int]], after: int, length: int
) -> None:
    """Whether it stands or is over: the days counted and the due day stay what they were."""
    stops = stops_of(start, gaps, stands=False)
    before = count_days(start, budget, stops, CALENDAR)
    due = before[-1].day
    first = max(due + after * ONE, *(stop.last or due for stop in stops), due)
    last = None if length < 0 else first + length * ONE
    assert count_days(start, budget, [*stops, Stop(first, last, "supplement")], CALENDAR) == before


@settings(max_examples=40)
@given(st.integers(0, 25), st.integers(0, 10))
def test_what_is_late_stays_late_when_it_is_stopped(after: int, more: int) -> None:
    """Through events: stopped before its last day it has no due day, afterwards it stays late."""
    case = Case().accepted()
    due = date(2026, 9, 20)  # ten workdays from 7 September, the last a make-up Sunday
    on = MONDAY + after * ONE
    case.tell("suspended", "visit", ground="applicant_away", reason="外出 away", on=on)
    (clock,) = [c for c in clocks(case.now, rules()) if (c.step, c.of) == ("visit", Of.TERM)]
    seen = {one.step: one for one in late(case.now, rules(), due + (more + 1) * ONE)
            if one.of is Of.TERM}  # fmt: skip
    if on < due:
        assert clock.due is None
        assert clock.stopped
        assert "visit" not in seen
    else:
        assert clock.due == due
        assert seen["visit"].since == due + ONE


def test_the_run_of_the_research_is_counted_the_same() -> None:
    """Ten workdays from 12 October 2026, papers asked on the 15th, answered on the 29th."""
    ten = Budget(10, Unit.WORKDAYS)
    assert count_days(date(2026, 10, 12), ten, [], CALENDAR)[-1].day == date(2026, 10, 26)
    stop = Stop(date(2026, 10, 15), date(2026, 10, 29), "supplement")
    assert count_days(date(2026, 10, 12), ten, [stop], CALENDAR)[-1].day == date(2026, 11, 9)
    five = count_days(date(2026, 9, 28), Budget(5, Unit.WORKDAYS), [], CALENDAR)
    assert five[-1].day == date(2026, 10, 10)  # a make-up Saturday, counted


def test_each_day_says_why() -> None:
    """Counted, at rest or stopped: the count can be read aloud, in both languages."""
    stop = Stop(date(2026, 9, 9), date(2026, 9, 10), "supplement")
    days = count_days(date(2026, 9, 7), Budget(4, Unit.WORKDAYS), [stop], CALENDAR)
    told = [(one.day.day, one.number, one.why.zh, one.why.en) for one in days]
    assert told == [
        (8, 1, "计入", "counted"),
        (9, 2, "计入", "counted"),
        (10, None, "暂停", "stopped"),
        (11, 3, "计入", "counted"),
        (12, None, "周末", "weekend"),
        (13, None, "周末", "weekend"),
        (14, 4, "计入", "counted"),
    ]


def test_a_notice_moves_an_open_due_day() -> None:
    """Nothing is stored: with the arrangement of 2027 the same events are due on another day."""
    case = Case(day=date(2026, 12, 21)).accepted()
    (before,) = [c for c in clocks(case.now, rules()) if (c.step, c.of) == ("visit", Of.TERM)]
    assert before.provisional is not None
    assert before.provisional.zh == "暂按法定假日推算"
    off = frozenset({date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), date(2027, 1, 4)})
    calendar = Calendar({2027: Arrangement(2027, off, frozenset())})
    known = Rules(rules().courses, calendar, rules().figures)
    (after,) = [c for c in clocks(case.now, known) if (c.step, c.of) == ("visit", Of.TERM)]
    assert (before.due, after.due) == (date(2027, 1, 5), date(2027, 1, 6))
    assert after.provisional is None


def test_what_is_late_of_whom_since_when() -> None:
    """Two clocks of one step, an offer nobody answers, and a step without a known term."""
    case = Case().accepted()
    case.tell("offered", "advice", to="E1")
    found = late(case.now, rules(), date(2026, 9, 21))
    assert [(one.of, one.step, one.holder, one.due.day) for one in found] == [
        (Of.OFFER, "advice", "E1", 9),
        (Of.PROMISED, "visit", "C1", 11),
        (Of.TERM, "visit", "C1", 20),
    ]
    assert all(one.since == one.due + ONE for one in found)
    (age,) = [c for c in clocks(case.now, rules()) if (c.step, c.of) == ("advice", Of.TERM)]
    assert (age.due, age.budget, age.age(date(2026, 9, 22))) == (None, None, 15)


def test_due_on_the_day_is_not_late() -> None:
    """Late from the day after; soon as many days ahead as the term says."""
    case = Case().accepted()
    (clock,) = [c for c in clocks(case.now, rules()) if (c.step, c.of) == ("visit", Of.TERM)]
    assert clock.due == date(2026, 9, 20)
    assert [clock.is_late(date(2026, 9, day)) for day in (20, 21)] == [False, True]
    assert clock.late_since == date(2026, 9, 21)
    assert [clock.is_soon(date(2026, 9, day)) for day in (16, 17, 20, 21)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert clock.used(date(2026, 9, 9)) == 2


def test_silence_counts_from_the_day_of_receipt() -> None:
    """Acceptance that is deemed lets the next terms run from the day the case was handed in."""
    case = Case()
    case.day = date(2026, 9, 15)
    now = case.tell("expired", "accept")
    assert now.steps["accept"].outcome == "ok"
    assert now.steps["visit"].entered == MONDAY
    assert now.steps["accept"].finished == case.day


def test_an_extension_adds_to_what_is_left() -> None:
    """Ten workdays and five more, through the stop that was there before."""
    case = Case().accepted()
    case.tell("extended", "visit", approver="p8", reason="路远 far away")
    (clock,) = [c for c in clocks(case.now, rules()) if (c.step, c.of) == ("visit", Of.TERM)]
    assert clock.budget == Budget(15, Unit.WORKDAYS)
    assert clock.due == oracle(MONDAY, Budget(15, Unit.WORKDAYS), set(), date(2027, 1, 1))


def test_a_term_in_days_rolls_to_a_workday() -> None:
    """Seven days from Friday 25 September end on the first day off; 8 October is worked."""
    case = Case(day=date(2026, 9, 25)).accepted().advised().visited()
    (clock,) = [c for c in clocks(case.now, rules()) if c.step == "show"]
    assert clock.days[-1].day == date(2026, 10, 2)
    assert clock.due == date(2026, 10, 8)


def test_a_term_until_a_day_waits_for_that_day() -> None:
    """No due day before it is set, then that one; a month ahead it is soon."""
    case = Case().decided("granted")
    assert [c.due for c in clocks(case.now, rules()) if c.step == "hold"] == [None]
    case.tell("day_set", name="permit_end", day=date(2026, 12, 1))
    (clock,) = [c for c in clocks(case.now, rules()) if c.step == "hold"]
    assert clock.due == date(2026, 12, 1)
    assert clock.is_soon(date(2026, 11, 2))


def test_papers_asked_for_have_a_clock_of_the_applicant() -> None:
    """The organ's stands still, the applicant's three workdays run."""
    case = Case()
    case.tell("supplement_asked", "accept", papers=("form", "photo"))
    by_kind = {clock.of: clock for clock in clocks(case.now, rules())}
    assert by_kind[Of.TERM].due is None
    assert (by_kind[Of.SUPPLEMENT].holder, by_kind[Of.SUPPLEMENT].due) == (
        "applicant", date(2026, 9, 10),
    )  # fmt: skip
    case.day = date(2026, 9, 11)
    assert case.tell("deemed_withdrawn", "accept").endings == ("deemed_withdrawn",)


def test_a_remedy_runs_from_delivery() -> None:
    """Ten days after the letter came; the list of what is late does not name the applicant."""
    case = Case().decided()
    delivered = case.day
    case.tell("delivered", "decide")
    (clock,) = [c for c in clocks(case.now, rules()) if c.of is Of.REMEDY]
    assert clock.due == delivered + 10 * ONE
    assert all(one.of is not Of.REMEDY for one in late(case.now, rules(), clock.due + 5 * ONE))


def test_a_year_beyond_the_calendar_is_refused_in_words() -> None:
    """Nothing is guessed where nothing is known."""
    with pytest.raises(InvalidError, match="2041"):
        count_days(date(2040, 12, 20), Budget(20, Unit.WORKDAYS), [], CALENDAR)


def test_the_same_events_give_the_same_case() -> None:
    """Read again, it is equal in every part."""
    case = Case().decided()
    assert replay(case.events, rules()) == case.now

"""Clocks: due days counted day by day, stops left out, and what is late of whom since when.

Nothing here is stored: a due day is counted again at every reading, so that a holiday announced
later, a corrected event or another edition moves it. The day of an event does not count, the next
one does; a step due on a day is late from the day after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import pendulum

from rukang.base.calendar import Calendar
from rukang.base.definitions import Strict, Text
from rukang.casework.course import Budget, Course, Expiry, Term, Unit
from rukang.casework.state import Projection, State, StepState, Stop

APPLICANT: Final = "applicant"
"""Whose clocks of papers asked for and of remedies are; no organ."""

SUPPLEMENT: Final = "supplement"
"""The ground of a stop for papers asked for."""

_DAY = timedelta(days=1)

NO_TERM: Final = Text(zh="没有已知期限", en="no term known")
_STOPPED: Final = Text(zh="暂停", en="stopped")
_COUNTED: Final = Text(zh="计入", en="counted")


class Of(StrEnum):
    """What a clock is of."""

    TERM = "term"
    PROMISED = "promised"
    OFFER = "offer"
    SUPPLEMENT = "supplement"
    REMEDY = "remedy"


@dataclass(frozen=True)
class Rules:
    """What is needed to read a case, beside its events.

    Parameters
    ----------
    courses
        Editions by `Course.id`.
    calendar
        What every day is.
    figures
        Budgets by the name that a term gives as ``figure``.
    """

    courses: Mapping[str, Course]
    calendar: Calendar
    figures: Mapping[str, Budget] = field(default_factory=dict)


class Run(Strict):
    """What a due day is counted from: the same run gives the same day under one calendar.

    Whoever keeps clocks keeps runs and no due days.

    Parameters
    ----------
    started
        The day it runs from; the next is the first that may count.
    amount, unit
        Its budget, if the course names it; ``extended`` comes on top.
    figure
        The name of the budget otherwise.
    rolls
        A last day that is off makes way for the next workday.
    stops
        First and last day of each stop; no last day while it stands.
    until
        The last day itself, where the case fixes it.
    """

    started: date
    amount: int | None = None
    unit: Unit | None = None
    figure: str | None = None
    extended: int = 0
    rolls: bool = False
    stops: tuple[tuple[date, date | None], ...] = ()
    until: date | None = None

    @property
    def stands(self) -> bool:
        """Whether a stop stands."""
        return bool(self.stops) and self.stops[-1][1] is None

    def budget(self, figures: Mapping[str, Budget]) -> Budget | None:
        """Return how long it is in all, if that is known."""
        known = figures.get(self.figure) if self.figure else None
        if self.amount is not None and self.unit is not None:
            known = Budget(self.amount, self.unit)
        return None if known is None else Budget(known.amount + self.extended, known.unit)


@dataclass(frozen=True)
class CountedDay:
    """One day of a clock: its number if it counts, and why or why not."""

    day: date
    number: int | None
    why: Text


@dataclass(frozen=True)
class Reckoned:
    """A run counted to its end: the due day, none while it is not known, and every day."""

    budget: Budget | None
    due: date | None
    days: tuple[CountedDay, ...] = ()
    stopped: bool = False
    provisional: Text | None = None


@dataclass(frozen=True)
class Clock:
    """A clock of a case, as read.

    Parameters
    ----------
    of, step, holder
        What it is of, and whose it is: an organ, or ``applicant``.
    started
        The day it runs from; the next is the first that may count.
    budget
        None: no term is known, or it runs until a day of its own.
    due
        Its last day; none while no term is known, and while it stands still with days left.
    days
        Every day from the first to the due day, or to the stop that stands.
    stopped
        Whether it stands still.
    provisional
        The mark that must stand beside the due day, if it rests on a year not arranged yet.
    run
        What it was counted from; none where there is no term.
    """

    of: Of
    step: str
    holder: str
    started: date
    term: Term | None
    budget: Budget | None
    due: date | None
    days: tuple[CountedDay, ...] = ()
    stopped: bool = False
    provisional: Text | None = None
    run: Run | None = None

    @property
    def late_since(self) -> date | None:
        """The first day on which it is late, in past or future."""
        return None if self.due is None else self.due + _DAY

    def is_late(self, on: date) -> bool:
        """Return whether its last day is over."""
        return self.due is not None and on > self.due

    def is_soon(self, on: date) -> bool:
        """Return whether it is as near its last day as the term wants a warning."""
        ahead = max(self.term.warn_days, default=None) if self.term else None
        return bool(self.due and ahead is not None and 0 <= (self.due - on).days <= ahead)

    def used(self, on: date) -> int:
        """Return how many days have counted up to a day."""
        return sum(one.number is not None and one.day <= on for one in self.days)

    def age(self, on: date) -> int:
        """Return for how many calendar days it has run."""
        return (on - self.started).days


@dataclass(frozen=True)
class Late:
    """What is late, of whom, since when."""

    step: str
    of: Of
    holder: str
    due: date
    since: date
    escalates: bool
    provisional: Text | None


def clocks(case: Projection, rules: Rules) -> list[Clock]:
    """Return every clock that runs in a case: of its live steps, then of remedies.

    A live step whose term is unknown, or that has none, has a clock without a due day: it is shown
    by its age, never as in time.
    """
    running = [clock for step in case.live for clock in _of_step(case, step, rules)]
    return running + [clock for step in case.steps.values() for clock in _remedy(case, step, rules)]


def late(case: Projection, rules: Rules, on: date) -> list[Late]:
    """Return what is late on a day, the longest first."""
    found = [
        Late(
            step=clock.step,
            of=clock.of,
            holder=clock.holder,
            due=clock.due,
            since=clock.due + _DAY,
            escalates=clock.term is not None and clock.term.on_expiry is Expiry.ESCALATE,
            provisional=clock.provisional,
        )
        for clock in clocks(case, rules)
        if clock.of is not Of.REMEDY and clock.due is not None and clock.is_late(on)
    ]
    return sorted(found, key=lambda one: one.since)


def term_clock(case: Projection, step: StepState, rules: Rules) -> Clock:
    """Return the clock of a step's own term, whether it is live or over."""
    term = case.definition(step.id).term
    return _clock(case, step, rules, Of.TERM, term, str(step.organ))


def offer_clock(case: Projection, step: StepState, rules: Rules) -> Clock | None:
    """Return the clock of an offer that stands; none if there is no term for its answer."""
    hand_over = case.definition(step.id).hand_over
    if step.offer is None or hand_over is None or hand_over.within is None:
        return None
    started, holder = step.offer.on, step.offer.to
    return _read(Of.OFFER, step.id, holder, started, hand_over.within, (), case, rules)


def supplement_clock(case: Projection, step: StepState, rules: Rules) -> Clock | None:
    """Return the applicant's clock while papers are asked for."""
    stop, term = step.stop, case.course.supplement
    if stop is None or stop.ground != SUPPLEMENT or term is None:
        return None
    return _read(Of.SUPPLEMENT, step.id, APPLICANT, stop.first, term, (), case, rules)


def remedy_clock(case: Projection, step: StepState, rules: Rules) -> Clock | None:
    """Return the window of the remedy against a step's outcome, once that was delivered."""
    outcome = case.outcome_of(step)
    if outcome is None or outcome.remedy is None or step.delivered is None:
        return None
    window = case.course.remedies[outcome.remedy].window
    return _read(Of.REMEDY, step.id, APPLICANT, step.delivered, window, (), case, rules)


def count_days(
    started: date, budget: Budget, stops: Sequence[Stop], calendar: Calendar
) -> list[CountedDay]:
    """Return every day from the one after ``started`` until the budget is used up.

    Where a stop stands and days are left, the last day shown is the one it was stopped on.
    """
    return list(_days(started, budget, stops, calendar))


def _of_step(case: Projection, step: StepState, rules: Rules) -> Iterator[Clock]:
    yield term_clock(case, step, rules)
    promised = case.definition(step.id).promised
    if promised is not None:
        yield _clock(case, step, rules, Of.PROMISED, promised, str(step.organ))
    offer, supplement = offer_clock(case, step, rules), supplement_clock(case, step, rules)
    yield from (clock for clock in (offer, supplement) if clock is not None)


def _remedy(case: Projection, step: StepState, rules: Rules) -> Iterator[Clock]:
    clock = remedy_clock(case, step, rules) if step.state is State.DONE else None
    if clock is not None:
        yield clock


def _clock(
    case: Projection, step: StepState, rules: Rules, of: Of, term: Term | None, holder: str
) -> Clock:
    started = step.entered or case.opened
    if term is None:
        stopped = step.stop is not None
        return Clock(of, step.id, holder, started, None, None, None, stopped=stopped)
    return _read(of, step.id, holder, started, term, step.stops, case, rules, step.extended)


def _read(
    of: Of,
    step: str,
    holder: str,
    started: date,
    term: Term,
    stops: Sequence[Stop],
    case: Projection,
    rules: Rules,
    extended: int = 0,
) -> Clock:
    own = term.budget
    run = Run(
        started=started,
        amount=own.amount if own else None,
        unit=own.unit if own else None,
        figure=term.figure,
        extended=extended,
        rolls=term.rolls,
        stops=tuple((stop.first, stop.last) for stop in stops),
        until=case.days.get(term.until) if term.until else None,
    )
    found = reckon(run, rules)
    return Clock(
        of, step, holder, started, term, found.budget, found.due, found.days, found.stopped,
        found.provisional, run,
    )  # fmt: skip


def reckon(run: Run, rules: Rules) -> Reckoned:
    """Count a run to its end."""
    budget = run.budget(rules.figures)
    if budget is None:
        return Reckoned(None, run.until, stopped=run.stands)
    stops = [Stop(first, last, "") for first, last in run.stops]
    days = count_days(run.started, budget, stops, rules.calendar)
    used_up = bool(days) and days[-1].number == _length(run.started, budget)
    last = _due(days[-1].day, run, rules.calendar) if used_up else None
    mark = rules.calendar.mark(_that_matter(days, last, budget, run))
    return Reckoned(
        budget,
        last,
        tuple(days),
        stopped=run.stands and not used_up,
        provisional=Text(zh=mark[0], en=mark[1]) if mark else None,
    )


def _that_matter(
    days: Sequence[CountedDay], due: date | None, budget: Budget, run: Run
) -> list[date]:
    """Return the days whose being a workday or not decides the due day."""
    if budget.unit is Unit.WORKDAYS:
        return [one.day for one in days]
    if not run.rolls or due is None:
        return []
    return [days[-1].day + n * _DAY for n in range((due - days[-1].day).days + 1)]


def _due(last: date, run: Run, calendar: Calendar) -> date:
    """Return the due day: the last one counted, or the next workday where the term rolls."""
    rolls = run.rolls and not calendar.kind_of(last).works
    return calendar.workday_after(last, 1) if rolls else last


def _length(started: date, budget: Budget) -> int:
    """Return how many days have to count: months are as many days as they have from the start."""
    if budget.unit is not Unit.MONTHS:
        return budget.amount
    first = pendulum.date(started.year, started.month, started.day)
    return (first.add(months=budget.amount) - first).days


def _days(
    started: date, budget: Budget, stops: Sequence[Stop], calendar: Calendar
) -> Iterator[CountedDay]:
    length, number, day = _length(started, budget), 0, started
    last = stops[-1].first if stops and stops[-1].last is None else date.max
    while number < length and day < last:
        day += _DAY
        why = _why_not(day, budget.unit, stops, calendar)
        number += why is None
        yield CountedDay(day, None if why else number, why or _COUNTED)


def _why_not(day: date, unit: Unit, stops: Sequence[Stop], calendar: Calendar) -> Text | None:
    """Return why a day does not count; none if it does."""
    if any(stop.holds(day) for stop in stops):
        return _STOPPED
    kind = calendar.kind_of(day) if unit is Unit.WORKDAYS else None
    return None if kind is None or kind.works else Text(zh=kind.value, en=kind.en)

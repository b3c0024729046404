"""How fairly a roster shares what nobody likes to have alone, counted from the roster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rostering.changes import Sentence
from rostering.check import contracts, may_have
from rostering.parts import Fairness, FairOver, Request, Staff
from rostering.problem import PayClass, Problem
from rostering.roster import Roster

HOUR = 60

Load = Callable[[Problem, Roster, Staff], int]


@dataclass(frozen=True)
class Share:
    """What one person has of something, in its unit: nights, weekends, shifts, minutes, wishes.

    Parameters
    ----------
    period, past
        From this roster, and from the year before it.
    fair
        Their part of what all have together, past included.
    """

    staff: str
    period: int
    past: int
    fair: float

    @property
    def total(self) -> int:
        """Return the load of the year so far, this roster included."""
        return self.period + self.past

    @property
    def deviation(self) -> float:
        """Return how far the person is above their fair share; negative below."""
        return self.total - self.fair


@dataclass(frozen=True)
class Balance:
    """How one thing is shared among those who share it."""

    over: FairOver
    shares: tuple[Share, ...]

    @property
    def spread(self) -> int:
        """Return the most that anybody has less the least, past included."""
        totals = [share.total for share in self.shares]
        return max(totals, default=0) - min(totals, default=0)

    @property
    def deviation(self) -> float:
        """Return how far the person farthest from their fair share is."""
        return max((abs(share.deviation) for share in self.shares), default=0.0)


@dataclass(frozen=True)
class PaidMinutes:
    """Paid minutes of a person by the class of the day on which they are worked.

    The paid minutes of a night are divided between its two days as its time by the clock is; all
    shifts of the period count whole, also the last night's hours after it.

    Parameters
    ----------
    rest_day
        Saturdays and Sundays that are no workdays by decree, and days off for those that are.
    """

    staff: str
    workday: int
    rest_day: int
    holiday: int

    @property
    def total(self) -> int:
        """Return all paid minutes."""
        return self.workday + self.rest_day + self.holiday


@dataclass(frozen=True)
class FairnessReport:
    """Who has how much of what, the fair share of it, and hours by class of day."""

    balances: dict[FairOver, Balance]
    minutes: tuple[PaidMinutes, ...]

    def sentences(self, problem: Problem) -> list[Sentence]:
        """Return for each thing that anybody has how far apart people are, and who has too much."""
        shared = (each for each in self.balances.values() if any(s.total for s in each.shares))
        return [_sentence(problem, balance) for balance in shared]


def fairness(problem: Problem, roster: Roster) -> FairnessReport:
    """Return how a roster shares nights, weekends, holidays, hours and refused wishes.

    Where the problem has a fairness rule over something, its people, past and shares count. With or
    without one only those are compared who may have it at all, nights among night carers; hours go
    by contract unless a rule gives shares, all else alike (:class:`rostering.Fairness`). A fair
    share here is of what was in fact worked or refused, so that deviations add up to nothing; the
    rule itself prices against what the cover wants.
    """
    rules = {rule.over: rule for rule in problem.fairness}
    return FairnessReport(
        balances={over: _balance(problem, roster, over, rules.get(over)) for over in LOADS},
        minutes=tuple(_paid(problem, roster, person) for person in problem.staff),
    )


def _sentence(problem: Problem, balance: Balance) -> Sentence:
    zh, en, size = NAMES[balance.over]
    most = max(balance.shares, key=lambda share: share.deviation)
    name = problem.staff_by_id[most.staff].name or most.staff
    spread, has, fair, above = (
        f"{value / size:.1f}".removesuffix(".0")
        for value in (balance.spread, most.total, most.fair, balance.deviation)
    )
    return Sentence(
        f"{zh}：最多与最少相差 {spread}，偏离公平份额最多 {above}；{name} {has}，公平份额 {fair}",
        f"{en}: spread {spread}, farthest from the fair share {above}; {name} {has} of {fair}",
    )


def nights(problem: Problem, roster: Roster, person: Staff) -> int:
    """Count night shifts."""
    worked = (problem.shift_by_id[s] for s in roster.by_staff[person.id] if s is not None)
    return sum(shift.is_night for shift in worked)


def weekends(problem: Problem, roster: Roster, person: Staff) -> int:
    """Count weekends with work on a day that is no workday by decree."""
    row = roster.by_staff[person.id]
    return sum(any(row[day] is not None for day in days) for days in problem.weekends())


def holidays(problem: Problem, roster: Roster, person: Staff) -> int:
    """Count shifts on statutory holidays."""
    row = roster.by_staff[person.id]
    return sum(row[day] is not None for day in set(problem.holidays) if day < problem.days)


def minutes(problem: Problem, roster: Roster, person: Staff) -> int:
    """Sum paid minutes."""
    row = roster.by_staff[person.id]
    return sum(problem.shift_by_id[shift].paid_minutes for shift in row if shift is not None)


def refusals(problem: Problem, roster: Roster, person: Staff) -> int:
    """Count refused requests."""
    row = roster.by_staff[person.id]
    own = (item for item in problem.requests if item.staff == person.id)
    return sum(not _is_granted(row[item.day], item) for item in own)


NAMES: dict[FairOver, tuple[str, str, int]] = {
    FairOver.NIGHTS: ("夜班", "nights", 1),
    FairOver.WEEKENDS: ("周末", "weekends", 1),
    FairOver.HOLIDAYS: ("节假日班", "holiday shifts", 1),
    FairOver.MINUTES: ("工时（小时）", "hours", HOUR),
    FairOver.REFUSALS: ("未满足的意愿", "refused wishes", 1),
}
"""What to call each load, and the size of the unit in which to say it."""

LOADS: dict[FairOver, Load] = {
    FairOver.NIGHTS: nights,
    FairOver.WEEKENDS: weekends,
    FairOver.HOLIDAYS: holidays,
    FairOver.MINUTES: minutes,
    FairOver.REFUSALS: refusals,
}


def _balance(problem: Problem, roster: Roster, over: FairOver, rule: Fairness | None) -> Balance:
    rule = rule or Fairness(over=over)
    named = [p for p in problem.staff if not rule.staff or p.id in rule.staff]
    people = [p for p in named if may_have(problem, p, over)]
    counted = {p.id: LOADS[over](problem, roster, p) for p in people}
    past = {p.id: rule.past.get(p.id, 0) for p in people}
    parts = contracts(people, rule)
    whole, all_parts = sum(counted.values()) + sum(past.values()), sum(parts.values())
    return Balance(
        over,
        tuple(Share(p, counted[p], past[p], whole * parts[p] / all_parts) for p in counted),
    )


def _paid(problem: Problem, roster: Roster, person: Staff) -> PaidMinutes:
    totals = dict.fromkeys(PayClass, 0)
    for day, shift in enumerate(roster.by_staff[person.id]):
        if shift is not None:
            for later, paid in enumerate(problem.shift_by_id[shift].paid_by_day):
                totals[problem.pay_class(day + later)] += paid
    return PaidMinutes(
        person.id, totals[PayClass.WORKDAY], totals[PayClass.REST_DAY], totals[PayClass.HOLIDAY]
    )


def _is_granted(held: str | None, item: Request) -> bool:
    has_it = held is not None if item.shift is None else held == item.shift
    return has_it == item.wanted

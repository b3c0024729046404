"""Where a case stands: plain values, read out of its events and never stored as truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rukang.casework.course import Course, Outcome, Step
from rukang.casework.events import Happened


class State(StrEnum):
    """What a step is in, with its Chinese word."""

    zh: str

    def __new__(cls, value: str, zh: str) -> State:  # noqa: D102 - see the class
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member

    WAITING = "waiting", "未到"
    READY = "ready", "待办理"
    OFFERED = "offered", "待接收"
    SUSPENDED = "suspended", "已暂停"
    DONE = "done", "已办结"
    SKIPPED = "skipped", "不再适用"
    CANCELLED = "cancelled", "已终止"

    @property
    def is_live(self) -> bool:
        """Whether somebody has to do something: the step has one responsible organ."""
        return self in {State.READY, State.OFFERED, State.SUSPENDED}


@dataclass(frozen=True)
class Stop:
    """A time in which a step's clock stands still: the days after ``first`` up to ``last``.

    Parameters
    ----------
    first
        The day it was stopped on, which still counts.
    last
        The day it went on, which does not; none while it stands.
    ground
        ``supplement``, or one of `Ground`.
    """

    first: date
    last: date | None
    ground: str
    reason: str | None = None

    def holds(self, day: date) -> bool:
        """Return whether a day does not count."""
        return self.first < day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Offer:
    """A hand-over that is not answered yet: the sender stays responsible."""

    sender: str
    to: str
    on: date


@dataclass(frozen=True)
class StepState:
    """A step in one round.

    Parameters
    ----------
    organ
        The one responsible organ while it is live; who ended it afterwards.
    entered
        The day its clock runs from; the first day counted is the next.
    finished, counts_from
        The legal day it ended, and the day later steps count from (earlier where silence counted).
    asked
        Papers asked for in the first request of this round; it is the only one.
    extended
        Amount by which the term was extended.
    touched
        The legal day of the last event of the step; nothing happens to it before that.
    """

    id: str
    state: State = State.WAITING
    round: int = 1
    organ: str | None = None
    entered: date | None = None
    outcome: str | None = None
    finished: date | None = None
    counts_from: date | None = None
    reason: str | None = None
    assignee: str | None = None
    offer: Offer | None = None
    accepted: bool = False
    stops: tuple[Stop, ...] = ()
    asked: tuple[str, ...] = ()
    extended: int = 0
    tries: tuple[date, ...] = ()
    delivered: date | None = None
    touched: date | None = None

    @property
    def is_live(self) -> bool:
        """Whether somebody has to do something."""
        return self.state.is_live

    @property
    def stop(self) -> Stop | None:
        """The stop that stands, if one does."""
        return self.stops[-1] if self.stops and self.stops[-1].last is None else None


@dataclass(frozen=True)
class Objection:
    """What somebody said against a decision, and what became of it."""

    step: str
    round: int
    on: date
    upheld: bool | None = None
    decided: date | None = None


@dataclass(frozen=True)
class Paper:
    """A paper in the case."""

    name: str
    on: date
    rejected: date | None = None


@dataclass(frozen=True)
class Closing:
    """A case that was closed from outside its steps."""

    how: Happened
    on: date
    reason: str | None = None


@dataclass(frozen=True)
class Projection:
    """Where a case stands after its events.

    Parameters
    ----------
    course
        The edition it is bound to now.
    opener, opened
        The organ that opened it, and the legal day.
    roles
        Role → organ, as far as known.
    steps
        Every step of the course in its current round.
    earlier
        Rounds that were reopened, and steps that a later edition no longer has, in order.
    days
        Days that the case itself fixed.
    seq
        Number of the last event.
    """

    course: Course
    opener: str
    opened: date
    roles: Mapping[str, str]
    steps: Mapping[str, StepState]
    earlier: tuple[StepState, ...] = ()
    papers: tuple[Paper, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)
    objections: tuple[Objection, ...] = ()
    former_endings: tuple[str, ...] = ()
    closing: Closing | None = None
    seq: int = 0

    @property
    def live(self) -> tuple[StepState, ...]:
        """The steps that somebody has to do something about, in the order of the course."""
        return tuple(step for step in self.steps.values() if step.is_live)

    @property
    def responsible(self) -> dict[str, str]:
        """The one responsible organ of each live step."""
        return {step.id: step.organ for step in self.live if step.organ is not None}

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return not self.live

    @property
    def endings(self) -> tuple[str, ...]:
        """How it ended so far: names of the course's endings, or how it was closed."""
        if self.closing is not None:
            return (self.closing.how.value,)
        reached = (
            self.course.ending(step.id, step.outcome)
            for step in self.steps.values()
            if step.outcome is not None
        )
        return tuple(dict.fromkeys([*self.former_endings, *(one for one in reached if one)]))

    @property
    def results(self) -> dict[str, str | None]:
        """Steps that are over, with their outcome; none for those that will not be."""
        over = {State.DONE, State.SKIPPED, State.CANCELLED}
        return {step.id: step.outcome for step in self.steps.values() if step.state in over}

    @property
    def in_hand(self) -> frozenset[str]:
        """Papers that are there and were not rejected."""
        return frozenset(paper.name for paper in self.papers if paper.rejected is None)

    def missing(self, step: str) -> tuple[str, ...]:
        """Return the papers that a step still needs."""
        wanted = self.course.steps[step].papers
        return tuple(
            name
            for name in wanted
            if name not in self.in_hand and not self.course.papers[name].optional
        )

    def definition(self, step: str) -> Step:
        """Return what the course says of a step."""
        return self.course.steps[step]

    def outcome_of(self, step: StepState) -> Outcome | None:
        """Return what the course says of the outcome a step ended with."""
        known = self.course.steps[step.id]
        return known.result(step.outcome) if step.outcome in known.results else None

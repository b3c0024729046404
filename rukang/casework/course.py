"""A course: one procedure as dated data, with its steps, who does them, terms and endings.

A course says who, what after what, how long, and how it ends. Amounts, matching, schedules by age
and stock are code; a step only names what runs (`Step.run`). Nothing in a course is an expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from payroll.policy import Standing
from rukang.base.definitions import Strict, Text, misfit
from rukang.base.spans import holds

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
"""How steps, outcomes, roles and papers are called in a course."""

Reference = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)?$", max_length=121)
]
"""A step, or one outcome of it after a point: ``review``, ``review.granted``."""

MonthDay = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]
"""Month and day of every year: ``"03-01"``."""

EVERYWHERE = "00"
"""The place of a course that holds in all of them, unless one has an edition of its own."""

DONE = "done"
"""The outcome of a step that names none."""

OBJECTION = "objection"
"""The outcome by which a publicity tells that somebody objected."""


class Unit(StrEnum):
    """What a budget of time is counted in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"


class Budget(NamedTuple):
    """So many workdays, days or months."""

    amount: int
    unit: Unit


class Join(StrEnum):
    """Of what stands in ``after``, what must have come before a step begins."""

    ALL = "all"
    ANY = "any"
    ALL_LIVE = "all_live"


class Kind(StrEnum):
    """What sort of work a step is."""

    WORK = "work"
    DECISION = "decision"
    PUBLICITY = "publicity"


class Expiry(StrEnum):
    """What follows when a term has run out."""

    LIST = "list"
    ESCALATE = "escalate"
    DEEMED = "deemed"
    NEXT = "next"
    CLOSE = "close"

    @property
    def ends_step(self) -> bool:
        """Whether the step is then over, with the outcome that the term names."""
        return self in {Expiry.DEEMED, Expiry.NEXT, Expiry.CLOSE}


class Source(Text):
    """Where a rule stands, in both languages, how sure that is, and since when it is in force."""

    standing: Standing
    valid_from: date | None = None


class Term(Strict):
    """A budget of time and what follows when it has run out.

    Exactly one of ``workdays``, ``days``, ``months``, ``figure`` (a budget that the caller has
    under that name), ``until`` (a day that an event names) and ``unknown`` (looked for, not found:
    the step is shown by its age, never as in time).

    Parameters
    ----------
    source
        The rule, by its name among the course's ``sources``.
    on_expiry
        ``list``: shown as late; ``escalate``: shown to the organ above as well; ``deemed``: silence
        is ``outcome``, as if given on the day the step began; ``next``: time passed is ``outcome``
        (publicity); ``close``: the time is up, which is ``outcome``.
    extension
        By how much it may be extended, once, in the same unit.
    rolls
        A term in days or months that ends on no workday ends on the next one.
    warn_days
        So many days ahead the step is shown as soon due.
    """

    workdays: Annotated[int, Field(ge=1, le=2000)] | None = None
    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    figure: Annotated[str, Field(max_length=120)] | None = None
    until: Name | None = None
    unknown: bool = False
    on_expiry: Expiry
    outcome: Name | None = None
    source: str | None = None
    extension: Annotated[int, Field(ge=1, le=2000)] | None = None
    rolls: bool = False
    warn_days: tuple[Annotated[int, Field(ge=0, le=3660)], ...] = ()

    @model_validator(mode="after")
    def _one_budget(self) -> Term:
        kinds = ("workdays", "days", "months", "figure", "until", "unknown")
        given = [key for key in kinds if getattr(self, key) not in {None, False}]
        if len(given) != 1:
            named = "、".join(given) or "无"
            raise misfit(
                Text(
                    zh=f"期限应写明 {'、'.join(kinds)} 其一，现有：{named}；"
                    "查不到请写 unknown: true",
                    en=f"a term has exactly one of {', '.join(kinds)}; found: "
                    f"{', '.join(given) or 'none'}; write unknown: true for one that was not found",
                ),
                *given[1:2],
            )
        return self

    @property
    def budget(self) -> Budget | None:
        """The budget that the course itself names."""
        if self.workdays is not None:
            return Budget(self.workdays, Unit.WORKDAYS)
        if self.days is not None:
            return Budget(self.days, Unit.DAYS)
        return Budget(self.months, Unit.MONTHS) if self.months is not None else None


class Outcome(Text):
    """One way in which a step can end.

    Parameters
    ----------
    adverse
        It refuses or ends somebody's matter: a reason is demanded, papers are not.
    remedy
        What may be done against it, by its name among the course's ``remedies``.
    tries
        So many attempts on different days must have been recorded before (nobody was reached).
    """

    adverse: bool = False
    remedy: Name | None = None
    tries: Annotated[int, Field(ge=1, le=20)] | None = None


class HandOver(Strict):
    """Another organ takes the step on; it stays with the sender until that organ accepts it.

    Parameters
    ----------
    to
        The role that is to take it on.
    within
        How long the offer may stand unanswered.
    required
        The step cannot be ended before somebody accepted it.
    """

    to: Name
    within: Term | None = None
    required: bool = True


class Checker(StrEnum):
    """Who must look at it beside its maker."""

    DIFFERS = "differs"


class Paper(Text):
    """A paper that steps need."""

    optional: bool = False


class Letter(Text):
    """A letter: its title, and its text in both languages."""

    text: Text


class Remedy(Text):
    """What may be done against a decision: to whom, and until when after its delivery."""

    to: Name
    window: Term


class Step(Text):
    """One piece of work of one organ.

    Parameters
    ----------
    zh, en
        What it is called.
    who
        The role whose organ does it.
    after, join
        What must have come before; a step without ``after`` begins with the case.
    outcomes
        Ways it can end; a step that names none ends as ``done``.
    term, promised
        The time that law gives, and the shorter one that the organ has promised.
    papers
        What must be in hand before an outcome that is not adverse.
    checker
        ``differs``: somebody other than its maker confirms the outcome.
    persons
        So many people do it together.
    where
        Places to choose from; who ends the step says which.
    window
        First and last month-day of a year between which it can be ended.
    letter
        The letter that goes out with it.
    run, opens
        A function and another course that code of the house knows by these names.
    """

    who: Name
    kind: Kind = Kind.WORK
    after: tuple[Reference, ...] = ()
    join: Join | None = None
    outcomes: dict[Name, Outcome] = Field(default_factory=dict)
    term: Term | None = None
    promised: Term | None = None
    hand_over: HandOver | None = None
    papers: tuple[Name, ...] = ()
    checker: Checker | None = None
    persons: Annotated[int, Field(ge=1, le=9)] = 1
    where: tuple[Name, ...] = ()
    window: tuple[MonthDay, MonthDay] | None = None
    letter: Name | None = None
    run: Name | None = None
    opens: Name | None = None

    @property
    def results(self) -> tuple[str, ...]:
        """The names of its outcomes."""
        return tuple(self.outcomes) or (DONE,)

    def result(self, name: str) -> Outcome:
        """Return an outcome by its name."""
        return self.outcomes[name] if self.outcomes else Outcome(zh="办结", en="done")

    @property
    def inputs(self) -> tuple[tuple[str, str | None], ...]:
        """What stands in ``after``: each a step, and one outcome of it or any."""
        return tuple(parted(one) for one in self.after)

    @property
    def terms(self) -> Iterator[tuple[tuple[str, ...], Term]]:
        """Its terms, each with its path."""
        own = (("term",), self.term), (("promised",), self.promised)
        offer = (("hand_over", "within"), self.hand_over.within if self.hand_over else None)
        return ((path, term) for path, term in (*own, offer) if term is not None)


class Course(Strict):
    """One edition of a procedure.

    Parameters
    ----------
    course, edition
        Its name, and the name of this text of it.
    title, document, standing
        What it is called, the document it follows, and how sure that is.
    place
        Division code of the place it holds in; ``00`` is everywhere.
    valid_from, valid_to
        First and last day on which cases are opened under it, both included.
    sources
        The rules that its terms rest on.
    roles
        Who has a part in it; the organs are named when a case is opened.
    supplement
        How long an applicant has for papers that were asked for.
    ends
        How the case ends with a step, or with one outcome of it, by a name among ``endings``.
    """

    course: Name
    edition: Annotated[str, Field(min_length=1, max_length=60)]
    title: Text
    document: Text
    standing: Standing
    place: Annotated[str, StringConstraints(pattern=r"^\d{2,12}$")]
    valid_from: date
    valid_to: date | None = None
    sources: dict[str, Source] = Field(default_factory=dict)
    roles: Annotated[dict[Name, Text], Field(min_length=1)]
    papers: dict[Name, Paper] = Field(default_factory=dict)
    letters: dict[Name, Letter] = Field(default_factory=dict)
    remedies: dict[Name, Remedy] = Field(default_factory=dict)
    supplement: Term | None = None
    steps: Annotated[dict[Name, Step], Field(min_length=1, max_length=60)]
    endings: Annotated[dict[Name, Text], Field(min_length=1)]
    ends: Annotated[dict[Reference, Name], Field(min_length=1)]

    @model_validator(mode="after")
    def _days(self) -> Course:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise misfit(
                Text(
                    zh=f"valid_to（{self.valid_to}）早于 valid_from（{self.valid_from}）",
                    en=f"valid_to ({self.valid_to}) is before valid_from ({self.valid_from})",
                ),
                "valid_to",
            )
        return self

    @property
    def id(self) -> str:
        """Its name and edition, by which a case knows it: ``device@2026-01``."""
        return f"{self.course}@{self.edition}"

    def ending(self, step: str, outcome: str) -> str | None:
        """Return how the case ends with an outcome of a step, if it does."""
        return self.ends.get(f"{step}.{outcome}", self.ends.get(step))

    def holds_on(self, day: date) -> bool:
        """Return whether cases are opened under it on a day."""
        return holds(self.valid_from, self.valid_to, day)


def parted(reference: str) -> tuple[str, str | None]:
    """Return the step that a reference names, and the outcome if it names one."""
    step, _, outcome = reference.partition(".")
    return step, outcome or None


def is_month_day(text: str) -> bool:
    """Return whether a month has such a day, in a leap year."""
    month, day = map(int, re.findall(r"\d\d", text))
    try:
        date(2028, month, day)
    except ValueError:
        return False
    return True

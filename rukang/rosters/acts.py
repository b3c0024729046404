"""What is done to a month's roster, declared once for API, pages and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import pendulum
import pydantic
from sqlalchemy.orm import Session, object_session

from rukang.base.access import Permission
from rukang.base.clock import month_in_words
from rukang.base.database.context import today
from rukang.base.errors import ConflictError
from rukang.base.jobs import Job, JobKind, enqueue
from rukang.base.words import Text
from rukang.bodies.homes import HOME, Home
from rukang.forms import JOB, Act, Face, Field, Given, Target
from rukang.forms.kinds import Day, Month
from rukang.rosters.records import RosterPlan, RosterState
from rukang.rosters.service import (
    LONGEST,
    TIME_LIMIT,
    find_plan,
    publish,
    request_roster,
    roster_of,
)
from rukang.rosters.versions import exchange, mend, take_back, take_over

MONTHS_AHEAD = 4
"""Months offered for a roster: this one and those after it."""

Code = Annotated[str, pydantic.Field(pattern=r"^[\w-]{1,20}$", examples=["S01"])]


class RosterWanted(Given):
    """The month to be solved, and how many seconds it may take."""

    month: Annotated[Month, Field("月份", "Month")]
    time_limit: Annotated[int, pydantic.Field(ge=1, le=LONGEST)] = TIME_LIMIT


class TakenOver(Given):
    """Who cannot come on a day, and who takes the shift."""

    staff: Annotated[Code, Field("谁不能来", "Who cannot come")]
    day: Annotated[Day, Field("哪一天", "Day")]
    by: Annotated[Code, Field("由谁顶班", "Who takes the shift")]


class Exchanged(Given):
    """Two cells of the roster that are exchanged: who and when, twice."""

    staff: Annotated[Code, Field("谁", "Who")]
    day: Annotated[Day, Field("哪一天", "Day")]
    other: Annotated[Code, Field("与谁调换", "With whom")]
    other_day: Annotated[Day, Field("对方的哪一天", "Their day")]


class Absent(Given):
    """Who cannot come, and on which days."""

    staff: Annotated[Code, Field("谁不能来", "Who cannot come")]
    days: Annotated[
        list[Day],
        pydantic.Field(min_length=1, max_length=31),
        Field("哪几天", "Days", "一行一天，如 2026-10-03", "One a line, such as 2026-10-03"),
    ]


def _state(plan: RosterPlan) -> Text:
    return Text(
        zh=f"班表 {plan.id}（{plan.month:%Y-%m}）", en=f"roster {plan.id} {plan.state.words.en}"
    )


ROSTER = Target(
    name="roster",
    words=Text(zh="班表", en="roster"),
    collection="rosters",
    find=find_plan,
    line=_state,
)


def _months(session: Session, _: Home) -> Sequence[tuple[str, Text]]:
    """Return the months for which a roster may be asked, the next one first."""
    now = today(session)
    first = pendulum.date(now.year, now.month, 1)
    found = [first.add(months=ahead) for ahead in (1, 0, *range(2, MONTHS_AHEAD))]
    return [(f"{of:%Y-%m}", Text(zh=month_in_words(of), en=f"{of:%Y-%m}")) for of in found]


def _people(_: Session, plan: RosterPlan) -> Sequence[tuple[str, Text]]:
    """Return whom the roster has, by code and name; nobody where it can only be looked at."""
    try:
        problem, _roster = roster_of(plan)
    except ConflictError:
        return []
    return [(one.id, Text(zh=f"{one.id} {one.name}", en="")) for one in problem.staff]


def _ask(session: Session, home: Home, said: RosterWanted) -> Job:
    plan = request_roster(session, home, said.month, said.time_limit)
    return enqueue(session, JobKind.SOLVE_ROSTER, home, plan.id, plan.time_limit)


def _at(*states: RosterState) -> Callable[[RosterPlan, Any], bool]:
    return lambda plan, _: plan.state in states


def _still_to_come(plan: RosterPlan, _: Any) -> bool:
    """Return whether days of a published roster are yet to be worked."""
    session = object_session(plan)
    last = pendulum.date(plan.month.year, plan.month.month, 1).end_of("month")
    is_open = plan.state is RosterState.PUBLISHED and plan.shifts is not None
    return is_open and session is not None and today(session) <= last


SOLVE = Act(
    name="solve",
    on=HOME,
    path="rosters",
    words=Text(zh="开始排班", en="Make a roster"),
    purpose=Text(zh="排一个月的班", en="Queue the solve of a month's roster and return its job."),
    permission=Permission.ROSTER_WRITE,
    given=RosterWanted,
    do=_ask,
    choices={"month": _months},
    makes=JOB,
    by_hand=frozenset({Face.COMMAND}),
)
PUBLISH = Act(
    name="publish",
    on=ROSTER,
    path="publish",
    words=Text(zh="发布班表", en="Publish"),
    purpose=Text(
        zh="发布草稿，成为当月班次",
        en="Publish a draft: its shifts become the month's worked shifts.",
    ),
    permission=Permission.ROSTER_WRITE,
    do=lambda session, plan, _: publish(session, plan),
    offered=_at(RosterState.DRAFT),
)
TAKE_BACK = Act(
    name="take-back",
    on=ROSTER,
    path="take-back",
    words=Text(zh="撤回班表", en="Take the roster back"),
    purpose=Text(
        zh="把已发布的班表退回草稿，当月班次作废；有确认上过的班时不能",
        en="Make a published roster a draft again; nobody has its shifts any more.",
    ),
    permission=Permission.ROSTER_WRITE,
    do=lambda session, plan, _: take_back(session, plan),
    offered=_at(RosterState.PUBLISHED),
    aside=True,
)
COVER = Act(
    name="cover",
    on=ROSTER,
    path="cover",
    words=Text(zh="由别人顶班", en="Let somebody take the shift"),
    purpose=Text(
        zh="某人某天不能来，由另一人顶班，班表成为新版",
        en="Let somebody take the shift of who cannot come; the roster becomes a new version.",
    ),
    permission=Permission.ROSTER_WRITE,
    given=TakenOver,
    do=lambda session, plan, said: take_over(session, plan, said.staff, said.day, said.by),
    offered=_still_to_come,
    choices={"staff": _people, "by": _people},
    makes=ROSTER,
    aside=True,
)
EXCHANGE = Act(
    name="exchange",
    on=ROSTER,
    path="exchanges",
    words=Text(zh="两人调换", en="Exchange two shifts"),
    purpose=Text(
        zh="两人调换两天的班次，班表成为新版",
        en="Let two people exchange what they work; the roster becomes a new version.",
    ),
    permission=Permission.ROSTER_WRITE,
    given=Exchanged,
    do=lambda session, plan, said: exchange(
        session, plan, (said.staff, said.day), (said.other, said.other_day)
    ),
    offered=_still_to_come,
    choices={"staff": _people, "other": _people},
    makes=ROSTER,
    aside=True,
)
MEND = Act(
    name="mend",
    on=ROSTER,
    path="repairs",
    words=Text(zh="有人不能来，修补班表", en="Mend the roster for an absence"),
    purpose=Text(
        zh="有人几天不能来，少改动地修补，今天以前的不动，班表成为新版",
        en="Mend a roster in few changes for an absence; it becomes a new version.",
    ),
    permission=Permission.ROSTER_WRITE,
    given=Absent,
    do=lambda session, plan, said: mend(session, plan, said.staff, said.days),
    offered=_still_to_come,
    choices={"staff": _people},
    makes=ROSTER,
    aside=True,
)

ACTS = (SOLVE, PUBLISH, COVER, EXCHANGE, MEND, TAKE_BACK)
"""In the order of a month's life."""

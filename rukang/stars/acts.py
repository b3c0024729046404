"""What is done about who may not act on a home, and to its entries on the register."""

from __future__ import annotations

from typing import Annotated

import pydantic
from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.access.records import Interest
from rukang.base.database.context import today
from rukang.base.database.find import find_in
from rukang.base.words import Text
from rukang.bodies.homes import HOME, Home
from rukang.forms import Act, Field, Given, Target
from rukang.forms.kinds import Day, Said, Words
from rukang.stars.interests import declare, end, find_interest
from rukang.stars.register import MOST_STARS, StarEvent, correct, lower

Star = Annotated[int, pydantic.Field(ge=0, le=MOST_STARS, strict=True)]
PUBLIC = Field("原因", "Reason", "会公布，不写人名", "Public; names nobody")


class InterestDeclared(Given):
    """Whose account may not act on a home, why, and from when until when (inclusive)."""

    inspector: Annotated[
        Words,
        pydantic.Field(min_length=1, max_length=320, examples=["name@example.org"]),
        Field("账号邮箱", "Account"),
    ]
    words: Annotated[Words, pydantic.Field(min_length=1, max_length=200), Field("原因", "Reason")]
    since: Annotated[Day, Field("第一天", "First day")]
    until: Annotated[Day | None, Field("最后一天", "Last day", "不填为未定", "Open if empty")] = (
        None
    )


class InterestEnded(Given):
    """The last day on which it holds."""

    until: Annotated[Day, Field("最后一天", "Last day")]


class Lowering(Given):
    """The lower star, 0 for none, and the public reason, which names no person."""

    star: Annotated[Star, Field("降为几星", "Lower star", "0 为摘星", "0 for none")]
    words: Annotated[Said, PUBLIC]


class RightStar(Given):
    """The star that should have been entered, 0 for none, and the public reason."""

    star: Annotated[Star, Field("应为几星", "Right star", "0 为无星", "0 for none")]
    words: Annotated[Said, PUBLIC]


def _find_entry(session: Session, home: Home, event_id: int) -> StarEvent:
    inside = StarEvent.home_id == home.id
    return find_in(session, StarEvent, inside, event_id, "名册登记", "entry on the register")


def _told(event: StarEvent) -> Text:
    days = f"{event.effective_on} – {event.valid_until}"
    return Text(zh=f"{event.star} 星：{days}", en=f"{event.star} stars: {days}")


INTEREST = Target(
    name="interest",
    words=Text(zh="回避", en="conflict of interest"),
    collection="interests",
    find=find_interest,
    within=HOME,
    line=lambda one: Text(
        zh=f"{one.id}：{one.email} {one.held_from} – {one.held_to or '—'}", en=one.words
    ),
    has_page=False,
)
ENTRY = Target(
    name="star",
    words=Text(zh="名册登记", en="entry on the register"),
    collection="stars",
    find=_find_entry,
    within=HOME,
    key="event_id",
    line=_told,
    has_page=False,
)


def _end(session: Session, interest: Interest, said: InterestEnded) -> None:
    home = session.get_one(Home, interest.home_id)
    end(session, home, interest, said.until)


DECLARE = Act(
    name="declare",
    on=HOME,
    path="interests",
    words=Text(zh="登记回避", en="Declare a conflict of interest"),
    purpose=Text(
        zh="登记谁在这段时间不能办理这个机构的任何事项",
        en="Bar an account from inspecting a home and from deciding on it.",
    ),
    permission=Permission.RATING_DECIDE,
    given=InterestDeclared,
    do=lambda session, home, said: declare(
        session, home, said.inspector, said.words, said.since, said.until
    ),
    offered=lambda *_: False,  # its own page lists what is declared, and asks for more
    makes=INTEREST,
    then="/homes/{code}/interests",
)
END = Act(
    name="end",
    on=INTEREST,
    path="end",
    words=Text(zh="结束回避", en="End it"),
    purpose=Text(
        zh="定下回避的最后一天；自己的由他人结束", en="Set its last day; nobody ends their own."
    ),
    permission=Permission.RATING_DECIDE,
    given=InterestEnded,
    do=_end,
    then="/homes/{code}/interests",
    aside=True,
)
LOWER = Act(
    name="lower",
    on=HOME,
    path="lowering",
    words=Text(zh="降星或摘星", en="Lower or remove a star"),
    purpose=Text(
        zh="从今天起登记较低的星级，原因会公布",
        en="Enter a lower star on the register from today on, with its public reason.",
    ),
    permission=Permission.RATING_DECIDE,
    given=Lowering,
    do=lambda session, home, said: lower(session, home, said.star, today(session), said.words),
    makes=ENTRY,
    then="/register/{code}",
    aside=True,
)
CORRECT = Act(
    name="correct",
    on=ENTRY,
    path="corrections",
    words=Text(zh="更正登记", en="Correct the entry"),
    purpose=Text(
        zh="登记错了的星级：写明应为几星，原来的登记划线保留",
        en="Enter the star that should have been entered; the mistaken entry stays to be seen.",
    ),
    permission=Permission.RATING_DECIDE,
    given=RightStar,
    do=lambda session, event, said: correct(session, event, said.star, said.words),
    makes=ENTRY,
    then="/register/{code}",
    aside=True,
)

ACTS = (DECLARE, END)
"""About who may not act on a home."""

REGISTER = (LOWER, CORRECT)
"""To a home's entries on the register."""

"""What is done to the register of bodies, declared once for API, pages and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any

import pydantic
from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.database.context import today
from rukang.base.database.find import find_in
from rukang.base.words import Text
from rukang.bodies.records import (
    Body,
    BodyCapacity,
    BodyKind,
    BodyLicence,
    BodyOperator,
    BodyState,
    Charge,
    OfBody,
    State,
)
from rukang.bodies.service import (
    NEXT,
    add_licence,
    enter_state,
    find_body,
    register_body,
    set_capacity,
    set_operator,
    state_on,
)
from rukang.forms import Act, Field, Given, Spoken, Target
from rukang.forms.kinds import CreditCode, Day, Name, Words

Address = Annotated[Words, pydantic.Field(min_length=1, max_length=200)]
Short = Annotated[Words, pydantic.Field(min_length=1, max_length=60)]
Since = Annotated[Day | None, Field("自哪天", "Since", "不填为今天", "Today if empty")]

CREDIT_CODE = Field("统一社会信用代码", "Unified social credit code")
STATE = Field("状态", "State")


class BodyGiven(Given):
    """A body to be put on the register; ``another`` where one looks the same and is not."""

    code: Annotated[
        str, pydantic.Field(pattern=r"^[\w-]{1,20}$", examples=["FW001"]), Field("编号", "Code")
    ]
    kind: Annotated[BodyKind, Field("种类", "Kind")]
    name: Annotated[Name, Field("名称", "Name")]
    county: Annotated[
        str,
        pydantic.Field(pattern=r"^\d{6}$", examples=["371681"]),
        Field("行政区划代码", "Division code"),
    ]
    address: Annotated[Address, Field("地址", "Address")]
    legal_person: Annotated[Name, Field("法人单位", "Legal person")]
    uscc: Annotated[CreditCode, CREDIT_CODE]
    state: Annotated[State, Field("状态", "State", "不填为运营", "Open if empty")] = State.OPEN
    another: Annotated[
        bool,
        Field(
            "确是另一家，尽管信用代码、地址都相同",
            "Its credit code and address are those of another, and it is another one",
        ),
    ] = False


class StateGiven(Given):
    """The state that a body is in from a day on."""

    state: Annotated[State, STATE]
    since: Since = None
    words: Annotated[Words, pydantic.Field(max_length=200), Field("说明", "Note")] = ""


class CapacityGiven(Given):
    """For how many people a body is registered from a day on."""

    heads: Annotated[
        int, pydantic.Field(ge=1, le=100_000, strict=True), Field("核定人数", "Capacity")
    ]
    since: Since = None


class OperatorGiven(Given):
    """Who runs a body from a day on."""

    name: Annotated[Name, Field("运营单位", "Operator")]
    uscc: Annotated[CreditCode, CREDIT_CODE]
    since: Since = None


class LicenceGiven(Given):
    """A licence, permit or designation."""

    kind: Annotated[Short, Field("证照种类", "Kind of licence")]
    number: Annotated[Short, Field("证照编号", "Number of the licence")]
    issued_by: Annotated[Name, Field("发证机关", "Issued by")]
    issued_on: Annotated[Day, Field("发证日", "Issued on")]
    expires_on: Annotated[Day | None, Field("到期日", "Expires on")] = None


BODIES = Target(
    name="bodies",
    words=Text(zh="机构名录", en="register of bodies"),
    collection="bodies",
    find=lambda _: None,
    key=None,
)
BODY = Target(
    name="body",
    words=Text(zh="机构", en="body"),
    collection="bodies",
    find=find_body,
    key="body_code",
    key_from="code",
    spoken=Spoken(find_body, Text(zh="机构编号", en="code of the body")),
    line=lambda body: Text(zh=f"{body.code} {body.name}", en=body.kind.words.en),
    eyes=lambda session, body, _: state_on(session, body, today(session)),
)


def _dated(
    kind: type[OfBody], name: str, collection: str, words: Text, line: Callable[[Any], Text]
) -> Target:
    """Return what is kept of a body as what acts bring about."""
    of: Any = kind
    return Target(
        name=name,
        words=words,
        collection=collection,
        find=lambda session, body, key: find_in(
            session, of, of.body_id == body.id, key, words.zh, words.en
        ),
        within=BODY,
        line=lambda one: Text(
            zh=f"{one.body.code} {line(one).zh}", en=f"{one.body.code} {line(one).en}"
        ),
        has_page=False,
    )


BODY_STATE = _dated(
    BodyState,
    "state",
    "states",
    Text(zh="状态", en="state"),
    lambda one: Text(
        zh=f"自 {one.since}：{one.state.words.zh}", en=f"{one.state.words.en} since {one.since}"
    ),
)
BODY_CAPACITY = _dated(
    BodyCapacity,
    "capacity",
    "capacities",
    Text(zh="核定人数", en="capacity"),
    lambda one: Text(
        zh=f"自 {one.since}：{one.heads} 人", en=f"for {one.heads} people since {one.since}"
    ),
)
BODY_OPERATOR = _dated(
    BodyOperator,
    "operator",
    "operators",
    Text(zh="运营单位", en="operator"),
    lambda one: Text(zh=f"自 {one.since}：{one.name}", en=f"run by {one.name} since {one.since}"),
)
BODY_LICENCE = _dated(
    BodyLicence,
    "licence",
    "licences",
    Text(zh="证照", en="licence"),
    lambda one: Text(zh=f"{one.kind} {one.number}", en=f"{one.issued_on} – {one.expires_on or ''}"),
)
CHARGE = _dated(
    Charge,
    "charge",
    "charges",
    Text(zh="责任机构", en="body in charge"),
    lambda one: Text(zh=f"自 {one.since} 起负责", en=f"answers since {one.since}"),
)


def _register(session: Session, _: None, said: BodyGiven) -> Body:
    given = dict(said)
    kind, code, state, another = (given.pop(name) for name in ("kind", "code", "state", "another"))
    return register_body(session, kind, code, given, state=state, another=another)


def _kinds(*_: Any) -> Sequence[tuple[str, Text]]:
    return [(of, of.words) for of in BodyKind if of is not BodyKind.HOME]


def _states(*_: Any) -> Sequence[tuple[str, Text]]:
    return [(of, of.words) for of in State if of is not State.CLOSED]


def _next_states(session: Session, body: Body) -> Sequence[tuple[str, Text]]:
    """Return the states that may follow, but closing, which is an act of its own."""
    may = NEXT[state_on(session, body, today(session))]
    return [of for of in _states() if of[0] in may]


REGISTER = Act(
    name="register",
    on=BODIES,
    path="",
    words=Text(zh="登记机构", en="Register a body"),
    purpose=Text(
        zh="登记机构、办公室、公司或门店；如康家园由 01-机构 工作簿登记",
        en="Put a body that is no home on the register; what looks the same as another is asked"
        " about.",
    ),
    permission=Permission.BODIES_WRITE,
    given=BodyGiven,
    do=_register,
    choices={"kind": _kinds, "state": _states},
    makes=BODY,
    aside=True,
    positional=("code",),
)
CHANGE = partial(
    Act,
    on=BODY,
    permission=Permission.BODIES_WRITE,
    offered=lambda _, state: state is not State.CLOSED,
    aside=True,
)
"""Of what changes of a body, until it is closed."""

ENTER_STATE = CHANGE(
    name="state",
    path="states",
    words=Text(zh="登记状态", en="Enter a state"),
    purpose=Text(zh="登记状态", en="Keep that a body is in a state from a day on."),
    given=StateGiven,
    do=lambda session, body, said: enter_state(
        session, body, said.state, said.since or today(session), said.words
    ),
    choices={"state": _next_states},
    makes=BODY_STATE,
    positional=("state",),
)
SET_CAPACITY = CHANGE(
    name="capacity",
    path="capacities",
    words=Text(zh="登记核定人数", en="Set a capacity"),
    purpose=Text(
        zh="登记核定人数", en="Keep for how many people a body is registered from a day on."
    ),
    given=CapacityGiven,
    do=lambda session, body, said: set_capacity(
        session, body, said.heads, said.since or today(session)
    ),
    makes=BODY_CAPACITY,
    positional=("heads",),
)
SET_OPERATOR = CHANGE(
    name="operator",
    path="operators",
    words=Text(zh="登记运营单位", en="Set an operator"),
    purpose=Text(zh="登记运营单位", en="Keep who runs a body from a day on."),
    given=OperatorGiven,
    do=lambda session, body, said: set_operator(
        session, body, said.name, said.uscc, said.since or today(session)
    ),
    makes=BODY_OPERATOR,
)
ADD_LICENCE = CHANGE(
    name="licence",
    path="licences",
    words=Text(zh="登记证照", en="Add a licence"),
    purpose=Text(zh="登记证照", en="Keep a licence, permit or designation of a body."),
    given=LicenceGiven,
    do=lambda session, body, said: add_licence(session, body, dict(said)),
    makes=BODY_LICENCE,
)

ACTS = (REGISTER, ENTER_STATE, SET_CAPACITY, SET_OPERATOR, ADD_LICENCE)
"""To the register of bodies; who is in charge of people, and closing, are known above."""

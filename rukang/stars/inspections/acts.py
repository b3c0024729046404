"""What is done to an inspection, declared once for API, pages and commands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pydantic
from sqlalchemy.orm import Session, object_session

from rukang.base.access import Permission
from rukang.base.access.accounts import named_account
from rukang.base.database.context import actor, today
from rukang.base.words import Text
from rukang.bodies.homes import HOME, Home
from rukang.engines.rating import Answer
from rukang.forms import Act, Face, Field, Given, Target
from rukang.forms.kinds import Day, Email, Note, Said, Statement
from rukang.stars.acts import REGISTER
from rukang.stars.inspections.access import Eyes, eyes_of
from rukang.stars.inspections.editions import edition_for, edition_in_force, editions_for
from rukang.stars.inspections.life import find_inspection, following, withdraw
from rukang.stars.inspections.records import (
    CorrectiveAction,
    Inspection,
    Objection,
    Part,
    Reason,
    Stage,
)
from rukang.stars.inspections.steps.actions import confirm, find_action, report
from rukang.stars.inspections.steps.assignment import give_third, start_sheet
from rukang.stars.inspections.steps.moderation import moderate, take_back
from rukang.stars.inspections.steps.opening import apply_for, open_inspection
from rukang.stars.inspections.steps.proposal import (
    decide,
    find_objection,
    object_to,
    propose,
    publish,
)
from rukang.stars.inspections.steps.visiting import (
    desk_check,
    find_inspectors,
    list_inspectors,
    plan_visit,
)
from rukang.stars.inspections.words import REASONS, STAGES
from rukang.stars.interests import barred_from

EditionNamed = Annotated[
    str, pydantic.Field(max_length=40, pattern=r"^[\w.-]+$", examples=["example-2026"])
]
FactKey = Annotated[
    str, pydantic.Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$", examples=["capacity"])
]
Measured = Annotated[Decimal, pydantic.Field(ge=0, max_digits=18, decimal_places=6)]
"""A number somebody counted or measured, exact and of a size that things have."""

NOTE = Field("说明", "Note")
DUE = Field("最迟何时上门", "Last day for the visit")
REPLACED = Field("换人的原因", "Why somebody is replaced", "原评定员已开始填写时须写")


class Noted(Given):
    """What is said with a step."""

    note: Annotated[Note, NOTE] = ""


class Reasoned(Given):
    """Why a step is taken back, or an inspection ended."""

    note: Annotated[Said, Field("原因", "Reason")]


class Application(Given):
    """A home asks to be rated; ``due_on`` is the last day that suits it for the visit.

    The home does not choose its edition: place and day decide. ``edition`` may be left out; another
    than the one in force is refused.
    """

    edition: EditionNamed | None = None
    due_on: Annotated[Day, DUE]
    words: Annotated[Note, NOTE] = ""


class Opening(Given):
    """The federation opens an inspection: because one is due, to revisit, or to review.

    ``edition`` is needed only where several are in force for the home.
    """

    reason: Annotated[Reason, Field("事由", "Reason")]
    edition: Annotated[EditionNamed | None, Field("评定标准", "Edition")] = None
    due_on: Annotated[Day, DUE]
    words: Annotated[
        Note,
        Field(
            "说明",
            "Note",
            "动态管理复核须写起因，机构看不到",
            "Needed for a review; hidden from it",
        ),
    ] = ""


class VisitPlanned(Given):
    """The day of the visit and the addresses of the two who go.

    ``note`` says why, where somebody who has begun a sheet is replaced.
    """

    day: Annotated[Day, Field("上门日期", "Day of the visit")]
    inspectors: Annotated[
        list[Email], pydantic.Field(min_length=2, max_length=2), Field("评定员", "Inspector")
    ]
    note: Annotated[Note, REPLACED] = ""


class ThirdNamed(Given):
    """Who judges what the two saw differently; ``note`` where another third had begun."""

    inspector: Annotated[Email, Field("第三评定员", "Third inspector")]
    note: Annotated[Note, REPLACED] = ""


class Objecting(Given):
    """What is said against a proposed result."""

    words: Annotated[Statement, Field("异议内容", "Objection")]


class Mended(Given):
    """How something was mended."""

    words: Annotated[Statement, Field("怎样整改的", "How it was mended")]


class Decision(Given):
    """Why, and what puts things right; without answers and facts the objection is rejected.

    Answers may be of measured criteria; ``facts`` are figures of the home by key, null for unknown.
    """

    decision: Annotated[Statement, Field("处理理由", "Reason")]
    changes: list[Answer] = pydantic.Field(default_factory=list)
    facts: dict[FactKey, Measured | None] = pydantic.Field(default_factory=dict)


def _line(inspection: Inspection) -> Text:
    home, stage = inspection.home, STAGES[inspection.stage]
    return Text(zh=f"{inspection.id}  {home.code} {home.name}：{stage.zh}", en=stage.en)


INSPECTION = Target(
    name="inspection",
    words=Text(zh="评定", en="inspection"),
    collection="inspections",
    find=find_inspection,
    line=_line,
    eyes=lambda session, inspection, caller: eyes_of(session, caller, inspection.home),
)
OBJECTION = Target(
    name="objection",
    words=Text(zh="异议", en="objection"),
    collection="objections",
    find=find_objection,
    within=INSPECTION,
    line=lambda one: Text(zh=f"异议 {one.id}", en=f"objection {one.id}"),
    eyes=lambda session, one, caller: eyes_of(session, caller, one.inspection.home),
    has_page=False,
)
ACTION = Target(
    name="action",
    words=Text(zh="整改事项", en="action"),
    collection="actions",
    find=find_action,
    within=INSPECTION,
    line=lambda one: Text(zh=f"整改 {one.id} {one.criterion}", en=f"action {one.id}"),
    eyes=lambda session, one, caller: eyes_of(session, caller, one.inspection.home),
    has_page=False,
)

Offered = Callable[[Inspection, Eyes], bool]


def _to(eyes: Eyes, *stages: Stage) -> Offered:
    """Return the rule that an act is offered to somebody's eyes while it is at certain stages."""
    return lambda inspection, seen: seen is eyes and inspection.stage in stages


def _before(stage: Stage) -> Offered:
    """Return the rule that an act is offered to officers where a stage may follow."""
    return lambda inspection, seen: seen is Eyes.OFFICER and stage in following(inspection)


def _me(session: Session) -> tuple[str, str]:
    """Return address and name of who acts."""
    account = named_account(session, actor(session))
    return account.email, account.name


def _named(name: str, *, is_barred: bool = False) -> Text:
    """Return somebody's name, and whether they may not go."""
    if not is_barred:
        return Text(zh=name, en=name)
    return Text(zh=f"{name}（须回避）", en="must stay away")


def _inspectors(session: Session, inspection: Inspection) -> list[tuple[str, Text]]:
    """Return who could go, and of whom it is known that they may not."""
    found, on = list_inspectors(session), inspection.visit_on or inspection.due_on
    barred = barred_from(session, inspection.home, [one.email for one in found], on)
    return [(one.email, _named(one.name, is_barred=one.email in barred)) for one in found]


def _thirds(session: Session, inspection: Inspection) -> list[tuple[str, Text]]:
    taken = {sheet.filled_by for sheet in inspection.sheets}
    on = inspection.visit_on or today(session)
    found = [one for one in list_inspectors(session) if one.email not in taken]
    barred = barred_from(session, inspection.home, [one.email for one in found], on)
    return [(one.email, _named(one.name)) for one in found if one.email not in barred]


def _reasons(*_: Any) -> list[tuple[str, Text]]:
    own = [reason for reason in Reason if reason is not Reason.APPLICATION]
    return [(reason, REASONS[reason]) for reason in own]


def _editions(session: Session, home: Home) -> list[tuple[str, Text]]:
    meant = editions_for(home, today(session))
    return [
        (one.id, Text(zh=f"{one.title.zh}（{one.id}，{one.label.zh}）", en=one.title.en))
        for one in meant
    ]


def _chooses_none(home: Home, _: Any) -> bool:
    """Return whether a home may apply by itself: its place and the day leave one edition."""
    session = object_session(home)
    return session is not None and len(editions_for(home, today(session))) == 1


def _apply(session: Session, home: Home, asked: Application) -> Inspection:
    edition = edition_in_force(home, today(session), asked.edition)
    return apply_for(session, home, edition, asked.due_on, _me(session)[1], asked.words)


def _open(session: Session, home: Home, asked: Opening) -> Inspection:
    edition = edition_for(home, today(session), asked.edition)
    return open_inspection(session, home, edition, asked.reason, asked.due_on, asked.words)


def _plan(session: Session, inspection: Inspection, asked: VisitPlanned) -> None:
    pair = find_inspectors(session, asked.inspectors)
    plan_visit(session, inspection, asked.day, pair, asked.note)


def _name_third(session: Session, inspection: Inspection, asked: ThirdNamed) -> None:
    (third,) = find_inspectors(session, [asked.inspector])
    give_third(session, inspection, third.email, third.name, asked.note)


def _desk_check(*, accepted: bool) -> Callable[[Session, Inspection, Any], None]:
    def do(session: Session, inspection: Inspection, said: Any) -> None:
        desk_check(session, inspection, accepted=accepted, note=said.note)

    return do


def _noted(step: Callable[..., Any]) -> Callable[[Session, Inspection, Any], Any]:
    """Return a step that needs no more than what is noted of it."""
    return lambda session, inspection, said: step(session, inspection, said.note)


def _decide(session: Session, objection: Objection, said: Decision) -> Objection:
    right = (said.changes, said.facts)
    decide(session, objection.inspection, objection, said.decision, *right)
    return objection


def _report(session: Session, action: CorrectiveAction, said: Mended) -> CorrectiveAction:
    report(session, action.inspection, action, said.words)
    return action


def _confirm(session: Session, action: CorrectiveAction, _: None) -> CorrectiveAction:
    confirm(session, action.inspection, action)
    return action


APPLY = Act(
    name="apply",
    on=HOME,
    path="applications",
    words=Text(zh="申请评定", en="Apply for a rating"),
    purpose=Text(
        zh="机构申请评定，并开始自评",
        en="Open an inspection on the home's own application, with a sheet for its report.",
    ),
    permission=Permission.RATING_ANSWER,
    given=Application,
    do=_apply,
    offered=_chooses_none,
    makes=INSPECTION,
    aside=True,
)
OPEN = Act(
    name="open",
    on=HOME,
    path="inspections",
    words=Text(zh="发起评定", en="Open an inspection"),
    purpose=Text(
        zh="残联发起评定、复查或复核",
        en="Open an inspection because one is due, to revisit, or to review what happened.",
    ),
    permission=Permission.RATING_DECIDE,
    given=Opening,
    do=_open,
    choices={"reason": _reasons, "edition": _editions},
    makes=INSPECTION,
    aside=True,
)
REPORT = Act(
    name="report",
    on=INSPECTION,
    path="self-report",
    words=Text(zh="开始自评", en="Begin the home's report"),
    purpose=Text(zh="开始自评", en="Give the caller the sheet on which the home reports."),
    permission=Permission.RATING_ANSWER,
    do=lambda session, inspection, _: start_sheet(session, inspection, Part.SELF, *_me(session)),
    offered=lambda inspection, eyes: (
        _to(Eyes.HOME, Stage.OPENED)(inspection, eyes)
        and not any(sheet.part is Part.SELF for sheet in inspection.sheets)
    ),
    then="/inspections/{inspection_id}/sheet",
)
ACCEPT = Act(
    name="accept",
    on=INSPECTION,
    path="desk-check",
    words=Text(zh="材料通过", en="Accept the report"),
    purpose=Text(zh="材料通过", en="Accept the home's report."),
    permission=Permission.RATING_DECIDE,
    given=Noted,
    do=_desk_check(accepted=True),
    offered=_to(Eyes.OFFICER, Stage.SELF_REPORTED),
)
GIVE_BACK = Act(
    name="give-back",
    on=INSPECTION,
    path="give-back",
    words=Text(zh="退回补充", en="Return for completion"),
    purpose=Text(zh="材料退回补充", en="Give the home's report back to be completed."),
    permission=Permission.RATING_DECIDE,
    given=Reasoned,
    do=_desk_check(accepted=False),
    offered=_to(Eyes.OFFICER, Stage.SELF_REPORTED),
    aside=True,
)
PLAN = Act(
    name="visit",
    on=INSPECTION,
    path="visit",
    words=Text(zh="排定上门", en="Plan the visit"),
    purpose=Text(
        zh="排定上门的日期和两位评定员，开始填写前可以重新排定",
        en="Set the day of the visit and who goes; can be done anew until a sheet is begun.",
    ),
    permission=Permission.RATING_DECIDE,
    given=VisitPlanned,
    do=_plan,
    offered=_before(Stage.PLANNED),
    choices={"inspectors": _inspectors},
)
THIRD = Act(
    name="third",
    on=INSPECTION,
    path="third",
    words=Text(zh="指定第三评定员", en="Appoint a third inspector"),
    purpose=Text(
        zh="指定第三评定员，评定两人差距过大的", en="Give a third the sheet of what is disputed."
    ),
    permission=Permission.RATING_DECIDE,
    given=ThirdNamed,
    do=_name_third,
    offered=_to(Eyes.OFFICER, Stage.VISITED),
    choices={"inspector": _thirds},
)
MODERATE = Act(
    name="settle",
    on=INSPECTION,
    path="moderation",
    words=Text(zh="合议完成", en="Finish moderation"),
    purpose=Text(
        zh="合议完成；还有分歧时不能", en="Settle every criterion; refused while one is disputed."
    ),
    permission=Permission.RATING_DECIDE,
    given=Noted,
    do=_noted(moderate),
    offered=_to(Eyes.OFFICER, Stage.VISITED),
)
TAKE_BACK = Act(
    name="take-back",
    on=INSPECTION,
    path="moderation/withdrawal",
    words=Text(zh="退回合议", en="Return to moderation"),
    purpose=Text(
        zh="退回合议，写明原因",
        en="Open the settled sheets again, with the reason; a third can be named anew.",
    ),
    permission=Permission.RATING_DECIDE,
    given=Reasoned,
    do=_noted(take_back),
    offered=_to(Eyes.OFFICER, Stage.MODERATED),
    aside=True,
)
PROPOSE = Act(
    name="propose",
    on=INSPECTION,
    path="proposal",
    words=Text(zh="计算结果并公示", en="Propose the result"),
    purpose=Text(
        zh="计算结果并公示，异议期从此开始",
        en="Rate the settled sheet with what the records say; open the time for objections.",
    ),
    permission=Permission.RATING_DECIDE,
    given=Noted,
    do=_noted(propose),
    offered=_to(Eyes.OFFICER, Stage.MODERATED),
    told=lambda rating: Text(zh=f"{rating.star} 星", en=f"{rating.star} stars"),
)
OBJECT = Act(
    name="object",
    on=INSPECTION,
    path="objections",
    words=Text(zh="提出异议", en="Object"),
    purpose=Text(
        zh="对公示的结果提出异议", en="Say what is wrong with a proposed result, within the window."
    ),
    permission=Permission.RATING_ANSWER,
    given=Objecting,
    do=lambda session, inspection, said: object_to(session, inspection, said.words),
    offered=_to(Eyes.HOME, Stage.PROPOSED),
    makes=OBJECTION,
)
DECIDE = Act(
    name="decide",
    on=OBJECTION,
    path="decision",
    words=Text(zh="处理异议", en="Decide an objection"),
    purpose=Text(
        zh="异议成立则写改正的内容，否则驳回",
        en="Uphold an objection with the right answers, or reject it.",
    ),
    permission=Permission.RATING_DECIDE,
    given=Decision,
    do=_decide,
    offered=lambda objection, eyes: eyes is Eyes.OFFICER and objection.upheld is None,
    by_hand=frozenset({Face.PAGE, Face.COMMAND}),
)
PUBLISH = Act(
    name="publish",
    on=INSPECTION,
    path="publication",
    words=Text(zh="公布结果", en="Publish"),
    purpose=Text(
        zh="公布结果，登入名册；逾期须写原因",
        en="Publish the result once the window is over, and enter it on the register.",
    ),
    permission=Permission.RATING_DECIDE,
    given=Noted,
    do=_noted(publish),
    offered=_to(Eyes.OFFICER, Stage.PROPOSED),
    told=lambda event: Text(
        zh=f"{event.star} 星：{event.effective_on} – {event.valid_until}", en=f"{event.star} stars"
    ),
)
WITHDRAW = Act(
    name="withdraw",
    on=INSPECTION,
    path="withdrawal",
    words=Text(zh="撤回这次评定", en="Withdraw"),
    purpose=Text(zh="撤回这次评定，写明原因", en="End an inspection without a result."),
    permission=Permission.RATING_DECIDE,
    given=Reasoned,
    do=_noted(withdraw),
    offered=_before(Stage.WITHDRAWN),
    aside=True,
)
MEND = Act(
    name="mended",
    on=ACTION,
    path="report",
    words=Text(zh="报告整改", en="Report mending"),
    purpose=Text(zh="报告整改", en="Say how something was mended."),
    permission=Permission.RATING_ANSWER,
    given=Mended,
    do=_report,
    offered=lambda action, eyes: eyes is Eyes.HOME and action.confirmed_on is None,
)
CONFIRM = Act(
    name="confirm",
    on=ACTION,
    path="confirmation",
    words=Text(zh="确认已整改", en="Confirm mending"),
    purpose=Text(zh="确认已整改", en="Keep that an inspector saw it mended."),
    permission=Permission.RATING_WRITE,
    do=_confirm,
    offered=lambda action, eyes: eyes is Eyes.INSPECTOR and action.confirmed_on is None,
)

ACTS = (
    APPLY,
    OPEN,
    REPORT,
    ACCEPT,
    GIVE_BACK,
    PLAN,
    THIRD,
    MODERATE,
    TAKE_BACK,
    PROPOSE,
    OBJECT,
    DECIDE,
    PUBLISH,
    WITHDRAW,
    MEND,
    CONFIRM,
    *REGISTER,
)
"""In the order of an inspection's life."""

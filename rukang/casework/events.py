"""What happens to a case: a closed list of events, plain values, never changed once recorded.

The events of a case are the truth about it; everything else is read out of them (`replay`). What
was recorded wrongly is told by a further event, ``corrected``.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, NaiveDatetime, model_validator

from rukang.base.definitions import Strict, Text, misfit
from rukang.base.errors import ConflictError
from rukang.casework.course import Name


class Happened(StrEnum):
    """Kinds of events, with their Chinese word."""

    zh: str

    def __new__(cls, value: str, zh: str) -> Happened:  # noqa: D102 - see the class
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member

    OPENED = "opened", "立案"
    DONE = "done", "办结一步"
    EXPIRED = "expired", "期满"
    TRIED = "tried", "尝试联系"
    ASSIGNED = "assigned", "分派"
    RELEASED = "released", "退回待办"
    OFFERED = "offered", "提出移交"
    OFFER_ACCEPTED = "offer_accepted", "接收移交"
    OFFER_DECLINED = "offer_declined", "不接收移交"
    OFFER_EXPIRED = "offer_expired", "移交期满"
    OFFER_WITHDRAWN = "offer_withdrawn", "收回移交"
    SUPPLEMENT_ASKED = "supplement_asked", "要求补正"
    SUPPLEMENT_ANSWERED = "supplement_answered", "已补正"
    SUSPENDED = "suspended", "暂停计时"
    RESUMED = "resumed", "恢复计时"
    EXTENDED = "extended", "延长期限"
    PAPER_ADDED = "paper_added", "收到材料"
    PAPER_REJECTED = "paper_rejected", "材料不合"
    DAY_SET = "day_set", "确定日期"
    DELIVERED = "delivered", "送达"
    OBJECTED = "objected", "提出异议"
    OBJECTION_DECIDED = "objection_decided", "异议已处理"
    REOPENED = "reopened", "退回重办"
    ORGAN_CHANGED = "organ_changed", "承办单位变更"
    EDITION_CHANGED = "edition_changed", "适用版本变更"
    WITHDRAWN = "withdrawn", "申请人撤回"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    DIED = "died", "去世"
    MOVED = "moved", "迁往外地"
    VOIDED = "voided", "误立作废"
    CORRECTED = "corrected", "更正记录"
    NOTED = "noted", "记事"


class Ground(StrEnum):
    """Why a clock may stop, beside papers asked for: the list is closed."""

    ASSESSMENT_OUTSIDE = "assessment_outside"
    APPLICANT_AWAY = "applicant_away"
    FORCE_MAJEURE = "force_majeure"


H = Happened

NEEDS: Final[dict[Happened, frozenset[str]]] = {
    H.OPENED: frozenset({"course"}),
    H.DONE: frozenset({"step", "outcome"}),
    H.EXPIRED: frozenset({"step"}),
    H.TRIED: frozenset({"step"}),
    H.ASSIGNED: frozenset({"step", "person"}),
    H.RELEASED: frozenset({"step"}),
    H.OFFERED: frozenset({"step", "to"}),
    H.OFFER_ACCEPTED: frozenset({"step"}),
    H.OFFER_DECLINED: frozenset({"step", "reason"}),
    H.OFFER_EXPIRED: frozenset({"step"}),
    H.OFFER_WITHDRAWN: frozenset({"step", "reason"}),
    H.SUPPLEMENT_ASKED: frozenset({"step", "papers"}),
    H.SUPPLEMENT_ANSWERED: frozenset({"step"}),
    H.SUSPENDED: frozenset({"step", "ground", "reason"}),
    H.RESUMED: frozenset({"step"}),
    H.EXTENDED: frozenset({"step", "approver", "reason"}),
    H.PAPER_ADDED: frozenset({"papers"}),
    H.PAPER_REJECTED: frozenset({"papers", "reason"}),
    H.DAY_SET: frozenset({"name", "day"}),
    H.DELIVERED: frozenset({"step"}),
    H.OBJECTED: frozenset({"step"}),
    H.OBJECTION_DECIDED: frozenset({"step", "upheld", "reason"}),
    H.REOPENED: frozenset({"step", "approver", "reason"}),
    H.ORGAN_CHANGED: frozenset({"to", "reason"}),
    H.EDITION_CHANGED: frozenset({"course", "reason"}),
    H.WITHDRAWN: frozenset(),
    H.DEEMED_WITHDRAWN: frozenset({"step"}),
    H.DIED: frozenset(),
    H.MOVED: frozenset({"to"}),
    H.VOIDED: frozenset({"reason"}),
    H.CORRECTED: frozenset({"corrects", "reason"}),
    H.NOTED: frozenset({"reason"}),
}
"""What each kind of event cannot be without."""

MAY: Final[dict[Happened, frozenset[str]]] = {
    H.OPENED: frozenset({"organs", "reason"}),
    H.DONE: frozenset({"reason", "checker", "persons", "where"}),
    H.TRIED: frozenset({"reason"}),
    H.SUPPLEMENT_ASKED: frozenset({"reason"}),
    H.EDITION_CHANGED: frozenset({"renamed"}),
    H.CORRECTED: frozenset({"right"}),
    H.WITHDRAWN: frozenset({"reason"}),
}
"""What it may have beside; everything else it may not have."""

ALWAYS: Final = frozenset({"seq", "at", "on", "actor", "organ", "kind", "backdated"})

Words = Annotated[str, Field(min_length=1, max_length=2000)]
Who = Annotated[str, Field(min_length=1, max_length=120)]


class Event(Strict):
    """One thing that happened to a case.

    Parameters
    ----------
    seq
        Its number in the case, from 1 without a gap.
    at
        When it was recorded, on the clock of the place: without a time zone, so that its day is
        the day there.
    on
        The legal day it happened on; it may lie before ``at``, never after.
    actor
        The person who acted.
    organ
        The organ they acted for.
    backdated
        Why it is recorded more than one workday after it happened.
    step, outcome
        Of the course.
    reason
        In words, where the kind or the outcome demands one.
    course
        `Course.id` of the edition that a case is opened under or moved to.
    organs
        Role → organ, as far as known when the case is opened.
    to
        The organ that is offered a step or takes over; for ``moved`` the place.
    person, persons, checker, approver
        Who a step is assigned to, did it together, confirmed it, or approved.
    papers
        Names of papers of the course.
    name, day
        A day that the case itself fixes, for terms ``until`` it.
    renamed
        Old step → new step, where a new edition calls it otherwise.
    corrects, right
        The event that was wrong, and what it should have been; without ``right`` it never happened.
    """

    seq: Annotated[int, Field(ge=1)]
    at: NaiveDatetime
    on: date
    actor: Who
    organ: Who
    kind: Happened
    backdated: Words | None = None
    step: Name | None = None
    outcome: Name | None = None
    reason: Words | None = None
    course: Annotated[str, Field(max_length=121)] | None = None
    organs: dict[Name, Who] = Field(default_factory=dict)
    to: Who | None = None
    person: Who | None = None
    persons: tuple[Who, ...] = ()
    checker: Who | None = None
    approver: Who | None = None
    where: Name | None = None
    papers: tuple[Name, ...] = ()
    ground: Ground | None = None
    name: Name | None = None
    day: date | None = None
    upheld: bool | None = None
    renamed: dict[Name, Name] = Field(default_factory=dict)
    corrects: Annotated[int, Field(ge=1)] | None = None
    right: Event | None = None

    @model_validator(mode="after")
    def _fields_of_its_kind(self) -> Event:
        given = {
            key
            for key in type(self).model_fields
            if key not in ALWAYS and getattr(self, key) not in (None, (), {})
        }
        if missing := sorted(NEEDS[self.kind] - given):
            raise misfit(
                Text(
                    zh=f"“{self.kind.zh}”（{self.kind}）缺少 {'、'.join(missing)}",
                    en=f"{self.kind} needs {', '.join(missing)}",
                ),
                missing[0],
            )
        if extra := sorted(given - NEEDS[self.kind] - MAY.get(self.kind, frozenset())):
            raise misfit(
                Text(
                    zh=f"“{self.kind.zh}”（{self.kind}）不能写 {'、'.join(extra)}",
                    en=f"{self.kind} takes no {', '.join(extra)}",
                ),
                extra[0],
            )
        return self


class RefusedError(ConflictError):
    """An event that cannot have happened as the case stands; ``seq`` is its number."""

    def __init__(self, event: Event, zh: str, en: str) -> None:
        super().__init__(
            f"第 {event.seq} 件“{event.kind.zh}”：{zh}。",
            f"Event {event.seq} ({event.kind}): {en}.",
        )
        self.seq = event.seq

"""What is done to a month of wages and to what people owe, declared once for every face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import pendulum
import pydantic
from sqlalchemy.orm import Session

from payroll import fen
from rukang.base.access import Permission
from rukang.base.clock import month_in_words
from rukang.base.database.context import today
from rukang.base.database.find import find_in
from rukang.base.jobs import Job, JobKind, enqueue, latest
from rukang.base.words import Text
from rukang.bodies.homes import HOME, Home
from rukang.forms import JOB, Act, Face, Field, Given, Target
from rukang.forms.kinds import Amount, Day, Month, Note, Said
from rukang.pay.month.missing import leave_out, take_in
from rukang.pay.owed.corrections import correct, field_of
from rukang.pay.owed.entries import (
    confirm_waiver,
    propose_waiver,
    record_consent,
    record_payment,
)
from rukang.pay.owed.ledger import Receivable, receivable_of
from rukang.pay.run.life import NEXT, advance, reopen
from rukang.pay.run.service import find_payslip, find_run, request_run
from rukang.pay.store.records import (
    EntryKind,
    PayCorrection,
    PayMissing,
    PayRun,
    PayslipRecord,
    ReceivableEntry,
    RunState,
)

WAGE_MONTHS = 12
"""Months offered for wages: this one and those before it."""

BY_COMMAND = frozenset({Face.COMMAND})
"""Commands of the pay office name a home and a month, and do many homes at once."""

STEPS = {
    RunState.LOCKED: Text(zh="锁定", en="Lock"),
    RunState.PAID: Text(zh="记为已发放", en="Mark as paid"),
    RunState.RECONCILED: Text(zh="记为已对账", en="Mark as reconciled"),
    RunState.DECLARED: Text(zh="记为已申报", en="Mark as declared"),
}
"""The steps beside approval, by the state they reach."""


@dataclass(frozen=True)
class OfMonth:
    """Somebody's job in a month of wages, whether it has a payslip or not."""

    run: PayRun
    employment_id: int

    @property
    def record(self) -> PayMissing | None:
        """What is kept of why it is not in the month."""
        kept = (item for item in self.run.missing if item.employment_id == self.employment_id)
        return next(kept, None)


@dataclass(frozen=True)
class Proposed:
    """A waiver of a ledger that waits for a second person."""

    owed: Receivable
    entry: ReceivableEntry


class MonthWanted(Given):
    """The month whose wages are to be calculated."""

    month: Annotated[Month, Field("月份", "Month")]


class StepNoted(Given):
    """A word on a step, where there is one to say."""

    note: Annotated[Note, Field("说明", "Note")] = ""


class FurtherStep(Given):
    """The state that a run is to reach next, beside approval."""

    to: Annotated[
        Literal[RunState.LOCKED, RunState.PAID, RunState.RECONCILED, RunState.DECLARED],
        Field("下一步", "Next step"),
    ]
    note: Annotated[
        Note,
        Field(
            "说明",
            "Note",
            "没有通过银行发放的，请写明怎样发放。",
            "Where no bank paid the wages, say how they were paid.",
        ),
    ] = ""


class TakenBack(Given):
    """Why something is taken back."""

    reason: Annotated[Said, Field("退回原因", "Reason")]


class LeftOut(Given):
    """Why somebody is expressly left out of a month."""

    reason: Annotated[Said, Field("不计入的原因", "Reason")]


class Correction(Given):
    """Right values for fields of somebody's month, such as ``{"paid_days": "19"}``, and why."""

    changes: Annotated[
        dict[str, Any],
        pydantic.Field(min_length=1),
        Field(
            "更正后的值",
            "Right values",
            "一行一项，如 计薪天数=20",
            "One a line, such as paid_days=20",
        ),
    ]
    reason: Annotated[Said, Field("原因", "Reason")]


class Repaid(Given):
    """What somebody repaid apart from the wage, in yuan, on which day and how."""

    amount: Annotated[Amount, Field("金额（元）", "Amount (yuan)")]
    day: Annotated[Day, Field("归还日期", "Day")]
    note: Annotated[
        Said, Field("怎样归还", "How it was repaid", "现金、转账和凭证", "Cash, transfer, receipt")
    ]


class Consented(Given):
    """The day of the worker's written consent, and the paper it is in."""

    day: Annotated[Day, Field("同意日期", "Day")]
    note: Annotated[Said, Field("写在哪份文件里", "The paper it is in")]


class Waived(Given):
    """What need not be repaid, in yuan, and why."""

    amount: Annotated[Amount, Field("金额（元）", "Amount (yuan)")]
    reason: Annotated[Said, Field("原因", "Reason")]


def _find_waiver(session: Session, owed: Receivable, entry_id: int) -> Proposed:
    inside = ReceivableEntry.id.in_([entry.id for entry in owed.entries]) & (
        ReceivableEntry.kind == EntryKind.WAIVER
    )
    entry = find_in(session, ReceivableEntry, inside, entry_id, "免除", "waiver")
    return Proposed(owed, entry)


RUN = Target(
    name="run",
    words=Text(zh="工资批次", en="payroll run"),
    collection="payroll-runs",
    find=find_run,
)
PAYSLIP = Target(
    name="payslip",
    words=Text(zh="工资条", en="payslip"),
    collection="payslips",
    find=find_payslip,
    within=RUN,
)
MISSING = Target(
    name="missing",
    words=Text(zh="没有计入的人", en="somebody missing"),
    collection="missing",
    find=lambda _, run, employment_id: OfMonth(run, employment_id),
    within=RUN,
    key="employment_id",
    has_page=False,
)
CORRECTION = Target(
    name="correction",
    words=Text(zh="更正", en="correction"),
    collection="corrections",
    find=lambda session, payslip, key: find_in(
        session, PayCorrection, PayCorrection.run_id == payslip.run_id, key, "更正", "correction"
    ),
    within=PAYSLIP,
    has_page=False,
)
RECEIVABLE = Target(
    name="receivable",
    words=Text(zh="应收款", en="receivable"),
    collection="receivables",
    find=receivable_of,
    within=HOME,
    key="employment_id",
)
WAIVER = Target(
    name="waiver",
    words=Text(zh="免除", en="waiver"),
    collection="waivers",
    find=_find_waiver,
    within=RECEIVABLE,
    key="entry_id",
    eyes=lambda _, proposed, caller: proposed.entry.by == caller.name,
    has_page=False,
)
ENTRY = Target(
    name="entry",
    words=Text(zh="往来", en="entry"),
    collection="entries",
    find=lambda session, owed, key: find_in(
        session,
        ReceivableEntry,
        ReceivableEntry.id.in_([entry.id for entry in owed.entries]),
        key,
        "往来",
        "entry",
    ),
    within=RECEIVABLE,
    has_page=False,
)


def ask_for_run(session: Session, home: Home, month: date) -> Job:
    """Queue the wages of a month and return the job; asking twice is asking once."""
    run = request_run(session, home, month)
    # Under the lock that asking took: a run that is calculated by now has nothing to be queued.
    done = None if run.state is RunState.DRAFT else latest(session, JobKind.RUN_PAYROLL, run.id)
    return done or enqueue(session, JobKind.RUN_PAYROLL, home, run.id)


def _months(session: Session, _: Home) -> Sequence[tuple[str, Text]]:
    """Return the months whose wages may be calculated, the one that just ended first."""
    now = today(session)
    first = pendulum.date(now.year, now.month, 1)
    found = [first.subtract(months=ago) for ago in (1, 0, *range(2, WAGE_MONTHS))]
    return [(f"{of:%Y-%m}", Text(zh=month_in_words(of), en=f"{of:%Y-%m}")) for of in found]


def _next(_: Session, run: PayRun) -> Sequence[tuple[str, Text]]:
    words = STEPS.get(NEXT[run.state]) if run.state in NEXT else None
    return [(NEXT[run.state], words)] if words else []


def _correct(session: Session, slip: PayslipRecord, said: Correction) -> PayCorrection:
    read = (
        field_of(name, of) if isinstance(of, str) else (name, of)
        for name, of in said.changes.items()
    )
    return correct(session, slip.run, slip.employment_id, dict(read), said.reason)


def _leave_out(session: Session, of: OfMonth, said: LeftOut) -> OfMonth:
    leave_out(session, of.run, of.employment_id, said.reason)
    return of


def _home_of(session: Session, owed: Receivable) -> Home:
    return session.get_one(Home, owed.work.home_id)


def _repaid(session: Session, owed: Receivable, said: Repaid) -> ReceivableEntry:
    home, amount = _home_of(session, owed), fen(said.amount)
    return record_payment(session, home, owed.work.id, amount, said.day, said.note)


def _consented(session: Session, owed: Receivable, said: Consented) -> ReceivableEntry:
    home = _home_of(session, owed)
    return record_consent(session, home, owed.work.id, said.day, said.note)


def _waived(session: Session, owed: Receivable, said: Waived) -> ReceivableEntry:
    home = _home_of(session, owed)
    return propose_waiver(session, home, owed.work.id, fen(said.amount), said.reason)


def _is_open(owed: Receivable, _: Any) -> bool:
    return owed.open_fen > 0


CALCULATE = Act(
    name="run",
    on=HOME,
    path="payroll-runs",
    words=Text(zh="计算工资", en="Calculate wages"),
    purpose=Text(
        zh="计算一个月的工资；问两次等于问一次",
        en="Queue the wages of a month and return the job; asking twice is asking once.",
    ),
    permission=Permission.PAY_WRITE,
    given=MonthWanted,
    do=lambda session, home, said: ask_for_run(session, home, said.month),
    choices={"month": _months},
    makes=JOB,
    by_hand=BY_COMMAND,
)
APPROVE = Act(
    name="approve",
    on=RUN,
    path="approve",
    words=Text(zh="批准工资", en="Approve"),
    purpose=Text(
        zh="批准算好的工资；谁计算的，谁不能批准",
        en="Approve a calculated run; who calculated it cannot.",
    ),
    permission=Permission.PAY_APPROVE,
    given=StepNoted,
    do=lambda session, run, said: advance(session, run, RunState.APPROVED, said.note),
    offered=lambda run, _: NEXT.get(run.state) is RunState.APPROVED,
    by_hand=BY_COMMAND,
)
ADVANCE = Act(
    name="step",
    on=RUN,
    path="steps",
    words=Text(zh="下一步", en="Next step"),
    purpose=Text(
        zh="锁定批准了的工资，或把锁定的记为已发放、已对账、已申报",
        en="Lock an approved run, or note that a locked one is paid, reconciled, declared.",
    ),
    permission=Permission.PAY_WRITE,
    given=FurtherStep,
    do=lambda session, run, said: advance(session, run, said.to, said.note),
    offered=lambda run, _: NEXT.get(run.state) in STEPS,
    choices={"to": _next},
    by_hand=BY_COMMAND,
)
REOPEN = Act(
    name="reopen",
    on=RUN,
    path="reopen",
    words=Text(zh="退回草稿", en="Return to draft"),
    purpose=Text(
        zh="把未锁定的工资退回草稿，工资条作废",
        en="Take a run that is not locked back to a draft and discard its payslips.",
    ),
    permission=Permission.PAY_WRITE,
    given=TakenBack,
    do=lambda session, run, said: reopen(session, run, said.reason),
    offered=lambda run, _: run.state in (RunState.CALCULATED, RunState.APPROVED),
    aside=True,
    by_hand=BY_COMMAND,
)
CORRECT = Act(
    name="correct",
    on=PAYSLIP,
    path="corrections",
    words=Text(zh="更正已锁定的月份", en="Correct a locked month"),
    purpose=Text(
        zh="登记已锁定的工资里什么不对，下一个未锁定的月份结清差额",
        en="Keep what was wrong in a locked run; the next open month settles it.",
    ),
    permission=Permission.PAY_WRITE,
    given=Correction,
    do=_correct,
    offered=lambda slip, _: slip.run.state.is_final,
    makes=CORRECTION,
    aside=True,
    by_hand=BY_COMMAND,
)
LEAVE_OUT = Act(
    name="leave-out",
    on=MISSING,
    path="leave-out",
    words=Text(zh="不计入本月", en="Leave out of the month"),
    purpose=Text(
        zh="写明原因，不把没有工资条的人计入本月，然后可以锁定",
        en="Leave somebody without a payslip out of a month, so that the run can be locked.",
    ),
    permission=Permission.PAY_WRITE,
    given=LeftOut,
    do=_leave_out,
    offered=lambda of, _: of.record is None or of.record.left_out is None,
    by_hand=BY_COMMAND,
)
TAKE_IN = Act(
    name="take-in",
    on=MISSING,
    path="take-in",
    words=Text(zh="重新计入本月", en="Take in again"),
    purpose=Text(
        zh="重新计入本月，然后重新计算",
        en="Take back that somebody is left out of a run that is not locked.",
    ),
    permission=Permission.PAY_WRITE,
    do=lambda session, of, _: take_in(session, of.run, of.employment_id),
    offered=lambda of, _: (
        of.record is not None and of.record.left_out is not None and not of.run.state.is_final
    ),
    by_hand=BY_COMMAND,
)
REPAY = Act(
    name="repaid",
    on=RECEIVABLE,
    path="payments",
    words=Text(zh="登记归还", en="Record a repayment"),
    purpose=Text(
        zh="登记本人归还的垫付或多发",
        en="Note that somebody repaid what they owe, apart from the wage.",
    ),
    permission=Permission.PAY_WRITE,
    given=Repaid,
    do=_repaid,
    offered=_is_open,
    makes=ENTRY,
    by_hand=BY_COMMAND,
)
CONSENT = Act(
    name="consent",
    on=RECEIVABLE,
    path="consents",
    words=Text(zh="登记书面同意", en="Record a written consent"),
    purpose=Text(
        zh="登记本人书面同意；以后才从工资里收回，最低工资以内不收",
        en="Note the worker's written consent to recovery from the wage.",
    ),
    permission=Permission.PAY_WRITE,
    given=Consented,
    do=_consented,
    offered=_is_open,
    makes=ENTRY,
    by_hand=BY_COMMAND,
)
WAIVE = Act(
    name="waive",
    on=RECEIVABLE,
    path="waivers",
    words=Text(zh="提出免除", en="Propose a waiver"),
    purpose=Text(
        zh="提出免除；由另一个账号复核以后才算",
        en="Propose that something need not be repaid; a second person has to confirm it.",
    ),
    permission=Permission.PAY_WRITE,
    given=Waived,
    do=_waived,
    offered=_is_open,
    makes=ENTRY,
    by_hand=BY_COMMAND,
)
CONFIRM = Act(
    name="confirm",
    on=WAIVER,
    path="confirm",
    words=Text(zh="复核免除", en="Confirm the waiver"),
    purpose=Text(zh="由另一人复核免除", en="Confirm a waiver that another person proposed."),
    permission=Permission.PAY_APPROVE,
    do=lambda session, of, _: confirm_waiver(session, of.owed, of.entry.id),
    offered=lambda _, is_own: not is_own,
    makes=ENTRY,
    by_hand=BY_COMMAND,
)

ACTS = (
    CALCULATE,
    APPROVE,
    ADVANCE,
    REOPEN,
    LEAVE_OUT,
    TAKE_IN,
    CORRECT,
    REPAY,
    CONSENT,
    WAIVE,
    CONFIRM,
)
"""In the order of a month's life."""

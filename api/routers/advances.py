"""Who of a month is not in its run, and what employers advanced of people's own shares."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import PayApprove, PayRead, PayWrite, Visitor
from api.fields import Day, HomeCode, Month, RecordId, View, Words, Yuan
from api.paging import Page, WantedPage, page_in
from payroll import fen
from payroll.policy import Name
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.pay import (
    EntryKind,
    OwedToHeirs,
    PaidAfterEnd,
    PayMissing,
    Receivable,
    confirm_waiver,
    find_run,
    leave_out,
    owed_to_heirs,
    paid_after_end,
    propose_waiver,
    receivable_of,
    receivables,
    record_consent,
    record_payment,
    take_in,
)
from rukang.work.employment import Employment

router = APIRouter(tags=["payroll runs"])

LARGEST = Decimal(10**7)
"""More than anybody's own shares of a working life, in yuan."""

Amount = Annotated[Decimal, Field(gt=0, le=LARGEST, decimal_places=2, examples=["260.69"])]
Reason = Annotated[Words, Field(min_length=1, max_length=500)]


class LeftOut(BaseModel):
    """Why somebody is expressly left out of a month."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class Repaid(BaseModel):
    """What somebody repaid apart from the wage, in yuan, on which day and how."""

    model_config = ConfigDict(extra="forbid")

    amount: Amount
    day: Day
    note: Reason


class Waived(BaseModel):
    """What need not be repaid, in yuan, and why."""

    model_config = ConfigDict(extra="forbid")

    amount: Amount
    reason: Reason


class Consented(BaseModel):
    """The day of the worker's written consent, and the paper it is in."""

    model_config = ConfigDict(extra="forbid")

    day: Day
    note: Reason


class MissingView(View):
    """Somebody who is not in a run: what stops the calculation, or why they are left out."""

    employment_id: int
    resident: str
    name: str
    employer: str
    reasons: list[Name]
    left_out: str | None
    by: str | None
    at: datetime | None

    @classmethod
    def of(cls, missing: PayMissing) -> MissingView:
        """Return somebody missing, by code and name."""
        return cls(
            employment_id=missing.employment_id,
            reasons=[Name.model_validate(why) for why in missing.reasons],
            left_out=missing.left_out,
            by=missing.by,
            at=missing.at,
            **_who(missing.employment),
        )


class LotView(View):
    """What is owed of one month, in yuan: as it came about, and what is still owed.

    ``line`` is the line of it that was paid too much, empty for an advance of own shares.
    """

    month: str
    line: str
    amount: Yuan
    open: Yuan


class EntryView(View):
    """One entry of a ledger, in yuan; ``of_month`` and ``line`` where it is of that alone."""

    id: int
    kind: EntryKind
    amount: Yuan = Field(validation_alias="amount_fen")
    day: date
    of_month: date | None
    line: str | None
    note: str
    at: datetime
    by: str
    confirmed_by: str | None


class PaidAfterView(View):
    """A locked payslip of a month after the end of its job, in yuan, or of the month of the end."""

    run_id: int
    payslip_id: int
    month: Month
    resident: str
    name: str
    employer: str
    ended_on: date
    is_in_part: bool
    net: Yuan
    employee_shares: Yuan
    employer_cost: Yuan

    @classmethod
    def of(cls, item: PaidAfterEnd) -> PaidAfterView:
        """Return what was paid, of whom and when."""
        slip = item.payslip
        return cls.model_validate(
            {
                **_who(slip.employment),
                "run_id": slip.run_id,
                "payslip_id": slip.id,
                "month": item.month,
                "ended_on": item.ended_on,
                "is_in_part": item.is_in_part,
                "net": slip.net_fen,
                "employee_shares": slip.employee_shares_fen,
                "employer_cost": slip.employer_cost_fen,
            }
        )


class OwedView(View):
    """What is owed to somebody who died, in yuan; payee and masked account empty while unknown.

    ``net`` is the payslip's, ``owed`` what of it is to be paid. ``is_in_part``: the month was
    computed before the death was known; the next run reckons what is owed, nothing is sent before.
    """

    run_id: int
    payslip_id: int
    month: Month
    resident: str
    name: str
    employer: str
    died_on: date
    net: Yuan
    owed: Yuan
    is_in_part: bool
    payee: str
    bank: str
    account: str

    @classmethod
    def of(cls, item: OwedToHeirs) -> OwedView:
        """Return what is owed, of which month, and who is paid."""
        slip, death = item.payslip, item.death
        return cls.model_validate(
            {
                **_who(slip.employment),
                "run_id": slip.run_id,
                "payslip_id": slip.id,
                "month": item.month,
                "died_on": death.died_on,
                "net": slip.due_fen,
                "owed": item.amount_fen,
                "is_in_part": item.is_in_part,
                "payee": death.payee,
                "bank": death.bank,
                "account": death.account.masked,
            }
        )


class ReceivableView(View):
    """What somebody owes an employer, in yuan: own shares advanced, pay that was too much."""

    employment_id: int
    resident: str
    name: str
    employer: str
    open: Yuan
    age_months: int
    consent_on: date | None
    lots: list[LotView]
    entries: list[EntryView]

    @classmethod
    def of(cls, owed: Receivable, today: date) -> ReceivableView:
        """Return a ledger as it stands on a day."""
        lots = [
            {
                "month": f"{lot.month:%Y-%m}",
                "line": lot.line,
                "amount": lot.amount_fen,
                "open": lot.open_fen,
            }
            for lot in owed.lots
        ]
        return cls.model_validate(
            {
                **_who(owed.work),
                "employment_id": owed.work.id,
                "open": owed.open_fen,
                "age_months": owed.age_months(today),
                "consent_on": owed.consent_on,
                "lots": lots,
                "entries": owed.entries,
            }
        )


@router.get("/payroll-runs/{run_id}/missing", summary="未计入的人 Who is not in a run")
def list_payroll_missing(
    run_id: RecordId, session: PayRead, wanted: WantedPage
) -> Page[MissingView]:
    """Return who of the month is not in its run, and why."""
    return page_in(find_run(session, run_id).missing, wanted, MissingView.of)


@router.post(
    "/payroll-runs/{run_id}/missing/{employment_id}/leave-out",
    summary="写明原因不计入本月 Leave somebody out of a month",
)
def leave_out_of_payroll_run(
    run_id: RecordId, employment_id: RecordId, said: LeftOut, session: PayWrite, visit: Visitor
) -> MissingView:
    """Leave somebody without a payslip out of a month, so that the run can be locked."""
    run = find_run(session, run_id)
    return MissingView.of(leave_out(session, run, employment_id, said.reason, visit.caller.name))


@router.post(
    "/payroll-runs/{run_id}/missing/{employment_id}/take-in",
    summary="重新计入本月 Take somebody in again",
)
def take_into_payroll_run(
    run_id: RecordId, employment_id: RecordId, session: PayWrite
) -> list[MissingView]:
    """Take back that somebody is left out of a run not locked, and return who is missing."""
    run = find_run(session, run_id)
    take_in(session, run, employment_id)
    return [MissingView.of(item) for item in run.missing]


@router.get("/homes/{code}/paid-after-end", summary="结束后仍发放 Paid after the end of a job")
def list_paid_after_end(
    code: HomeCode, session: PayRead, wanted: WantedPage
) -> Page[PaidAfterView]:
    """Return what locked months paid of jobs that had ended, where the end was entered late."""
    return page_in(paid_after_end(session, find_home(session, code)), wanted, PaidAfterView.of)


@router.get("/homes/{code}/owed-to-heirs", summary="应付给继承人 Owed to the heirs of the dead")
def list_owed_to_heirs(code: HomeCode, session: PayRead, wanted: WantedPage) -> Page[OwedView]:
    """Return what is not paid yet to people who died, and who is paid in their place."""
    return page_in(owed_to_heirs(session, find_home(session, code)), wanted, OwedView.of)


@router.get("/homes/{code}/receivables", summary="应收款 What people owe their employers")
def list_receivables(code: HomeCode, session: PayRead, wanted: WantedPage) -> Page[ReceivableView]:
    """Return everybody's ledger, of advances and of pay that was too much, ended ones too."""
    today = context.today(session)
    found = receivables(session, find_home(session, code))
    return page_in(found, wanted, lambda item: ReceivableView.of(item, today))


@router.post(
    "/homes/{code}/receivables/{employment_id}/payments",
    status_code=201,
    response_model=EntryView,
    summary="登记归还 Record a repayment",
)
def record_receivable_payment(
    code: HomeCode, employment_id: RecordId, said: Repaid, session: PayWrite, visit: Visitor
) -> Any:
    """Note that somebody repaid what they owe, apart from the wage."""
    home, by = find_home(session, code), visit.caller.name
    return record_payment(session, home, employment_id, fen(said.amount), said.day, said.note, by)


@router.post(
    "/homes/{code}/receivables/{employment_id}/consents",
    status_code=201,
    response_model=EntryView,
    summary="登记书面同意 Record a written consent",
)
def record_receivable_consent(
    code: HomeCode, employment_id: RecordId, said: Consented, session: PayWrite, visit: Visitor
) -> Any:
    """Note the worker's written consent to recovery from the wage."""
    home = find_home(session, code)
    return record_consent(session, home, employment_id, said.day, said.note, visit.caller.name)


@router.post(
    "/homes/{code}/receivables/{employment_id}/waivers",
    status_code=201,
    response_model=EntryView,
    summary="提出免除 Propose a waiver",
)
def propose_receivable_waiver(
    code: HomeCode, employment_id: RecordId, said: Waived, session: PayWrite, visit: Visitor
) -> Any:
    """Propose that something need not be repaid; a second person has to confirm it."""
    home, by = find_home(session, code), visit.caller.name
    return propose_waiver(session, home, employment_id, fen(said.amount), said.reason, by)


@router.post(
    "/homes/{code}/receivables/{employment_id}/waivers/{entry_id}/confirm",
    response_model=EntryView,
    summary="复核免除 Confirm a waiver",
)
def confirm_receivable_waiver(
    code: HomeCode,
    employment_id: RecordId,
    entry_id: RecordId,
    session: PayApprove,
    visit: Visitor,
) -> Any:
    """Confirm a waiver that another person proposed."""
    owed = receivable_of(session, find_home(session, code), employment_id)
    return confirm_waiver(session, owed, entry_id, visit.caller.name)


def _who(work: Employment) -> dict[str, str]:
    return {
        "resident": work.resident.code,
        "name": work.resident.person.name,
        "employer": work.employer.name,
    }

"""Who of a month is not in its run, and what employers advanced of people's own shares."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import Field

from api.access import PayRead
from api.fields import HomeCode, RecordId, View, Yuan
from api.paging import Page, WantedPage, page_in
from payroll.policy import Name
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.forms.kinds import Month
from rukang.pay import (
    EntryKind,
    OwedToHeirs,
    PaidAfterEnd,
    PayMissing,
    Receivable,
    find_run,
    owed_to_heirs,
    paid_after_end,
    receivables,
)
from rukang.work.employment import Employment

router = APIRouter(tags=["payroll runs"])


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


def _who(work: Employment) -> dict[str, str]:
    return {
        "resident": work.resident.code,
        "name": work.resident.person.name,
        "employer": work.employer.name,
    }

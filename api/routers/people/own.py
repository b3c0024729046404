"""What is on record of oneself, or of the person one stands for: payslips, shifts, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from api.access import OwnDays, OwnPay
from api.fields import RecordId, View, Yuan
from api.paging import Page, WantedPage, page_of
from api.routers.pay.payroll_runs import ExplainedPayslip, explanation_of
from rukang.base.clock import days_of_month
from rukang.care.attendance import Presence, own_days
from rukang.forms.kinds import Month
from rukang.pay import PayslipRecord, find_own_payslip, months_of_payslips, own_payslips_query
from rukang.rosters import own_shifts

router = APIRouter(prefix="/own", tags=["own records"])

WantedMonth = Annotated[Month, Query(description="月份 The month, 2026-10")]


class OwnPayslipView(View):
    """A payslip of a locked month: whose, of which employer, and what was paid, in yuan."""

    id: int
    month: Month
    name: str
    employer: str
    gross: Yuan
    net: Yuan


class ShiftTimeView(View):
    """A shift type: ``start`` in minutes after midnight, length in minutes."""

    code: str
    name: str
    start: int
    minutes: int


class OwnShiftView(View):
    """A shift: as published, and as worked in paid minutes once that is confirmed."""

    name: str
    home: str
    day: date
    planned: ShiftTimeView | None
    worked: str | None
    minutes: int | None


class MarksView(View):
    """A mark for the morning and one for the afternoon."""

    morning: Presence
    afternoon: Presence


class OwnDayView(View):
    """A day of attendance, with hours where they are paid by the hour."""

    name: str
    day: date
    marks: MarksView | None
    hours: Decimal = Field(examples=["8"])
    overtime: Decimal = Field(examples=["0"])


@router.get("/payslips", summary="本人（或被监护人）的工资条 Own payslips")
def list_own_payslips(session: OwnPay, wanted: WantedPage) -> Page[OwnPayslipView]:
    """Return the payslips of locked months, the newest first."""
    months = months_of_payslips(session)

    def view(slip: PayslipRecord) -> OwnPayslipView:
        work = slip.employment
        return OwnPayslipView(
            id=slip.id,
            month=months[slip.run_id],
            name=work.resident.person.name,
            employer=work.employer.name,
            gross=slip.gross_fen,
            net=slip.net_fen,
        )

    return page_of(session, own_payslips_query(), wanted, view)


@router.get("/payslips/{own_payslip_id}", summary="一张工资条 One own payslip, explained")
def show_own_payslip(own_payslip_id: RecordId, session: OwnPay) -> ExplainedPayslip:
    """Return a payslip with every line explained."""
    return ExplainedPayslip.of(find_own_payslip(session, own_payslip_id))


@router.get(
    "/payslips/{own_payslip_id}/lines/{line}", summary="一个数从哪里来 Where a number comes from"
)
def explain_own_line(own_payslip_id: RecordId, line: str, session: OwnPay) -> dict[str, Any]:
    """Return a line with the lines, inputs, figures and documents behind it."""
    return explanation_of(find_own_payslip(session, own_payslip_id), line).plain()


@router.get(
    "/shifts",
    response_model=list[OwnShiftView],
    summary="本人（或被监护人）的班次 Own shifts of a month",
)
def list_own_shifts(month: WantedMonth, session: OwnDays) -> Any:
    """Return published shifts of a month and what was worked of them, by day."""
    days = days_of_month(month)
    return own_shifts(session, days[0], days[-1])


@router.get(
    "/days",
    response_model=list[OwnDayView],
    summary="本人（或被监护人）的出勤和工时 Own attendance of a month",
)
def list_own_days(month: WantedMonth, session: OwnDays) -> Any:
    """Return marked days of a month, and hours where they are kept, by day."""
    days = days_of_month(month)
    return own_days(session, days[0], days[-1])

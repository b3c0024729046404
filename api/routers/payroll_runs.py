"""Wage runs of a home and their payslips, every line explained."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.access import PayRead, PayWrite, Visitor
from api.fields import HomeCode, Month, RecordId, View, Yuan
from api.paging import Page, WantedPage, page_of
from api.routers.jobs import JobView, accepted
from payroll import LineKind, Standing
from payroll.policy import Name
from rukang.errors import NotFoundError
from rukang.homes import find_home
from rukang.jobs import JobKind, enqueue
from rukang.pay import (
    PayRun,
    PayslipRecord,
    RunState,
    find_run,
    list_runs,
    payslip_of,
    request_run,
)

router = APIRouter(tags=["payroll runs"])


class RunWanted(BaseModel):
    """The month whose wages are to be calculated."""

    month: Month


class RunView(View):
    """A month's wages; ``digest`` fingerprints inputs and result."""

    id: int
    month: Month
    state: RunState
    requested_at: datetime
    digest: str | None


class PayslipView(View):
    """A person's totals in a run, in yuan."""

    id: int
    resident: str
    name: str
    employer: str
    gross: Yuan = Field(validation_alias="gross_fen")
    employee_shares: Yuan = Field(validation_alias="employee_shares_fen")
    tax: Yuan = Field(validation_alias="tax_fen")
    deductions: Yuan = Field(validation_alias="deductions_fen")
    net: Yuan = Field(validation_alias="net_fen")
    employer_cost: Yuan = Field(validation_alias="employer_cost_fen")

    @classmethod
    def of(cls, record: PayslipRecord) -> PayslipView:
        """Return a payslip's totals."""
        return cls.model_validate(_values(record))


class LineView(View):
    """One amount of a payslip: its rule, its legal source, and how it was reckoned in words."""

    code: str
    name: Name
    kind: LineKind
    amount: Yuan = Field(validation_alias="amount_fen")
    zh: str
    en: str
    rule: str
    source: str


class FigureView(View):
    """A figure behind a payslip: where it holds, since when, and which document says so."""

    parameter: str
    name: Name
    place: str
    valid_from: date
    document: str
    standing: Standing


class ExplainedPayslip(PayslipView):
    """A payslip with its lines, and every figure in it that no official text confirms."""

    lines: list[LineView]
    unconfirmed: list[FigureView]

    @classmethod
    def of(cls, record: PayslipRecord) -> ExplainedPayslip:
        """Return a payslip as the engine explained it."""
        slip = payslip_of(record)
        return cls.model_validate(
            {**_values(record), "lines": slip.lines, "unconfirmed": slip.unconfirmed}
        )


@router.get(
    "/homes/{code}/payroll-runs",
    response_model=list[RunView],
    summary="工资批次 Payroll runs of a home",
)
def list_home_payroll_runs(code: HomeCode, session: PayRead) -> Any:
    """Return a home's wage runs, newest month first."""
    return list_runs(session, find_home(session, code))


@router.post(
    "/homes/{code}/payroll-runs", status_code=202, summary="计算工资 Ask for a month's wages"
)
def create_payroll_run(
    code: HomeCode, wanted: RunWanted, session: PayWrite, visit: Visitor, response: Response
) -> JobView:
    """Queue the wages of a month and return the job; asking twice is asking once."""
    home = find_home(session, code)
    run = request_run(session, home, wanted.month)
    return accepted(
        enqueue(session, JobKind.RUN_PAYROLL, home, run.id, visit.caller.name), response
    )


@router.get("/payroll-runs/{run_id}", response_model=RunView, summary="工资批次概况 One run")
def show_payroll_run(run_id: RecordId, session: PayRead) -> Any:
    """Return a wage run."""
    return find_run(session, run_id)


@router.get("/payroll-runs/{run_id}/payslips", summary="工资条列表 Payslips of a run")
def list_payslips(run_id: RecordId, session: PayRead, wanted: WantedPage) -> Page[PayslipView]:
    """Return a run's payslips, totals only."""
    return page_of(find_run(session, run_id).payslips, wanted, PayslipView.of)


@router.get("/payroll-runs/{run_id}/payslips/{payslip_id}", summary="工资条 One payslip explained")
def show_payslip(run_id: RecordId, payslip_id: RecordId, session: PayRead) -> ExplainedPayslip:
    """Return a payslip with every line explained."""
    return ExplainedPayslip.of(find_payslip(find_run(session, run_id), payslip_id))


def find_payslip(run: PayRun, payslip_id: int) -> PayslipRecord:
    """Return a payslip of a run.

    Raises
    ------
    NotFoundError
        If the run has none of that id.
    """
    for record in run.payslips:
        if record.id == payslip_id:
            return record
    raise NotFoundError(
        f"工资批次 {run.id} 没有工资条 {payslip_id}。",
        f"Wage run {run.id} has no payslip {payslip_id}.",
    )


def _values(record: PayslipRecord) -> dict[str, Any]:
    work = record.employment
    totals = {name: value for name, value in vars(record).items() if name.endswith("_fen")}
    return {
        "id": record.id,
        "resident": work.resident.code,
        "name": work.resident.person.name,
        "employer": work.employer.name,
        **totals,
    }

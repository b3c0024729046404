"""Wage runs of a home and their payslips, every line explained."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from api.access import NumbersRead, PayRead
from api.downloads import TYPES, answers, attached, packed
from api.fields import HomeCode, MaybeYuan, RecordId, View, Yuan
from api.paging import Page, WantedPage, page_of
from payroll import Explanation, LineKind, Standing, explain
from payroll.policy import Name
from rukang.base.errors import NotFoundError
from rukang.base.words import words_of
from rukang.bodies.homes import Home, find_home
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Month
from rukang.pay import (
    RULES,
    Finding,
    PaymentState,
    PayslipRecord,
    Rule,
    RunState,
    find_payslip,
    find_run,
    findings,
    month_before,
    payslip_of,
    payslips_query,
    runs_query,
    variances,
    write_documents,
    year_after_payslip,
)

router = APIRouter(tags=["payroll runs"])


class CorrectionView(View):
    """A correction as it was kept."""

    id: int
    changes: dict[str, Any]
    reason: str
    at: datetime
    by: str


class StepView(View):
    """A step in a run's life."""

    state: RunState
    at: datetime
    by: str
    note: str


class RunView(View):
    """A month's wages; ``digest`` fingerprints inputs and result, as ``digest_version`` says.

    Runs of older versions name none. ``known_on`` is the day by whose knowledge of the figures it
    was computed.
    """

    id: int
    month: Month
    state: RunState
    requested_at: datetime
    known_on: date | None
    digest: str | None
    digest_version: int | None
    steps: list[StepView]


class LineChangeView(View):
    """One line before and now, in yuan."""

    name: Name
    before: Yuan = Field(validation_alias="before_fen")
    now: Yuan = Field(validation_alias="now_fen")


class VarianceView(View):
    """One person's change since the month before, and why."""

    worker: str
    name: str
    employer: str
    net_before: MaybeYuan = Field(validation_alias="net_before_fen")
    net_now: MaybeYuan = Field(validation_alias="net_now_fen")
    lines: list[LineChangeView]
    reasons: list[Name]


class FindingView(View):
    """A rule that a job seems not to keep: a question to be answered, not a judgement."""

    rule: Rule
    says: Name
    person: str
    name: str
    employer: str
    evidence: Name

    @classmethod
    def of(cls, finding: Finding) -> FindingView:
        """Return a finding with its rule in words."""
        return cls.model_validate({**vars(finding), "says": RULES[finding.rule]})


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
    advance: Yuan = Field(validation_alias="advance_fen")
    net: Yuan = Field(validation_alias="net_fen")
    employer_cost: Yuan = Field(validation_alias="employer_cost_fen")

    @classmethod
    def of(cls, record: PayslipRecord) -> PayslipView:
        """Return a payslip's totals."""
        return cls.model_validate(_values(record))


class YearView(View):
    """The tax year with one employer so far, in yuan, months of work counted with the next."""

    months_employed: int
    income: Yuan = Field(validation_alias="income_fen")
    exempt: Yuan = Field(validation_alias="exempt_fen")
    insurance: Yuan = Field(validation_alias="insurance_fen")
    withheld: Yuan = Field(validation_alias="withheld_fen")


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


class InstalmentView(View):
    """A part of the month paid before its wages, in yuan, and when that was last heard of."""

    first: date
    last: date
    amount: Yuan = Field(validation_alias="amount_fen")
    state: PaymentState
    at: datetime


class WarningView(View):
    """Something to know about a payslip, such as a rule that nobody has determined."""

    code: str
    zh: str
    en: str


class ExplainedPayslip(PayslipView):
    """A payslip with its lines and notes, and every figure that no official text confirms.

    ``parts`` were paid before the month was over, ``due`` is what is left to be paid with it.
    """

    parts: list[InstalmentView]
    due: Yuan
    lines: list[LineView]
    warnings: list[WarningView]
    unconfirmed: list[FigureView]

    @classmethod
    def of(cls, record: PayslipRecord) -> ExplainedPayslip:
        """Return a payslip as the engine explained it."""
        slip = payslip_of(record)
        warnings = [{"code": code, "zh": said.zh, "en": said.en} for code, said in slip.warnings]
        return cls.model_validate(
            {
                **_values(record),
                "parts": record.parts,
                "due": record.due_fen,
                "lines": slip.lines,
                "warnings": warnings,
                "unconfirmed": slip.unconfirmed,
            }
        )


@router.get("/homes/{code}/payroll-runs", summary="工资批次 Payroll runs of a home")
def list_home_payroll_runs(code: HomeCode, session: PayRead, wanted: WantedPage) -> Page[RunView]:
    """Return a home's wage runs, newest month first."""
    runs = runs_query(find_home(session, code))
    return page_of(session, runs, wanted, RunView.model_validate)


@router.get("/payroll-runs/{run_id}", response_model=RunView, summary="工资批次概况 One run")
def show_payroll_run(run_id: RecordId, session: PayRead) -> Any:
    """Return a wage run."""
    return find_run(session, run_id)


@router.get("/payroll-runs/{run_id}/variance", summary="与上月比较 Changes since last month")
def show_payroll_variance(run_id: RecordId, session: PayRead) -> list[VarianceView]:
    """Return whose pay or cost differs from the month before, line by line, with reasons."""
    run = find_run(session, run_id)
    return [
        VarianceView.model_validate(item) for item in variances(month_before(session, run), run)
    ]


@router.get("/payroll-runs/{run_id}/findings", summary="用工是否真实 Is the job real")
def list_payroll_findings(run_id: RecordId, session: PayRead) -> list[FindingView]:
    """Return what makes a job of the month look not real: person, rule and evidence."""
    run = find_run(session, run_id)
    home = session.get_one(Home, run.home_id)
    return [FindingView.of(item) for item in findings(session, home, run)]


@router.get(
    "/payroll-runs/{run_id}/papers.zip",
    response_class=Response,
    summary="本月全部文件 All papers of a run",
    responses=answers(TYPES[".zip"]),
)
def get_payroll_papers(run_id: RecordId, session: NumbersRead, request: Request) -> Response:
    """Return payslips, lists, declarations, invoices and summary of a month, packed together.

    They hold citizen IDs and accounts in full; that they were opened is logged.
    """
    run, policy = find_run(session, run_id), policy_of(request.app.state.settings)
    home = session.get_one(Home, run.home_id)
    with TemporaryDirectory() as folder:
        content = packed(write_documents(session, run, Path(folder), policy))
    return attached(content, f"工资-{home.code}-{run.month:%Y-%m}.zip")


@router.get("/payroll-runs/{run_id}/payslips", summary="工资条列表 Payslips of a run")
def list_payslips(run_id: RecordId, session: PayRead, wanted: WantedPage) -> Page[PayslipView]:
    """Return a run's payslips, totals only."""
    payslips = payslips_query(find_run(session, run_id))
    return page_of(session, payslips, wanted, PayslipView.of)


@router.get("/payroll-runs/{run_id}/payslips/{payslip_id}", summary="工资条 One payslip explained")
def show_payslip(run_id: RecordId, payslip_id: RecordId, session: PayRead) -> ExplainedPayslip:
    """Return a payslip with every line explained."""
    return ExplainedPayslip.of(find_payslip(session, find_run(session, run_id), payslip_id))


@router.get(
    "/payroll-runs/{run_id}/payslips/{payslip_id}/year-after",
    summary="下月接着算的年度累计 The tax year after a payslip",
)
def show_year_after(run_id: RecordId, payslip_id: RecordId, session: PayRead) -> YearView:
    """Return the tax year as this payslip's month hands it to the next."""
    record = find_payslip(session, find_run(session, run_id), payslip_id)
    return YearView.model_validate(year_after_payslip(record))


@router.get(
    "/payroll-runs/{run_id}/payslips/{payslip_id}/lines/{line}",
    summary="一个数从哪里来 Where a number comes from",
)
def explain_line(
    run_id: RecordId, payslip_id: RecordId, line: str, session: PayRead
) -> dict[str, Any]:
    """Return a line with the lines, inputs, figures and documents behind it, all the way down."""
    record = find_payslip(session, find_run(session, run_id), payslip_id)
    return explanation_of(record, line).plain()


def explanation_of(record: PayslipRecord, line: str) -> Explanation:
    """Return where a line of a stored payslip comes from.

    Raises
    ------
    NotFoundError
        If the payslip does not show the line.
    """
    try:
        return explain(payslip_of(record), line)
    except LookupError as error:
        words = words_of(error)
        raise NotFoundError(f"{words.zh}。", f"{words.en}.") from error


def _values(record: PayslipRecord) -> dict[str, Any]:
    work = record.employment
    totals = {name: value for name, value in vars(record).items() if name.endswith("_fen")}
    totals["advance_fen"] = record.advance_fen
    return {
        "id": record.id,
        "resident": work.resident.code,
        "name": work.resident.person.name,
        "employer": work.employer.name,
        **totals,
    }

"""Wage runs of a home and their payslips, every line explained."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.access import NumbersRead, PayApprove, PayRead, PayWrite, Visitor
from api.downloads import TYPES, answers, attached, packed
from api.fields import HomeCode, MaybeYuan, Month, RecordId, RecordIdGiven, View, Yuan
from api.paging import Page, WantedPage, page_of
from api.routers.jobs import JobView, accepted
from payroll import Explanation, LineKind, Standing, explain
from payroll.policy import Name
from rukang.base.errors import NotFoundError
from rukang.base.jobs import Job, JobKind, enqueue, latest
from rukang.bodies.homes import Home, find_home
from rukang.doors.handlers import policy_of
from rukang.pay import (
    RULES,
    Finding,
    PaymentState,
    PayslipRecord,
    Rule,
    RunState,
    advance,
    correct,
    find_payslip,
    find_run,
    findings,
    month_before,
    payslip_of,
    payslips_query,
    reopen,
    request_run,
    runs_query,
    variances,
    write_documents,
    year_after_payslip,
)

router = APIRouter(tags=["payroll runs"])


class RunWanted(BaseModel):
    """The month whose wages are to be calculated."""

    month: Month


class StepWanted(BaseModel):
    """A word on a step, where there is one to say."""

    note: str = Field(default="", max_length=500)


class FurtherStep(StepWanted):
    """The state that a run is to reach next, beside approval."""

    to: Literal[RunState.LOCKED, RunState.PAID, RunState.RECONCILED, RunState.DECLARED]


class ReasonGiven(BaseModel):
    """Why something is taken back."""

    reason: str = Field(min_length=1, max_length=500)


class CorrectionWanted(ReasonGiven):
    """Right values for fields of somebody's month, such as ``{"paid_days": "19"}``."""

    payslip_id: RecordIdGiven
    changes: dict[str, Any] = Field(min_length=1)


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


@router.post(
    "/homes/{code}/payroll-runs", status_code=202, summary="计算工资 Ask for a month's wages"
)
def create_payroll_run(
    code: HomeCode, wanted: RunWanted, session: PayWrite, visit: Visitor, response: Response
) -> JobView:
    """Queue the wages of a month and return the job; asking twice is asking once."""
    home = find_home(session, code)
    return accepted(queued(session, home, wanted.month, visit.caller.name), response)


def queued(session: Session, home: Home, month: date, by: str) -> Job:
    """Queue the wages of a month and return the job; asking twice is asking once."""
    run = request_run(session, home, month)
    # Under the lock that asking took: a run that is calculated by now has nothing to be queued.
    done = None if run.state is RunState.DRAFT else latest(session, JobKind.RUN_PAYROLL, run.id)
    return done or enqueue(session, JobKind.RUN_PAYROLL, home, run.id, by)


@router.get("/payroll-runs/{run_id}", response_model=RunView, summary="工资批次概况 One run")
def show_payroll_run(run_id: RecordId, session: PayRead) -> Any:
    """Return a wage run."""
    return find_run(session, run_id)


@router.post(
    "/payroll-runs/{run_id}/approve", response_model=RunView, summary="批准工资 Approve a run"
)
def approve_payroll_run(
    run_id: RecordId, said: StepWanted, session: PayApprove, visit: Visitor
) -> Any:
    """Approve a calculated run; who calculated it cannot."""
    run = find_run(session, run_id)
    advance(session, run, RunState.APPROVED, visit.caller.name, said.note)
    return run


@router.post(
    "/payroll-runs/{run_id}/steps", response_model=RunView, summary="工资批次下一步 Next step"
)
def advance_payroll_run(
    run_id: RecordId, wanted: FurtherStep, session: PayWrite, visit: Visitor
) -> Any:
    """Lock an approved run, or note that a locked one is paid, reconciled, declared."""
    run = find_run(session, run_id)
    advance(session, run, wanted.to, visit.caller.name, wanted.note)
    return run


@router.post(
    "/payroll-runs/{run_id}/reopen", response_model=RunView, summary="退回草稿 Take back a run"
)
def reopen_payroll_run(
    run_id: RecordId, said: ReasonGiven, session: PayWrite, visit: Visitor
) -> Any:
    """Take a run that is not locked back to a draft and discard its payslips."""
    run = find_run(session, run_id)
    reopen(session, run, visit.caller.name, said.reason)
    return run


@router.post(
    "/payroll-runs/{run_id}/corrections", status_code=201, summary="更正已锁定月份 Correct a month"
)
def correct_payroll_run(
    run_id: RecordId, wanted: CorrectionWanted, session: PayWrite, visit: Visitor
) -> CorrectionView:
    """Keep what was wrong in a locked run; the next open month settles it."""
    run = find_run(session, run_id)
    payslip = find_payslip(session, run, wanted.payslip_id)
    by = visit.caller.name
    made = correct(session, run, payslip.employment_id, wanted.changes, wanted.reason, by)
    return CorrectionView.model_validate(made)


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
        zh, _, en = str(error).partition(" / ")
        raise NotFoundError(f"{zh}。", f"{en}.") from error


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

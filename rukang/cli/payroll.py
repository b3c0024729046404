"""``rukang payroll``: compute a home's wages and write their documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

import payroll.employer
from payroll import Policy, yuan
from rukang import pay
from rukang.access import Database
from rukang.cli.common import (
    Data,
    HomeCode,
    Local,
    Month,
    Out,
    console,
    day_of,
    opened,
    say,
    say_paths,
)
from rukang.cli.progress import steps
from rukang.errors import NotFoundError
from rukang.homes import find_home
from rukang.intake.bank_answer import read_bank_answer
from rukang.pay import PayRun, find_run
from rukang.pay.records import RunState
from rukang.work import policy_of

By = Annotated[
    str | None,
    typer.Option(help="谁计算 / who asks and answers for the inputs", show_default="system"),
]
Known = Annotated[
    date | None,
    typer.Option(
        parser=day_of,
        metavar="YYYY-MM-DD",
        help="按哪天所知的数值 / as known on this day",
        show_default="今天 today",
    ),
]

app = typer.Typer(help="工资、五险、个税 / wages, insurances, income tax", no_args_is_help=True)


@app.command()
def run(
    home: HomeCode,
    month: Month,
    out: Out = Path("payroll"),
    by: By = None,
    known: Known = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """计算某月工资，写出文件 / compute the wages of a month and write the papers."""
    here, database = opened(data)
    run_month(database, policy_of(here, local), home, month, out, by=by, known_on=known)


@app.command()
def step(
    home: HomeCode,
    month: Month,
    to: Annotated[RunState, typer.Option(help="下一状态 / the state to reach")],
    by: Annotated[str, typer.Option(help="谁办理；批准须由另一人 / who takes the step")],
    note: Annotated[str, typer.Option(help="说明 / a note")] = "",
    data: Data = None,
) -> None:
    """批准、锁定、记为已发放等 / approve, lock, and the further steps."""
    _, database = opened(data)
    with database.session() as session:
        run = _run_of(session, home, month)
        pay.advance(session, run, to, by, note)
        say(f"{home} {month:%Y-%m}：{to}")


@app.command()
def reopen(
    home: HomeCode,
    month: Month,
    by: Annotated[str, typer.Option(help="谁退回 / who takes it back")],
    reason: Annotated[str, typer.Option(help="原因 / why")],
    data: Data = None,
) -> None:
    """把未锁定的工资退回草稿 / take a run that is not locked back to a draft."""
    _, database = opened(data)
    with database.session() as session:
        pay.reopen(session, _run_of(session, home, month), by, reason)
        say(f"{home} {month:%Y-%m}：{RunState.DRAFT}")


@app.command("send")
def send_to_bank(
    home: HomeCode, month: Month, out: Out = Path("bank-list.xlsx"), data: Data = None
) -> None:
    """写出要送银行的清单 / the bank list of what is not paid yet."""
    _, database = opened(data)
    with database.session() as session:
        run = _run_of(session, home, month)
        going = pay.send(session, run)
        if going:
            say_paths([pay.write_bank_list(session, going, out)])
    say(f"{len(going)} 笔 / payments")


@app.command()
def answer(
    file: Annotated[Path, typer.Argument(help="银行回盘 / the bank's answer")],
    home: HomeCode,
    month: Month,
    data: Data = None,
) -> None:
    """读入银行回盘 / read the bank's answer; what failed can be sent again."""
    _, database = opened(data)
    with database.session() as session:
        run = _run_of(session, home, month)
        so_far = pay.take_answers(session, run, read_bank_answer(file, run))
        failed = [
            f"  {payment.payslip.employment.resident.code}：{payment.message}"
            for payment in pay.payments_of(session, run)
            if payment.state is pay.PaymentState.FAILED
        ]
    say(f"成功 paid {so_far.paid}（{yuan(so_far.paid_fen):,}），失败 failed {so_far.failed}，")
    say(f"未回 waiting {so_far.waiting}")
    for line in failed:
        say(line)


@app.command()
def changes(home: HomeCode, month: Month, data: Data = None) -> None:
    """与上月相比谁变了、为什么 / whose pay changed since last month, and why."""
    _, database = opened(data)
    with database.session() as session:
        run = _run_of(session, home, month)
        found = pay.variances(pay.month_before(session, run), run)
    for change in found:
        say(f"{change.worker} {change.name}：{yuan(change.net_change_fen):+}")
        for reason in change.reasons:
            say(f"    {reason.zh} / {reason.en}")
    say(f"{len(found)} 人有变动 / people changed")


@app.command("findings")
def show_findings(home: HomeCode, month: Month, data: Data = None) -> None:
    """用工是否真实：待核实的问题 / is the job real: questions with evidence."""
    _, database = opened(data)
    with database.session() as session:
        run = _run_of(session, home, month)
        found = pay.findings(session, find_home(session, home), run)
    for item in found:
        rule = pay.RULES[item.rule]
        say(f"{item.person} {item.name} · {item.employer}：{rule.zh} / {rule.en}")
        say(f"    {item.evidence.zh} / {item.evidence.en}")
    say(f"{len(found)} 处待核实 / to be answered")


@app.command()
def statement(
    books: Annotated[Path, typer.Argument(help="单位账上的数（YAML） / what the books state")],
    out: Out = Path("employer-statement.xlsx"),
    local: Local = None,
    data: Data = None,
) -> None:
    """单位全年的保障金、退税、加计扣除 / levy, VAT refund, extra deduction."""
    here, database = opened(data)
    policy = policy_of(here, local)
    with database.session() as session:
        year = pay.employer_year(session, pay.read_books(books))
        found = payroll.employer.statement(year, policy)
        written = pay.write_statement(year, found, policy, out, database.clock())
    say(f"保障金 levy：{yuan(found.levy.amount_fen):,}（{found.levy.explanation.zh}）")
    say(f"增值税退税 VAT refund：{yuan(found.vat.refund_fen):,}")
    say(f"加计扣除 extra deduction：{yuan(found.extra.deduction_fen):,}")
    say_paths([written])


@app.command("tax-year")
def tax_certificates(
    home: HomeCode,
    year: Annotated[int, typer.Option(help="年度 / the calendar year", min=2000, max=9998)],
    out: Out = Path("tax-certificates.pdf"),
    local: Local = None,
    data: Data = None,
) -> None:
    """每人全年收入和扣税证明 / each worker's year of pay and tax withheld."""
    here, database = opened(data)
    with database.session() as session:
        found = pay.certificates(session, find_home(session, home), year, policy_of(here, local))
        say_paths([pay.write_certificates(found, out, database.clock())])
    say(f"{len(found)} 人 / people")


@app.command()
def verify(home: HomeCode, month: Month, local: Local = None, data: Data = None) -> None:
    """用冻结的输入重算，看是否一致 / compute again from the frozen inputs."""
    here, database = opened(data)
    with database.session() as session:
        same = pay.is_reproduced(_run_of(session, home, month), policy_of(here, local))
    say("一字不差 / the same to the bit" if same else "不一致：数值库已变 / not the same")
    raise typer.Exit(not same)


def _run_of(session: Session, home: str, month: date) -> PayRun:
    for run in pay.list_runs(session, find_home(session, home)):
        if run.month == month:
            return run
    raise NotFoundError(
        f"{home} 没有 {month:%Y-%m} 的工资批次，请先计算。",
        f"{home} has no wage run of {month:%Y-%m}; calculate it first.",
    )


def run_month(
    database: Database,
    policy: Policy,
    home: str,
    month: date,
    out: Path,
    by: str | None = None,
    known_on: date | None = None,
) -> None:
    """Calculate a home's month unless it is calculated already; write and list its documents."""
    with database.session() as session:
        run = pay.request_run(session, find_home(session, home), month, by)
        run_id, is_new = run.id, run.state is RunState.DRAFT
    with steps(console, "工资 wages", 2) as step:
        pay.calculate_run(database, run_id, policy, known_on)
        step()
        with database.session() as session:
            paths = pay.write_documents(session, find_run(session, run_id), out)
        step()
    with database.session() as session:
        run = find_run(session, run_id)
        show(console, run)
        left_open = next(
            (step.note for step in reversed(run.steps) if step.state is RunState.CALCULATED), ""
        )
    if left_open:
        say(f"  {left_open}")
    if not is_new:
        say(f"  {month:%Y-%m} 已经算过，以上是当时的结果，没有重算 / computed before, not again")
    say("  未经官方确认的数值见 summary.xlsx / figures that are not official: see summary.xlsx")
    say_paths(paths)


def show(console: Console, run: PayRun) -> None:
    """Print a run's totals per employer."""
    table = Table("用工单位 employer")
    for header in ("人数", "应发 gross", "实发 net", "单位成本 full cost"):
        table.add_column(header, justify="right", no_wrap=True)
    for name in dict.fromkeys(slip.employment.employer.name for slip in run.payslips):
        slips = [slip for slip in run.payslips if slip.employment.employer.name == name]
        totals = (
            sum(slip.gross_fen for slip in slips),
            sum(slip.net_fen for slip in slips),
            sum(slip.employer_cost_fen for slip in slips),
        )
        table.add_row(name, str(len(slips)), *(f"{yuan(total):,}" for total in totals))
    console.print(table)

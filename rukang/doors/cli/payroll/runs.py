"""``rukang payroll``: compute a home's wages and write their documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
from rukang.base.access import Caller, Database, Permission
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.errors import NotAllowedError, NotFoundError
from rukang.bodies.homes import Home, find_home, list_homes
from rukang.doors.cli.common import (
    Data,
    HomeCode,
    HomeCodes,
    Local,
    Month,
    Out,
    console,
    day_of,
    problems,
    say,
    say_paths,
    signed,
)
from rukang.doors.cli.console.progress import steps
from rukang.doors.handlers import policy_of
from rukang.doors.intake.answers.bank_answer import read_bank_answer
from rukang.pay import PayRun, find_run
from rukang.pay.store.records import RunState

By = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="由哪个账号办理 / the account that answers for it",
        show_default="--as",
    ),
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

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def run(
    homes: HomeCodes,
    month: Month,
    out: Out = Path("payroll"),
    by: By = None,
    known: Known = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """计算某月工资，写出文件 / compute the wages of a month and write the papers."""
    here, database = signed(data)
    policy = policy_of(here, local)
    missing = 0
    for home in homes:
        own = for_account(database, by, home, Permission.PAY_WRITE)
        folder = out / home if homes[1:] else out
        missing += run_month(own, policy, home, month, folder, known_on=known)
    raise typer.Exit(bool(missing))


@app.command()
def step(
    homes: HomeCodes,
    month: Month,
    to: Annotated[RunState, typer.Option(help="下一状态 / the state to reach")],
    by: By = None,
    note: Annotated[str, typer.Option(help="说明 / a note")] = "",
    data: Data = None,
) -> None:
    """批准、锁定、记为已发放等 / approve, lock, and the further steps."""
    _, database = signed(data)
    needed = Permission.PAY_APPROVE if to is RunState.APPROVED else Permission.PAY_WRITE
    for home in homes:
        own = for_account(database, by, home, needed)
        with own.session() as session:
            run = run_of(session, home, month)
            pay.advance(session, run, to, note)
            say(f"{home} {month:%Y-%m}：{to}")


@app.command()
def reopen(
    home: HomeCode,
    month: Month,
    reason: Annotated[str, typer.Option(help="原因 / why")],
    by: By = None,
    data: Data = None,
) -> None:
    """把未锁定的工资退回草稿 / take a run that is not locked back to a draft."""
    with working(data, by, home) as (session, _):
        pay.reopen(session, run_of(session, home, month), reason)
        say(f"{home} {month:%Y-%m}：{RunState.DRAFT}")


@app.command("send")
def send_to_bank(
    home: HomeCode, month: Month, out: Out = Path("bank-list.xlsx"), data: Data = None
) -> None:
    """写出要送银行的清单 / the bank list of what is not paid yet."""
    _, database = signed(data)
    with database.session() as session:
        run = run_of(session, home, month)
        going = pay.send(session, run)
        if going:
            say_paths([pay.write_bank_list(session, going, out)])
    say(f"{len(going)} 笔 / payments")


@app.command()
def answer(
    files: Annotated[list[Path], typer.Argument(help="银行回盘，可多份 / the bank's answers")],
    month: Month,
    home: Annotated[
        list[str] | None,
        typer.Option(
            "--home",
            metavar="CODE",
            help="哪些机构 / the homes",
            show_default="当月全部 all of the month",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """读入银行回盘 / read the bank's answers; what failed can be sent again."""
    _, database = signed(data)
    with database.session() as session:
        codes = home or [
            each.code for each in list_homes(session) if _has_run(session, each, month)
        ]
        runs = [run_of(session, code, month) for code in codes]
        found = [answer for file in files for answer in read_bank_answer(file, *runs)]
        so_far, failed = [], []
        for run in runs:
            own = {slip.id for slip in run.payslips}
            so_far.append(
                pay.take_answers(session, run, [item for item in found if item.payslip_id in own])
            )
            failed += [
                f"  {payment.payslip.employment.resident.code}：{payment.message}"
                for payment in pay.payments_of(session, run)
                if payment.state is pay.PaymentState.FAILED
            ]
    paid, fen = sum(each.paid for each in so_far), sum(each.paid_fen for each in so_far)
    say(f"成功 paid {paid}（{yuan(fen):,}），失败 failed {sum(each.failed for each in so_far)}，")
    say(f"未回 waiting {sum(each.waiting for each in so_far)}")
    for line in failed:
        say(line)


def _has_run(session: Session, home: Home, month: date) -> bool:
    return any(run.month == month for run in pay.list_runs(session, home))


@app.command()
def changes(home: HomeCode, month: Month, data: Data = None) -> None:
    """与上月相比谁变了、为什么 / whose pay changed since last month, and why."""
    _, database = signed(data)
    with database.session() as session:
        run = run_of(session, home, month)
        found = pay.variances(pay.month_before(session, run), run)
    for change in found:
        say(f"{change.worker} {change.name}：{yuan(change.net_change_fen):+}")
        for reason in change.reasons:
            say(f"    {reason.zh} / {reason.en}")
    say(f"{len(found)} 人有变动 / people changed")


@app.command("findings")
def show_findings(home: HomeCode, month: Month, data: Data = None) -> None:
    """用工是否真实：待核实的问题 / is the job real: questions with evidence."""
    here, database = signed(data)
    policy = policy_of(here, ())
    with database.session() as session:
        run = run_of(session, home, month)
        found = pay.findings(session, find_home(session, home), run, policy)
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
    here, database = signed(data)
    policy = policy_of(here, local)
    with database.session() as session:
        year = pay.employer_year(session, pay.read_books(books))
        found = payroll.employer.statement(year, policy)
        written = pay.write_statement(year, found, policy, out, database.clock())
    say(f"保障金 levy：{yuan(found.levy.amount_fen):,}（{found.levy.explanation.zh}）")
    say(f"增值税退税 VAT refund：{yuan(found.vat.refund_fen):,}")
    if found.at_stake_fen:
        strict = f"{yuan(found.vat_strict.refund_fen):,}"
        less = f"{yuan(found.at_stake_fen):,}"
        say(f"每人每月都按全月最低工资理解 by whole months：{strict}（-{less}）")
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
    here, database = signed(data)
    with database.session() as session:
        found = pay.certificates(session, find_home(session, home), year, policy_of(here, local))
        say_paths([pay.write_certificates(found, out, database.clock())])
    say(f"{len(found)} 人 / people")


@app.command()
def verify(home: HomeCode, month: Month, local: Local = None, data: Data = None) -> None:
    """用冻结的输入重算，看是否一致 / compute again from the frozen inputs."""
    here, database = signed(data)
    with database.session() as session:
        same = pay.is_reproduced(run_of(session, home, month), policy_of(here, local))
    say(
        "一字不差 / the same to the bit"
        if same
        else "不一致：数值库、冻结的输入或工资条已变 / not the same:"
        " figures, inputs or payslips changed"
    )
    raise typer.Exit(not same)


def for_account(database: Database, by: str | None, home: str, needed: Permission) -> Database:
    """Return the database for the account that takes a step of a home's wages.

    Raises
    ------
    NotAllowedError
        If the account does not exist, is closed, or may not take the step in that home.
    """
    with database.session() as session:
        account = named_account(session, by or database.caller.name)
        place = find_home(session, home)
        may = caller_of(account).scope(needed).covers(place.id, place.county)
    if not may:
        raise NotAllowedError(
            f"{account.email} 在 {home} 没有办理这一步工资的权限。",
            f"{account.email} may not take this step of the wages of {home}.",
        )
    return database.acting_as(Caller(account.email, database.caller.grants))


@contextmanager
def working(
    data: Path | None, by: str | None, home: str, needed: Permission = Permission.PAY_WRITE
) -> Iterator[tuple[Session, Home]]:
    """Open a session in which an account works on a home's wages; yield it and the home.

    Raises
    ------
    NotAllowedError
        If the account does not exist, is closed, or may not do it in that home.
    """
    _, database = signed(data)
    own = for_account(database, by, home, needed)
    with own.session() as session:
        yield session, find_home(session, home)


def run_of(session: Session, home: str, month: date) -> PayRun:
    """Return the run of a home and month.

    Raises
    ------
    NotFoundError
        If there is none.
    """
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
    known_on: date | None = None,
) -> int:
    """Calculate a home's month unless it is calculated already; write and list its documents.

    Return how many could not be computed; they are named with the reasons.
    """
    with database.session() as session:
        run = pay.request_run(session, find_home(session, home), month)
        run_id, is_new = run.id, run.state is RunState.DRAFT
    with steps(console, "工资 wages", 2) as step:
        pay.calculate_run(database, run_id, policy, known_on)
        step()
        with database.session() as session:
            paths = pay.write_documents(session, find_run(session, run_id), out, policy)
        step()
    with database.session() as session:
        run = find_run(session, run_id)
        show(console, run)
        left_open = next(
            (step.note for step in reversed(run.steps) if step.state is RunState.CALCULATED), ""
        )
        advanced = sum(slip.advance_fen for slip in run.payslips)
        missing = _missing_of(run)
    if advanced:
        say(f"  单位垫付 advanced by employers：{yuan(advanced):,}")
    if left_open:
        say(f"  {left_open}")
    if not is_new:
        say(f"  {month:%Y-%m} 已经算过，以上是当时的结果，没有重算 / computed before, not again")
    say("  未经官方确认的数值见 summary.xlsx / figures that are not official: see summary.xlsx")
    say_paths(paths)
    return missing


def _missing_of(run: PayRun) -> int:
    """Name who could not be computed, together where the reason is the same; return how many."""
    names: dict[tuple[str, str], list[str]] = {}
    open_ones = [item for item in run.missing if item.left_out is None]
    for item in open_ones:
        for why in item.reasons:
            names.setdefault((why["zh"], why["en"]), []).append(item.employment.resident.code)
    for (zh, en), codes in names.items():
        say(f"✗ {'、'.join(codes)}：{zh} {en}", problems)
    if open_ones:
        say(
            f"✗ {len(open_ones)} 人没有算出，其他人已经算好；更正后退回草稿重算，或写明原因不计入"
            f" / {len(open_ones)} people could not be computed, the others are; mend and calculate"
            " again, or leave them out with a reason",
            problems,
        )
    return len(open_ones)


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

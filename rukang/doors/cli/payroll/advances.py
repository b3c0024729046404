"""``rukang payroll``: who is not in a month and why; own shares that employers advanced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from payroll import yuan
from rukang import pay
from rukang.base.access import Permission
from rukang.base.clock import in_shanghai
from rukang.base.errors import InvalidError, NotFoundError
from rukang.bodies.homes import Home, find_home
from rukang.doors.cli.common import Data, HomeCode, Month, day_of, fen_of, say, signed
from rukang.doors.cli.payroll.more import Payer, Person
from rukang.doors.cli.payroll.runs import By, run_of, working
from rukang.work.employment import Employment

Amount = Annotated[int, typer.Option(parser=fen_of, metavar="YUAN", help="元 / yuan")]
On = Annotated[date, typer.Option("--day", parser=day_of, metavar="DAY", help="哪一天 / the day")]
Note = Annotated[str, typer.Option("--note", help="凭证或文件 / the paper or receipt")]
Why = Annotated[str, typer.Option("--reason", help="原因 / why")]


def missing(home: HomeCode, month: Month, data: Data = None) -> None:
    """本月没有算出或不计入的人和原因 / who is not in the month, and why."""
    _, database = signed(data)
    with database.session() as session:
        found = run_of(session, home, month).missing
        for item in found:
            who = item.employment
            say(f"{who.resident.code} {who.resident.person.name} · {who.employer.name}")
            if item.left_out is not None:
                say(f"    不计入 left out：{item.left_out}（{item.by}）")
            for why in item.reasons:
                say(f"    {why['zh']} / {why['en']}")
        still = sum(item.left_out is None for item in found)
    say(f"{len(found)} 人未计入，其中 {still} 人待处理 / not in the month, to be settled")


def leave_out(
    home: HomeCode,
    month: Month,
    person: Person,
    reason: Why,
    payer: Payer = None,
    by: By = None,
    data: Data = None,
) -> None:
    """写明原因，不把某人计入本月 / leave somebody out of a month, with a reason."""
    with working(data, by, home) as (session, place):
        run = run_of(session, home, month)
        works = pay.employments_of(session, place, month)
        work = _only(works, person, payer)
        pay.leave_out(session, run, work.id, reason)
    say(f"{home} {month:%Y-%m} {person}：不计入 / left out")


def take_in(
    home: HomeCode,
    month: Month,
    person: Person,
    payer: Payer = None,
    by: By = None,
    data: Data = None,
) -> None:
    """重新计入本月，然后重新计算 / take somebody in again, then calculate anew."""
    with working(data, by, home) as (session, _):
        run = run_of(session, home, month)
        works = [item.employment for item in run.missing if item.left_out is not None]
        pay.take_in(session, run, _only(works, person, payer).id)
    say(f"{home} {month:%Y-%m} {person}：重新计入 / taken in")


def receivables(
    home: HomeCode,
    everything: Annotated[
        bool, typer.Option("--all", help="也列已结清的 / those that have ended too")
    ] = False,
    data: Data = None,
) -> None:
    """应收款（垫付、多发）、账龄和每笔往来 / what is owed to employers, its age, every entry."""
    _, database = signed(data)
    today = in_shanghai(database.clock()).date()
    with database.session() as session:
        found = pay.receivables(session, find_home(session, home))
        for item in found:
            if not (item.open_fen or everything):
                continue
            who = item.work
            since = f"{item.since:%Y-%m} 起 / since" if item.since else "已结清 / ended"
            say(
                f"{who.resident.code} {who.resident.person.name} · {who.employer.name}："
                f"{yuan(item.open_fen):,}，{since}，{item.age_months(today)} 个月 / months"
            )
            for entry in item.entries:
                waits = "（待复核 to be confirmed）" if entry.is_pending else ""
                say(
                    f"    {entry.id} {entry.day} {KINDS[entry.kind]} {yuan(entry.amount_fen):,}"
                    f" {entry.note}{waits}"
                )
        total = sum(item.open_fen for item in found)
    say(f"未还合计 open in all：{yuan(total):,}")


def paid_after(home: HomeCode, data: Data = None) -> None:
    """用工结束后仍发放的工资和保险 / what was paid after a job had ended."""
    _, database = signed(data)
    with database.session() as session:
        found = pay.paid_after_end(session, find_home(session, home))
        for item in found:
            slip, who = item.payslip, item.payslip.employment
            part = "（部分 in part）" if item.is_in_part else ""
            shares = slip.employer_cost_fen - slip.gross_fen + slip.employee_shares_fen
            say(
                f"{item.month:%Y-%m} {who.resident.code} {who.resident.person.name} ·"
                f" {who.employer.name}：{item.ended_on} 止 ended{part}，"
                f"实发 net {yuan(slip.net_fen):,}，保险 insurance {yuan(shares):,}"
            )
    say(f"{len(found)} 张工资条 / payslips")


def owed_to_heirs(home: HomeCode, data: Data = None) -> None:
    """去世的人还没有发放的工资和收款人 / what is owed to people who died, and who is paid."""
    _, database = signed(data)
    with database.session() as session:
        found = pay.owed_to_heirs(session, find_home(session, home))
        for item in found:
            slip, death = item.payslip, item.death
            who = slip.employment
            to = (
                f"{death.payee} {death.bank} {death.account}"
                if death.payee
                else "收款人未登记，请询问家属 / payee unknown, ask the heirs"
            )
            part = "（待下次计算结清 to be reckoned）" if item.is_in_part else ""
            say(
                f"{item.month:%Y-%m} {who.resident.code} {who.resident.person.name} ·"
                f" {who.employer.name}：{death.died_on} 去世 died，"
                f"{yuan(item.amount_fen):,}{part} → {to}"
            )
    say(f"{len(found)} 张工资条 / payslips")


KINDS = {
    pay.EntryKind.ADVANCE: "垫付 advance",
    pay.EntryKind.OVERPAID: "多发 overpaid",
    pay.EntryKind.CONSENT: "书面同意 consent",
    pay.EntryKind.RECOVERY: "工资收回 recovered",
    pay.EntryKind.SETTLEMENT: "离职结清 settled at leaving",
    pay.EntryKind.PAYMENT: "归还 repaid",
    pay.EntryKind.WAIVER: "免除 waived",
    pay.EntryKind.WITHHELD: "未发放，不再发 not paid out",
}


def repaid(
    home: HomeCode,
    person: Person,
    amount: Amount,
    day: On,
    note: Note,
    payer: Payer = None,
    by: By = None,
    data: Data = None,
) -> None:
    """登记本人归还的垫付或多发 / record what somebody repaid."""
    with working(data, by, home) as (session, place):
        work = _owing(session, place, person, payer)
        pay.record_payment(session, place, work.id, amount, day, note)
        left = pay.receivable_of(session, place, work.id).open_fen
    say(f"{person}：归还 repaid {yuan(amount):,}，未还 open {yuan(left):,}")


def consent(
    home: HomeCode,
    person: Person,
    day: On,
    note: Note,
    payer: Payer = None,
    by: By = None,
    data: Data = None,
) -> None:
    """登记本人书面同意从工资收回 / record a worker's written consent to recovery."""
    with working(data, by, home) as (session, place):
        work = _owing(session, place, person, payer)
        pay.record_consent(session, place, work.id, day, note)
    say(f"{person}：书面同意 consent {day}")


def waive(
    home: HomeCode,
    person: Person,
    amount: Amount,
    reason: Why,
    payer: Payer = None,
    by: By = None,
    data: Data = None,
) -> None:
    """提出免除，须另一人复核 / propose a waiver; a second person confirms it."""
    with working(data, by, home) as (session, place):
        work = _owing(session, place, person, payer)
        entry = pay.propose_waiver(session, place, work.id, amount, reason)
        number = entry.id
    say(
        f"{person}：免除 {yuan(amount):,}，编号 {number}，待复核 / waiver {number}, to be confirmed"
    )


def confirm_waiver(
    home: HomeCode,
    entry: Annotated[int, typer.Option("--waiver", help="免除的编号 / the waiver's number", min=1)],
    by: By = None,
    data: Data = None,
) -> None:
    """由另一人复核免除 / a second person confirms a waiver."""
    with working(data, by, home, Permission.PAY_APPROVE) as (session, place):
        found = pay.receivables(session, place)
        of = next((item for item in found if entry in {each.id for each in item.entries}), None)
        if of is None:
            raise NotFoundError(f"没有免除 {entry}。", f"There is no waiver {entry}.")
        pay.confirm_waiver(session, of, entry)
    say(f"免除 {entry} 已复核 / waiver {entry} is confirmed")


def _owing(session: Session, place: Home, person: str, payer: str | None) -> Employment:
    """Return the employment in which somebody's employer advanced own shares."""
    return _only([item.work for item in pay.receivables(session, place)], person, payer)


def _only(works: Sequence[Employment], person: str, payer: str | None) -> Employment:
    """Return somebody's last employment of those given, at one employer.

    Raises
    ------
    NotFoundError
        If there is none.
    InvalidError
        If there are several employers and none is named.
    """
    own = [
        work
        for work in works
        if work.resident.code == person and payer in (None, work.employer.uscc)
    ]
    if not own:
        raise NotFoundError(f"没有 {person} 的记录。", f"There is nothing of {person}.")
    if len({work.employer_id for work in own}) > 1:
        raise InvalidError(
            f"{person} 有几家单位，请用 --payer 写明统一社会信用代码。",
            f"{person} has several employers: name one with --payer.",
        )
    return own[-1]


COMMANDS: dict[str, Callable[..., None]] = {
    "missing": missing,
    "leave-out": leave_out,
    "take-in": take_in,
    "advances": receivables,
    "repaid": repaid,
    "after-end": paid_after,
    "heirs": owed_to_heirs,
    "consent": consent,
    "waive": waive,
    "confirm": confirm_waiver,
}

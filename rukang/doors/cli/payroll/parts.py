"""``rukang payroll``: what teams made, shared out; part-time work paid twice a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from payroll import yuan
from rukang import pay
from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import (
    Data,
    HomeCode,
    Local,
    Month,
    day_of,
    problems,
    say,
    say_paths,
    signed,
)
from rukang.doors.cli.payroll.runs import By, working
from rukang.doors.handlers import policy_of
from rukang.doors.intake.answers.part_answer import read_part_answer
from rukang.pay import PaymentState


def team_shares(home: HomeCode, month: Month, local: Local = None, data: Data = None) -> None:
    """本月集体计件怎样分到个人 / how a month's teams share out what they made."""
    here, database = signed(data)
    with database.session() as session:
        found = pay.team_shares_of(session, find_home(session, home), month, policy_of(here, local))
        for shared in found:
            work = shared.work
            when = f" {work.day}" if work.day else ""
            say(
                f"{work.team} {work.item}{when} {work.made_during}："
                f"{work.quantity} × {work.rate} → {yuan(shared.total_fen):,}"
            )
            for member in shared.members:
                say(
                    f"    {member.resident} {member.name}（{member.weight}）"
                    f" {yuan(member.amount_fen):,}"
                )
    say(f"{len(found)} 项集体计件 / items made by teams")


def pay_parts(
    home: HomeCode,
    month: Month,
    through: Annotated[
        date | None,
        typer.Option(
            parser=day_of,
            metavar="DAY",
            help="结算到哪一天 / parts that have ended by then",
            show_default="今天 today",
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="银行清单 / the bank list")] = Path("part-list.xlsx"),
    by: By = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """结算非全日制的半月等分期工资，写出银行清单 / pay part-time work before the month is over."""
    here, _ = signed(data)
    with working(data, by, home) as (session, place):
        today = context.today(session)
        until = through or min(today, days_of_month(month)[-1])
        settled = pay.settle_parts(session, place, month, until, policy_of(here, local))
        going = [
            part
            for part in (*settled.parts, *pay.send_again(session, place, month))
            if part.amount_fen
        ]
        for work, reasons in settled.missing:
            for why in reasons:
                say(f"✗ {work.resident.code}：{why.zh} {why.en}", problems)
        if going:
            say_paths([pay.write_part_list(session, going, out)])
        total = sum(part.amount_fen for part in going)
    say(f"{len(going)} 笔 payments，{yuan(total):,}")
    raise typer.Exit(bool(settled.missing))


def show_parts(home: HomeCode, month: Month, data: Data = None) -> None:
    """本月已结算的分期工资 / parts of the month that were settled."""
    _, database = signed(data)
    with database.session() as session:
        found = pay.part_payments(session, find_home(session, home), month)
        for part in found:
            who = part.employment
            say(
                f"{part.first} – {part.last} {who.resident.code} {who.resident.person.name} ·"
                f" {who.employer.name}：{yuan(part.amount_fen):,} {part.state} {part.message}"
            )
    say(f"{len(found)} 期 / parts")


def answer_parts(
    files: Annotated[list[Path], typer.Argument(help="银行回盘，可多份 / the bank's answers")],
    home: HomeCode,
    month: Month,
    by: By = None,
    data: Data = None,
) -> None:
    """读入分期工资的银行回盘 / read the bank's answers to lists of parts."""
    with working(data, by, home) as (session, place):
        parts = pay.part_payments(session, place, month)
        for file in files:
            for said in read_part_answer(file, parts):
                pay.answer_part(session, said.part, is_paid=said.is_paid, message=said.message)
        states = [part.state for part in parts]
    paid, failed = (states.count(state) for state in (PaymentState.PAID, PaymentState.FAILED))
    say(f"成功 paid {paid}，失败 failed {failed}，未回 waiting {len(states) - paid - failed}")


PARTS: dict[str, Callable[..., None]] = {
    "pay-parts": pay_parts,
    "parts": show_parts,
    "parts-answer": answer_parts,
}

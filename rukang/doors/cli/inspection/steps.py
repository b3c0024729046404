"""``rukang inspection``: an inspection from its opening to the visit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from sqlalchemy.orm import Session

from rukang.base.access.accounts import named_account
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, HomeCode, console, day_of, say, signed
from rukang.stars.inspections import (
    PARTS,
    REASONS,
    STAGES,
    Eyes,
    Inspection,
    Part,
    Reason,
    Stage,
    apply_for,
    desk_check,
    disputed,
    disputed_facts,
    edition_for,
    edition_in_force,
    edition_of,
    find_inspection,
    find_inspectors,
    give_third,
    list_inspections,
    open_inspection,
    plan_visit,
    readable,
    start_sheet,
    to_replace,
    today,
    withdraw,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)

Number = Annotated[int, typer.Argument(help="评定编号 / number of the inspection")]
Note = Annotated[str, typer.Option(help="说明或原因 / note, or reason")]
Words = Annotated[str, typer.Option(help="内容 / what is said")]
Email = Annotated[str, typer.Argument(help="评定员邮箱 / address of the inspector")]
EditionId = Annotated[str | None, typer.Option(help="标准，几份施行时才写 / if several hold")]


def _day(words: str) -> Any:
    return typer.Option(parser=day_of, metavar="YYYY-MM-DD", help=words)


Due = Annotated[date, _day("最晚上门日期 / last day for the visit")]
VisitDay = Annotated[date, _day("上门日期 / day of the visit")]


@contextmanager
def of_inspection(number: int, data: Path | None) -> Iterator[tuple[Session, Inspection, str]]:
    """Yield a session, an inspection of it, and the account that acts; tell how far it came."""
    _, database = signed(data)
    with database.session() as session:
        inspection = find_inspection(session, number)
        yield session, inspection, session.info["actor"]
        session.flush()
        say(f"✓ {_line(inspection)}")


def _name(session: Session) -> str:
    return named_account(session, session.info["actor"]).name


def _line(one: Inspection) -> str:
    stage = STAGES[one.stage]
    return f"{one.id}  {one.home.code} {one.home.name}：{stage.zh} / {stage.en}"


@app.command("list")
def list_all(
    home: Annotated[
        str | None, typer.Option("--home", metavar="CODE", help="只看一个机构 / of one home")
    ] = None,
    stage: Annotated[Stage | None, typer.Option(help="只看一个阶段 / at one stage")] = None,
    data: Data = None,
) -> None:
    """列出评定 / list inspections."""
    _, database = signed(data)
    table = Table("编号 id", "机构 home", "事由 reason", "进展 stage", "上门 visit", "期限 due")
    with database.session() as session:
        for one in list_inspections(session, stage, home):
            why, now = REASONS[one.reason], STAGES[one.stage]
            words = (f"{why.zh} {why.en}", f"{now.zh} {now.en}")
            visit = f"{one.visit_on or '—'}"
            table.add_row(str(one.id), one.home.code, *words, visit, f"{one.due_on}")
    console.print(table)


@app.command()
def show(inspection: Number, data: Data = None) -> None:
    """一次评定的进展、分歧、须换的人 / how far one has come."""
    _, database = signed(data)
    with database.session() as session:
        found = find_inspection(session, inspection)
        say(_line(found))
        say(f"  标准 edition {found.edition_text.edition}，期限 due {found.due_on}")
        if found.visit_on:
            say(f"  上门 visit {found.visit_on}")
        for sheet in found.sheets:
            done = "已提交 submitted" if sheet.submitted_at else "未提交 open"
            say(f"  {PARTS[sheet.part].zh} {PARTS[sheet.part].en}：{sheet.filled_by} {done}")
        for email, why in to_replace(session, found).items():
            say(f"  ⚠ 须换人 to be replaced：{email}（{why.zh} / {why.en}）")
        _tell_open(session, found)
        for step in found.steps:
            words = f"：{step.note}" if step.note else ""
            say(f"  {step.at:%Y-%m-%d} {STAGES[step.after].zh} · {step.by}{words}")


def _tell_open(session: Session, found: Inspection) -> None:
    """Tell what is disputed, objected to, and to be mended; of what sheets say only if readable."""
    edition, me = edition_of(found), session.info["actor"]
    if found.stage is Stage.VISITED and readable(found, me, Eyes.OFFICER):
        apart = [
            *(one.words for one in disputed(found, edition)),
            *(one.words for one in disputed_facts(found, edition)),
        ]
        for words in apart:
            say(f"  ≠ {words.zh} / {words.en}")
    for objection in found.objections:
        state = {None: "待处理 open", True: "成立 upheld", False: "不成立 rejected"}
        say(f"  异议 objection {objection.id} {state[objection.upheld]}：{objection.words}")
    for action in found.actions:
        seen = action.confirmed_on or "—"
        due = f"期限 due {action.due_on}，确认 seen {seen}"
        say(f"  整改 action {action.id} {action.criterion} {due}")


@app.command("apply")
def apply_here(home: HomeCode, due: Due, words: Words = "", data: Data = None) -> None:
    """机构申请评定 / apply for a rating of a home."""
    _, database = signed(data)
    with database.session() as session:
        found, who = find_home(session, home), (session.info["actor"], _name(session))
        edition = edition_in_force(found, today(session))
        say(f"✓ {_line(apply_for(session, found, edition, due, *who, words))}")


@app.command("open")
def open_one(
    home: HomeCode,
    reason: Annotated[Reason, typer.Option(help="事由 / why")],
    due: Due,
    words: Words = "",
    edition: EditionId = None,
    data: Data = None,
) -> None:
    """残联发起评定、复查或复核 / open an inspection."""
    _, database = signed(data)
    with database.session() as session:
        found = find_home(session, home)
        by = edition_for(found, today(session), edition)
        me = session.info["actor"]
        say(f"✓ {_line(open_inspection(session, found, by, reason, due, me, words))}")


@app.command("report")
def begin_report(inspection: Number, data: Data = None) -> None:
    """开始自评 / begin the home's own report."""
    with of_inspection(inspection, data) as (session, found, me):
        start_sheet(session, found, Part.SELF, me, _name(session))


@app.command("accept")
def accept_report(inspection: Number, note: Note = "", data: Data = None) -> None:
    """材料通过 / accept the home's report."""
    with of_inspection(inspection, data) as (session, found, me):
        desk_check(session, found, me, accepted=True, note=note)


@app.command("give-back")
def give_back(inspection: Number, note: Note, data: Data = None) -> None:
    """材料退回补充 / give the home's report back to be completed."""
    with of_inspection(inspection, data) as (session, found, me):
        desk_check(session, found, me, accepted=False, note=note)


@app.command("visit")
def plan_one(
    inspection: Number,
    day: VisitDay,
    inspector: Annotated[list[str], typer.Option(help="评定员邮箱，写两次 / the two who go")],
    note: Note = "",
    data: Data = None,
) -> None:
    """排定上门；换下已开始的评定员须写 --note / plan the visit."""
    with of_inspection(inspection, data) as (session, found, me):
        pair = find_inspectors(session, inspector)
        plan_visit(session, found, day, pair, me, note)


@app.command("third")
def name_third(inspection: Number, inspector: Email, note: Note = "", data: Data = None) -> None:
    """指定第三评定员；换人须写 --note / name a third inspector."""
    with of_inspection(inspection, data) as (session, found, me):
        (third,) = find_inspectors(session, [inspector])
        give_third(session, found, third.email, third.name, me, note)


@app.command("withdraw")
def withdraw_one(inspection: Number, note: Note, data: Data = None) -> None:
    """撤回这次评定 / end it without a result."""
    with of_inspection(inspection, data) as (session, found, me):
        withdraw(session, found, me, note)

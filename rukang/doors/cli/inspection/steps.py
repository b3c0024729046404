"""``rukang inspection``: an inspection from its opening to the visit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.doors.cli.common import Data, console, say, signed
from rukang.stars.inspections import (
    PARTS,
    REASONS,
    STAGES,
    Eyes,
    Inspection,
    Stage,
    disputed,
    disputed_facts,
    edition_of,
    find_inspection,
    list_inspections,
    readable,
    to_replace,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)

Number = Annotated[int, typer.Argument(help="评定编号 / number of the inspection")]
EditionId = Annotated[str | None, typer.Option(help="标准，几份施行时才写 / if several hold")]


@contextmanager
def of_inspection(number: int, data: Path | None) -> Iterator[tuple[Session, Inspection]]:
    """Yield a session, and an inspection of it; tell how far it came."""
    _, database = signed(data)
    with database.session() as session:
        inspection = find_inspection(session, number)
        yield session, inspection
        session.flush()
        say(f"✓ {_line(inspection)}")


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
    edition, me = edition_of(found), context.actor(session)
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

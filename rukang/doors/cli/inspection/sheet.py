"""The sheet of who acts, on the command line: printed, filled, contradicting, submitted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.doors.cli.common import Data, Out, say, say_paths, signed
from rukang.doors.cli.inspection.steps import Number
from rukang.doors.intake.answers.inspection_sheet import import_workbook, write_blank
from rukang.engines.rating import State
from rukang.stars.inspections import (
    PART_BYTES,
    Announced,
    announce,
    asked_facts,
    asked_of,
    contradictable_of,
    edition_of,
    find_inspection,
    missing_parts,
    own_sheet,
    save_answer,
    save_facts,
    seen_of,
    submit,
    take_part,
    unrecorded_of,
)
from rukang.stars.inspections.records import InspectionSheet
from rukang.stars.inspections.sheet.typed import answer_of, figure_of

CriterionId = Annotated[str, typer.Argument(help="指标编号 / id of the criterion")]


@contextmanager
def own(number: int, data: Path | None) -> Iterator[tuple[Session, InspectionSheet]]:
    """Yield a session and the sheet that who acts fills in an inspection."""
    _, database = signed(data)
    with database.session() as session:
        inspection = find_inspection(session, number)
        yield session, own_sheet(session, inspection, context.actor(session))


def print_sheet(inspection: Number, out: Out = Path(), data: Data = None) -> None:
    """写出我的评分表，并列出要填的 / write my sheet as a workbook, and what it asks."""
    with own(inspection, data) as (session, sheet):
        edition, code = edition_of(sheet.inspection), sheet.inspection.home.code
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"评分表-{code}.xlsx"
        say_paths([write_blank(sheet, path, context.now(session))])
        say(f"  要填 asked：{' '.join(asked_of(sheet, edition))}")
        say(f"  基本情况 figures：{' '.join(asked_facts(sheet, edition))}")
        say(f"  可推翻 may contradict：{' '.join(contradictable_of(sheet, edition))}")
        if missing := unrecorded_of(session, sheet, edition):
            say(f"  ⚠ 没有记录，须填写 not on record, to be answered：{' '.join(missing)}")


def fill(
    inspection: Number,
    workbook: Annotated[Path, typer.Argument(help="填好的工作簿 / the filled workbook")],
    data: Data = None,
) -> None:
    """读入填好的评分表 / read a filled workbook into my sheet."""
    with own(inspection, data) as (session, sheet):
        count = import_workbook(session, sheet, workbook, context.now(session))
        say(f"✓ {count} 项 / answers")


def answer(
    inspection: Number,
    criterion: CriterionId,
    state: Annotated[State, typer.Argument(help="结果 / what was found")],
    value: Annotated[str | None, typer.Option(help="数值、选项或等级 / value")] = None,
    note: Annotated[str, typer.Option(help="依据或理由 / what was seen, or why")] = "",
    contradicts: Annotated[
        bool,
        typer.Option("--contradicts", help="与自评或记录不符 / against a report or a record"),
    ] = False,
    data: Data = None,
) -> None:
    """填一项；--contradicts 推翻自评或记录 / answer one criterion, or contradict."""
    with own(inspection, data) as (session, sheet):
        edition = edition_of(sheet.inspection)
        given = answer_of(edition, criterion, state, value, note, contradicts=contradicts)
        save_answer(session, sheet, given, context.now(session))
        say(f"✓ {criterion} {state}" + (f" {value}" if value is not None else ""))
        if contradicts:
            say("  须附佐证材料 / add a piece of evidence: rukang inspection evidence")


def fact(
    inspection: Number,
    key: Annotated[str, typer.Argument(help="基本情况的键，如 capacity / key of the figure")],
    value: Annotated[str, typer.Argument(help="数值，查不到写 unknown / figure, or unknown")],
    data: Data = None,
) -> None:
    """填一项基本情况 / give a figure of the home."""
    with own(inspection, data) as (session, sheet):
        save_facts(session, sheet, {key: figure_of(value)})
        say(f"✓ {key} {value}")


def evidence(
    inspection: Number,
    criterion: CriterionId,
    file: Annotated[Path, typer.Argument(help="照片或文件 / photograph or file")],
    data: Data = None,
) -> None:
    """附佐证材料 / add a piece of evidence."""
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    with own(inspection, data) as (session, sheet):
        kept = announce(session, sheet, Announced(criterion, file.name, len(content), digest))
        for number in missing_parts(session, kept):
            part = content[number * PART_BYTES : (number + 1) * PART_BYTES]
            take_part(session, kept, number, part)
        say(f"✓ {criterion} {file.name}")


def submit_one(inspection: Number, data: Data = None) -> None:
    """提交我的评分表，之后不能再改 / submit my sheet; it never changes afterwards."""
    with own(inspection, data) as (session, sheet):
        submit(session, sheet, seen_of(sheet))
        say(f"✓ {sheet.inspection.home.name}：{sheet.name} 已提交 / submitted")


COMMANDS: dict[str, Callable[..., None]] = {
    "sheet": print_sheet,
    "fill": fill,
    "answer": answer,
    "fact": fact,
    "evidence": evidence,
    "submit": submit_one,
}

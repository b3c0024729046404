"""The paper way: an inspection's sheet as a workbook to print and fill, and read back into it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from rostering.sheets import WorkbookReader
from rukang.base.errors import ConflictError
from rukang.base.papers.xlsx import Column, Sheet, write_workbook
from rukang.doors.intake.answers.score_sheet import FACTS, HEADING, SCORES, UNKNOWN, read_filled
from rukang.engines.rating import Answer, ScoreSheet, State, blank_rows
from rukang.stars.inspections import (
    asked_facts,
    asked_of,
    edition_of,
    optional_of,
    save_answer,
    save_facts,
)
from rukang.stars.inspections.records import InspectionSheet

ANSWER = 5
"""Place of the column 结果."""


def write_blank(sheet: InspectionSheet, path: Path, made_at: datetime) -> Path:
    """Write the sheet somebody has to fill as a workbook, with what it asks and nothing else."""
    edition = edition_of(sheet.inspection)
    wanted = {*asked_of(sheet, edition), *optional_of(sheet, edition)}
    home, on = sheet.inspection.home, sheet.inspection.visit_on or sheet.inspection.opened_on
    heading = Sheet(
        HEADING,
        ["机构编号", "机构名称", "评定标准", "评定日期", "评定员"],
        [[home.code, home.name, edition.id, on, sheet.name]],
    )
    facts = Sheet(
        FACTS,
        ["项目", "名称", "数值"],
        [
            [fact.key, f"{fact.title.zh}（{fact.unit.zh}；查不到填“{UNKNOWN}”）", None]
            for fact in edition.facts
            if fact.key in asked_facts(sheet, edition)
        ],
    )
    rows = [row for row in blank_rows(edition) if row.criterion in wanted]
    scores = Sheet(
        SCORES,
        [
            "指标",
            "部分",
            Column("名称", width=26, wrap=True),
            Column("分值", number_format="0.0"),
            Column("可填内容", width=40, wrap=True),
            Column("结果", width=14, wrap=True),
            Column("佐证材料", width=36, wrap=True),
        ],
        [[r.criterion, r.section.zh, r.title.zh, r.points, r.allowed.zh, None, None] for r in rows],
        fixed=1,
        offered={(at, ANSWER): row.choices for at, row in enumerate(rows) if row.choices},
    )
    return write_workbook(path, [heading, facts, scores], made_at)


def import_workbook(
    session: Session, sheet: InspectionSheet, source: Path | WorkbookReader, written_at: datetime
) -> int:
    """Read a filled workbook into the sheet it was written for; return how many answers it gave.

    Criteria the workbook leaves empty are left as they are, so they can be filled in several goes.
    Everything is read and checked before anything is kept.

    Raises
    ------
    WorkbookError
        With everything that is wrong in the workbook, by sheet, row and column.
    ConflictError
        If it is of another home, or another edition.
    """
    edition = edition_of(sheet.inspection)
    read = read_filled(source, edition)
    filled = read.sheet
    _refuse_other(sheet, filled, edition.id)
    given = [one for one in filled.answers if not _empty(one)]
    for answer in given:
        save_answer(session, sheet, answer, written_at)
    save_facts(session, sheet, {**filled.facts, **dict.fromkeys(sorted(read.unknown))})
    return len(given)


def _empty(answer: Answer) -> bool:
    """Say whether a row was left empty; no data is said in words, or with a note."""
    return answer.state is State.NO_DATA and not answer.evidence


def _refuse_other(sheet: InspectionSheet, filled: ScoreSheet, edition: str) -> None:
    home = sheet.inspection.home.code
    if (filled.home, filled.edition) != (home, edition):
        raise ConflictError(
            f"这份评分表是 {filled.home}（{filled.edition}）的，"
            f"不能导入 {home}（{edition}）的评定。",
            f"The workbook is of {filled.home} under {filled.edition}; it cannot go into the"
            f" inspection of {home} under {edition}.",
        )

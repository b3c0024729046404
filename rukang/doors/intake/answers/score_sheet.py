"""06-星级评定: a filled score sheet, read for the rating engine; the rating service keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import Field
from sqlalchemy.orm import Session

from rostering.sheets import (
    Day,
    ListOfText,
    Located,
    Rate,
    SheetRow,
    Text,
    WorkbookReader,
    open_workbook,
    read_sheet,
    unique,
)
from rukang.base.words import words_of
from rukang.engines.rating import (
    Answer,
    Edition,
    ScoreSheet,
    answer_from_cell,
    check_sheet,
    editions,
    number,
)
from rukang.stars.ratings.own import find_edition, own_editions

HEADING = "评定信息"
FACTS = "基本情况"
SCORES = "评分"

UNKNOWN = "无数据"
"""What stands for a figure that could not be found; an empty cell says nothing of it."""


@dataclass(frozen=True)
class Filled:
    """A filled score sheet, and the figures of the home of which it says that they are unknown."""

    sheet: ScoreSheet
    unknown: frozenset[str]


class HeadingRow(SheetRow):
    """Which home, under which edition, when, by whom."""

    home: Text = Field(alias="机构编号")
    name: Text = Field(alias="机构名称")
    edition: Text = Field(alias="评定标准")
    on: Day = Field(alias="评定日期")
    inspectors: ListOfText = Field(alias="评定员")


class FactRow(SheetRow):
    """A figure of the home that the edition asks for."""

    key: Text = Field(alias="项目")
    title: Text = Field(alias="名称", default="")
    value: str | int | float | None = Field(alias="数值", default=None)


class ScoreRow(SheetRow):
    """The answer to one criterion; the columns of the blank sheet beside it are not read."""

    criterion: Text = Field(alias="指标")
    section: Text = Field(alias="部分", default="")
    title: Text = Field(alias="名称", default="")
    points: Rate | None = Field(alias="分值", default=None)
    allowed: Text = Field(alias="可填内容", default="")
    answer: str | int | float | None = Field(alias="结果", default=None)
    evidence: Text = Field(alias="佐证材料", default="")
    inspector: Text = Field(alias="评定人", default="")


def read_score_sheet(source: Path | str | WorkbookReader, edition: Edition) -> ScoreSheet:
    """Return a filled score sheet that its edition allows.

    Raises
    ------
    WorkbookError
        With everything that is wrong with the workbook or its answers.
    """
    return read_filled(source, edition).sheet


def read_filled(source: Path | str | WorkbookReader, edition: Edition) -> Filled:
    """Return a filled score sheet likewise, with what it says is unknown.

    Raises
    ------
    WorkbookError
        As `read_score_sheet`.
    """
    with open_workbook(source) as book:
        return _read(book, edition)


def edition_of(book: WorkbookReader, session: Session) -> Edition:
    """Return the edition a score sheet names: one that is shipped or was put in force here.

    Raises
    ------
    WorkbookError
        If the heading cannot be read, or names none of them.
    """
    rows = read_sheet(book, HEADING, HeadingRow)
    shelf = sorted({*editions(), *(own.edition for own in own_editions(session))})
    if rows and rows[0].value.edition not in shelf:
        known = "、".join(shelf)
        book.report(rows[0], "评定标准", zh=f"没有这个标准；现有：{known}", en="no such edition")
    if not rows and not book.findings:
        book.add("应有且只有一行", "exactly one row expected", sheet=HEADING)
    book.raise_findings()
    return find_edition(session, rows[0].value.edition)


def _read(book: WorkbookReader, edition: Edition) -> Filled:
    headings = read_sheet(book, HEADING, HeadingRow)
    facts = read_sheet(book, FACTS, FactRow, optional=True)
    scores = read_sheet(book, SCORES, ScoreRow)
    unique(book, facts, "项目")
    unique(book, scores, "指标")
    if len(headings) != 1 and not book.findings:
        book.add("应有且只有一行", "exactly one row expected", sheet=HEADING)
    answers = [_answer(book, edition, row) for row in scores]
    figures = {row.value.key: _figure(book, row) for row in facts}
    book.raise_findings()
    known = {key: figure for key, figure in figures.items() if figure is not None}
    sheet = _sheet(headings[0].value, known, [answer for answer in answers if answer])
    _check(book, edition, sheet, headings[0], scores)
    book.raise_findings()
    return Filled(sheet, frozenset(row.value.key for row in facts if row.value.value == UNKNOWN))


def _figure(book: WorkbookReader, row: Located[FactRow]) -> Decimal | None:
    """Return a figure of the home, or None where none is given: an empty cell is no 0."""
    value = row.value.value
    if value is None or value == UNKNOWN:
        return None
    figure = None if isinstance(value, str | bool) else number(Decimal(str(value)))
    if figure is None or figure < 0:
        book.report(
            row,
            "数值",
            zh=f"应为不小于 0 的数字；没有查到的请填“{UNKNOWN}”，不要填 0",
            en=f"a number from 0 expected; {UNKNOWN} (no data) where it could not be found",
        )
        return None
    return figure


def _answer(book: WorkbookReader, edition: Edition, row: Located[ScoreRow]) -> Answer | None:
    value = row.value
    item = edition.criteria.get(value.criterion)
    if item is None:
        known = "、".join(edition.criteria)
        book.report(
            row,
            "指标",
            zh=f"标准 {edition.id} 没有这个指标；有：{known}",
            en=f"edition {edition.id} has no such criterion",
        )
        return None
    try:
        return answer_from_cell(item, value.answer, value.evidence, value.inspector)
    except ValueError as error:  # pydantic's among them
        words = words_of(error)
    book.report(row, "结果", zh=words.zh, en=words.en)
    return None


def _sheet(heading: HeadingRow, facts: dict[str, Decimal], answers: list[Answer]) -> ScoreSheet:
    return ScoreSheet(
        home=heading.home,
        home_name=heading.name,
        edition=heading.edition,
        on=heading.on,
        inspectors=heading.inspectors,
        facts=facts,
        answers=tuple(answers),
    )


def _check(
    book: WorkbookReader,
    edition: Edition,
    sheet: ScoreSheet,
    heading: Located[HeadingRow],
    scores: list[Located[ScoreRow]],
) -> None:
    """Note at its row what the edition does not allow."""
    rows = {row.value.criterion: row for row in scores}
    for problem in check_sheet(edition, sheet):
        words = {"zh": problem.words.zh, "en": problem.words.en}
        if problem.criterion in rows:
            book.report(rows[problem.criterion], "结果", **words)
        else:
            book.report(heading, "评定标准", **words)

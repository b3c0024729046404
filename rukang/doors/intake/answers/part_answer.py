"""What the bank answers to a list of parts of a month, each row paid or failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from rostering.sheets import Located, Text, WorkbookReader, open_workbook, read_sheet
from rukang.doors.intake.answers.bank_answer import OUTCOMES, SHEET, AnswerRow
from rukang.pay import PartAnswer, PartPayment, period_of

Key = tuple[str, str, str]
"""Of a part: the person's code, who pays, and the days."""


class PartAnswerRow(AnswerRow):
    """One payment of the list that was sent, with two columns added by the bank."""

    period: Text = Field(alias="期间")


def read_part_answer(path: Path | str, parts: Sequence[PartPayment]) -> list[PartAnswer]:
    """Return what the bank answered of a home's parts of a month.

    Raises
    ------
    WorkbookError
        With every row that is no part, is of another amount, stands twice, or says neither 成功 nor
        失败.
    """
    known = {_key(part): part for part in parts}
    with open_workbook(path) as book:
        rows = read_sheet(book, SHEET, PartAnswerRow)
        seen: dict[Key, int] = {}
        answers = [_answer(book, known, seen, row) for row in rows]
        book.raise_findings()
    return [answer for answer in answers if answer]


def _key(part: PartPayment) -> Key:
    work = part.employment
    return work.resident.code, work.employer.name, period_of(part)


def _answer(
    book: WorkbookReader,
    known: Mapping[Key, PartPayment],
    seen: dict[Key, int],
    row: Located[PartAnswerRow],
) -> PartAnswer | None:
    said = row.value
    key = (said.code, said.employer, said.period)
    part, above = known.get(key), seen.setdefault(key, row.row)
    if part is None:
        zh = f"没有 {said.employer} 付给 {said.code} 的这一期（{said.period}）"
        book.report(row, "编号", zh=zh, en="no such part of this person by this employer")
    elif above != row.row:
        book.report(row, "编号", zh=f"与第 {above} 行重复", en=f"repeats row {above}")
    elif part.amount_fen != said.amount_fen:
        book.report(row, "实发金额", zh="与送出的金额不符", en="another amount than was sent")
    elif said.outcome not in OUTCOMES:
        book.report(row, "结果", zh="应为 成功 或 失败", en="must be 成功 (paid) or 失败 (failed)")
    else:
        return PartAnswer(part, OUTCOMES[said.outcome], said.message)
    return None

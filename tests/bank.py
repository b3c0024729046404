"""The bank's part in the tests: it answers a list that was sent to it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook


def answered(path: Path, outcomes: list[tuple[str, str]], code: str | None = None) -> Path:
    """Write the bank's two columns into the list that was sent."""
    book = load_workbook(path)
    sheet = book["代发清单"]
    last = sheet.max_column
    sheet.cell(1, last + 1, "结果")
    sheet.cell(1, last + 2, "原因")
    for row, (outcome, reason) in enumerate(outcomes, start=2):
        sheet.cell(row, last + 1, outcome)
        sheet.cell(row, last + 2, reason)
    if code:
        sheet.cell(2, 1, code)
    answer = path.with_name("answer.xlsx")
    book.save(answer)
    return answer

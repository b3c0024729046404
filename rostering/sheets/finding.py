"""A problem in a workbook: where it is, what was found, what is expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One problem of a workbook; places that do not apply are None.

    Parameters
    ----------
    row
        Number of the row as the spreadsheet program shows it.
    column
        Letter of the column.
    found
        What stands there, as text; None when nothing does.
    zh, en
        What is expected, or how to mend it, in Chinese and in English.
    """

    file: str
    zh: str
    en: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    header: str | None = None
    found: str | None = None

    @property
    def where(self) -> str:
        """Return the place in Chinese, widest part first."""
        row = f"第 {self.row} 行" if self.row else ""
        column = f"{self.column} 列" if self.column else ""
        header = f"“{self.header}”" if self.header else ""
        cell = " ".join(part for part in (row, column) if part)
        return " › ".join(part for part in (self.file, self.sheet, cell + header) if part)

    def __str__(self) -> str:
        found_zh = "" if self.found is None else f"读到“{self.found}”，"
        found_en = "" if self.found is None else f"found {self.found!r}, "
        return f"{self.where}：{found_zh}{self.zh} / {found_en}{self.en}"


class WorkbookError(ValueError):
    """A workbook was not read; ``findings`` holds every reason, in the order of the sheets read."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

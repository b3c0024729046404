"""A problem in a workbook: where it is, what was found, what is expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rostering.sheets.masking import masked, shown


@dataclass(frozen=True)
class Finding:
    """One problem of a workbook; places that do not apply are None.

    Whatever comes from the file, its name and those of its sheets and headers as well as what
    stands in a cell, is hidden here if it may be a person's number: every message, log and answer
    about a workbook is made of findings.

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

    def __post_init__(self) -> None:
        for name in ("file", "zh", "en", "sheet", "header"):
            text = getattr(self, name)
            if text is not None:
                object.__setattr__(self, name, masked(text))
        if self.found is not None:
            object.__setattr__(self, "found", shown(self.found))

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

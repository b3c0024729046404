"""Open a workbook, gather what is wrong with it, and refuse it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from rostering.sheets.finding import Finding, WorkbookError
from rostering.sheets.located import Located

UNREADABLE = (InvalidFileException, BadZipFile, ParseError, KeyError, ValueError, TypeError)
"""What openpyxl raises for a file that is not a workbook, or a damaged one."""


@contextmanager
def open_workbook(path: Path | str) -> Iterator[WorkbookReader]:
    """Open a workbook for reading; on leaving, refuse it if anything was found.

    Raises
    ------
    WorkbookError
        At once if there is no readable workbook; at the end with all findings of all sheets read.
    """
    book = WorkbookReader(Path(path))
    yield book
    book.raise_findings()


class WorkbookReader:
    """A workbook being read and what was found wrong with it so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path.name
        self.findings: list[Finding] = []
        self._values = self._load(values=True)

    @property
    def sheets(self) -> list[str]:
        """Return the names of the worksheets, in their order."""
        return [sheet.title for sheet in self._values.worksheets]

    def worksheet(self, name: str) -> Worksheet | None:
        """Return a worksheet, or None if the workbook has none of that name."""
        return next((sheet for sheet in self._values.worksheets if sheet.title == name), None)

    def formula(self, sheet: str, coordinate: str) -> str | None:
        """Return the formula in a cell, or None if there is none."""
        cell = self._formulas[sheet][coordinate]
        return str(cell.value) if cell.data_type == "f" else None

    def add(self, zh: str, en: str, **place: Any) -> None:
        """Note a problem; ``place`` holds the further fields of :class:`Finding`."""
        self.findings.append(Finding(file=self.file, zh=zh, en=en, **place))

    def report(self, at: Located[Any], header: str, *, zh: str, en: str) -> None:
        """Note a problem that a caller found in a row read before, at a header of its sheet."""
        column, found = at.cell(header)
        place = {"sheet": at.sheet, "row": at.row, "column": column, "header": header}
        self.add(zh, en, found=found, **place)

    def raise_findings(self) -> None:
        """Refuse the workbook if anything was found so far.

        Raises
        ------
        WorkbookError
            With all findings.
        """
        if self.findings:
            raise WorkbookError(self.findings)

    @cached_property
    def _formulas(self) -> Workbook:
        return self._load(values=False)

    def _load(self, *, values: bool) -> Workbook:
        try:
            return load_workbook(self.path, data_only=values)
        except FileNotFoundError:
            self._refuse("找不到文件；请检查路径和文件名", "no such file: check path and name")
        except OSError as error:
            self._refuse(f"无法打开：{error.strerror}", f"cannot be opened: {error.strerror}")
        except UNREADABLE:
            self._refuse(
                "不是可读的 .xlsx 工作簿；旧版 .xls 请在表格软件中另存为 .xlsx",
                "not a readable .xlsx workbook; save an old .xls as .xlsx first",
            )

    def _refuse(self, zh: str, en: str) -> NoReturn:
        raise WorkbookError([Finding(file=self.file, zh=zh, en=en)])

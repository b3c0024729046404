"""Open a workbook, gather what is wrong with it, and refuse it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rostering.sheets.finding import Finding, WorkbookError
from rostering.sheets.limits import LIMITS
from rostering.sheets.located import Located
from rostering.sheets.masking import masked
from rostering.sheets.page import Page
from rostering.sheets.process.guard import Gone, read_cells, somebody_waits
from rostering.sheets.process.refusals import refusal


@contextmanager
def open_workbook(source: Path | str | WorkbookReader) -> Iterator[WorkbookReader]:
    """Open a workbook for reading; on leaving, refuse it if anything was found.

    Raises
    ------
    WorkbookError
        At once if there is no readable workbook; at the end with all findings of all sheets read.
    """
    book = source if isinstance(source, WorkbookReader) else WorkbookReader(Path(source))
    yield book
    book.raise_findings()


class WorkbookReader:
    """A workbook that was read and what was found wrong with it so far.

    Parameters
    ----------
    gone
        Asked while the file is read; once true, nobody waits any more and reading ends.

    Raises
    ------
    WorkbookError
        If it is no readable workbook, or larger than :mod:`rostering.sheets.limits` allows.
    """

    def __init__(self, path: Path, gone: Gone = somebody_waits) -> None:
        self.path = path
        self.file = masked(path.name)
        self.findings: list[Finding] = []
        self._pages = [Page.of(*sheet) for sheet in self._read(gone)]

    @property
    def sheets(self) -> list[str]:
        """Return the names of the worksheets, in their order."""
        return [page.title for page in self._pages]

    def worksheet(self, name: str) -> Page | None:
        """Return a worksheet, or None if the workbook has none of that name."""
        return next((page for page in self._pages if page.title == name), None)

    def add(self, zh: str, en: str, **place: Any) -> None:
        """Note a problem; ``place`` holds the further fields of :class:`Finding`.

        Raises
        ------
        WorkbookError
            When as many are noted as anybody mends in one go.
        """
        self.findings.append(Finding(file=self.file, zh=zh, en=en, **place))
        if len(self.findings) >= LIMITS.findings:
            self.findings.append(
                Finding(
                    file=self.file,
                    zh="问题太多，其余的不再列出；请先改正以上问题",
                    en="too many problems, the others are not listed: mend these first",
                )
            )
            self.raise_findings()

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

    def _read(self, gone: Gone) -> list[tuple[str, list[list[Any]], bool]]:
        answer = read_cells(self.path, gone)
        if "refused" in answer:
            zh, en = refusal(answer)
            raise WorkbookError([Finding(file=self.file, zh=zh, en=en)])
        sheets: list[tuple[str, list[list[Any]], bool]] = answer["sheets"]
        return sheets

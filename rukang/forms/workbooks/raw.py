"""What stands in columns, sound row or not: a wrong row must not make others look wrong."""

from __future__ import annotations

from rostering.sheets import WorkbookReader
from rostering.sheets.headers import TITLE_ROWS


def column(book: WorkbookReader, sheet: str, header: str) -> set[str]:
    """Return the texts under a header; none where sheet or header is missing."""
    return {text for (text,) in columns(book, sheet, header)}


def columns(book: WorkbookReader, sheet: str, *headers: str) -> set[tuple[str, ...]]:
    """Return the texts under several headers of the first row, row by row."""
    page = book.worksheet(sheet)
    if page is None:
        return set()
    top = [at for at in page.rows if at <= 1 + TITLE_ROWS and {*headers} <= page.texts(at)]
    if not top:
        return set()
    heads = {page.text(top[0], place): place for place in reversed(list(page.rows[top[0]]))}
    places = [heads[header] for header in headers]
    return {tuple(page.text(row, place) for place in places) for row in page.after(top[0])}

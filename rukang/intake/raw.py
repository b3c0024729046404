"""What stands in columns, sound row or not: a wrong row must not make others look wrong."""

from __future__ import annotations

from rostering.sheets import WorkbookReader


def column(book: WorkbookReader, sheet: str, header: str) -> set[str]:
    """Return the texts under a header; none where sheet or header is missing."""
    return {text for (text,) in columns(book, sheet, header)}


def columns(book: WorkbookReader, sheet: str, *headers: str) -> set[tuple[str, ...]]:
    """Return the texts under several headers of the first row, row by row."""
    page = book.worksheet(sheet)
    if page is None:
        return set()
    rows = page.iter_rows(values_only=True)
    heads = [_text(head) for head in next(rows, ())]
    if not set(headers) <= set(heads):
        return set()
    places = [heads.index(header) for header in headers]
    return {tuple(_text(row[place]) for place in places) for row in rows}


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()

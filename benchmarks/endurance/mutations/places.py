"""Cells that stand far away or nowhere, and sheets that say so of themselves."""

from __future__ import annotations

import re
from random import Random

from benchmarks.endurance.mutations.parts import CELL, Parts, a_sheet, substitute

LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"


def stray(parts: Parts, random: Random) -> None:
    """Fill one cell far below."""
    column = random.choice(["A", "C", "AZ", LAST_COLUMN])
    row = random.choice([30_000, 999_999, LAST_ROW])
    cell = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'.encode()
    name = a_sheet(parts, random)
    parts[name] = parts[name].replace(b"</sheetData>", cell)


def stray_beside(parts: Parts, random: Random) -> None:
    """Fill one cell far to the right of a row."""
    name = a_sheet(parts, random)
    column = random.choice(["AZ", "ZZ", LAST_COLUMN]).encode()
    row = random.choice(list(re.finditer(rb'<row r="(\d+)".*?</row>', parts[name], re.DOTALL)))
    new = row[0].replace(b"</row>", b'<c r="%s%s"><v>1</v></c></row>' % (column, row[1]))
    parts[name] = parts[name].replace(row[0], new)


def dimensions(parts: Parts, random: Random) -> None:
    """Lie about how large a sheet is."""
    claim = random.choice(["A1", "A1:XFD1048576", "", "Z9:A1", "nowhere", "A1:ZZZZ99999999"])
    substitute(
        parts, a_sheet(parts, random), rb"<dimension [^>]*/>",
        f'<dimension ref="{claim}"/>'.encode(),
    )  # fmt: skip


def coordinates(parts: Parts, random: Random) -> None:
    """Give a cell a place that there is not, or another's."""
    name = a_sheet(parts, random)
    cell = random.choice(list(CELL.finditer(parts[name])))
    wrong = random.choice(["", "A0", "1A", "A1", "ZZZZ9", "a2", "Ａ２", "B99999999999"])
    new = cell[0].replace(b'r="%s%s"' % (cell[1], cell[2]), f'r="{wrong}"'.encode(), 1)
    parts[name] = parts[name][: cell.start()] + new + parts[name][cell.end() :]

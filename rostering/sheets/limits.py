"""How large a workbook may be, and how long reading it may take; each limit with its reason.

The largest workbook of a home of 430 people holds some 30 000 cells; a region's some 200 000.
"""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What is refused before it is read, and what the reading process may use.

    Parameters
    ----------
    file_bytes
        Bytes of the file. Filled workbooks have some tens of thousands; pictures make them larger.
    unpacked_bytes
        Bytes of all parts unpacked. A cell takes some 50, so this is room for every cell allowed.
    ratio
        How many times larger than packed a part of a megabyte may be. What spreadsheet programs
        write shrinks to a tenth, at most to a hundredth; a bomb to a thousandth.
    parts
        Files inside the workbook: a few for each sheet, one for each picture.
    depth
        How deep elements may lie in each other; what spreadsheet programs write has a dozen levels.
    sheets, rows, columns, cells
        Worksheets of the file; rows and columns of a sheet, and cells of the file, that are filled.
    width
        Sum over all rows of the place of their last cell, which is what the reader has to pass.
    text
        Characters of one cell, as many as spreadsheet programs allow.
    texts
        Characters of all cells: one long text can be pointed at from many cells.
    seconds
        Of the clock for reading one file. What is allowed above takes some seconds.
    processor_seconds
        Of the processor, kept by the operating system where it can, even if nobody is left to wait.
    memory_bytes
        Of the reading process, kept by the operating system where it can.
    waiting_seconds
        How long a file waits for its turn.
    at_once
        Files read at the same time by one server or command.
    findings
        Problems listed of one file; nobody mends more in one go.
    """

    file_bytes: int = 20 * MB
    unpacked_bytes: int = 40 * MB
    ratio: int = 200
    parts: int = 2_000
    depth: int = 100
    sheets: int = 100
    rows: int = 100_000
    columns: int = 1_000
    cells: int = 500_000
    width: int = 20_000_000
    text: int = 32_767
    texts: int = 20_000_000
    seconds: int = 60
    processor_seconds: int = 60
    memory_bytes: int = 1_000 * MB
    waiting_seconds: int = 60
    at_once: int = 2
    findings: int = 1_000


LIMITS = Limits()

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet, in every spreadsheet program (ECMA-376 files know no other)."""

FAR_ROWS = 1_000
"""Empty rows after which a row is taken for a slip of Ctrl+↓, not for a row of the table."""

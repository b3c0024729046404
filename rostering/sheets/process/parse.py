"""The program that reads one workbook after another in a process of its own.

It is started by file name and imports nothing of this package, so that it is ready in a tenth of a
second; :mod:`rostering.sheets.process.guard` starts it and ends it. Each line of standard input
asks for a file: ``{"path": …, "limits": {…}}``. Each is answered by a line of JSON: the filled
cells of all sheets and whether they are hidden, ``{"sheets": [[name, [[row, column, kind, value],
…], hidden], …]}``, or why there are none, ``{"refused": code, "part": …, "found": …, "most": …}``.

Nothing is unpacked before the table of contents of the zip was judged, and no tree is built of a
part before its elements were counted; :mod:`openpyxl` then reads what is known to be small.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo, is_zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
CHUNK = 1 << 16
LARGE_PART = 1_000_000
"""Bytes from which on the ratio of a part counts; small parts of spaces are no bomb."""

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of an old .xls, and of a workbook with a password."""

HUGE = 1e300
"""Numbers beyond are passed on as infinite: no column takes one, and JSON could not spell it."""

Place = tuple[int, int]
"""Row and column of a cell."""

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The file is not read; ``reason`` is the answer that says why."""

    def __init__(self, code: str, **reason: object) -> None:
        super().__init__(code)
        self.reason = {"refused": code, **reason}


def answer(path: str, limits: dict[str, int]) -> dict[str, Any]:
    """Return what is in a workbook, or why it is not read."""
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below
    except FileNotFoundError:
        return {"refused": "missing"}
    except OSError as error:
        return {"refused": "closed", "part": error.strerror}
    with file:
        try:
            return {"sheets": _sheets(file, limits)}
        except Refused as refused:
            return refused.reason
        except MemoryError:
            return {"refused": "memory"}
        except Exception:  # noqa: BLE001 - see below
            # The one place where a library meets the bytes of a stranger. zipfile, expat and
            # openpyxl raise some twenty kinds of exceptions for damaged files and document none of
            # them; a list was always one short. Whatever they raise means: this file cannot be
            # read. What they say repeats cells, so it goes nowhere.
            return {"refused": "damaged"}


def _sheets(file: IO[bytes], limits: dict[str, int]) -> list[list[Any]]:
    _keep("file_bytes", os.fstat(file.fileno()).st_size, limits)
    if not is_zipfile(file):
        file.seek(0)
        raise Refused("old" if file.read(len(OLE)) == OLE else "no_workbook")
    with ZipFile(file) as archive:
        _judge_contents(archive.infolist(), limits)
        scans = _scan_all(archive, limits)
    from openpyxl import load_workbook  # only now: most refusals need no library

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    found = []
    characters = 0
    for sheet, part in zip(book.worksheets, _parts(book), strict=True):
        cells = _cells(sheet, scans[part], limits)
        lengths = [len(value) for *_, value in cells if isinstance(value, str)]
        characters += sum(lengths)
        _keep("text", max(lengths, default=0), limits)
        _keep("texts", characters, limits)
        found.append([sheet.title, cells, sheet.sheet_state != "visible"])
    return found


def _parts(book: Any) -> list[str]:
    """Return the parts that hold the worksheets of a workbook."""
    return [sheet._worksheet_path for sheet in book.worksheets]  # noqa: SLF001 - told nowhere else


def _judge_contents(parts: list[ZipInfo], limits: dict[str, int]) -> None:
    """Refuse an archive by its table of contents; zipfile never unpacks more than is told there."""
    _keep("parts", len(parts), limits)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    names = Counter(part.filename for part in parts)
    if any(times > 1 for times in names.values()):
        raise Refused("damaged")
    _keep("unpacked_bytes", sum(part.file_size for part in parts), limits)
    for part in parts:
        if part.file_size > LARGE_PART:
            _keep("ratio", part.file_size // max(1, part.compress_size), limits)


def _keep(name: str, found: int, limits: dict[str, int]) -> None:
    if found > limits[name]:
        raise Refused("limit", limit=name, found=found, most=limits[name])


def _scan_all(archive: ZipFile, limits: dict[str, int]) -> dict[str, _Scan]:
    """Count what all parts hold, by name; pictures and the like are passed over."""
    scans = {}
    counted: Counter[str] = Counter()
    for part in archive.infolist():
        if part.filename.lower().endswith(".vml"):  # often no XML at all, and never read
            continue
        with archive.open(part) as content:
            scan = _Scan(part.filename, limits)
            if scan.read(content):
                scans[part.filename] = scan
                counted["sheets"] += scan.is_sheet
                counted["cells"] += scan.cells
                counted["width"] += scan.width
        for name, found in counted.items():
            _keep(name, found, limits)
    return scans


class _Scan:
    """One part read through once, without building anything of it.

    Of a worksheet it knows the number of rows and cells, the cells whose formula has no result,
    and the merged areas. What stands in no order that a spreadsheet program writes is refused: a
    reader that follows the order would lose it in silence.
    """

    def __init__(self, part: str, limits: dict[str, int]) -> None:
        self.part = part
        self.limits = limits
        self.root = ""
        self.sheets = self.rows = self.cells = self.width = 0
        self.pending: set[Place] = set()
        self.merged: list[Area] = []
        self._depth = 0
        self._at: Place = (0, 0)
        self._formula = self._value = self._in_value = self._shared = False
        self._columns: set[int] = set()

    @property
    def is_sheet(self) -> bool:
        """Whether the part is a worksheet, by its outermost element."""
        return self.root == "worksheet"

    def read(self, content: IO[bytes]) -> bool:
        """Read the part to its end; return whether it is XML."""
        first = content.read(CHUNK)
        if not _is_xml(first):
            while content.read(CHUNK):
                pass  # to the end, where zipfile compares the checksum
            return False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        chunk = first
        while chunk:
            parser.Parse(chunk, False)
            chunk = content.read(CHUNK)
        parser.Parse(b"", True)
        return True

    def _doctype(self, *_: object) -> None:
        raise Refused("entities")  # no spreadsheet program writes any; they grow without end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        _keep("depth", self._depth, self.limits)
        space, _, local = name.rpartition(" ")
        if self._depth == 1:
            self.root = local
            if self.is_sheet and space != MAIN:
                raise Refused("strict")
        elif self.is_sheet and space == MAIN:
            self._inside(local, attributes)
        elif self.root == "workbook" and local == "sheet":  # each may name the same part
            self.sheets += 1
            _keep("sheets", self.sheets, self.limits)

    def _inside(self, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "row":
                self._row(attributes.get("r"))
            case "c":
                self._cell(attributes.get("r"))
                self._shared = attributes.get("t") == "s"
            case "f":
                self._formula = True
            case "v":
                self._in_value = True
            case "mergeCell":
                self._merge(attributes["ref"])

    def _end(self, name: str) -> None:
        self._depth -= 1
        if not self.is_sheet:
            return
        if name.endswith(" v"):
            self._in_value = False
        elif name.endswith(" c") and self._formula and not self._value:
            self.pending.add(self._at)

    def _text(self, text: str) -> None:
        if self._in_value and text:
            self._value = True
            if self._shared and "-" in text:  # Python would count from the end of the list
                raise Refused("damaged")

    def _row(self, number: str | None) -> None:
        row = self._at[0] + 1 if number is None else int(number)
        if not self._at[0] < row <= LAST_ROW:
            raise Refused("order", part=self.part, found=number)
        self._at = (row, 0)
        self.rows += 1
        _keep("rows", self.rows, self.limits)

    def _cell(self, name: str | None) -> None:
        row, before = self._at
        column = before + 1
        if name is not None:
            named, column = _place(name)
            if named != row or not before < column <= LAST_COLUMN:
                raise Refused("order", part=self.part, found=name)
        self._at = (row, column)
        self._formula = self._value = False
        self.cells += 1
        self.width += column - before
        self._columns.add(column)
        _keep("cells", self.cells, self.limits)
        _keep("width", self.width, self.limits)
        _keep("columns", len(self._columns), self.limits)

    def _merge(self, area: str) -> None:
        first, _, last = area.partition(":")
        self.merged.append((*_place(first), *_place(last or first)))
        _keep("rows", len(self.merged), self.limits)


def _is_xml(first: bytes) -> bool:
    start = first.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return start.startswith(b"<")


def _place(name: str) -> Place:
    """Return the row and column of a cell by its name, such as ``B12``."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise Refused("order", found=name)
        column = min(column * 26 + ord(letter) - ord("A") + 1, LAST_COLUMN + 1)
    return int(name[len(letters) :]), column


def _cells(sheet: Any, scan: _Scan, limits: dict[str, int]) -> list[list[Any]]:
    """Return the filled cells of a sheet that show: row, column, kind and value.

    Those that lie under a merged one, beside filled cells, are told to be so: they look filled.
    """
    sheet.reset_dimensions()  # they are what the file claims; a row is as long as its last cell
    found: dict[Place, list[Any]] = {}
    for row, cells in enumerate(sheet.iter_rows(), 1):
        for column, cell in enumerate(cells, 1):
            if (row, column) in scan.pending:
                found[row, column] = ["pending", None]
            elif not _is_blank(cell.value):
                found[row, column] = _kept(cell)
    for covered in _covered(scan.merged, found):
        del found[covered]
    for merged in _seen_as_filled(scan.merged, found):
        found[merged] = ["merged", None]
        _keep("cells", len(found), limits)
    return [[*place, *cell] for place, cell in found.items()]


def _seen_as_filled(merged: list[Area], found: dict[Place, list[Any]]) -> Iterator[Place]:
    """Return the cells under merged ones that lie in a row and a column with something in them."""
    rows, columns = {row for row, _ in found}, {column for _, column in found}
    for top, left, bottom, right in merged:
        inside = product(_within(rows, top, bottom), _within(columns, left, right))
        yield from (place for place in inside if place != (top, left))


def _within(numbers: set[int], first: int, last: int) -> list[int]:
    """Return those of some numbers that lie in a span (inclusive)."""
    if last - first < len(numbers):
        return [number for number in range(first, last + 1) if number in numbers]
    return [number for number in numbers if first <= number <= last]


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _covered(merged: list[Area], found: dict[Place, list[Any]]) -> set[Place]:
    """Return the cells under merged ones; programs show only the first of an area."""
    covered: set[Place] = set()
    for top, left, bottom, right in merged:
        area = (bottom - top + 1) * (right - left + 1)
        if area < len(found):
            inside = product(range(top, bottom + 1), range(left, right + 1))
            covered.update(place for place in inside if place in found)
        else:
            covered.update(p for p in found if top <= p[0] <= bottom and left <= p[1] <= right)
        covered.discard((top, left))
    return covered


def _kept(cell: Any) -> list[Any]:
    """Return the kind and the value of a cell, the value as JSON knows it."""
    match cell.value:
        case bool() as value:
            return ["bool", value]
        case int() | float() as value:
            return ["number", value if abs(value) < HUGE else float("inf")]
        case datetime() | date() | time() as value:
            return [type(value).__name__, value.isoformat()]
        case timedelta() as value:
            return ["timedelta", value.total_seconds()]
        case value:
            return ["error" if cell.data_type == "e" else "str", str(value)]


def main() -> None:
    """Answer until nobody asks any more."""
    # Kept for answers alone: whatever a library prints would be taken for one.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    warnings.simplefilter("ignore")  # openpyxl's repeat what stands in cells
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        without = _limit_process(**asked["process"])
        found = answer(asked["path"], asked["limits"]) | {"without": without}
        answers.write(json.dumps(found).encode() + b"\n")
        answers.flush()


def _limit_process(memory: int, seconds: int) -> list[str]:
    """Let the system hold this process to its limits; return those the platform does not know."""
    try:
        import resource
    except ImportError:  # Windows
        return ["memory", "processor"]
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    wanted = {"memory": (resource.RLIMIT_AS, memory), "processor": (resource.RLIMIT_CPU, until)}
    return [name for name, (kind, most) in wanted.items() if not _set_limit(kind, most)]


def _set_limit(kind: int, most: int) -> bool:
    import resource

    _, hard = resource.getrlimit(kind)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # macOS knows the limit of memory and refuses it
        resource.setrlimit(kind, (allowed, hard))
        return True
    return False


if __name__ == "__main__":
    main()

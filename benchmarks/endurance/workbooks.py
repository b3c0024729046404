"""Mutated workbooks, each imported: stored, unchanged or refused with words, and nothing else.

Every file is made from a workbook of the demonstration by one mutation, drawn by seed and number,
and imported into a copy of the demonstration's database. Nothing may end in a traceback or without
end, and nothing may be stored in part: a file that is refused leaves every table as it was, and one
that is stored brings as many rows as openpyxl, in its other mode, finds in it.

The fate of each file is written down at once (``--progress``), so that a run is taken up again::

    python -m benchmarks.endurance.workbooks --files 10000 --seed 1 --progress fates.jsonl
    python -m benchmarks.endurance workbooks --times 100    # the same, among the other parts
"""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.fernet import Fernet
from openpyxl import load_workbook

from benchmarks.endurance.mutations import MUTATIONS, unpacked
from benchmarks.endurance.part import Options, Row
from benchmarks.endurance.readers import forget_peaks, peak_megabytes
from benchmarks.endurance.table import Table
from payroll.policy import Policy
from rostering.sheets.process.refusals import LIMIT, WORDS
from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.base.errors import RukangError
from rukang.doors.intake import NotAllImportedError, import_workbooks
from rukang.doors.intake.kinds import KINDS

PART = "workbooks"
FILES_EACH_TIME = 100

DEMO = Path(__file__).parents[2] / "examples" / "demo-home"
FATES = ("stored", "unchanged", "refused", "traceback", "hang", "part")
FAULTS = ("traceback", "hang", "part")
HANG = 60
"""Seconds of the processor after which an import is given up; reading has limits of its own."""

MOST_MERGED = 100
"""Merged areas up to which a file is compared: in this mode openpyxl makes every cell of each."""

BY_LIMIT = tuple(words[0].partition("{")[0] for words in (LIMIT, WORDS["seconds"], WORDS["memory"]))
"""How refusals for a limit begin."""


@dataclass(frozen=True)
class Fate:
    """What became of one file."""

    number: int
    mutation: str
    book: str
    fate: str
    by_limit: bool
    seconds: float
    megabytes: float
    note: str = ""


class HangError(Exception):
    """An import took longer than anybody waits."""


def main() -> int:
    """Import as many files as asked for, and print how many met which fate; 1 if any is a fault."""
    parser = ArgumentParser(
        prog="python -m benchmarks.endurance.workbooks",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--progress", type=Path, help="file of fates, to take a run up again")
    parser.add_argument("--out", type=Path, help="file to write the table into (.csv)")
    asked = parser.parse_args()
    table = tabled(fates(asked.files, asked.seed, asked.progress))
    print(f"{table.text()}\n\n{table.faults} faults")
    if asked.out:
        table.write(asked.out)
    return 1 if table.faults else 0


def run(options: Options) -> list[Row]:
    """Import a hundred files for each time asked, as a part of the whole endurance run."""
    files = options.times * FILES_EACH_TIME
    row = Row(PART, "sqlite", actions=files, disturbed=files)
    for fate in fates(files, options.seed, options.scratch / "workbooks.jsonl"):
        if fate.fate in FAULTS:
            kind = "in_part" if fate.fate == "part" else "lost"
            row.count(kind, f"{fate.fate} of {fate.book}, {fate.mutation}: {fate.note}")
    return [row]


def fates(files: int, seed: int, progress: Path | None = None) -> list[Fate]:
    """Return what became of the files, importing those that are not in the progress file yet."""
    known = [fate for fate in _read(progress) if fate.number < files]
    done = {fate.number for fate in known}
    with Bench() as bench:
        for number in range(files):
            if number not in done:
                known.append(bench.fate(number, seed))
                _note(progress, known[-1])
    return known


def tabled(fates: Iterable[Fate]) -> Table:
    """Return the fates counted by mutation."""
    by_mutation: dict[str, list[Fate]] = {name: [] for name in MUTATIONS}
    for fate in fates:
        by_mutation[fate.mutation].append(fate)
    rows = [[name, *_counted(found)] for name, found in by_mutation.items() if found]
    every = [fate for found in by_mutation.values() for fate in found]
    faults = sum(fate.fate in FAULTS for fate in every)
    columns = ["mutation", "files", *FATES, "by a limit", "most s", "most MB"]
    return Table(columns, [*rows, ["all", *_counted(every)]], faults)


def _counted(fates: list[Fate]) -> list[object]:
    return [
        len(fates),
        *(sum(one.fate == fate for one in fates) for fate in FATES),
        sum(one.by_limit for one in fates),
        f"{max((one.seconds for one in fates), default=0):.1f}",
        f"{max((one.megabytes for one in fates), default=0):.0f}",
    ]


class Bench:
    """The demonstration's database, a copy of it that is imported into, and the rule base."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        self._vault = Vault([Fernet.generate_key().decode()])
        self._policy = Policy.load()
        self._books = {
            path.name: unpacked(path.read_bytes()) for path in sorted(DEMO.glob("*.xlsx"))
        }

    def __enter__(self) -> Bench:
        """Make the database once."""
        self.folder = Path(self._folder.name)
        self._kept = self.folder / "kept.sqlite"
        database = self._database(self._kept)
        migrations.upgrade(database.engine)
        import_workbooks(database, [DEMO], policy=self._policy)
        database.close()
        with sqlite3.connect(self._kept) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        self._sound = _digest(self._kept)
        self._work = self._database(self.folder / "work.sqlite")
        self._renew()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""
        self._work.close()
        self._folder.cleanup()

    def fate(self, number: int, seed: int) -> Fate:
        """Make a file by its number, import it, and say what became of it and how."""
        names, books = list(MUTATIONS), list(self._books)
        mutation = names[number % len(names)]
        # Neighbours have different books, and seven rounds bring each mutation to each book.
        book = books[(3 * number + number // len(names)) % len(books)]
        random = Random(f"{seed} {number}")  # noqa: S311 - drawn again by its seed
        content = MUTATIONS[mutation](self._books[book], random)
        return self._import(content, number, mutation, book)

    def _import(self, content: bytes, number: int, mutation: str, book: str) -> Fate:
        path = self.folder / book
        path.write_bytes(content)
        forget_peaks()
        begun = time.monotonic()
        fate, by_limit, note, rows = "stored", False, "", 0
        try:
            with _given_up_after(HANG):
                (imported,) = import_workbooks(self._work, [path], policy=self._policy)
            fate, rows = ("stored" if imported.stored else "unchanged"), imported.rows
        except NotAllImportedError as error:
            fate, note = "refused", error.findings[0].zh[:80]
            by_limit = error.findings[0].zh.startswith(BY_LIMIT)
        except RukangError as error:
            fate, note = "refused", error.zh[:80]
        except HangError:
            fate = "hang"
        except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            fate, note = "traceback", f"{type(error).__name__} {last.filename}:{last.lineno}"
        seconds = time.monotonic() - begun
        if fate == "stored":
            whole = _rows(content, imported.kind)
            if whole is not None and whole != rows:
                fate, note = "part", f"{rows} of {whole} rows"
            self._renew()
        elif _digest(self.folder / "work.sqlite") != self._sound:
            fate, note = "part", f"{fate}, and yet something changed"
            self._renew()
        return Fate(
            number, mutation, book, fate, by_limit, round(seconds, 2), peak_megabytes(), note
        )  # fmt: skip

    def _renew(self) -> None:
        """Import into a fresh copy from now on, with what the engine knows of its statements."""
        self._work.engine.dispose()
        for old in self.folder.glob("work.sqlite*"):
            old.unlink()
        shutil.copyfile(self._kept, self.folder / "work.sqlite")

    def _database(self, path: Path) -> Database:
        return Database(f"sqlite:///{path}", self._vault)


def _digest(path: Path) -> str:
    """Return a fingerprint of all rows of all tables."""
    found = sha256()
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (name,) in names.fetchall():
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608
            found.update(repr(row).encode())
    connection.close()
    return found.hexdigest()


def _rows(content: bytes, title: str) -> int | None:
    """Return how many rows of its kind a workbook holds, as openpyxl reads it whole."""
    sheets = next(kind.sheets for kind in KINDS if kind.title == title)
    try:
        if sum(part.count(b"<mergeCell ") for part in unpacked(content).values()) > MOST_MERGED:
            return None
        book = load_workbook(BytesIO(content), data_only=True)
    except Exception:  # noqa: BLE001 - reading a workbook whole asks for more of it to be sound
        return None
    pages = [page for page in book.worksheets if page.title in sheets]
    return sum(_is_filled(row) for page in pages for row in page.iter_rows(2, values_only=True))


def _is_filled(row: tuple[Any, ...]) -> bool:
    return any(value is not None and str(value).strip() for value in row)


@contextmanager
def _given_up_after(seconds: int) -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _read(progress: Path | None) -> Iterator[Fate]:
    if progress and progress.exists():
        for line in progress.read_text(encoding="utf-8").splitlines():
            yield Fate(**json.loads(line))


def _note(progress: Path | None, fate: Fate) -> None:
    if progress:
        with progress.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(fate), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())

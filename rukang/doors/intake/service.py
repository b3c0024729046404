"""Importing workbooks: each checked whole, then kept whole in one transaction, or not at all.

Of several files, each stands for itself: what is wrong with one holds up only those that refer to
its records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from sqlalchemy.orm import Session

from payroll.policy import Policy
from rostering.sheets import Finding, Located, WorkbookError, WorkbookReader
from rostering.sheets.process.guard import Gone, somebody_waits
from rukang.base.access import SYSTEM, Caller, Database
from rukang.base.database.upsert import Changes
from rukang.base.errors import NotAllowedError
from rukang.base.words import Text
from rukang.bodies.homes import Home, list_homes, lock_home
from rukang.doors.intake.answers.score_sheet import edition_of, read_score_sheet
from rukang.doors.intake.form import FORM, Form, read_form
from rukang.doors.intake.homes import HOMES as REGISTER
from rukang.doors.intake.kinds import BOOKS, HOMES, KINDS, RATING, Kind, recognise
from rukang.doors.intake.ledger import digest_of, is_latest, note
from rukang.doors.intake.numbers import masked
from rukang.forms import FromWorkbook, Taken, import_book
from rukang.forms.workbooks.raw import column
from rukang.people import names_at

LOCKED = (
    "是表格软件打开文件时留下的临时文件，没有读；请先保存并关闭那份工作簿",
    "left by a spreadsheet program that has the file open, not read: save and close that workbook",
)
OTHER_PAPERS = frozenset(
    {".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".numbers", ".pdf", ".doc", ".docx", ".wps"}
)
"""Endings of tables and papers that lie among workbooks; what else lies there is not meant."""

OTHER = (
    "不是 .xlsx 工作簿，没有读；请另存为 .xlsx，或移出这个文件夹",
    "no .xlsx workbook, not read: save it as .xlsx, or move it out of this folder",
)


@dataclass(frozen=True)
class Imported:
    """What became of a workbook.

    Parameters
    ----------
    kind
        Title of its kind, such as ``02-人员``.
    homes
        Codes of the homes it is about.
    rows
        How many rows it holds.
    stored
        False for a file whose very content was the last of its kind to be imported, for a score
        sheet, which is checked here and kept when the home is rated, and in a preview.
    changes
        What it changed, or would change, by sheet.
    """

    path: Path
    kind: str
    homes: tuple[str, ...]
    rows: int
    stored: bool
    changes: Mapping[str, Changes] = field(default_factory=dict)


def in_words(changes: Mapping[str, Changes]) -> Iterator[Text]:
    """Return what changed, or would, sheet by sheet; sheets without a change are left out."""
    for sheet, of in changes.items():
        if of != Changes():
            yield Text(
                zh=f"{sheet}：改 {of.changed} 条，增 {of.added} 条，删 {of.removed} 条",
                en=f"{sheet}: change {of.changed}, add {of.added}, take away {of.removed}",
            )


class NotAllImportedError(WorkbookError):
    """Some files were not taken in, for the reasons found; ``done`` says what became of others."""

    def __init__(self, findings: Iterable[Finding], done: Iterable[Imported]) -> None:
        super().__init__(findings)
        self.done = tuple(done)


def import_workbooks(
    database: Database,
    paths: Iterable[Path | str],
    caller: Caller = SYSTEM,
    home_code: str | None = None,
    policy: Policy | None = None,
    *,
    preview: bool = False,
    gone: Gone = somebody_waits,
) -> list[Imported]:
    """Import workbooks in the order in which they build on each other.

    Every file is a transaction of its own. A file with a problem is left out, and with it those of
    the same home that refer to its records; all others are stored.

    Parameters
    ----------
    paths
        Workbooks, or folders of them.
    home_code
        Refuse workbooks of any other home.
    policy
        The rule base for the check of wages; the one shipped with ``payroll`` by default.
    preview
        Only say what each file would change of what is stored now, and store nothing.
    gone
        Asked while a file is read: once nobody waits any more, reading ends.

    Raises
    ------
    NotAllImportedError
        With every problem of every file that was left out; nothing of such a file is kept.
    NotAllowedError
        If the caller may not import the register of homes.
    """
    rules = cache(lambda: policy or Policy.load())
    importing = _Import(database, caller, home_code, rules, preview=preview)
    files, findings = _files(paths)
    books: list[tuple[WorkbookReader, Kind]] = []
    for path in files:
        with _gathered(findings):
            books.append(_opened(path, gone))
    done: list[Imported] = []
    refused: list[_Refused] = []
    for book, kind in sorted(books, key=lambda pair: KINDS.index(pair[1])):
        home = _named_home(book)
        before = next((one for one in refused if one.holds_up(kind, home)), None)
        if before:
            findings.append(_held_up(book.file, before.file))
            refused.append(_Refused(kind, home, book.file))
            continue
        count = len(findings)
        with _gathered(findings):
            done.append(importing.import_file(book, kind))
        if len(findings) > count:
            refused.append(_Refused(kind, home, book.file))
    if findings:
        raise NotAllImportedError(findings, done)
    return done


@dataclass(frozen=True)
class _Refused:
    """A workbook that was left out; ``home`` is the code it names, if it does."""

    kind: Kind
    home: str | None
    file: str

    def holds_up(self, kind: Kind, home: str | None) -> bool:
        """Return whether a workbook refers to records that this one would have brought."""
        same = self.kind is HOMES or self.home is None or self.home == home
        return self.kind.name in kind.builds_on and same


@contextmanager
def _gathered(findings: list[Finding]) -> Iterator[None]:
    """Add what is wrong with a file to the findings, and go on with the next."""
    try:
        yield
    except WorkbookError as error:
        findings += masked(error.findings)


def _held_up(file: str, before: str) -> Finding:
    return Finding(
        file=file,
        zh=f"没有导入：它要用到的 {before} 有问题；改正那一份，再一起导入",
        en=f"not taken in, it refers to {before}, which has problems: mend that one, import both",
    )


def _named_home(book: WorkbookReader) -> str | None:
    """Return the code of the home on the form of a workbook, sound or not, if there is one."""
    codes = column(book, FORM, "机构编号") - {""}
    return codes.pop() if len(codes) == 1 else None


def _files(paths: Iterable[Path | str]) -> tuple[list[Path], list[Finding]]:
    """Return the workbooks named, folders opened; and what lies beside them and is none."""
    found: list[Path] = []
    left: list[Finding] = []
    for path in map(Path, paths):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in inside:
            if file.name.startswith("~$"):
                left.append(Finding(file=file.name, zh=LOCKED[0], en=LOCKED[1]))
            elif file.suffix.lower() == ".xlsx" or not path.is_dir():
                found.append(file)
            elif _looks_meant(file):
                left.append(Finding(file=file.name, zh=OTHER[0], en=OTHER[1]))
    return found, left if found else []


def _looks_meant(file: Path) -> bool:
    """Return whether a file in a folder may be taken for one that was to be imported."""
    return file.is_file() and file.suffix.lower() in OTHER_PAPERS


def _opened(path: Path, gone: Gone) -> tuple[WorkbookReader, Kind]:
    book = WorkbookReader(path, gone)
    return book, recognise(book)


@dataclass(frozen=True)
class _Import:
    """The import of files for a caller, or its preview."""

    database: Database
    caller: Caller
    home_code: str | None
    policy: Callable[[], Policy]
    preview: bool

    def import_file(self, book: WorkbookReader, kind: Kind) -> Imported:
        """Return what became of one file."""
        if kind is RATING:
            return self._check_rating(book)
        if kind.importer is None:
            raise TypeError(f"Kind {kind.name} has no importer.")
        if kind is HOMES:
            return self._import_homes(book)
        form = read_form(book)
        home, yours = self._home(book, kind, form)
        digest = digest_of(book.path)
        with self._session() as session:
            lock_home(session, home.id)
            if is_latest(session, home, kind, digest):
                return Imported(book.path, kind.title, (home.code,), 0, stored=False)
            names = cache(partial(names_at, session, home.id))
            month = form.value.month
            taken = kind.importer(
                FromWorkbook(session, home.id, month, names, book, self.policy, yours)
            )
            note(session, home, kind, book, digest, taken.rows)
        return self._imported(book, kind, (home.code,), taken)

    def _import_homes(self, book: WorkbookReader) -> Imported:
        if not self.caller.scope(HOMES.permission).everything:
            raise NotAllowedError(
                "机构登记表只能由系统管理员导入。", "Only an administrator imports the register."
            )
        digest = digest_of(book.path)
        with self._session() as session:
            taking = FromWorkbook(session, 0, date.min, tuple, book, self.policy, frozenset())
            taken = import_book(taking, BOOKS[HOMES.name])
            homes = [taking.stored(Home)[row.value.code] for row in taking.sheets[REGISTER]]
            fresh = [home for home in homes if not is_latest(session, home, HOMES, digest)]
            for home in fresh:
                note(session, home, HOMES, book, digest, len(homes))
            codes = tuple(home.code for home in homes)
        done = self._imported(book, HOMES, codes, taken)
        return done if fresh else replace(done, stored=False, changes={})

    def _imported(
        self, book: WorkbookReader, kind: Kind, homes: tuple[str, ...], taken: Taken
    ) -> Imported:
        stored = not self.preview
        return Imported(book.path, kind.title, homes, taken.rows, stored, taken.changes)

    def _check_rating(self, book: WorkbookReader) -> Imported:
        with self.database.session() as session:
            edition = edition_of(book, session)
        sheet = read_score_sheet(book, edition)
        return Imported(book.path, RATING.title, (sheet.home,), len(sheet.answers), stored=False)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """Yield a session that sees every home; what it does in a preview is taken back."""
        with self.database.session(_unscoped(self.caller)) as session:
            yield session
            if self.preview:
                session.flush()
                session.rollback()

    def _home(
        self, book: WorkbookReader, kind: Kind, form: Located[Form]
    ) -> tuple[Home, frozenset[int]]:
        """Return the home of a workbook, and all homes the caller may import this kind for.

        Raises
        ------
        WorkbookError
            If the workbook's is not among them, or another one is imported now.
        """
        with self.database.session(self.caller, kind.permission) as session:
            yours = {home.code: home for home in list_homes(session)}
        home = yours.get(form.value.home)
        if home is None:
            zh = "没有这家机构，或您无权为它导入；请先导入机构登记表，或核对编号"
            en = (
                "no such home, or not yours to import for: import the register, or correct the code"
            )
            book.report(form, "机构编号", zh=zh, en=en)
            raise WorkbookError(book.findings)
        if self.home_code not in (None, home.code):
            zh = f"本次只导入机构 {self.home_code} 的工作簿；请核对文件"
            en = f"only workbooks of home {self.home_code} are imported now; check the file"
            book.report(form, "机构编号", zh=zh, en=en)
            book.raise_findings()
        return home, frozenset(of.id for of in yours.values())


def _unscoped(caller: Caller) -> Caller:
    """Return the caller with sight of every home, once leave for this one is established.

    A person in two homes at once, or a citizen ID that is known already, shows only to somebody
    who sees both homes; findings never say which other home it is. The audit trail keeps the
    caller's name.
    """
    return replace(SYSTEM, name=caller.name)

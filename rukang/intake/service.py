"""Importing workbooks: each checked whole, then kept whole in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from payroll.policy import Policy
from rostering.sheets import Located, WorkbookError, WorkbookReader
from rukang.access import SYSTEM, Caller, Database
from rukang.errors import NotAllowedError
from rukang.homes import Home, hold, list_homes
from rukang.intake.form import Form, Intake, read_form
from rukang.intake.homes import take_homes
from rukang.intake.kinds import HOMES, KINDS, RATING, Kind, recognise
from rukang.intake.ledger import digest_of, is_latest, note
from rukang.intake.numbers import masked
from rukang.intake.score_sheet import edition_of, read_score_sheet


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
        False for a file whose very content was the last of its kind to be imported, and for a
        score sheet, which is checked here and kept when the home is rated.
    """

    path: Path
    kind: str
    homes: tuple[str, ...]
    rows: int
    stored: bool


def import_workbooks(
    database: Database,
    paths: Iterable[Path | str],
    caller: Caller = SYSTEM,
    home_code: str | None = None,
    policy: Policy | None = None,
) -> list[Imported]:
    """Import workbooks in the order in which they build on each other.

    Every file is a transaction of its own. The first with a problem stops the import, because
    later ones build upon it; what was imported before it stays.

    Parameters
    ----------
    paths
        Workbooks, or folders of them.
    home_code
        Refuse workbooks of any other home.
    policy
        The rule base for the check of wages; the one shipped with ``payroll`` by default.

    Raises
    ------
    WorkbookError
        With every problem of the first file that has any; nothing of that file is kept.
    NotAllowedError
        If the caller may not import the register of homes.
    """
    rules = cache(lambda: policy or Policy.load())
    books = [_opened(path) for path in _files(paths)]
    books.sort(key=lambda pair: KINDS.index(pair[1]))
    done = []
    for book, kind in books:
        try:
            done.append(_import(database, book, kind, caller, home_code, rules))
        except WorkbookError as error:
            # Not chained: the original holds personal numbers in full.
            raise WorkbookError(masked(error.findings)) from None
    return done


def _files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the workbooks named, folders opened; lock files of a spreadsheet program left out."""
    found = []
    for path in map(Path, paths):
        inside = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
        found += [file for file in inside if not file.name.startswith("~$")]
    return found


def _opened(path: Path) -> tuple[WorkbookReader, Kind]:
    book = WorkbookReader(path)
    return book, recognise(book)


def _import(
    database: Database,
    book: WorkbookReader,
    kind: Kind,
    caller: Caller,
    home_code: str | None,
    policy: Callable[[], Policy],
) -> Imported:
    if kind is RATING:
        return _check_rating(book)
    if kind is HOMES:
        return _import_homes(database, book, caller)
    if kind.take is None:
        raise TypeError(f"Kind {kind.name} has no importer.")
    form = read_form(book)
    home, yours = _home(database, book, kind, caller, form)
    if home_code not in (None, home.code):
        zh = f"本次只导入机构 {home_code} 的工作簿；请核对文件"
        en = f"only workbooks of home {home_code} are imported now; check the file"
        book.report(form, "机构编号", zh=zh, en=en)
        book.raise_findings()
    digest = digest_of(book.path)
    with database.session(_unscoped(caller)) as session:
        hold(session, home.id)
        if is_latest(session, home, kind, digest):
            return Imported(book.path, kind.title, (home.code,), 0, stored=False)
        rows = kind.take(Intake(book, session, home, form.value.month, policy, yours))
        note(session, home, kind, book, digest, rows)
    return Imported(book.path, kind.title, (home.code,), rows, stored=True)


def _import_homes(database: Database, book: WorkbookReader, caller: Caller) -> Imported:
    if not caller.scope(HOMES.permission).everything:
        raise NotAllowedError(
            "机构登记表只能由系统管理员导入。", "Only an administrator imports the register."
        )
    digest = digest_of(book.path)
    with database.session(_unscoped(caller)) as session:
        homes = take_homes(book, session)
        fresh = [home for home in homes if not is_latest(session, home, HOMES, digest)]
        for home in fresh:
            note(session, home, HOMES, book, digest, len(homes))
    codes = tuple(home.code for home in homes)
    return Imported(book.path, HOMES.title, codes, len(homes), stored=bool(fresh))


def _check_rating(book: WorkbookReader) -> Imported:
    edition = edition_of(book)
    sheet = read_score_sheet(book.path, edition)
    return Imported(book.path, RATING.title, (sheet.home,), len(sheet.answers), stored=False)


def _home(
    database: Database, book: WorkbookReader, kind: Kind, caller: Caller, form: Located[Form]
) -> tuple[Home, frozenset[int]]:
    """Return the home of a workbook and the ids of all homes the caller may import this kind for.

    Raises
    ------
    WorkbookError
        If the workbook's is not among them.
    """
    with database.session(caller, kind.permission) as session:
        yours = {home.code: home for home in list_homes(session)}
    home = yours.get(form.value.home)
    if home is None:
        zh = "没有这家机构，或您无权为它导入；请先导入机构登记表，或核对编号"
        en = "no such home, or not yours to import for: import the register, or correct the code"
        book.report(form, "机构编号", zh=zh, en=en)
        raise WorkbookError(book.findings)
    return home, frozenset(home.id for home in yours.values())


def _unscoped(caller: Caller) -> Caller:
    """Return the caller with sight of every home, once leave for this one is established.

    A person in two homes at once, or a citizen ID that is known already, shows only to somebody
    who sees both homes; findings never say which other home it is. The audit trail keeps the
    caller's name.
    """
    return replace(SYSTEM, name=caller.name)

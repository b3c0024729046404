"""A workbook of forms into records: checked whole, then stored whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import select

from payroll.policy import Policy
from rostering.sheets import Located, WorkbookReader, read_sheet
from rukang.base.database.base import Base
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.vault import Sealed
from rukang.base.database.upsert import Changes, sealed, upsert
from rukang.forms.checking import check, key_of, references
from rukang.forms.entry import Checking, Entry
from rukang.forms.field import Reference, type_of
from rukang.forms.form import Book, Form
from rukang.forms.given import name_of
from rukang.forms.workbooks.raw import column
from rukang.forms.workbooks.rows import entry_of

Rows = Sequence[Located[Any]]
MASK = "*"


@dataclass
class FromWorkbook(Checking):
    """A workbook on its way into the records of a home.

    Parameters
    ----------
    policy
        Gives the dated rule base to the rules that need a figure of it.
    yours
        The homes the caller may import this kind for: the session itself sees all.
    """

    book: WorkbookReader
    policy: Callable[[], Policy]
    yours: frozenset[int]
    sheets: dict[Form, Rows] = field(default_factory=dict, kw_only=True)

    def report(self, entry: Entry, header: str, *, zh: str, en: str) -> None:
        """Note what is wrong with a row, and where in the workbook it stands."""
        if isinstance(entry, Located):
            self.book.report(entry, header, zh=zh, en=en)

    def known(self, record: type[Any], by: str = "code") -> Mapping[str, Any]:
        """Return the rows of the sheet that brings a class, or else the home's records of it."""
        form = self._sheet_of(record)
        if form is None:
            return super().known(record, by)
        return {getattr(row.value, by): row.value for row in self.sheets[form]}

    def codes(self, record: type[Any], by: str = "code") -> set[str]:
        """Return the codes that may be named, those of rows that are not sound as well."""
        form = self._sheet_of(record)
        if form is None:
            return set(self.known(record, by))
        found, number = self.column(form, by), form.fields[by].number
        return {number.compact(code) for code in found} if number else found

    def column(self, form: Form, name: str) -> set[str]:
        """Return the texts under a header of a sheet, of rows that are not sound as well."""
        return column(self.book, form.sheet, form.header(name))

    def unknown(self, record: type[Any], noun: Reference) -> dict[str, str]:
        """Return the words for a code that leads nowhere."""
        form = self._sheet_of(record)
        if form is None:
            return super().unknown(record, noun)
        header = form.header(noun.by)
        return {
            "zh": f"“{form.sheet}”表中没有这个{header}；请核对",
            "en": f"no row of {form.sheet} has it; correct it",
        }

    def form_of(self, record: type[Any]) -> Form:
        """Return the form of the workbook that brings a class."""
        return next(form for form in self.sheets if form.record is record)

    def _sheet_of(self, record: type[Any]) -> Form | None:
        return next((form for form in self.sheets if form.record is record), None)


@dataclass(frozen=True)
class Taken:
    """How many rows a workbook had, and what they changed, by sheet."""

    rows: int
    changes: Mapping[str, Changes]


def import_book(taking: FromWorkbook, book: Book) -> Taken:
    """Check a workbook whole, store it, and return what it changed.

    What workbooks brought of the month before is replaced; what was entered by itself stays.

    Raises
    ------
    WorkbookError
        With everything that is wrong with it; nothing is stored then.
    """
    for form in book.forms:
        model, optional = form.row_of(taking.month), form.optional
        read = read_sheet(taking.book, form.sheet, model, optional=optional)
        taking.sheets[form] = read
        taking.sheets[form] = list(_unmasked(taking, form, read))
    for rule in book.checks:
        rule(taking)
    for form, rows in taking.sheets.items():
        _check_repeated(taking, form, rows)
        _check_taken(taking, form, rows)
        check(taking, form, rows)
    taking.book.raise_findings()
    if book.month is not None:
        _note_month(taking, book.month)
    changes = {form.sheet: _store(taking, form, rows) for form, rows in taking.sheets.items()}
    return Taken(sum(map(len, taking.sheets.values())), changes)


def _unmasked(taking: FromWorkbook, form: Form, rows: Rows) -> Iterator[Located[Any]]:
    """Return the rows with the numbers that were written masked and are as they were.

    Numbers leave the house masked only: what is registered under the row's key and looks the same
    is the same number. Whatever else holds stars is refused like other wrong numbers.
    """
    there = cache(lambda: _there(taking, form))
    numbers = [name for name, told in form.fields.items() if told.number]
    for row in rows:
        opened: dict[str, str] = {}
        for name in numbers:
            written = getattr(row.value, name) or ""
            found = _found(taking, form, there(), row.value) if MASK in written else None
            before = getattr(found, name, None)
            if isinstance(before, Sealed) and before.masked == written:
                opened[name] = SessionVault.of(taking.session).open(before)
        changed = row.value.model_copy(update=opened) if opened else row.value
        yield replace(row, value=changed)


def _found(taking: FromWorkbook, form: Form, there: Sequence[Any], value: Any) -> Any:
    """Return the record that a row is about, among those there."""
    if form.match:
        return form.match(taking, there, value)
    key = [getattr(value, name, None) for name in form.key]
    return next((of for of in there if [getattr(of, name) for name in form.key] == key), None)


def _check_repeated(taking: FromWorkbook, form: Form, rows: Rows) -> None:
    """Note every row whose key stands in an earlier row already."""
    names = form.layout.told_apart(form.record, form.key)
    first: dict[tuple[object, ...], int] = {}
    for row in rows if names else ():
        key = tuple(getattr(row.value, name_of(form, name)) for name in names)
        above = first.setdefault(key, row.row)
        if above != row.row:
            told = [form.header(name) for name, of in zip(names, key, strict=True) if of]
            taking.report(
                row,
                form.header(form.key[0]),
                zh=f"与第 {above} 行的{'、'.join(told)}重复；请改正或删除一行",
                en=f"repeats row {above} in {', '.join(told)}: correct or delete one",
            )


def _check_taken(taking: FromWorkbook, form: Form, rows: Rows) -> None:
    """Note the rows whose code a record has that this workbook may not replace.

    One that says what the record holds changes nothing: so an exported workbook reads back.
    """
    taken = _taken(taking, form)
    for row in rows if taken else ():
        found = taken.get(key_of(form, vars(row.value)))
        if found is not None and vars(entry_of(form.row, found)) != vars(row.value):
            header, day = form.header(form.key[0]), getattr(found, form.day)
            taking.report(
                row,
                header,
                zh=f"这个{header}已有记录（{day}），是在系统中登记的，或在另一个月的工作簿中；"
                f"请换{header}，或删去这一行",
                en=f"taken by a record of {day}, entered by itself or in another month's workbook:"
                " give another code, or delete the row",
            )


def _taken(taking: FromWorkbook, form: Form) -> Mapping[tuple[Any, ...], Any]:
    """Return the records that this workbook may not replace, by their keys."""
    if not form.is_shared:
        return {}
    record = form.record
    query = select(record).where(
        record.home_id == taking.home_id, ~record.imported | ~form.on.between(*taking.span)
    )
    found = taking.session.scalars(query)
    return {key_of(form, vars(of)): of for of in found}


def _note_month(taking: FromWorkbook, record: type[Any]) -> None:
    """Note that the home has reported the month."""
    query = select(record.id).where(record.home_id == taking.home_id, record.month == taking.month)
    if taking.session.scalar(query) is None:
        taking.session.add(record(home_id=taking.home_id, month=taking.month))


def plain_values(checking: Checking, form: Form, value: Any) -> Iterator[dict[str, Any]]:
    """Return the values of a sound row, record by record, by attribute; numbers are compact."""
    shared: dict[str, Any] = {}
    if hasattr(form.record, "home_id"):
        shared["home_id"] = checking.home_id
    for name, told, to, record in references(form):
        code = getattr(value, to)
        if told.refers is not None:
            found = checking.stored(record, told.refers.by)
            shared[name] = None if code is None else found[code].id
    if form.day and form.day not in form.fields:
        shared[form.day] = checking.month
    for values in form.layout.records_of(form.record, value, checking.month):
        for name, told in form.fields.items():
            if told.number and name in values:
                values[name] = told.number.compact(values[name])
        yield values | shared


def _store(taking: FromWorkbook, form: Form, rows: Rows) -> Changes:
    """Make the records of the month what the rows say; what was entered by itself stays."""
    taking.forget()
    taken = _taken(taking, form)
    rows = [row for row in rows if not taken or key_of(form, vars(row.value)) not in taken]
    there = [of for of in _there(taking, form) if not form.is_shared or of.imported]
    by_key = {tuple(getattr(of, name) for name in form.key): of for of in there}
    brought = {"imported": True} if form.is_shared else {}
    changes, named = Changes(), set[int]()
    for row in sorted(rows, key=lambda row: getattr(row.value, form.order)) if form.order else rows:
        for values in plain_values(taking, form, row.value):
            if form.match:
                found = form.match(taking, there, row.value)
            else:
                found = by_key.get(key_of(form, values))
            before = None if found is None else _seen(form, found)
            values = _sealed(taking, form, found, values) | brought
            if form.values:
                values |= form.values(taking, row.value, found)
            changes += _kept(taking, form, found, before, values)
            named.add(id(found))
    gone = [of for of in there if id(of) not in named and not form.stays(of)]
    for of in gone:
        taking.session.delete(of)
    form.followed(taking.session, taking.home_id)
    return changes + Changes(removed=len(gone))


def _seen(form: Form, record: Any) -> list[Any]:
    """Return what people see of a record, wherever it is kept."""
    return [getattr(record, name) for name in form.fields]


def _kept(
    taking: FromWorkbook,
    form: Form,
    found: Any,
    before: list[Any] | None,
    values: Mapping[str, Any],
) -> Changes:
    """Keep a record, and return whether people see one more, or another than before."""
    record = upsert(taking.session, form.record, found, values)
    if before is None:
        return Changes(added=1)
    return Changes(changed=int(_seen(form, record) != before))


def _there(taking: FromWorkbook, form: Form) -> Sequence[Any]:
    """Return the records that the rows may be about."""
    if form.there:
        return form.there(taking)
    return form.of_month(taking.session, taking.home_id, taking.month)


def _sealed(
    taking: FromWorkbook, form: Form, found: Base | None, values: dict[str, Any]
) -> dict[str, Any]:
    """Return the values with numbers sealed that are kept so."""
    for name, told in form.fields.items():
        if told.number and name in values and type_of(form.record, name) is Sealed:
            number, before = values[name], getattr(found, name, None)
            values[name] = sealed(taking.session, before, number, told.number.mask(number))
    return values

"""One record entered, changed or taken away by itself, under the rules that workbooks follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.database.upsert import upsert
from rukang.base.errors import ConflictError, InvalidError
from rukang.forms.checking import check, key_of, references
from rukang.forms.entry import Checking, Entry, Single
from rukang.forms.form import Form
from rukang.forms.given import Finding, validated
from rukang.forms.workbooks.importing import plain_values
from rukang.forms.workbooks.rows import NAME, entry_of


class RefusedEntryError(InvalidError):
    """An entry cannot be; ``findings`` says under which headers and why, in both languages."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            "；".join(f"{header}：{zh}" for header, zh, _ in self.findings),
            "; ".join(f"{header}: {en}" for header, _, en in self.findings),
        )


@dataclass
class _Alone(Checking):
    """One entry among the records of its month; only what is wrong with itself is noted."""

    entry: Single
    findings: dict[Finding, None] = field(default_factory=dict)

    def report(self, entry: Entry, header: str, *, zh: str, en: str) -> None:
        if entry is self.entry:
            self.findings[header, zh, en] = None


def enter(
    session: Session,
    home_id: int,
    form: Form,
    given: Mapping[str, Any],
    names: Callable[[], Collection[str]],
    record: Any = None,
) -> Any:
    """Return the record of an entry: a new one, or the one that is changed.

    The home is held by the caller, so that two entries at once see each other.

    Parameters
    ----------
    given
        Values by attribute; a reference is given as the code of the record it leads to.
    names
        Gives the names of everybody registered with the home.
    record
        What is changed; None enters a new one.

    Raises
    ------
    RefusedEntryError
        If a value cannot be, or a rule of the form is broken, or a day is yet to come.
    ConflictError
        If another record of the home has its key.
    """
    values, findings = validated(form, given)
    if findings:
        raise RefusedEntryError(findings)
    month = values[form.day].replace(day=1)
    entry = Single(None)
    checking = _Alone(session, home_id, month, names, entry)
    checking.entry = entry = Single(_row(checking, form, values))
    _check_past(checking, form, entry)
    others = [of for of in form.list(session, home_id, *checking.span) if of is not record]
    check(checking, form, [*(Single(entry_of(form.row, of)) for of in others), entry])
    if checking.findings:
        raise RefusedEntryError(checking.findings)
    return _store(checking, form, record)


def _row(checking: Checking, form: Form, given: Mapping[str, Any]) -> Any:
    """Return the row of what was given; the name beside a code is the registered one."""
    values = dict(given)
    for _, told, to, record in references(form):
        if told.refers is not None and told.refers.name:
            found = checking.known(record, told.refers.by).get(given[to])
            values[to + NAME] = found.name if found else None
    return form.row.model_construct(**values)


def _check_past(checking: Checking, form: Form, entry: Single) -> None:
    today = context.today(checking.session)
    for name, told in form.fields.items():
        day = getattr(entry.value, name, None) if told.past else None
        if day is not None and day > today:
            zh, en = f"{day} 还没有到；请核对日期", f"{day} is yet to come: check the day"
            checking.report(entry, told.zh, zh=zh, en=en)


def _store(checking: _Alone, form: Form, record: Any) -> Any:
    session, values = checking.session, next(plain_values(checking, form, checking.entry.value))
    key = key_of(form, values)
    found = session.scalar(form.with_key(checking.home_id, key))
    if found is not None and found is not record:
        headers, told = "、".join(form.header(name) for name in form.key), "、".join(map(str, key))
        raise ConflictError(
            f"{headers} {told} 已有记录；请换一个，或改那一条。",
            f"There is a record of {told} already: give another, or change that one.",
        )
    if record is None and form.is_shared:
        values["imported"] = False
    kept = upsert(session, form.record, record, values)
    form.followed(session, checking.home_id)
    return kept

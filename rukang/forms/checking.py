"""What no row of a form may hold, whether it comes from a workbook or was entered by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stdnum.exceptions import ValidationError

from rukang.base.clock import in_month
from rukang.base.words import words_of
from rukang.forms.entry import Checking, Entry, outside
from rukang.forms.field import Field, Reference
from rukang.forms.form import Form
from rukang.forms.workbooks.rows import NAME, attribute_of, target_of


def check(checking: Checking, form: Form, entries: Sequence[Entry]) -> None:
    """Note everything that is wrong with entries, beyond what single cells may hold."""
    form.layout.check(checking, form.record, entries)
    for entry in entries:
        _check_days(checking, form, entry)
        _check_names(checking, form, entry)
        _check_references(checking, form, entry)
        _check_numbers(checking, form, entry)
    for rule in form.checks:
        rule(checking, entries)


def _check_days(checking: Checking, form: Form, entry: Entry) -> None:
    for name, told in form.fields.items():
        if told.within or name == form.day:
            day: date | None = getattr(entry.value, name, None)
            if day is not None and not in_month(day, checking.month):
                checking.report(entry, told.zh, **outside(checking.month))


def _check_names(checking: Checking, form: Form, entry: Entry) -> None:
    for name, told in form.fields.items():
        words = getattr(entry.value, name, None) if told.unnamed else None
        if words and any(person in words for person in checking.names()):
            checking.report(
                entry,
                told.zh,
                zh="写有本机构登记人员的姓名；请不写姓名，改写“一名园友”“一名员工”",
                en="names somebody of the home: write “a resident” or “a member of staff” instead",
            )


def _check_references(checking: Checking, form: Form, entry: Entry) -> None:
    for _, told, to, record in references(form):
        noun = told.refers
        if noun is None or not noun.told:
            continue
        code, name = getattr(entry.value, to), getattr(entry.value, to + NAME, None)
        if code is None:
            if name is not None:
                checking.report(entry, told.zh, **without_code(noun, name))
            continue
        if code not in checking.codes(record, noun.by):
            checking.report(entry, told.zh, **checking.unknown(record, noun))
            continue
        found = checking.known(record, noun.by).get(code)
        if found is not None and noun.name and found.name != name:
            checking.report(entry, noun.name, **another_name(code, found.name))


def _check_numbers(checking: Checking, form: Form, entry: Entry) -> None:
    """Note numbers that break their own rules, in the words of those."""
    for name, told in form.fields.items():
        number = getattr(entry.value, name, None) if told.number else None
        if told.number is None or number is None:
            continue
        try:
            told.number.validate(number)
        except ValidationError as error:
            words = words_of(error)
            checking.report(entry, told.zh, zh=words.zh, en=words.en)


def without_code(noun: Reference, name: str) -> dict[str, str]:
    """Return the words for a name beside an empty code."""
    return {
        "zh": f"只写了{noun.name}“{name}”，没有编号；请填写编号，或删去{noun.name}",
        "en": f"{name} stands without a code: enter the code, or delete the name",
    }


def another_name(code: str, name: str) -> dict[str, str]:
    """Return the words for a name that is not that of the code beside it."""
    return {
        "zh": f"编号 {code} 登记的姓名是“{name}”；请核对是否错行",
        "en": f"{code} is registered as {name}; has a row slipped?",
    }


def references(form: Form) -> Iterator[tuple[str, Field, str, type[Any]]]:
    """Return the foreign keys of a form: attribute, field, that of the record, its class."""
    for name, told in form.fields.items():
        if told.refers is not None:
            yield name, told, attribute_of(name), target_of(form.record, name)


def key_of(form: Form, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return by what a home tells a record from others."""
    return tuple(values[name] for name in form.key)

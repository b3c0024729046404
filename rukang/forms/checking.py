"""What no row of a form may hold, whether it comes from a workbook or was entered by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rukang.forms.entry import Checking, Entry
from rukang.forms.field import Field
from rukang.forms.form import Form
from rukang.forms.rows import NAME, relation


def check(checking: Checking, form: Form, entries: Sequence[Entry]) -> None:
    """Note everything that is wrong with entries, beyond what single cells may hold."""
    for entry in entries:
        _check_day(checking, form, entry)
        _check_names(checking, form, entry)
        _check_references(checking, form, entry)
    for rule in form.checks:
        rule(checking, entries)


def _check_day(checking: Checking, form: Form, entry: Entry) -> None:
    day: date = getattr(entry.value, form.day)
    if (day.year, day.month) != (checking.month.year, checking.month.month):
        checking.report(
            entry,
            form.header(form.day),
            **outside(checking.month),
        )


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
        if noun is None:
            continue
        code = getattr(entry.value, to)
        found = checking.known(record).get(code)
        if found is None:
            checking.report(
                entry,
                told.zh,
                zh=f"本机构没有这个编号的{noun.zh}；请先导入{noun.zh}工作簿，或改正编号",
                en=f"the home has no {noun.en} of this code: import the {noun.en} first, or"
                " correct it",
            )
        elif found.person.name != getattr(entry.value, to + NAME):
            checking.report(
                entry,
                noun.name,
                **another_name(code, found.person.name),
            )


def outside(month: date) -> dict[str, str]:
    """Return the words for a date outside a workbook's month."""
    return {
        "zh": f"不在本表月份 {month:%Y-%m} 之内；请改正日期，或放入该月的工作簿",
        "en": f"outside the month {month:%Y-%m} of this workbook: correct the date, or enter it in"
        " that month's workbook",
    }


def another_name(code: str, name: str) -> dict[str, str]:
    """Return the words for a name that is not that of the code beside it."""
    return {
        "zh": f"编号 {code} 登记的姓名是“{name}”；请核对是否错行",
        "en": f"{code} is registered as {name}; has a row slipped?",
    }


def references(form: Form) -> Iterator[tuple[str, Field, str, type[Any]]]:
    """Return the foreign keys of a form: attribute, field, relationship, and where it leads."""
    for name, told in form.fields.items():
        if told.refers is not None:
            to = relation(form.record, name)
            yield name, told, to.key, to.mapper.class_


def values_of(checking: Checking, form: Form, entry: Entry) -> dict[str, Any]:
    """Return the values of a sound entry's record, by attribute."""
    given = vars(entry.value)
    values = {name: given[name] for name in form.fields if name in given}
    for name, _, to, record in references(form):
        values[name] = checking.known(record)[given[to]].id
    return values | {"home_id": checking.home_id}


def key_of(form: Form, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return by what a home tells a record from others."""
    return tuple(values[name] for name in form.key)

"""The fields of a page's form: of a form's records, and of what acts ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rukang.base.words import Text
from rukang.forms import Asked, Form
from rukang.forms.field import longest, may_be_empty, type_of, written_of
from rukang.forms.given import name_of
from rukang.forms.workbooks.workbook import described

LONG = 60
"""Characters from which a text is written in an area of several lines."""


@dataclass(frozen=True)
class Cell:
    """A field as the page shows it: what it is called, takes and holds, and what is wrong."""

    name: str
    zh: str
    en: str
    help: tuple[str, str]
    kind: str
    needed: bool
    longest: int | None
    choices: list[tuple[str, str]]
    value: str
    wrong: list[tuple[str, str]]


KINDS = {date: "date", int: "number", Decimal: "number"}
"""What an input takes, by the type of a column; others take text."""


def cells_to_fill(
    form: Form, values: Mapping[str, Any], wrong: Mapping[str, list[tuple[str, str]]]
) -> list[Cell]:
    """Return the fields of a form, with what they hold and what is wrong with it."""
    return [_cell(form, name, values, wrong.get(form.header(name), [])) for name in form.fields]


def _cell(form: Form, name: str, values: Mapping[str, Any], wrong: list[tuple[str, str]]) -> Cell:
    field, kind, most = form.fields[name], type_of(form.record, name), longest(form.record, name)
    offered = list(written_of(form.record, name).choices)
    written = ("true", "false") if kind is bool else tuple(offered)
    area = "area" if most is not None and most > LONG else "text"
    given = values.get(name_of(form, name))
    return Cell(
        name=name_of(form, name),
        zh=field.zh,
        en=field.en,
        help=(described(form, name)[0], field.help_en),  # its English begins with the label
        kind=area if field.refers else KINDS.get(kind, "choice" if offered else area),
        needed=not may_be_empty(form.record, name),
        longest=most,
        choices=list(zip(written, offered, strict=True)),
        value=str(given).lower()
        if isinstance(given, bool)
        else ""
        if given is None
        else str(given),
        wrong=wrong,
    )


def cells_asked(
    one: Asked,
    offered: Sequence[tuple[str, Text]] | None,
    given: Sequence[str],
    wrong: list[tuple[str, str]],
) -> list[Cell]:
    """Return the fields for what an act asks: one, or as many as it takes values.

    Parameters
    ----------
    offered
        What may be chosen, with its words; a single choice is no question and stands hidden, and
        nothing to choose from, where nothing has to be, is no field.
    given
        What the fields hold; what is secret is not shown again.
    """
    if offered is not None and not offered and not one.needed:
        return []
    named = offered if offered is not None else _named(one)
    choices = [] if one.ticked else [(str(of), _together(words)) for of, words in named]
    kind = _kind_asked(one, choices)
    times = one.times or 1
    # What has to be chosen begins with the first, or with the first ones where several are.
    first = [of for of, _ in choices[:times]] if one.needed and one.kind is not bool else []
    held = [] if one.secret else list(given) or first
    held += [""] * (times - len(held))
    return [
        Cell(
            name=one.name,
            zh=f"{one.field.zh} {n + 1}" if times > 1 else one.field.zh,
            en=f"{one.field.en} {n + 1}" if times > 1 else one.field.en,
            help=(one.field.help_zh, one.field.help_en),
            kind=kind,
            needed=one.needed,
            longest=one.longest,
            choices=choices,
            value=held[n],
            wrong=wrong,
        )
        for n in range(times)
    ]


YES = (("true", Text(zh="是", en="yes")), ("false", Text(zh="否", en="no")))


def _named(one: Asked) -> Sequence[tuple[Any, Text]]:
    """Return the values of a kind with their words, where they have any."""
    if one.kind is bool:
        return YES
    return [(of, getattr(of, "words", Text(zh=str(of), en=""))) for of in one.values]


def _together(words: Text) -> str:
    """Return both languages beside each other; a name is written once."""
    return words.zh if words.en in ("", words.zh) else f"{words.zh} {words.en}"


def _kind_asked(one: Asked, choices: Sequence[tuple[str, str]]) -> str:
    if len(choices) == 1 and one.needed:
        return "hidden"
    if choices:
        return "choice"
    if one.secret or one.ticked:
        return "secret" if one.secret else "tick"
    long = one.longest is not None and one.longest > MANY
    return KINDS.get(one.kind, "area" if one.times == 0 or long else "text")


MANY = 1000
"""Characters from which what an act asks is written in an area: a note has a line."""

"""What an act asks for, field by field: its words, what it takes, and how text is read as it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Secret, ValidationError
from pydantic.fields import FieldInfo

from rostering.sheets.masking import shown
from rostering.sheets.words import expected
from rukang.base.errors import InvalidError
from rukang.forms.act import Given
from rukang.forms.field import Field

PLAIN = (str, int, bool, Decimal, date, dict, Secret)
"""Types that a form's field and a command's option hold; a table is written a line a pair."""


@dataclass(frozen=True)
class Asked:
    """A field of what an act is given.

    Parameters
    ----------
    name, field
        Its attribute and its words.
    kind
        The plain type or enumeration of its values.
    needed
        Whether it has to be given.
    times
        How many values it takes: one, exactly so many, or any number (0).
    longest
        Characters that a text may have.
    values
        What may be chosen, if not everything of its kind.
    """

    name: str
    field: Field
    kind: type[Any]
    needed: bool
    times: int
    longest: int | None
    values: tuple[Any, ...] = ()

    @property
    def secret(self) -> bool:
        """Whether what is given is repeated nowhere."""
        return issubclass(self.kind, Secret)

    @property
    def ticked(self) -> bool:
        """Whether it is said or left out, as by a box on a page or a flag of a command."""
        return self.kind is bool and not self.needed

    def read(self, text: str) -> Any:
        """Return a text as the strict types take it; what cannot be read stays text."""
        if self.kind is bool:
            return {"true": True, "false": False}.get(text, text)
        if self.kind is int and text.isascii() and text.removeprefix("-").isdecimal():
            return int(text[:20])
        return text


class RefusedActError(InvalidError):
    """What was given cannot be; ``findings`` says of which fields and why, in both languages."""

    def __init__(self, findings: Mapping[str, tuple[Field | None, list[tuple[str, str]]]]) -> None:
        self.findings = {name: words for name, (_, words) in findings.items()}
        told = [
            (field.zh if field else shown(name), field.en if field else shown(name), *words)
            for name, (field, every) in findings.items()
            for words in every
        ]
        super().__init__(
            "；".join(f"{header}：{zh}" for header, _, zh, _ in told),
            "; ".join(f"{header}: {en}" for _, header, _, en in told),
        )


def asked(model: type[Given] | None) -> list[Asked]:
    """Return the fields that carry words, in order; what is no plain value is left out."""
    found = [_asked(name, info) for name, info in model.model_fields.items()] if model else []
    return [one for one in found if one is not None]


def read_text(model: type[Given] | None, given: Mapping[str, str | Sequence[str]]) -> Given | None:
    """Return what an act is given, from texts: those of a page's form, or of a command line.

    An empty text is as if it were not there.

    Raises
    ------
    RefusedActError
        If a value cannot be, or is missing.
    """
    if model is None:
        return None
    kinds = {one.name: one for one in asked(model)}
    values = {
        name: _read(kinds[name], value) if name in kinds else _texts(value)[-1]
        for name, value in given.items()
        if _texts(value)
    }
    return checked(model, values)


def checked(model: type[Given], values: Mapping[str, Any]) -> Given:
    """Return what an act is given, checked.

    Raises
    ------
    RefusedActError
        If a value cannot be, or is missing.
    """
    kinds = {one.name: one for one in asked(model)}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        findings: dict[str, tuple[Field | None, list[tuple[str, str]]]] = {}
        for item in error.errors():
            name = str(item["loc"][0]) if item["loc"] else ""
            of = kinds[name].field if name in kinds else None
            findings.setdefault(name, (of, []))[1].append(expected(item))
        raise RefusedActError(findings) from error


def _read(one: Asked, value: str | Sequence[str]) -> Any:
    texts = _texts(value)
    if one.kind is dict:
        return dict(_pair(line) for text in texts for line in text.splitlines() if line.strip())
    if one.times == 1:
        return one.read(texts[-1])
    return [one.read(line.strip()) for text in texts for line in text.splitlines() if line.strip()]


def _texts(value: str | Sequence[str]) -> list[str]:
    """Return the texts that are there; blank ones are not."""
    return [text for text in ([value] if isinstance(value, str) else value) if text.strip()]


def _pair(line: str) -> tuple[str, str]:
    """Return name and value of a line such as 计薪天数=20."""
    name, equals, value = line.partition("=")
    if not equals:
        raise InvalidError(
            f"{shown(line)} 请写成“名称=值”，一行一项。",
            f"Write {shown(line)} as name=value, one a line.",
        )
    return name.strip(), value.strip()


def _asked(name: str, info: FieldInfo) -> Asked | None:
    words = next((of for of in info.metadata if isinstance(of, Field)), None)
    kind, inner = _bare(info.annotation)
    times = 1
    if get_origin(kind) is list:
        most = next((of.max_length for of in info.metadata if hasattr(of, "max_length")), 0)
        times = most if most <= FEW else 0
        kind, inner = _bare(get_args(kind)[0])
    if get_origin(kind) is dict:
        kind, times = dict, 0
    values = _values(kind)
    kind = _kind(kind)
    if words is None or kind is None:
        return None
    lengths = [
        getattr(of, "max_length", None) for of in (*inner, *([] if times != 1 else info.metadata))
    ]
    longest = next((of for of in lengths if of is not None), None)
    return Asked(name, words, kind, info.is_required(), times, longest, values)


FEW = 5
"""As many values as a form shows fields for."""


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without None and without what is said beside it, and what is said."""
    beside: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            beside = (*beside, *_flat(more))
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(of for of in get_args(annotation) if of is not NoneType)
        else:
            return annotation, beside


def _flat(beside: Sequence[Any]) -> list[Any]:
    return [of for one in beside for of in (one.metadata if isinstance(one, FieldInfo) else [one])]


def _values(annotation: Any) -> tuple[Any, ...]:
    """Return what may be chosen; nothing for what is no choice."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    is_choice = isinstance(annotation, type) and issubclass(annotation, enum.Enum)
    return tuple(annotation) if is_choice else ()


def _kind(annotation: Any) -> type[Any] | None:
    """Return the plain type or enumeration of a type, None for what is made of several values."""
    if get_origin(annotation) is Literal:
        return type(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, (enum.Enum, *PLAIN)):
        return annotation
    return None

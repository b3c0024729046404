"""What is wrong with the form of a definition, one sentence each, where it stands in the file.

Pydantic finds the faults; these are its kinds in the words of who writes a definition. Nothing that
stands in the file is quoted but keys, and these masked: the file may be somebody else's.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import Enum
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from rostering.sheets.masking import shown
from rukang.base.definitions.document import Document, Fault, Where
from rukang.base.words import Text


def misfit(words: Text, *at: str | int) -> PydanticCustomError:
    """Return the error of a value whose parts do not fit each other.

    Parameters
    ----------
    words
        What is wrong.
    at
        The path from the value to the part that has to be mended.
    """
    said = {"words": str(words), "zh": words.zh, "en": words.en, "at": at}
    return PydanticCustomError("misfit", "{words}", said)


def faults_of(
    document: Document,
    model: type[BaseModel],
    error: ValidationError,
    kinds: Iterable[str] = (),
) -> list[Fault]:
    """Return what is wrong, in the order of the file.

    Parameters
    ----------
    kinds
        Keys by which the kind of a value is known where it says none itself.
    """
    errors = [cast("dict[str, Any]", one) for one in error.errors()]
    return in_file_order(
        _fault(document, model, e, tuple(kinds)) for e in errors if not _follows(e, errors)
    )


def in_file_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults from the top of the file to its end, each once."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.line or 0, fault.column or 0))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like one, if any is."""
    found = get_close_matches(name, list(known), 1, 0.6)
    return found[0] if found else None


def _follows(one: dict[str, Any], errors: list[dict[str, Any]]) -> bool:
    """Say whether a fault only follows from another one.

    A list is too short because what stands in it is wrong, or a key is missing because it is there
    misspelt.
    """
    loc = one["loc"]
    if one["type"] == "too_short":
        return any(len(o["loc"]) > len(loc) and o["loc"][: len(loc)] == loc for o in errors)
    beside = [o for o in errors if o["type"] == "extra_forbidden" and o["loc"][:-1] == loc[:-1]]
    return one["type"] == "missing" and any(
        nearest(str(other["loc"][-1]), [str(loc[-1])]) for other in beside
    )


def _fault(
    document: Document, model: type[BaseModel], one: dict[str, Any], kinds: tuple[str, ...]
) -> Fault:
    where: Where = one["loc"]
    zh, en = _words(one, _known_keys(model, document, where[:-1]), kinds)
    if where[-1:] == ("[key]",):  # the key itself, not what it leads to
        where = where[:-1]
    if one["type"] == "missing":
        where = where[:-1]
    if one["type"] == "misfit":
        where = (*where, *one["ctx"]["at"])
    if one["type"] == "union_tag_invalid":
        where = (*where, one["ctx"]["discriminator"].strip("'"))
    return document.fault(where, Text(zh=zh, en=en))


def _words(one: dict[str, Any], known: list[str], kinds: tuple[str, ...]) -> tuple[str, str]:
    """Return a fault in Chinese and English."""
    kind, context = one["type"], one.get("ctx", {})
    name = shown(str(one["loc"][-1])) if one["loc"] else ""
    match kind:
        case "missing":
            return f"缺少 {name}，请补上", f"{name} is missing; add it"
        case "extra_forbidden":
            return _unknown_key(str(one["loc"][-1]), known)
        case "misfit":
            return context["zh"], context["en"]
        case "enum" | "literal_error" | "union_tag_invalid":
            return _none_of(one, context)
        case "union_tag_not_found":
            return _no_kind(one.get("input"), kinds)
        case "string_type" if isinstance(one.get("input"), bool):
            return (
                "应为文字：yes、no、on、off 在 YAML 中是真假值，请加引号",
                "a text is expected: yes, no, on, off are truth values in YAML, quote them",
            )
        case _:
            return _shape(kind, context)


def _no_kind(given: Any, kinds: tuple[str, ...]) -> tuple[str, str]:
    known = ["kind", *kinds]
    zh, en = f"应写明 {'、'.join(known)} 其一", f"one of {', '.join(known)} is expected"
    keys = given if isinstance(given, dict) else {}
    near = next((n for key in keys if (n := nearest(str(key), known))), None)
    return (f"{zh}；是不是 {near}？", f"{en}; did you mean {near}?") if near else (zh, en)


def _unknown_key(name: str, known: list[str]) -> tuple[str, str]:
    near, written = nearest(name, known), shown(name)
    if near is not None:
        return f"没有 {written} 这一项，是不是 {near}？", f"no key {written}; did you mean {near}?"
    some = "、".join(known)
    if not some:
        return f"没有 {written} 这一项，请删去", f"no key {written}; remove it"
    return f"没有 {written} 这一项；可用：{some}", f"no key {written}; there are {some}"


def _none_of(one: dict[str, Any], context: dict[str, Any]) -> tuple[str, str]:
    expected = str(context.get("expected") or context.get("expected_tags"))
    known = [part.strip().strip("'") for part in expected.replace(" or ", ",").split(",")]
    given = context.get("tag") or one.get("input")
    near = nearest(given, known) if isinstance(given, str) else None
    zh, en = f"应为其一：{'、'.join(known)}", f"one of {', '.join(known)} expected"
    return (f"{zh}；是不是 {near}？", f"{en}; did you mean {near}?") if near else (zh, en)


SHAPES: dict[str, tuple[str, str]] = {
    "string": (
        "应为文字，数字样的文字请加引号",
        "a text is expected; quote one that looks like a number",
    ),
    "int": ("应为整数", "a whole number is expected"),
    "decimal": ("应为数字", "a number is expected"),
    "bool": ("应为 true 或 false", "true or false is expected"),
    "date": ("应为日期，如 2026-10-01", "a day is expected, like 2026-10-01"),
    "tuple": (
        "应为列表（每项以 - 开头，或写在方括号中）",
        "a list is expected (each item after a -, or in brackets)",
    ),
    "model": ("应为一组“键: 值”", "a mapping of keys and values is expected"),
    "dict": ("应为一组“键: 值”", "a mapping of keys and values is expected"),
}  # fmt: skip

LIMITS: dict[str, tuple[str, str]] = {
    "greater_than": ("应大于 {gt}", "more than {gt} is expected"),
    "greater_than_equal": ("应不小于 {ge}", "{ge} or more is expected"),
    "less_than": ("应小于 {lt}", "less than {lt} is expected"),
    "less_than_equal": ("应不大于 {le}", "{le} or less is expected"),
    "too_short": ("至少要有 {min_length} 项", "at least {min_length} items are expected"),
    "string_too_long": ("最多 {max_length} 个字符", "{max_length} characters at most"),
    "decimal_max_places": (
        "最多 {decimal_places} 位小数", "no more than {decimal_places} decimal place",
    ),
    "string_pattern_mismatch": (
        "写法不符，应合于 {pattern}", "it is not written as expected, {pattern}",
    ),
}  # fmt: skip


def _shape(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return what a value should be like."""
    if kind in LIMITS:
        zh, en = LIMITS[kind]
        return zh.format(**context), en.format(**context)
    expected = next((words for start, words in SHAPES.items() if kind.startswith(start)), None)
    return expected or (f"不符合格式（{kind}）", f"it does not fit the format ({kind})")


def _known_keys(model: type[BaseModel], document: Document, where: Where) -> list[str]:
    """Return the keys that the mapping at a path may have."""
    models = [model]
    for place, part in enumerate(where):
        if isinstance(part, int):
            continue
        fields = [m.model_fields[part] for m in models if part in m.model_fields]
        if fields:
            models = [m for field in fields for m in _models(field.annotation)]
            models = _of_kind(models, document.value(where[: place + 1])) or models
        else:  # the name of a kind, as pydantic puts it into its path
            models = [m for m in models if _is_kind(m, str(part))] or models
    return sorted({name for found in models for name in found.model_fields})


def _of_kind(models: list[type[BaseModel]], value: Any) -> list[type[BaseModel]]:
    kind = value.get("kind") if isinstance(value, dict) else None
    return [m for m in models if _is_kind(m, kind)] if isinstance(kind, str) else []


def _is_kind(model: type[BaseModel], kind: str) -> bool:
    if model.__name__ == kind:
        return True
    field = model.model_fields.get("kind")
    return field is not None and kind in typing.get_args(field.annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation holds, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif not isinstance(annotation, type) or isinstance(annotation, types.GenericAlias):
        for part in typing.get_args(annotation):
            if not isinstance(part, Enum):
                yield from _models(part)

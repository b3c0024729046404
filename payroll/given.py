"""What a caller gave instead of what was asked for, in words: a slip is answered, not a traceback.

Whoever uses the library types at a prompt; what Python says of a wrong type names the inside of
the engine, in one language.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")

LONGEST = 40
"""Characters of what was given that a message repeats."""


class GivenTypeError(TypeError):
    """Something of another type than asked for: what was given, where, and how it is written."""

    def __init__(self, what: str, what_en: str, value: object, instead: str) -> None:
        found = f"{shown(value)}（{type(value).__name__}）"
        super().__init__(
            f"{what}：读到 {found}，应写作 {instead} / {what_en}: found {shown(value)}"
            f" ({type(value).__name__}), write {instead}"
        )


def shown(value: object) -> str:
    """Return what was given, cut to a length; of records only how many or what they are."""
    if isinstance(value, str | int | float | bool | None):
        text = repr(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    # Records hold names and wages: they are not repeated.
    return "…"


def one(value: Any, kind: type[T], what: str, what_en: str, instead: str) -> T:
    """Return a value that is of a kind.

    Raises
    ------
    GivenTypeError
        If it is of another.
    """
    if not isinstance(value, kind):
        raise GivenTypeError(what, what_en, value, instead)
    return value


def several(value: Any, kind: type[T], what: str, what_en: str, instead: str) -> Sequence[T]:
    """Return a list of values of a kind; a single one is not taken for a list.

    Raises
    ------
    GivenTypeError
        If it is no list, or holds something else, with its place in it.
    """
    if isinstance(value, str | bytes | kind) or not isinstance(value, Sequence):
        raise GivenTypeError(what, what_en, value, instead)
    for place, item in enumerate(value):
        if not isinstance(item, kind):
            raise GivenTypeError(f"{what}[{place}]", f"{what_en}[{place}]", item, instead)
    return value

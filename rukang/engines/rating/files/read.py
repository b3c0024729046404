"""Read editions and outlines: those shipped here by id; another file only where a person says so.

Whatever a caller, a record or an uploaded sheet names is looked up in a closed list
(docs/decisions/0012): only `read_edition_file`, for the command line, opens a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from rostering.sheets.masking import shown
from rukang.base.definitions import (
    Document,
    DocumentError,
    Fault,
    Remark,
    Text,
    faults_of,
    in_file_order,
    nearest,
    read_document,
)
from rukang.base.errors import InWordsError
from rukang.engines.rating.criteria.edition import KINDS, Edition
from rukang.engines.rating.criteria.outline import Outline
from rukang.engines.rating.files.lint import lint

_SHELF = files("rukang.engines.rating").joinpath("editions")
_OUTLINES = files("rukang.engines.rating").joinpath("outlines")
_PORTS = files("rukang.engines.rating").joinpath("ports")


class EditionError(InWordsError, ValueError):
    """An edition that cannot be found, read or used; the message names every fault."""

    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, name: str, faults: Sequence[Fault]) -> EditionError:
        """Return the error of a document with faults."""
        many = f"{len(faults)} 处不符 / {len(faults)} faults"
        error = cls("\n".join([f"{name}: {many}", *(f"  {fault}" for fault in faults)]))
        error.faults = tuple(faults)
        return error


class UnknownContentsError(EditionError):
    """A scheme of which only the structure is known; ``missing`` lists what to supply."""

    def __init__(self, outline: Outline) -> None:
        self.missing = outline.missing()
        wanted = "\n".join(f"  · {item}" for item in self.missing)
        super().__init__(
            f"{outline.id}：{outline.title.zh}只知结构，不能据以评定。请按正式文件写成评定标准"
            f"（YAML），补充以下各项 / only the structure of {outline.title.en} is known, so"
            f" nobody can be rated under it; write an edition from the document, with:\n{wanted}"
        )


def editions() -> list[str]:
    """Return the ids of the editions shipped with this package, sorted."""
    return sorted(_shipped(_SHELF))


def ports() -> list[str]:
    """Return the ids of schemes of other fields, ported to try the engine; nobody is rated by one.

    `load_port` reads them; they are no editions a home may be rated by.
    """
    return sorted(_shipped(_PORTS))


def outlines() -> list[str]:
    """Return the ids of the schemes of which only the structure is known, sorted."""
    return sorted(_shipped(_OUTLINES))


def load_outline(name: str) -> Outline:
    """Return the known structure of a scheme.

    Raises
    ------
    EditionError
        If there is no such outline, or its file does not fit.
    """
    shipped = _shipped(_OUTLINES)
    if name not in shipped:
        raise EditionError(
            f"没有 {shown(name)} 的结构；现有：{'、'.join(sorted(shipped))}"
            f" / no outline {shown(name)}"
        )
    document = read_document(shipped[name].read_text(encoding="utf-8"))
    try:
        return Outline.model_validate(document.content)
    except ValidationError as error:
        raise EditionError.of(name, faults_of(document, Outline, error, KINDS)) from error


def load_edition(name: str) -> Edition:
    """Return an edition shipped with this package: what a caller names opens no other file.

    Parameters
    ----------
    name
        An id from `editions()`.

    Raises
    ------
    EditionError
        Unknown id; or a scheme of which only the structure is known (`UnknownContentsError`).
    """
    if name in _shipped(_OUTLINES):
        raise UnknownContentsError(load_outline(name))
    return _from_shelf(_SHELF, name)


def load_port(name: str) -> Edition:
    """Return a scheme of another field, from `ports()`.

    Raises
    ------
    EditionError
        If there is no such port.
    """
    return _from_shelf(_PORTS, name)


def read_edition_file(path: Path) -> Edition:
    """Return the edition in a YAML file; for people on the machine, never for callers of the API.

    Raises
    ------
    EditionError
        Unreadable file, unknown keys or wrong values, or anything `lint` finds.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise EditionError(f"{path}: 打不开 / cannot be read ({type(error).__name__})") from error
    return parse_edition(text, str(path))


def unknown_edition(name: str, known: Sequence[str]) -> EditionError:
    """Return the refusal of a name that is none of those known, with the one it is most like."""
    zh, en = unknown_words(name, known)
    return EditionError(Text(zh=zh, en=en))


def unknown_words(name: str, known: Sequence[str]) -> tuple[str, str]:
    """Return it in Chinese and English."""
    near = nearest(name, known)
    zh, en = (f"；是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
    return (
        f"没有评定标准 {shown(name)}；现有：{'、'.join(known) or '无'}{zh}",
        f"no edition {shown(name)}; there are {', '.join(known) or 'none'}{en}",
    )


def _from_shelf(shelf: Traversable, name: str) -> Edition:
    shipped = _shipped(shelf)
    if name not in shipped:
        raise unknown_edition(name, sorted(shipped))
    return _parsed(shipped[name].read_text(encoding="utf-8"), name)


@cache
def _parsed(text: str, name: str) -> Edition:
    """Return a shipped edition, read once: there are few, and a page may ask for all of them."""
    return parse_edition(text, name)


def parse_edition(text: str, name: str) -> Edition:
    """Return the edition written in YAML text; `name` is used in messages only.

    Raises
    ------
    EditionError
        With every fault of its form, or else of its sense, at its line and column.
    """
    edition, faults = examine(text)
    if edition is None or faults:
        raise EditionError.of(name, faults)
    return edition


def examine(text: str) -> tuple[Edition | None, list[Fault]]:
    """Return the edition in a text, if its form is one, and everything that is wrong with it."""
    try:
        document = read_document(text)
    except DocumentError as error:
        return None, list(error.faults)
    try:
        edition = Edition.model_validate(document.content)
    except ValidationError as error:
        return None, faults_of(document, Edition, error, KINDS)
    return edition, in_file_order(_placed(document, remark) for remark in lint(edition))


def _placed(document: Document, remark: Remark) -> Fault:
    """Return what `lint` says at the key that has to be mended."""
    return document.fault(remark.where, remark.said)


def _shipped(shelf: Traversable) -> dict[str, Traversable]:
    """Return the files of a shelf by id."""
    found = (item for item in shelf.iterdir() if item.name.endswith(".yaml"))
    return {item.name.removesuffix(".yaml"): item for item in found}

"""Read editions and outlines: those shipped here by id, any other edition by path."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError

from rukang.rating.edition import Edition
from rukang.rating.lint import lint
from rukang.rating.outline import Outline

_SHELF = files("rukang.rating").joinpath("editions")
_OUTLINES = files("rukang.rating").joinpath("outlines")
_PORTS = files("rukang.rating").joinpath("ports")


class EditionError(ValueError):
    """An edition that cannot be found, read or used; the message names every fault."""


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

    `load_edition` reads them; they are no editions a sheet of a home may name.
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
            f"没有 {name} 的结构；现有：{'、'.join(sorted(shipped))} / no outline {name}"
        )
    try:
        return Outline.model_validate(yaml.safe_load(shipped[name].read_text(encoding="utf-8")))
    except ValidationError as error:
        raise EditionError(f"{name}: 格式不符 / does not fit the format:\n{error}") from error


def load_edition(id_or_path: str | Path) -> Edition:
    """Return an edition that is strictly valid and adds up.

    Parameters
    ----------
    id_or_path
        An id from `editions()`, or the path of a YAML file.

    Raises
    ------
    EditionError
        Unknown id, unreadable file, unknown keys or wrong values, or anything `lint` finds; or a
        scheme of which only the structure is known (`UnknownContentsError`).
    """
    name = str(id_or_path)
    if name in _shipped(_OUTLINES):
        raise UnknownContentsError(load_outline(name))
    shipped = _shipped(_SHELF)
    source: Traversable = (shipped | _shipped(_PORTS)).get(name) or Path(name)
    if not source.is_file():
        raise EditionError(
            f"没有评定标准 {name}；现有：{'、'.join(sorted(shipped))}，或给出 YAML 文件路径 / no "
            f"edition {name}; there are {', '.join(sorted(shipped))}, or give the path of a file"
        )
    return parse_edition(source.read_text(encoding="utf-8"), name)


def parse_edition(text: str, name: str) -> Edition:
    """Return the edition written in YAML text; `name` is used in messages only."""
    try:
        edition = Edition.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise EditionError(f"{name}: 不是有效的 YAML / not valid YAML: {error}") from error
    except ValidationError as error:
        raise EditionError(f"{name}: 格式不符 / does not fit the format:\n{error}") from error
    if faults := lint(edition):
        raise EditionError(f"{name}:\n" + "\n".join(faults))
    return edition


def _shipped(shelf: Traversable) -> dict[str, Traversable]:
    """Return the files of a shelf by id."""
    found = (item for item in shelf.iterdir() if item.name.endswith(".yaml"))
    return {item.name.removesuffix(".yaml"): item for item in found}

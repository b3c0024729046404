"""Read editions: those shipped here by id, any other by path."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError

from rukang.rating.edition import Edition
from rukang.rating.lint import lint

_SHELF = files("rukang.rating").joinpath("editions")


class EditionError(ValueError):
    """An edition that cannot be found, read or used; the message names every fault."""


def editions() -> list[str]:
    """Return the ids of the editions shipped with this package, sorted."""
    return sorted(item.name.removesuffix(".yaml") for item in _shelf_files())


def load_edition(id_or_path: str | Path) -> Edition:
    """Return an edition that is strictly valid and adds up.

    Parameters
    ----------
    id_or_path
        An id from `editions()`, or the path of a YAML file.

    Raises
    ------
    EditionError
        Unknown id, unreadable file, unknown keys or wrong values, or anything `lint` finds.
    """
    name = str(id_or_path)
    shipped = {item.name.removesuffix(".yaml"): item for item in _shelf_files()}
    source: Traversable = shipped.get(name) or Path(name)
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


def _shelf_files() -> list[Traversable]:
    """Return the files of the editions shipped here."""
    return [item for item in _SHELF.iterdir() if item.name.endswith(".yaml")]

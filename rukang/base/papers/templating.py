"""Templates of pages and papers: everything is escaped, and a mistyped name is an error."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined


def environment(*folders: Path) -> Environment:
    """Return an environment for the templates in some folders, the first of them first.

    Everything is escaped, and a name a template does not get is an error rather than a blank.
    """
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

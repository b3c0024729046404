"""Printable pages: one self-contained HTML file each, escaped, with the house's print style."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from rukang.base.papers import templating

TEMPLATES = Path(__file__).parent / "templates"


def environment(*folders: Path) -> Environment:
    """Return an environment for the templates in some folders and the shared ``base_print.html``.

    As :func:`rukang.base.papers.templating.environment`, with the house's print style.
    """
    made = templating.environment(*folders, TEMPLATES)
    made.globals["print_css"] = _print_css()
    return made


def write_page(path: Path, template: str, folder: Path, **values: Any) -> Path:
    """Render a template of a folder into a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(environment(folder).get_template(template).render(**values), encoding="utf-8")
    return path


@cache
def _print_css() -> Markup:
    # Our own file, and inlined so that a page can be mailed or kept: nothing of a user's is in it.
    return Markup((TEMPLATES / "print.css").read_text(encoding="utf-8"))  # noqa: S704

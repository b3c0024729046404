"""The documentation site: links that lead out, what is fetched from elsewhere, the reference."""

from __future__ import annotations

import importlib.util
import logging
import re
import textwrap
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import griffe
import pytest

from tests.test_packaging import ROOT

DOCS = ROOT / "docs"


def loaded(name: str) -> ModuleType:
    """Return a module that MkDocs loads by its path."""
    found = importlib.util.spec_from_file_location(name, DOCS / "site" / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


hook: Any = loaded("hook")
told: Any = loaded("told")


def rendered(markdown: str, place: str = "decisions/0002-x.md") -> str:
    """Return what a page's text becomes in a site of three pages."""
    files = [SimpleNamespace(src_uri=name) for name in ("README.md", "guide.md", place)]
    page = SimpleNamespace(file=files[-1])
    return str(hook.on_page_markdown(markdown, page=page, files=files))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[guide](../guide.md#one)", "[guide](../guide.md#one)"),
        ("[start](../../README.md)", "[start](../README.md)"),
        ("[the setup](../../dev.py)", "the setup (`dev.py`)"),
        ("[tests/bank.py](../../tests/bank.py)", "`tests/bank.py`"),
        ("[law](https://example.org/a)", "[law](https://example.org/a)"),
    ],
)
def test_a_link_leads_within_the_site_or_is_words(written: str, shown: str) -> None:
    """A file of the repository that the site does not show is named, not linked."""
    assert rendered(written) == shown


def test_a_link_to_nothing_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """As a warning, which the build takes for an error; a file that is there is none."""
    with caplog.at_level(logging.WARNING):
        rendered("[dev.py](../../dev.py)")
        assert not caplog.records
        rendered("[gone](../../gone.py)")
    assert "no such file: ../../gone.py" in caplog.text


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        ('<script src="https://elsewhere.example/a.js"></script>', True),
        ("<img alt=x src=//elsewhere.example/a.png>", True),
        ('<link rel="preconnect" href="https://fonts.example">', True),
        ('<link href="https://elsewhere.example/a.css" rel="stylesheet">', True),
        ('<script src="assets/a.js"></script><link rel="icon" href="a.png">', False),
        ('<a href="https://example.org">law</a>', False),
    ],
)
def test_nothing_is_fetched_from_elsewhere(tmp_path: Path, html: str, refused: bool) -> None:
    """Links to read further are not fetched."""
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    config = SimpleNamespace(site_dir=str(tmp_path))
    if not refused:
        hook.on_post_build(config=config)
        return
    with pytest.raises(hook.PluginError, match=r"index\.html fetches from elsewhere"):
        hook.on_post_build(config=config)


def test_every_package_that_shows_names_has_a_page() -> None:
    """Each name once, where it is written; the engines among them."""
    pages = hook.reference()
    assert {"rostering", "payroll", "rukang.casework", "rukang.engines.rating"} <= pages.keys()
    lines = [line for page in pages.values() for line in page.splitlines()]
    written = [line for line in lines if line.startswith(":::")]
    assert len(written) == len(set(written))
    assert "::: rostering.solve.solve.solve" in written
    assert "see [rostering][rostering.solve.solve.solve]" not in pages["rostering"]


def test_docstrings_are_read_as_markdown() -> None:
    """Roles become code, a literal block what is indented; other colons stay."""
    assert told.markdown("See :func:`~a.solve`, :pep:`562`::\n\n    x: int") == (
        "See `a.solve`, PEP 562:\n\n    x: int"
    )


def test_fields_are_parameters(tmp_path: Path) -> None:
    """Of a class and of those it stems from, so that a docstring's parameters are checked."""
    (tmp_path / "house.py").write_text(
        textwrap.dedent("""
        from pydantic import BaseModel
        class Frozen(BaseModel):
            a: int
        class Home(Frozen):
            b: str = "x"
            def go(self) -> None: ...
        class Other:
            c: int
        """),
        encoding="utf-8",
    )
    loader = griffe.GriffeLoader(search_paths=[tmp_path], extensions=griffe.Extensions(told.Told()))
    house = loader.load("house")
    assert [one.name for one in house["Home"].parameters] == ["self", "a", "b"]
    assert [one.name for one in house["Other"].parameters] == []


COMMAND = re.compile(r"^\s*(rukang(?: [a-z][a-z-]*(?!\S))+)", re.MULTILINE)
HEADING = re.compile(r"^(#{2,4}) ", re.MULTILINE)


def test_the_guides_are_in_step() -> None:
    """The same chapters and the same commands in both languages."""
    zh, en = ((DOCS / name).read_text(encoding="utf-8") for name in ("guide.md", "guide.en.md"))
    assert HEADING.findall(en) == HEADING.findall(zh)
    commands = {command.strip() for command in COMMAND.findall(zh)}
    assert len(commands) > 50
    assert {command.strip() for command in COMMAND.findall(en)} == commands


PATHS = re.compile(r"`((?:rukang|rostering|payroll|api|tests|docs|benchmarks)/[\w./-]*\w/?)`")


@pytest.mark.parametrize("page", sorted((DOCS / "howto").glob("*.md")), ids=lambda path: path.stem)
def test_what_a_guide_for_contributors_names_is_there(page: Path) -> None:
    """Files and folders in its text; those of its example are made by whoever follows it."""
    text = page.read_text(encoding="utf-8").partition("## The change as it was made")[0]
    assert [name for name in PATHS.findall(text) if not (ROOT / name).exists()] == []

"""What the documentation site has beside the pages under ``docs``: MkDocs calls the functions.

Pages of the repository's root, a page of reference for every package that shows names, and links
that lead out of the site, as words. Whatever would be fetched from elsewhere is an error.
"""

from __future__ import annotations

import ast
import logging
import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
ABOVE = (
    "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "GLOSSARY.md", "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "benchmarks/README.md",
)  # fmt: skip
"""Pages outside the folder of the site: file in the repository, and address in the site."""

SHOWN = ("rostering", "payroll", "rukang")
HIDDEN = ("rukang.doors.cli",)  # shown by `rukang --help`
LINK = re.compile(r"(?P<mark>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)#\s]+)(?P<anchor>#[^)]*)?\)")
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//[^"'> ]+"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preconnect|preload|icon))[^>]*"""
    r"""\bhref=["']?(?:https?:)?//[^"'> ]+"""
)

log = logging.getLogger("mkdocs.hooks.site")


# ── pages


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Complete the navigation with the decisions and the reference."""
    decisions = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("0*.md"))
    sections: dict[str, list[Any]] = {
        "Decisions": ["decisions/README.md", *(f"decisions/{name}" for name in decisions)],
        "Reference": [{name: f"reference/{name}.md"} for name in packages()],
    }
    for entry in config.nav or []:
        (title,) = entry
        entry[title] = sections.get(title, entry[title])
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that are not in the folder of the site."""
    for name in ABOVE:
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=text))
    for name, text in reference().items():
        files.append(File.generated(config, f"reference/{name}.md", content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: Any) -> str:
    """Turn links to files of the repository that the site does not show into words."""
    place = page.file.src_uri
    folder = posixpath.dirname(place if place in ABOVE else f"docs/{place}")
    known = {file.src_uri for file in files}

    def told(found: re.Match[str]) -> str:
        target = found["target"]
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        shown = path if path in ABOVE else path.removeprefix("docs/")
        if shown in known:
            address = posixpath.relpath(shown, posixpath.dirname(place) or ".")
            return f"{found['mark']}[{found['text']}]({address}{found['anchor'] or ''})"
        if not (ROOT / path).exists():
            log.warning("%s: no such file: %s", place, target)
        return f"{found['text']} (`{path}`)" if found["text"] != path else f"`{path}`"

    return LINK.sub(told, markdown)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Refuse a site that would fetch something from elsewhere."""
    for path in Path(config.site_dir).rglob("*.html"):
        for found in FETCHED.findall(path.read_text(encoding="utf-8")):
            raise PluginError(f"{path.name} fetches from elsewhere: {found}")


# ── reference


class Package(NamedTuple):
    """What an ``__init__`` shows: its sentence, and where each of its names comes from."""

    words: str
    names: dict[str, tuple[str, str]]


def packages() -> list[str]:
    """Return the packages that show names, by name."""
    files = (path for top in SHOWN for path in (ROOT / top).rglob("__init__.py"))
    names = (".".join(path.parent.relative_to(ROOT).parts) for path in files)
    return sorted(name for name in names if not name.startswith(HIDDEN) and package(name).names)


def package(name: str) -> Package:
    """Read what a package shows, from its code or the stub beside it."""
    told = _code(name)
    public = next(filter(None, map(_public, told.body)), [])
    imported = dict(_imports(told, name))
    names = {one: imported.get(one, (name, one)) for one in public}
    words = ast.get_docstring(_parsed(ROOT.joinpath(*name.split("."), "__init__.py")))
    return Package(words or "", names)


def _code(name: str) -> ast.Module:
    """Return what a module says of its names: the stub beside it where there is one."""
    path = ROOT.joinpath(*name.split("."))
    ways = (path / "__init__.pyi", path / "__init__.py", path.with_suffix(".py"))
    return _parsed(next(way for way in ways if way.exists()))


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _public(node: ast.stmt) -> list[str]:
    match node:
        case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
            return list(ast.literal_eval(value))
    return []


def _imports(code: ast.Module, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom):
            module = f"{name}.{node.module}" if node.level else node.module or ""
            for alias in node.names:
                yield alias.asname or alias.name, (module, alias.name)


def origin(module: str, name: str) -> str:
    """Return where a name is written: the module it is imported from in the end, and its name."""
    further = dict(_imports(_code(module), module)).get(name, (module, name))
    return f"{module}.{name}" if further == (module, name) else origin(*further)


def reference() -> dict[str, str]:
    """Return the pages of the reference; a name that several packages show is told once."""
    told: dict[str, str] = {}
    pages = {}
    for name in packages():
        found = package(name)
        lines = [f"# {name}", "", found.words, ""]
        for shown, where in sorted(found.names.items()):
            path = origin(*where)
            if first := told.get(path):
                lines += [f"`{shown}`: see [{first}][{path}]", ""]
                continue
            told[path] = name
            lines += [f"::: {path}", ""]
        pages[name] = "\n".join(lines)
    return pages

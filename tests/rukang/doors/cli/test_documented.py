"""Every command that the documents show is one that the program takes, with those options."""

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import Abort, Exit, TyperException
from typer.main import get_command

from rukang.doors.cli import app

ROOT = Path(__file__).parents[4]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
IN_PROSE = re.compile(r"`(rukang [^`\n]+)`")
OPEN = re.compile(r"[…|]")
"""A command that the text leaves open, or gives several of at once."""


def _shown(text: str) -> Iterator[list[str]]:
    """Return the words of each command in the blocks of a document."""
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["rukang"] and not OPEN.search(line.partition("#")[0]):
                yield words[1:]


def _parsed(command: TyperCommand | TyperGroup, words: list[str], parent: Any = None) -> None:
    """Read the words as the program does, down to the command itself, and run nothing."""
    context = command.make_context(command.name, list(words), parent=parent)
    if isinstance(command, TyperGroup):
        rest = [*context._protected_args, *context.args]
        _, found, rest = command.resolve_command(context, rest)
        assert found is not None
        _parsed(found, rest, context)


def _command(words: list[str]) -> tuple[TyperCommand | TyperGroup, list[str]]:
    """Return the command that words in prose name, and what follows its name."""
    found: TyperCommand | TyperGroup = get_command(app)
    while isinstance(found, TyperGroup):
        while words[:1] == ["--as"]:
            words = words[2:]
        name, *words = words or [""]
        if (each := found.commands.get(name)) is None:
            break
        found = each
    return found, words


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_of_blocks_are_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all that they must be given, each of its kind; nothing is run."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    wrong = []
    for words in _shown(path.read_text(encoding="utf-8")):
        try:
            _parsed(get_command(app), words)
        except (Exit, Abort):  # --help, or what is asked for at the console
            continue
        except TyperException as problem:
            wrong.append(f"{' '.join(words)}: {problem.format_message()}")
    assert wrong == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_in_prose_exist(path: Path) -> None:
    """And so do the options named with them; arguments may be left out there."""
    wrong = []
    for text in IN_PROSE.findall(path.read_text(encoding="utf-8")):
        words = re.split(r"\s+", text)[1:]
        command, rest = _command(words)
        if isinstance(command, TyperGroup) and rest and not rest[0].startswith(("-", "…")):
            wrong.append(text)
        options = {option for each in command.params for option in each.opts}
        wrong += [
            f"{text}: {word}" for word in rest if word.startswith("--") and word not in options
        ]
    assert wrong == []


def test_a_command_that_is_not_taken_is_found() -> None:
    """The tests above would prove nothing if anything passed."""
    root = get_command(app)
    for words in (["payroll", "run", "--month", "2026-10"], ["payroll", "pay"], ["db", "--fast"]):
        with pytest.raises(TyperException):
            _parsed(root, words)

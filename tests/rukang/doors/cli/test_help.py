"""Help: Chinese first, English beside it, nothing cut off on a narrow console."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from rukang.doors.cli import app
from tests.rukang.doors.cli.conftest import Rukang


def _commands(
    command: TyperCommand | TyperGroup, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, TyperGroup):
        for name, part in command.commands.items():
            yield from _commands(part, (*words, name))


EVERY = list(_commands(get_command(app)))


def _is_bilingual(text: str) -> bool:
    zh, slash, en = text.partition(" / ")
    return bool(slash) and "\u4e00" <= zh[0] <= "\u9fff" and en.strip()[0].isascii()


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_is_whole_and_in_both_languages(rukang: Rukang, words: tuple[str, ...]) -> None:
    """Every command and every option says in Chinese and English what it is for, uncut."""
    command = get_command(app)
    for word in words:
        assert isinstance(command, TyperGroup)
        command = command.commands[word]
    said = rukang(*words, "--help")
    assert said.code == 0
    assert "…" not in said.out
    assert _is_bilingual(command.help or "")
    for option in command.params:
        if option.name != "help":
            assert _is_bilingual(getattr(option, "help", None) or ""), option.name


def test_all_of_the_house_has_a_command() -> None:
    """The commands of the README are there under their names."""
    names = {" ".join(words) for words in EVERY}
    assert names >= {"demo", "import", "rate", "serve", "worker", "db init", "db account"}
    assert names >= {"roster solve", "roster check", "roster publish", "payroll run", "policy show"}

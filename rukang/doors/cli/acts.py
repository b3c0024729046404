"""The acts of a room as commands: each made from its declaration, options from what it asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from rukang.base.words import both
from rukang.doors.cli.common import Data, HomeCode, say, signed, working
from rukang.forms import Act, Asked, Done, Face, Target, asked, read_text

STOPS = re.compile(r"(?<=[，；。、])")
"""Where a Chinese text may break."""


def add_acts(app: typer.Typer, acts: Iterable[Act], *, by_roles: bool = False) -> None:
    """Add the acts of a room to its group of commands, but those that have one by hand.

    Parameters
    ----------
    by_roles
        Whether an account does what its roles carry, and where, as on pages; else whoever runs the
        command does it, who owns the machine.
    """
    for act in acts:
        if Face.COMMAND not in act.by_hand:
            words = f"{act.purpose.zh} / {act.purpose.en}"
            app.command(act.name, help=words)(command_of(act, by_roles=by_roles))


def command_of(act: Act, *, by_roles: bool = False) -> Callable[..., None]:
    """Return the command of an act: its keys as arguments, what is asked as options."""
    fields, named = asked(act.given), act.on.spoken_keys

    def run(data: Any, **given: Any) -> None:
        keys = {name: given.pop(name) for name in named}
        texts = {one.name: _texts(given[one.name]) for one in fields}
        with working(data, act.permission) if by_roles else signed(data)[1].session() as session:
            said = read_text(act.given, texts)
            done = act.run(session, keys, said)
            session.flush()
            _tell(act, done)

    parameters = {name: _key(of) for name, of in named.items()}
    parameters |= {one.name: _option(one, one.name in act.positional) for one in fields}
    parameters["data"] = Data
    run.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(
                name,
                Parameter.KEYWORD_ONLY,
                annotation=kind,
                default=None if name in _optional(fields) else Parameter.empty,
            )
            for name, kind in parameters.items()
        ]
    )
    run.__annotations__ = parameters
    return run


def _optional(fields: Iterable[Asked]) -> set[str]:
    return {"data"} | {one.name for one in fields if not one.needed}


def _texts(value: str | list[str] | bool | None) -> list[str]:
    if isinstance(value, bool):
        return ["true"] if value else []
    return [] if value is None else [value] if isinstance(value, str) else value


def _key(target: Target) -> Any:
    """Return how a command is told which record is meant."""
    if target.key == "code":
        return HomeCode
    if target.spoken:
        help_, name = both(target.spoken.words), target.name.upper()
        return Annotated[str, typer.Argument(metavar=name, help=help_)]
    words = f"{target.words.zh}编号 / number of the {target.words.en}"
    return Annotated[int, typer.Argument(metavar=target.own_key.upper(), min=1, help=words)]


def _option(one: Asked, is_argument: bool) -> Any:
    """Return the option for what is asked; it is read as text, like the field of a page."""
    of = one.field
    told = f"{of.zh}，{of.help_zh}" if of.help_zh else of.zh
    # A console breaks lines at blanks only: without any a narrow column cuts the text off.
    words = f"{re.sub(STOPS, ' ', told).strip()} / {of.en}"
    name = "--" + (one.name if one.times == 1 else one.name.removesuffix("s")).replace("_", "-")
    metavar = "|".join(map(str, one.values)) or METAVARS.get(one.kind.__name__, "TEXT")
    if one.ticked:
        return Annotated[bool | None, typer.Option(name, help=words, show_default=False)]
    option: Any = typer.Option(name, help=words, metavar=metavar, show_default=False)
    if is_argument:
        option = typer.Argument(metavar=one.name.upper(), help=words, show_default=False)
    kind: Any = str if one.times == 1 else list[str]
    return Annotated[kind if one.needed else kind | None, option]


METAVARS = {"date": "YYYY-MM-DD", "int": "NUMBER", "Decimal": "NUMBER", "dict": "A=B"}


def _tell(act: Act, done: Done) -> None:
    """Say what was done, to what, and what came of it."""
    target = act.makes or act.on
    line = target.line(done.shown) if target.line else act.words
    told = "" if act.told is None else f"  {both(act.told(done.result))}"
    say(f"✓ {both(line)}{told}")

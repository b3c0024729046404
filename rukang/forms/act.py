"""A verb on a record, declared once: its operation, its form on a page and its command derive.

A room lists its acts; whoever offers them (`api.acts`, `rukang.doors.cli.acts`) knows no verb by
name. What an act is given is a pydantic class whose fields carry their words (`Field`).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Permission
from rukang.base.words import Text


class Given(BaseModel):
    """What an act is given; a field that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class Spoken(NamedTuple):
    """How people name a record in one word: what finds it by that, and how such a word looks."""

    find: Callable[[Session, str], Any]
    words: Text


class Face(enum.StrEnum):
    """Where an act is offered beside the API."""

    PAGE = "page"
    COMMAND = "command"


def _nothing(*_: Any) -> None:
    return None


@dataclass(frozen=True)
class Target:
    """What acts are done to: how it is named in addresses and commands, and found by its key.

    Parameters
    ----------
    name, words
        What it is called, in code and by people.
    collection
        The piece of an address before its key; all of its piece, the key in braces, where something
        follows the key.
    find
        Returns it for a session and its key; what lies within another for that other besides. It
        raises ``NotFoundError`` for what the session may not see.
    within
        What encloses it; it is found nowhere else.
    key
        What its key is called; by default its name with ``_id``, None for what there is one of.
    key_from
        The attribute of a record that its key holds.
    spoken
        How a command is told of it, where that is not by its keys.
    line
        What a command says of it when something was done to it.
    eyes
        Whose eyes a caller's are on it, as far as that decides what is offered.
    has_page
        Whether a page of its own shows it; else that of what encloses it does.
    """

    name: str
    words: Text
    collection: str
    find: Callable[..., Any]
    within: Target | None = None
    key: str | None = ""
    key_from: str = "id"
    spoken: Spoken | None = None
    line: Callable[[Any], Text] | None = None
    eyes: Callable[[Session, Any, Caller], Any] = _nothing
    has_page: bool = True

    @property
    def own_key(self) -> str:
        """What its key is called in addresses."""
        return self.key or f"{self.name}_id"

    @property
    def chain(self) -> tuple[Target, ...]:
        """Everything that encloses it, from outside, and itself."""
        return (*(self.within.chain if self.within else ()), self)

    @property
    def keys(self) -> tuple[str, ...]:
        """What the keys in its address are called, from outside."""
        return tuple(of.own_key for of in self.chain if of.key is not None)

    @property
    def spoken_keys(self) -> dict[str, Target]:
        """What a command is told to find it, from outside: keys, and names of what is spoken of."""
        if self.spoken:
            return {self.name: self}
        around = self.within.spoken_keys if self.within else {}
        return around if self.key is None else around | {self.own_key: self}

    @property
    def path(self) -> str:
        """Its address, with the keys in braces."""
        around = self.within.path if self.within else ""
        if self.key is None or "{" in self.collection:
            return f"{around}/{self.collection}"
        return f"{around}/{self.collection}/{{{self.own_key}}}"

    @property
    def page(self) -> str:
        """The address of the page that shows it, with the keys in braces."""
        return self.path if self.has_page or self.within is None else self.within.page

    def told(self, record: Any) -> Text:
        """Return what is said of it in a line."""
        return self.line(record) if self.line else self.words

    def found(self, session: Session, keys: Mapping[str, Any]) -> Any:
        """Return the record of these keys, each found inside what encloses it."""
        if self.spoken and self.name in keys:
            return self.spoken.find(session, keys[self.name])
        around = (self.within.found(session, keys),) if self.within else ()
        own = () if self.key is None else (keys[self.own_key],)
        return self.find(session, *around, *own)


@dataclass(frozen=True)
class Act:
    """A verb on a record.

    Parameters
    ----------
    name
        Name of its command.
    on, path
        What it is done to, and the piece of the address after it.
    words
        What its button says.
    purpose
        What it does, in a sentence.
    permission
        What whoever does it has to hold, at the place of the record.
    do
        Does it: session, record, what is given (None if nothing is asked). What it returns is
        answered, where the act ``makes`` something.
    given
        What is asked for.
    offered
        Whether a page offers it on a record, to whom its ``eyes`` are; what is refused then is
        still told by ``do``, as for everybody who comes another way.
    choices
        For a field, what may be chosen on a record: the values with their words; None where
        anything may.
    makes
        What it brings about, where that is another record than the one it is done to.
    then
        The page that shows what came of it, with keys in braces; by default that of what it made,
        if nothing encloses it, else that of the target.
    told
        What a command says of what it returned.
    aside
        Whether it is seldom done: offered folded.
    positional
        What is asked that a command takes as arguments, in order, and not as options.
    by_hand
        Faces that are written by hand at its address and under its name.
    """

    name: str
    on: Target
    path: str
    words: Text
    purpose: Text
    permission: Permission
    do: Callable[[Session, Any, Any], Any]
    given: type[Given] | None = None
    offered: Callable[[Any, Any], bool] = lambda *_: True
    choices: Mapping[str, Callable[[Session, Any], Sequence[tuple[str, Text]] | None]] = field(
        default_factory=dict
    )
    makes: Target | None = None
    then: str = ""
    told: Callable[[Any], Text] | None = None
    aside: bool = False
    positional: tuple[str, ...] = ()
    by_hand: frozenset[Face] = frozenset()

    @property
    def address(self) -> str:
        """Where it is asked for, with the keys in braces."""
        return f"{self.on.path}/{self.path}" if self.path else self.on.path

    def shown_at(self, keys: Mapping[str, Any], result: Any) -> str:
        """Return the address of the page that shows what came of it."""
        if not self.then and self.makes and self.makes.within is None:
            made = {self.makes.own_key: getattr(result, self.makes.key_from)}
            return self.makes.page.format(**made)
        return (self.then or self.on.page).format(**keys)

    def run(self, session: Session, keys: Mapping[str, Any], given: Given | None) -> Done:
        """Do it to the record of these keys and return what came of it."""
        record = self.on.found(session, keys)
        result = self.do(session, record, given)
        return Done(record, result, result if self.makes else record)


class Done(NamedTuple):
    """What came of an act: the record it was done to, what it returned, which of both it shows."""

    record: Any
    result: Any
    shown: Any

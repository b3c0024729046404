"""The same words in simplified Chinese and in English: one pair for everything that is said.

Whatever is told to people carries both until the edge, which renders one of them or both; nobody
cuts a line in two again. `rostering` and `payroll` have public pairs of their own
(``rostering.Sentence``, ``payroll.Name``): everything here takes them too, as `Bilingual`.
"""

from __future__ import annotations

import enum
from typing import Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, ValidationError


@runtime_checkable
class Bilingual(Protocol):
    """Whatever says the same in both languages: a pair, a finding, a refusal."""

    @property
    def zh(self) -> str:
        """In simplified Chinese."""

    @property
    def en(self) -> str:
        """In English."""


class Strict(BaseModel):
    """A value that never changes and knows no key beyond its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Strict):
    """The same words in simplified Chinese and in English.

    An error raised with a text as its argument says both, and `words_of` returns the text.
    """

    zh: str
    en: str

    def __str__(self) -> str:
        """Chinese first, English beside it."""
        return both(self)


class Worded(enum.StrEnum):
    """Choices that say what they are called.

    A member is the value that is kept, the Chinese and the English; where it is kept by its Chinese
    word, that and the English.
    """

    zh: str
    en: str

    def __new__(cls, value: str, *words: str) -> Worded:
        """Return a member: its value, with its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh, member.en = (value, *words)[-2:]
        return member

    @property
    def words(self) -> Text:
        """Return what it is called."""
        return Text(zh=self.zh, en=self.en)


def both(words: Bilingual) -> str:
    """Return words in one line, Chinese first, English beside it; a name alike in both, once."""
    return words.zh if words.zh == words.en else f"{words.zh} / {words.en}"


def words_of(error: BaseException) -> Text:
    """Return the words an error carries: its own, or those it was raised with.

    What an error says in one language only, it says in both. Of pydantic's, the first fault is
    told, in the words of the check that found it.
    """
    if isinstance(error, ValidationError):
        return _first_fault(error)
    for said in (error, *error.args):
        if isinstance(said, Bilingual):
            return Text(zh=said.zh, en=said.en)
    return Text(zh=str(error), en=str(error))


def _first_fault(error: ValidationError) -> Text:
    fault = error.errors()[0]
    said = fault.get("ctx", {})
    if isinstance(said.get("error"), BaseException):
        return words_of(said["error"])
    return Text(zh=said.get("zh", fault["msg"]), en=said.get("en", fault["msg"]))

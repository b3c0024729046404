"""A sentence or title in Chinese and English, and the strict base of values that are defined."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A value that never changes and knows no key beyond its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Strict):
    """The same words in simplified Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Chinese first, English beside it."""
        return f"{self.zh} / {self.en}"


def misfit(words: str, *at: str | int) -> PydanticCustomError:
    """Return the error of a value whose parts do not fit each other.

    Parameters
    ----------
    words
        What is wrong, in Chinese and English.
    at
        The path from the value to the part that has to be mended.
    """
    return PydanticCustomError("misfit", "{words}", {"words": words, "at": at})

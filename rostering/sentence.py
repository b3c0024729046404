"""The same words in two languages: one pair for everything that the engine says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """The same said in Chinese and in English.

    An error raised with it as its argument says both, and whoever tells it need not cut them apart.
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"

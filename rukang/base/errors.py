"""What can go wrong in a service, in words for people; the web face turns each into a status."""

from __future__ import annotations

from typing import Self

from rukang.base.words import Bilingual


class RukangError(Exception):
    """A refusal with a Chinese and an English sentence.

    Parameters
    ----------
    zh, en
        What was given, why it fails, and how to mend it.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh = zh
        self.en = en

    @classmethod
    def of(cls, words: Bilingual) -> Self:
        """Return the refusal that says these words."""
        return cls(words.zh, words.en)


class InWordsError(Exception):
    """Beside another kind of error: its text is written for people, Chinese / English."""


class NotFoundError(RukangError):
    """The record does not exist, or is not for the caller to see (the two look alike)."""


class ConflictError(RukangError):
    """The record's state does not allow the step asked for."""


class NotAllowedError(RukangError):
    """The caller's roles do not carry the permission."""


class InvalidError(RukangError):
    """What was given cannot be accepted."""


class OperatorFileError(RukangError):
    """A file of the installation that its operator edits cannot be used as it stands."""


class BusyError(RukangError):
    """As much is asked for already as one home may ask for at a time."""


class AwayError(RukangError):
    """The database cannot be reached for the moment."""


class DiskFullError(AwayError):
    """The disk of the installation has no room; nothing was stored."""

"""A contradiction in a problem, with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A contradiction in a problem: where it stands, what is wrong and how to mend it."""

    where: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.where}：{self.zh} / {self.en}"


class ProblemError(Exception):
    """A problem contradicts itself; ``faults`` lists everything found.

    Not a ``ValueError``: pydantic would wrap that into a report about the whole problem.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

"""A row of a form on its way into the records, and whoever notes what is wrong with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets import Located
from rukang.base.clock import days_of_month


@dataclass(frozen=True, eq=False)
class Single:
    """A row that stands in no workbook."""

    value: Any


Entry = Located[Any] | Single
"""A row of a form; ``value`` has its values by attribute."""


@dataclass
class Checking(ABC):
    """Entries of a home on their way into the records.

    Parameters
    ----------
    month
        First day of the month they are of.
    names
        Gives the names of everybody registered with the home.
    """

    session: Session
    home_id: int
    month: date
    names: Callable[[], Collection[str]]
    _known: dict[type[Any], dict[str, Any]] = field(default_factory=dict, kw_only=True)

    @abstractmethod
    def report(self, entry: Entry, header: str, *, zh: str, en: str) -> None:
        """Note what is wrong with an entry, under which header."""

    def known(self, record: type[Any]) -> dict[str, Any]:
        """Return the home's records of a class by their codes, with whoever is there no more."""
        if record not in self._known:
            query = select(record).where(record.home_id == self.home_id)
            self._known[record] = {of.code: of for of in self.session.scalars(query)}
        return self._known[record]

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the month."""
        days = days_of_month(self.month)
        return days[0], days[-1]

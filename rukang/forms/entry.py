"""A row of a form on its way into the records, and whoever notes what is wrong with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets import Located
from rukang.base.clock import days_of_month
from rukang.forms.field import Reference


def outside(month: date) -> dict[str, str]:
    """Return the words for a date outside a workbook's month."""
    return {
        "zh": f"不在本表月份 {month:%Y-%m} 之内；请改正日期，或放入该月的工作簿",
        "en": f"outside the month {month:%Y-%m} of this workbook: correct the date, or enter it in"
        " that month's workbook",
    }


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
    _stored: dict[tuple[type[Any], str], Mapping[Any, Any]] = field(
        default_factory=dict, kw_only=True
    )

    @abstractmethod
    def report(self, entry: Entry, header: str, *, zh: str, en: str) -> None:
        """Note what is wrong with an entry, under which header."""

    def known(self, record: type[Any], by: str = "code") -> Mapping[str, Any]:
        """Return the home's records of a class by their codes, with whoever is there no more."""
        return self.stored(record, by)

    def codes(self, record: type[Any], by: str = "code") -> Collection[str]:
        """Return the codes of records of a class that may be named."""
        return self.known(record, by)

    def stored(self, record: type[Any], by: str = "code") -> Mapping[Any, Any]:
        """Return the records of a class that the home may name, by what it names them by."""
        if (record, by) not in self._stored:
            query = select(record)
            if hasattr(record, "home_id"):
                query = query.where(record.home_id == self.home_id)
            self._stored[record, by] = {getattr(of, by): of for of in self.session.scalars(query)}
        return self._stored[record, by]

    def forget(self) -> None:
        """Look records up again from now on: there are others."""
        self._stored.clear()

    def unknown(self, record: type[Any], noun: Reference) -> dict[str, str]:
        """Return the words for a code that leads to no record of a class."""
        return {
            "zh": f"本机构没有这个编号的{noun.zh}；请先导入{noun.zh}工作簿，或改正编号",
            "en": f"the home has no {noun.en} of this code: import the {noun.en} first, or"
            " correct it",
        }

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the month."""
        days = days_of_month(self.month)
        return days[0], days[-1]

"""How the records of a table lie in a sheet: one a row, a column for each day, or spans of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from pydantic import Field as Cell
from pydantic import create_model
from sqlalchemy.orm import Session

from rostering.sheets import Day, SheetRow
from rukang.base.clock import days_of_month, in_month
from rukang.base.papers import cells
from rukang.forms.entry import Checking, Entry, outside
from rukang.forms.field import Field, fields_of, is_own, written_of
from rukang.forms.workbooks.rows import attribute_of, cells_to_read, row_model, written_in

Row = dict[str, cells.Cell]
"""What stands in a row, by header."""


class Layout:
    """A record a row, each column as it stands."""

    def row(self, record: type[Any], month: date) -> type[SheetRow]:
        """Return the row of the sheet of a month, as its reader takes it."""
        return row_model(record)

    def columns(self, record: type[Any], month: date) -> Iterator[tuple[Field, str]]:
        """Return the columns of the sheet: what is told of each, and the attribute it fills."""
        for name, field in fields_of(record).items():
            yield field, name
            if field.refers is not None and field.refers.name:
                yield Field(field.refers.name, _SLIPPED[1], _SLIPPED[0]), ""

    def records_of(self, record: type[Any], value: Any, month: date) -> Iterator[dict[str, Any]]:
        """Return what is kept of a row as it stands, record by record."""
        names = (name for name, field in fields_of(record).items() if field.refers is None)
        yield {name: getattr(value, name) for name in names if is_own(record, name)}

    def rows_of(
        self, session: Session, home_id: int, record: type[Any], records: Sequence[Any], month: date
    ) -> Iterator[Row]:
        """Return the rows of records."""
        for of in records:
            yield {h: c for name in fields_of(record) for h, c in written_in(of, name).items()}

    def check(self, checking: Checking, record: type[Any], entries: Sequence[Entry]) -> None:
        """Note what cannot be in rows that lie so."""

    def span(self, month: date) -> tuple[date, date] | None:
        """Return the days that the sheet of a month is about, where they are not the month's."""
        return None

    def told_apart(self, record: type[Any], key: tuple[str, ...]) -> tuple[str, ...]:
        """Return by which attributes rows are told apart, for records told apart by a key."""
        return key


_SLIPPED = ("与登记不符即报错，防止错行", "guards against a slipped row")

PLAIN = Layout()


class DaysRow(SheetRow):
    """A row with a column for each day."""

    across: ClassVar[Mapping[date, str]]

    def of_day(self, day: date) -> Any:
        """Return what stands under a day; None where nothing does, or the day has no column."""
        return getattr(self, self.across.get(day, ""), None)


@dataclass(frozen=True)
class Across(Layout):
    """A row for whom records are about, and a column for each day with what one record says.

    Parameters
    ----------
    value
        The attribute that stands in the cells.
    days
        Gives the headers of a month and their days, None for a day that the month has not.
    everybody
        Gives those who have a row although no record is about them.
    """

    value: str
    days: Callable[[date], Mapping[str, date | None]]
    everybody: Callable[[Session, int, date], Iterable[Any]] = lambda *_: ()

    def row(self, record: type[Any], month: date) -> type[SheetRow]:
        """Return the row of the sheet of a month."""
        read: dict[str, Any] = {}
        for name in self._who(record):
            read |= cells_to_read(record, name, fields_of(record)[name])
        days = self.days(month)
        cell = written_of(record, self.value).read | None
        for at, header in enumerate(days):
            read[f"on_{at}"] = (cell, Cell(default=None, alias=header))
        model = create_model(f"{record.__name__}Days", __base__=DaysRow, **read)
        model.across = {day: f"on_{at}" for at, day in enumerate(days.values()) if day}
        return model

    def columns(self, record: type[Any], month: date) -> Iterator[tuple[Field, str]]:
        """Return the columns of the sheet."""
        for field, name in super().columns(record, month):
            if name not in (self.value, "day"):
                yield field, name
        told = fields_of(record)[self.value]
        for header, day in self.days(month).items():
            if day is not None:
                yield Field(header, told.en, told.help_zh, told.help_en), ""

    def records_of(self, record: type[Any], value: Any, month: date) -> Iterator[dict[str, Any]]:
        """Return a record for each day under which something stands."""
        for day in value.across:
            if (said := value.of_day(day)) is not None:
                yield {"day": day, self.value: said}

    def rows_of(
        self, session: Session, home_id: int, record: type[Any], records: Sequence[Any], month: date
    ) -> Iterator[Row]:
        """Return a row for everybody."""
        (who,) = self._who(record)
        said: dict[int, Row] = defaultdict(dict)
        headers = {day: header for header, day in self.days(month).items() if day}
        write = written_of(record, self.value).write
        rows = {of.id: self._of(record, who, of) for of in self.everybody(session, home_id, month)}
        for of in records:
            rows.setdefault(getattr(of, who), written_in(of, who))
            said[getattr(of, who)][headers[of.day]] = write(getattr(of, self.value))
        for key, row in rows.items():
            yield row | {header: said[key].get(header) for header in headers.values()}

    def _of(self, record: type[Any], who: str, somebody: Any) -> Row:
        field = fields_of(record)[who]
        name = field.refers.name if field.refers else ""
        return {field.zh: somebody.code} | ({name: somebody.name} if name else {})

    def check(self, checking: Checking, record: type[Any], entries: Sequence[Entry]) -> None:
        """Note what stands under days that the month has not."""
        days = self.days(checking.month)
        missing = [(f"on_{at}", of) for at, (of, day) in enumerate(days.items()) if day is None]
        for entry in entries:
            for name, header in missing:
                if getattr(entry.value, name) is not None:
                    checking.report(
                        entry,
                        header,
                        zh=f"{checking.month:%Y-%m} 没有这一天；请清空这一格",
                        en=f"{checking.month:%Y-%m} has no such day: clear the cell",
                    )

    def span(self, month: date) -> tuple[date, date] | None:
        """Return the first and the last day that has a column."""
        days = [day for day in self.days(month).values() if day]
        return days[0], days[-1]

    def told_apart(self, record: type[Any], key: tuple[str, ...]) -> tuple[str, ...]:
        """Return whom a row is about."""
        return tuple(self._who(record))

    def _who(self, record: type[Any]) -> list[str]:
        return [name for name, field in fields_of(record).items() if field.refers]


@dataclass(frozen=True)
class Spans(Layout):
    """A row for a run of days that are alike, from its first to its last; a record for each day."""

    first: Field
    last: Field

    def row(self, record: type[Any], month: date) -> type[SheetRow]:
        """Return the row of the sheet."""
        read: dict[str, Any] = {}
        for name, field in fields_of(record).items():
            if name == "day":
                read["first"] = (Day, Cell(alias=self.first.zh))
                read["last"] = (Day, Cell(alias=self.last.zh))
            else:
                read |= cells_to_read(record, name, field)
        return create_model(f"{record.__name__}Spans", __base__=SheetRow, **read)

    def columns(self, record: type[Any], month: date) -> Iterator[tuple[Field, str]]:
        """Return the columns of the sheet."""
        for field, name in super().columns(record, month):
            ends = [(self.first, name), (self.last, name)]
            yield from ends if name == "day" else [(field, name)]

    def records_of(self, record: type[Any], value: Any, month: date) -> Iterator[dict[str, Any]]:
        """Return a record for each day of the span."""
        names = [name for name, field in fields_of(record).items() if not field.refers]
        alike = {name: getattr(value, name) for name in names if name != "day"}
        for offset in range((value.last - value.first).days + 1):
            yield {"day": value.first + timedelta(days=offset)} | alike

    def rows_of(
        self, session: Session, home_id: int, record: type[Any], records: Sequence[Any], month: date
    ) -> Iterator[Row]:
        """Return a row for each run of days alike."""
        runs: list[tuple[Row, list[date]]] = []
        keep = [name for name in fields_of(record) if name != "day"]
        who = next(name for name, field in fields_of(record).items() if field.refers)
        for of in sorted(records, key=lambda of: (getattr(of, who), of.day)):
            alike = {h: cell for name in keep for h, cell in written_in(of, name).items()}
            if runs and runs[-1][0] == alike and of.day - runs[-1][1][-1] == timedelta(days=1):
                runs[-1][1].append(of.day)
            else:
                runs.append((alike, [of.day]))
        for alike, days in runs:
            yield alike | {self.first.zh: days[0], self.last.zh: days[-1]}

    def check(self, checking: Checking, record: type[Any], entries: Sequence[Entry]) -> None:
        """Note ends outside the month, a last day before the first, and a day told twice."""
        taken = set[tuple[Any, date]]()
        for entry in entries:
            value = entry.value
            for field, day in ((self.first, value.first), (self.last, value.last)):
                if not in_month(day, checking.month):
                    checking.report(entry, field.zh, **outside(checking.month))
            if value.last < value.first:
                checking.report(
                    entry,
                    self.last.zh,
                    zh=f"早于{self.first.zh} {value.first}；请核对两个日期",
                    en=f"before the first day {value.first}; check both dates",
                )
            taken |= self._check_taken(checking, record, entry, taken)

    def told_apart(self, record: type[Any], key: tuple[str, ...]) -> tuple[str, ...]:
        """Return nothing: rows are told apart by their days, which may not overlap."""
        return ()

    def _check_taken(
        self, checking: Checking, record: type[Any], entry: Entry, taken: set[tuple[Any, date]]
    ) -> set[tuple[Any, date]]:
        """Return whose days an entry takes; note it if some are taken already."""
        who = next(name for name, field in fields_of(record).items() if field.refers)
        value, whose = entry.value, getattr(entry.value, attribute_of(who))
        days = days_of_month(checking.month)
        mine = {(whose, day) for day in days if value.first <= day <= value.last}
        if mine & taken:
            checking.report(
                entry,
                self.first.zh,
                zh="与前面一行的日期重叠；请合并或改正",
                en="overlaps a row above; join or correct them",
            )
        return mine

"""``rukang calendar``: what each day of a year is, and the notice that arranges it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

import typer

from payroll.policy import LocalFigure, Policy, supply
from rukang.base.access import Database
from rukang.base.calendar import (
    DAYS_OFF,
    MAKE_UP,
    PROVISIONAL,
    STATUTORY,
    Arrangement,
    Calendar,
    calendar_in,
    fixed_by_law,
)
from rukang.base.errors import InvalidError
from rukang.base.settings import settings
from rukang.doors.cli.common import Data, day_of, opened, say
from rukang.doors.notices import arranged, changed_days, whom_to_tell

app = typer.Typer(no_args_is_help=True, add_completion=False)

Year = Annotated[int, typer.Option("--year", metavar="YYYY", help="年份 / the year")]
NATION = "CN"


@app.command()
def show(year: Year, data: Data = None) -> None:
    """列出一年的放假日和调休上班日 / a year's days off and make-up workdays."""
    calendar = calendar_in(settings(data).local_policy)
    _require_year(calendar, year)
    for one in calendar.special_days(year):
        say(f"{one.day}  {one.kind.value}  {' / '.join(one.name)}")
    if calendar.is_provisional(date(year, 7, 1)):
        say(f"{' / '.join(PROVISIONAL)}")
        say(f"通知公布后 / once the notice is out: rukang calendar supply --year {year}")


@app.command("supply")
def supply_year(
    year: Year,
    off: Annotated[
        list[str],
        typer.Option(metavar="DAY[:DAY]", help="放假，如 2027-02-05:2027-02-11 / days off"),
    ],
    document: Annotated[str, typer.Option(help="通知名称和文号 / title and number of the notice")],
    published_on: Annotated[
        date,
        typer.Option("--date", parser=day_of, metavar="YYYY-MM-DD", help="公布日 / published on"),
    ],
    work: Annotated[
        list[str] | None,
        typer.Option(metavar="DAY", help="调休上班日，可多次 / make-up workdays"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会改变什么 / only tell what would change")
    ] = False,
    data: Data = None,
) -> None:
    """按国务院通知填入一年的日历，并说明有哪些变化 / enter a notice, and hear what it changes."""
    here, database = opened(data)
    notice = Arrangement(year, frozenset(_spans(off)), frozenset(_spans(work or [])))
    _refuse_without_law(notice)
    before = calendar_in(here.local_policy)
    after = arranged(before, notice)
    if not dry_run:
        figures = _figures(notice, document, published_on)
        supply(here.local_policy, Policy.load().parameters, *figures)
        say(f"→ {here.local_policy}")
    tell(database, before, after, year)
    say(f"{year}：放假 {len(notice.days_off)} 天，调休上班 {len(notice.make_up)} 天")


def tell(database: Database, before: Calendar, after: Calendar, year: int) -> None:
    """Say which days of a year are others now, and which records that concerns."""
    for day, kind in changed_days(before, after, year).items():
        say(f"{day}  {before.kind_of(day).value} → {kind.value} {kind.en}")
    with database.session() as session:
        for words in whom_to_tell(session, before, after, year):
            say(f"！{words.zh} / {words.en}")


def _figures(notice: Arrangement, document: str, published_on: date) -> list[LocalFigure]:
    """Return the notice as the three figures that calendar and wages read."""
    days = {
        DAYS_OFF: notice.days_off,
        MAKE_UP: notice.make_up,
        STATUTORY: frozenset(fixed_by_law(notice.year)),
    }
    return [
        LocalFigure(
            parameter=parameter,
            place=NATION,
            first=date(notice.year, 1, 1),
            last=date(notice.year, 12, 31),
            value="[" + ", ".join(day.isoformat() for day in sorted(found)) + "]",
            document=document,
            date=published_on,
            note="由法定规则和农历推得 / by law and the moon" if parameter == STATUTORY else None,
        )
        for parameter, found in days.items()
    ]


def _refuse_without_law(notice: Arrangement) -> None:
    """Refuse a notice in which a holiday fixed by law is worked: a day or a line was forgotten."""
    if missing := sorted(fixed_by_law(notice.year).keys() - notice.days_off):
        named = "、".join(f"{day}（{fixed_by_law(notice.year)[day][0]}）" for day in missing)
        raise InvalidError(
            f"法定节假日没有列为放假：{named}。请按通知把全年的 --off 写齐，周末也要写上。",
            f"Holidays fixed by law are not among the days off: {', '.join(map(str, missing))}."
            " Give every --off of the notice, weekends within included.",
        )


def _spans(texts: Iterable[str]) -> list[date]:
    """Return the days of ``2027-02-05`` or ``2027-02-05:2027-02-11``, ends included."""
    found: list[date] = []
    for text in texts:
        first, _, last = text.partition(":")
        start, end = day_of(first), day_of(last or first)
        if end < start:
            raise InvalidError(
                f"{text!r} 的结束日早于开始日。", f"{text!r} ends before it begins; turn it round."
            )
        found += _days(start, end)
    return found


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _require_year(calendar: Calendar, year: int) -> None:
    """Refuse a year that no date can have before asking the calendar for its first day."""
    if not date.min.year < year < date.max.year:
        raise InvalidError(f"没有 {year} 年。", f"There is no year {year}.")
    calendar.kind_of(date(year, 1, 1))

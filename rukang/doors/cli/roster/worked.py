"""``rukang roster confirm`` and ``worked``: what was worked, confirmed after it, and its month."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from rukang import rosters
from rukang.base.errors import InvalidError
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, HomeCode, Month, console, say, signed
from rukang.doors.cli.roster.explain import day_of
from rukang.doors.handlers import policy_of
from rukang.rosters import Confirmation, WorkedTime

HOUR = 60
ABSENT = "缺勤"
"""What to write for a shift when none was worked."""


def confirm(
    home: HomeCode,
    first: Annotated[
        date, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="第一天 / first day")
    ],
    last: Annotated[
        date | None,
        typer.Option("--to", parser=day_of, metavar="YYYY-MM-DD", help="最后一天 / last day"),
    ] = None,
    staff: Annotated[
        str | None,
        typer.Option(metavar="ID", help="只改一人一天：何人 / one person's day: whose"),
    ] = None,
    shift: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help=f"实际班次，没来写“{ABSENT}” / shift worked, or {ABSENT}"
        ),
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(help="实际计薪分钟 / paid minutes, if not the shift's")
    ] = None,
    note: Annotated[str, typer.Option(help="说明 / a note")] = "",
    data: Data = None,
) -> None:
    """确认已上的班：整段照排班，或一人一天照实际 / confirm what was worked."""
    _, database = signed(data)
    with database.session() as session:
        found = find_home(session, home)
        if staff is None:
            count = rosters.confirm_as_planned(session, found, first, last or first)
            say(f"✓ 照排班确认 {count} 个班 / confirmed as planned")
            return
        if shift is None or last not in (None, first):
            raise InvalidError(
                f"确认一人一天时，请写 --shift（没来写“{ABSENT}”），不写 --to 或与 --from 同一天。",
                f"For one person's day give --shift ({ABSENT} for none), and no other --to.",
            )
        code = None if shift == ABSENT else shift
        one = rosters.confirm(session, found, [Confirmation(staff, first, code, minutes, note)])[0]
        planned = one.planned_code or "—"
        say(
            f"✓ {staff} {first}：计划 {planned} {one.planned_minutes} 分钟，"
            f"实际 {one.shift_code or ABSENT} {one.minutes} 分钟 / confirmed"
        )


def worked(home: HomeCode, month: Month, data: Data = None) -> None:
    """每人的计划、实际、加班、调休和年休假 / hours, overtime and leave of a month."""
    here, database = signed(data)
    with database.session() as session:
        found = rosters.worked_time(session, find_home(session, home), month, policy_of(here))
    _show(found)


COMMANDS = (confirm, worked)


def _show(found: WorkedTime) -> None:
    table = Table(
        "员工 staff",
        "计划 planned",
        "实际 worked",
        "差 diff.",
        "未确认 open",
        "工作日加班 workday",
        "休息日 rest day",
        "节假日 holiday",
        "上限 limit",
        "调休 in lieu",
        "年休 leave",
    )
    for row in found.rows:
        extra, leave = row.overtime, row.annual_leave
        entitled = "？" if leave.entitled is None else str(leave.entitled)
        table.add_row(
            f"{row.code} {row.name}",
            *map(hours, (row.planned, row.worked, row.difference)),
            str(row.unconfirmed),
            *map(hours, (extra.workday, extra.rest_day, extra.holiday)),
            f"{hours(row.limited)}/{hours(row.overtime_limit)}{' ✗' if row.over_limit else ''}",
            f"{row.in_lieu.taken}/{row.in_lieu.earned}",
            f"{leave.taken}/{entitled}",
        )
    console.print(table)
    for who in sorted({who for row in found.rows for who in row.confirmed_by}):
        theirs = "、".join(row.code for row in found.rows if who in row.confirmed_by)
        say(f"• {who} 确认 confirmed：{theirs}")
    say(f"• 小时；加班上限依据 {found.overtime_rule} / hours; the limit's rule")
    say(f"• {found.counted_words}")
    for rule in dict.fromkeys(row.annual_leave.rule for row in found.rows):
        say(f"• 年休假天数依据 {rule} / days of annual leave by")
    for row in found.rows:
        if row.over_limit:
            say(f"✗ {row.code} 加班超出上限 {hours(row.over_limit)} 小时 / beyond the limit")
    if any(row.annual_leave.entitled is None for row in found.rows):
        say(
            "• “？”：未填参加工作日期，年休假天数未知；请补在工作簿 03 的“参加工作日期”"
            " / since when they have worked is unknown: add it in workbook 03"
        )


def hours(minutes: int) -> str:
    """Return minutes in hours without needless digits: 450 is 7.5."""
    return f"{minutes / HOUR:.2f}".rstrip("0").rstrip(".")

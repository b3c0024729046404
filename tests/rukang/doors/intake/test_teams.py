"""05-出勤与计件: teams, their members, and whatever would leave a fen with nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from rukang.base.access import Database
from rukang.bodies.homes import find_home
from rukang.doors.intake import import_workbooks
from rukang.pay import team_shares_of
from rukang.work.teams import MadeDuring, TeamMember, TeamWork
from tests.demo import DEMO
from tests.factories import OCTOBER
from tests.rukang.doors.intake.conftest import Edit, Edited, Refused, both, only, put

BEFORE = [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", DEMO / "04-用工单位.xlsx"]
WORK: tuple[object, ...] = ("一组", "纸盒", 1000, 0.35, None, None, 10)
PEOPLE: tuple[tuple[object, ...], ...] = (
    ("一组", "R37", "孙小满", 7.5),
    ("一组", "R38", None, 6),
    ("一组", "R39", None, 4.5),
)
HOLIDAY = datetime(2026, 10, 1)  # noqa: DTZ001
WORKDAY = datetime(2026, 10, 12)  # noqa: DTZ001


def teams(work: Sequence[Sequence[object]], people: Sequence[Sequence[object]] = PEOPLE) -> Edit:
    """Return an edit that enters what teams made, and their members by the names on record."""

    def edit(book: Workbook) -> None:
        names = {row[0].value: row[1].value for row in book["考勤"].iter_rows(min_row=2)}
        for row in work:
            book["集体计件"].append(list(row))
        for team, code, name, weight in people:
            book["集体计件成员"].append([team, code, name or names[code], weight])

    return edit


@pytest.fixture
def ready(empty_database: Database) -> Database:
    """A database with everything that workbook 05 builds on."""
    import_workbooks(empty_database, BEFORE)
    return empty_database


def test_a_teams_pay_is_shared_out_to_the_fen(ready: Database, edited: Edited) -> None:
    """1000 × 0.35 − 10 = 340.00 by 7.5 : 6 : 4.5 of 18 hours.

    340 × 7.5 ÷ 18 = 141.67; 340 × 13.5 ÷ 18 = 255.00, less 141.67 is 113.33; 340 − 255 = 85.00.
    """
    assert import_workbooks(ready, [edited("05", teams([WORK]))])[0].stored
    with ready.session() as session:
        (shared,) = team_shares_of(session, find_home(session, "ZP001"), OCTOBER)
        amounts = [(member.resident, member.amount_fen) for member in shared.members]
        assert amounts == [("R37", 14167), ("R38", 11333), ("R39", 8500)]
        assert (shared.total_fen, shared.work.made_during) == (34000, MadeDuring.NORMAL)


def test_a_month_is_replaced_whole(ready: Database, edited: Edited) -> None:
    """Another workbook of the month has other teams; one without the sheets has none."""
    import_workbooks(ready, [edited("05", teams([WORK]))])
    other = ("二组", *WORK[1:])
    import_workbooks(ready, [edited("05", teams([other], [("二组", "R40", None, 1)]))])
    with ready.session() as session:
        assert [of.team for of in session.scalars(select(TeamWork))] == ["二组"]
        (member,) = session.scalars(select(TeamMember))
        assert (member.resident.code, member.weight) == ("R40", Decimal(1))

    def older(book: Workbook) -> None:
        del book["集体计件"]
        del book["集体计件成员"]

    import_workbooks(ready, [edited("05", older)])
    with ready.session() as session:
        assert not session.scalars(select(TeamWork)).all()
        assert not session.scalars(select(TeamMember)).all()


WRONG: list[tuple[Edit, str, str, str]] = [
    (teams([WORK], []), "集体计件", "班组", "没有人可分"),
    (teams([], PEOPLE[:1]), "集体计件成员", "班组", "没有这个班组"),
    (teams([WORK, WORK]), "集体计件", "产品", "重复"),
    (teams([WORK], [*PEOPLE, PEOPLE[0]]), "集体计件成员", "人员编号", "重复"),
    (teams([WORK], [*PEOPLE, ("一组", "R40", None, 0)]), "集体计件成员", "份额", "应大于 0"),
    (teams([WORK], [*PEOPLE, ("一组", "R40", None, -1)]), "集体计件成员", "份额", "不能小于"),
    (teams([WORK], [*PEOPLE, ("一组", "R40", None, "三")]), "集体计件成员", "份额", "应为数字"),
    (teams([WORK], [*PEOPLE, ("一组", "R99", "别人", 1)]), "集体计件成员", "人员编号", "没有这个"),
    (teams([WORK], [*PEOPLE, ("一组", "R40", "别人", 1)]), "集体计件成员", "姓名", "错行"),
    (teams([("一组", "纸盒", -1, 0.35)]), "集体计件", "合格数量", "不能小于"),
    (teams([("一组", "纸盒", 1, 0.35, WORKDAY, "夜里")]), "集体计件", "时段", "应为以下之一"),
    (
        teams([("一组", "纸盒", 1, 0.35, WORKDAY, "休息日加班")], [("一组", "R01", None, 1)]),
        "集体计件",
        "时段",
        "是工作日",
    ),
    (
        teams([("一组", "纸盒", 1, 0.35, HOLIDAY)], [("一组", "R01", None, 1)]),
        "集体计件",
        "日期",
        "R01",
    ),
    (
        teams([("一组", "纸盒", 1, 0.35, None, "工作日加班")], PEOPLE[:1]),
        "集体计件成员",
        "人员编号",
        "没有加班工资",
    ),
]


@pytest.mark.parametrize(("edit", "sheet", "header", "words"), WRONG)
def test_what_cannot_be(refused: Refused, edit: Edit, sheet: str, header: str, words: str) -> None:
    """Each is told once at its place, in both languages, and nothing is kept."""
    finding = only(refused("05", edit))
    assert (finding.sheet, finding.header, words in finding.zh) == (sheet, header, True)
    assert finding.en


def test_who_is_employed_by_nobody_takes_no_share(refused: Refused) -> None:
    """A share that no employer pays would be missing from the team's total."""
    edit = teams([WORK], [*PEOPLE, ("一组", "R60", None, 1)])
    finding = only(refused("05", both(edit)))
    assert (finding.header, "没有用工关系" in finding.zh) == ("人员编号", True)


def test_a_day_is_worked_by_all(ready: Database, edited: Edited) -> None:
    """A team's day is kept where every member was present."""
    edit = teams([("一组", "纸盒", 1, 0.35, WORKDAY)], [("一组", "R02", None, 1)])
    path = edited("05", both(put("考勤", "R02", "12", "出"), edit))
    assert import_workbooks(ready, [path])[0].stored

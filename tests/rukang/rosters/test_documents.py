"""The papers of a roster drawn by hand: workbook, calendar, page."""

from __future__ import annotations

from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from rostering import ShiftType
from rukang.base.calendar import Calendar as WorkingCalendar
from rukang.base.clock import SHANGHAI, days_of_month
from rukang.rosters.documents.calendar_file import write_calendar
from rukang.rosters.documents.look import COLOURS, DAY_FILLS, fills, heads
from rukang.rosters.documents.page import write_roster_page
from rukang.rosters.documents.remarks import PriceLine, Remarks, WishLine
from rukang.rosters.documents.workbook import write_roster
from rukang.rosters.records import RosterState
from rukang.rosters.table import (
    WEEKDAYS,
    CoverRow,
    RosterTable,
    ShiftKey,
    TableDay,
    TableRow,
)
from tests.conftest import NOW

DAYS = days_of_month(date(2026, 10, 1))
SHIFTS = [
    ShiftType(id="D", name="白班", start=510, minutes=510, paid_minutes=480),
    ShiftType(id="N", name="夜班", start=1260, minutes=600, paid_minutes=540, is_night=True),
]


def _row(code: str, name: str, pattern: str) -> TableRow:
    cells = tuple("" if cell == "-" else cell for cell in (pattern * 31)[:31])
    return TableRow(code, name, "护理员", cells, 480 * cells.count("D") + 540 * cells.count("N"))


@pytest.fixture(scope="module")
def table() -> RosterTable:
    """October 2026 of two people; one head is wanted by day and one by night."""
    rows = (_row("S01", "=王<b>明</b>", "DN-"), _row("S02", "李芳", "-DD"))
    assigned = {
        s.id: tuple(sum(r.cells[d] == s.id for r in rows) for d in range(31)) for s in SHIFTS
    }
    return RosterTable(
        title="示例站 2026 年 10 月排班表",
        code="ZP001",
        home="示例站",
        month=DAYS[0],
        state="draft",
        days=tuple(
            TableDay(day, WEEKDAYS[day.weekday()], WorkingCalendar().kind_of(day)) for day in DAYS
        ),
        rows=rows,
        cover=tuple(CoverRow(s.id, s.name, assigned[s.id], tuple(1 for _ in DAYS)) for s in SHIFTS),
        legend=(
            ShiftKey("D", "白班", "08:30–17:00", False),
            ShiftKey("N", "夜班", "21:00–07:00", True),
        ),
        calendar_mark=None,
    )


REMARKS = Remarks(
    facts=(("代价 Cost", "105"),),
    findings=(("10 月 3 日缺一人。", "One short on 3 October."),),
    prices=(PriceLine("未满足的意愿 refused requests", 1, 5),),
    wishes=(WishLine("S02", "李芳", DAYS[3], "希望 wants D 白班", 5, False),),
)


@pytest.fixture(scope="module")
def month(table: RosterTable, tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """The first sheet of the workbook, read back."""
    path = tmp_path_factory.mktemp("roster") / "roster.xlsx"
    sheet = load_workbook(write_roster(table, REMARKS, path, NOW))["班表"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_every_shift_is_in_its_day(table: RosterTable, month: Worksheet) -> None:
    """Three columns say who, then a column a day, then days and hours."""
    for row, cells in zip(table.rows, month.iter_rows(min_row=5, max_row=6), strict=True):
        values = [cell.value for cell in cells]
        assert values[:3] == [row.code, row.name, row.post]
        assert tuple(value or "" for value in values[3:34]) == row.cells
        assert values[34:36] == [row.days, row.hours]


def test_days_bear_weekday_and_mark(month: Worksheet) -> None:
    """National Day, a make-up Saturday, a plain Sunday; each shaded as it is marked."""
    heads_of = {cells[0].value: cells for cells in month.iter_cols(4, 34, 2, 4)}
    assert [cell.value for cell in heads_of[1]] == [1, "四", "假"]
    assert [cell.value for cell in heads_of[10]] == [10, "六", "班"]
    assert [cell.value for cell in heads_of[11]] == [11, "日", "休"]
    assert heads_of[12][2].value in (None, "")
    assert {heads_of[day][0].fill.fgColor.rgb for day in (1, 11)} == {
        f"FF{colour[1:]}" for colour in DAY_FILLS.values()
    }


def test_shortage_is_said_and_shaded(month: Worksheet) -> None:
    """Nobody on nights on the first: wanted one; the day shift has what it needs."""
    day, night = month["D7"], month["D8"]
    assert (day.value, night.value) == ("1/1", "0/1\n缺1")
    assert day.fill.fgColor.rgb != night.fill.fgColor.rgb
    assert night.font.b


def test_a_name_that_looks_like_a_formula_stays_text(month: Worksheet) -> None:
    """Excel's own quote mark keeps it so."""
    assert month["B5"].data_type == "s"
    assert month["B5"].quotePrefix


def test_the_workbook_prints_on_a_wide_page(month: Worksheet) -> None:
    """A4 landscape, one page wide, the head repeated."""
    assert month.page_setup.orientation == "landscape"
    assert month.sheet_properties.pageSetUpPr.fitToPage
    assert month.page_setup.fitToHeight == 0
    assert month.print_title_rows == "$2:$4"


def test_wishes_findings_and_price_stand_on_the_second_sheet(
    table: RosterTable, tmp_path: Path
) -> None:
    """Each block with its lines."""
    book = load_workbook(write_roster(table, REMARKS, tmp_path / "roster.xlsx", NOW))
    rows = [tuple(filter(None, row)) for row in book["意愿与说明"].iter_rows(values_only=True)]
    assert ("10 月 3 日缺一人。 / One short on 3 October.",) in rows
    assert (5, 1, "未满足的意愿 refused requests") in rows
    assert ("S02", "李芳", "2026-10-04", "希望 wants D 白班", 5, "未满足 refused") in rows


def test_the_same_roster_at_the_same_moment_is_the_same_file(
    table: RosterTable, tmp_path: Path
) -> None:
    """So that a file can be compared."""
    one = write_roster(table, REMARKS, tmp_path / "1.xlsx", NOW).read_bytes()
    assert one == write_roster(table, REMARKS, tmp_path / "2.xlsx", NOW).read_bytes()


def test_the_calendar_runs_over_midnight(table: RosterTable, tmp_path: Path) -> None:
    """Clock times of Shanghai; a night shift ends on the next morning."""
    write_calendar(table, SHIFTS, tmp_path / "roster.ics", NOW)
    calendar = Calendar.from_ical((tmp_path / "roster.ics").read_bytes())
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == sum(row.days for row in table.rows)
    night = events["S01-20261002@ZP001.rukang"]
    assert night.decoded("dtstart") == datetime(2026, 10, 2, 21, tzinfo=SHANGHAI)
    assert night.decoded("dtend") == datetime(2026, 10, 3, 7, tzinfo=SHANGHAI)
    assert night["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]


class _Tags(HTMLParser):
    """Collects the elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str, **attributes: str) -> int:
        """Return how many elements have the tag and attributes."""
        wanted = attributes.items()
        return sum(name == tag and wanted <= attrs.items() for name, attrs in self.found)


@pytest.fixture(scope="module")
def page(table: RosterTable, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The printable page."""
    path = tmp_path_factory.mktemp("page") / "roster.html"
    return write_roster_page(table, REMARKS, path).read_text("utf-8")


def test_the_page_is_a_table_with_caption_and_scopes(page: str) -> None:
    """A screen reader says person and day with every cell."""
    tags = _Tags(page)
    assert tags.of("html", lang="zh-CN") == 1
    assert tags.of("caption") == 1
    assert tags.of("th", scope="row") == 2 + 2
    assert tags.of("th", scope="col") == 5 + 31 + 31
    assert "A4 landscape" in page


def test_nothing_is_said_by_colour_alone(page: str) -> None:
    """Codes, marks of days and missing heads are text, and the legend explains them."""
    for text in ("缺1", "夜班 21:00–07:00（夜班 night）", "休 周末 weekend", "10 月 3 日缺一人。"):
        assert text in page
    assert page.count('<abbr title="节假日">假</abbr>') == 7


def test_names_are_escaped(page: str) -> None:
    """A name is never markup."""
    assert "=王&lt;b&gt;明&lt;/b&gt;" in page
    assert "<b>" not in page


def test_the_page_stands_alone(page: str) -> None:
    """No script, and nothing fetched from anywhere."""
    tags = _Tags(page)
    assert tags.of("script") + tags.of("link") + tags.of("img") == 0
    assert "http" not in page


@pytest.mark.parametrize(
    ("assigned", "wanted", "text"), [(2, 3, "2/3 缺1"), (3, 3, "3/3"), (4, 3, "4/3")]
)
def test_only_missing_heads_are_a_shortage(assigned: int, wanted: int, text: str) -> None:
    """More than wanted is not missing."""
    assert heads(assigned, wanted) == text


@pytest.mark.parametrize("colour", [*COLOURS, *DAY_FILLS.values()])
def test_black_type_is_readable_on_every_fill(colour: str) -> None:
    """A contrast of at least 7 : 1 (WCAG 2, level AAA)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert (luminance + 0.05) / 0.05 >= 7


def test_each_shift_type_has_a_colour_of_its_own(table: RosterTable) -> None:
    """As long as there are eight types at most."""
    assert len(set(fills(table).values())) == len(table.legend)


def test_every_state_of_a_roster_has_a_word() -> None:
    """A roster stopped or impossible can be printed too."""
    assert len({one.words.zh for one in RosterState}) == len(RosterState)

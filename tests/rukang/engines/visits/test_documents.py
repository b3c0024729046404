"""Day sheets and calendar files say what inspectors need, and later files replace older ones."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest

from rukang.base.errors import NotFoundError
from rukang.stars.visit_papers import HomeNotes, day_sheet, write_calendar, write_day_sheets
from tests.rukang.engines.visits.tiny import (
    FRIDAY,
    THURSDAY,
    TUESDAY,
    home,
    plan_of,
    problem,
    visit,
)

NOTES = {"A": HomeNotes(address="示例路 1 号", contact="示例站长", bring=("评定表", "卷尺"))}
MADE_AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
ASKED = problem(
    [home("A"), home("B", surprise=True, minutes=90)],
    travel={("A", "X"): 20, ("A", "Y"): 10, ("B", "X"): 15, ("B", "Y"): 0, ("A", "B"): 10},
)
PLAN = plan_of(ASKED, visit("A", TUESDAY, start=time(8, 50)), visit("B", TUESDAY, start=time(11)))


def events(path: Path) -> dict[str, Any]:
    """Return the events of a file by summary."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def write(plan: Any, path: Path, asked: Any = ASKED) -> dict[str, Any]:
    """Return the events of X's file."""
    return events(write_calendar(asked, plan, "X", NOTES, path, MADE_AT))


def test_sheet_shows_the_day() -> None:
    """Who leaves and is back when, each home with time, address, contact and what to bring."""
    page = day_sheet(ASKED, PLAN, TUESDAY, ("X", "Y"), NOTES)
    shown = ["2026-11-10（星期二）", "评定员X", "评定员Y", "08:50–10:50", "11:00–12:30"]
    shown += ["示例路 1 号", "示例站长", "评定表、卷尺", "Day sheet", "08:30", "08:40", "12:45"]
    assert [text for text in shown if text not in page] == []
    assert page.index("示例家园A") < page.index("示例家园B")
    assert page.count("突击检查") == 1
    assert page.count("未填写") == 3


def test_sheet_escapes_notes() -> None:
    """Markup in the caller's text is shown, not obeyed."""
    notes = {"A": HomeNotes(contact="<script>")}
    page = day_sheet(ASKED, PLAN, TUESDAY, ("X", "Y"), notes)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_no_sheet_without_a_visit() -> None:
    """A day on which the two have nothing to do has no sheet."""
    with pytest.raises(NotFoundError, match="没有检查任务"):
        day_sheet(ASKED, PLAN, FRIDAY, ("X", "Y"), NOTES)


def test_a_sheet_for_each_pair_and_day(tmp_path: Path) -> None:
    """Every tour has its file."""
    plan = plan_of(ASKED, visit("A", TUESDAY), visit("B", THURSDAY, "YZ"))
    paths = write_day_sheets(ASKED, plan, NOTES, tmp_path / "sheets")
    assert [path.name for path in paths] == ["20261110-X-Y.html", "20261112-Y-Z.html"]
    assert all("</html>" in path.read_text(encoding="utf-8") for path in paths)


def test_calendar_in_local_time(tmp_path: Path) -> None:
    """Each visit is an event with its times in Shanghai, place, partner and what to bring."""
    event = write(PLAN, tmp_path / "x.ics")["检查 示例家园A"]
    assert event.start.isoformat() == "2026-11-10T08:50:00+08:00"
    assert event.end.isoformat() == "2026-11-10T10:50:00+08:00"
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert str(event["location"]) == "示例路 1 号"
    assert "评定员X、评定员Y" in event["description"]
    assert "评定表、卷尺" in event["description"]
    assert b"BEGIN:VTIMEZONE" in (tmp_path / "x.ics").read_bytes()


def test_surprise_visit_is_private(tmp_path: Path) -> None:
    """Who shares a calendar gives no notice."""
    found = write(PLAN, tmp_path / "x.ics")
    assert str(found["检查 示例家园B"]["class"]) == "PRIVATE"
    assert str(found["检查 示例家园A"]["class"]) == "PUBLIC"


def test_changed_file_replaces_the_old(tmp_path: Path) -> None:
    """A moved visit keeps its id with a higher sequence; one that others make is cancelled."""
    before = write(PLAN, tmp_path / "before.ics")
    changed = plan_of(
        ASKED, visit("A", THURSDAY), visit("B", TUESDAY, "YZ"), previous=PLAN.visits, revision=1,
        since=date(2026, 11, 9),
    )  # fmt: skip
    after = write(changed, tmp_path / "after.ics")
    moved, gone = after["检查 示例家园A"], after["取消检查 B"]
    assert moved["uid"] == before["检查 示例家园A"]["uid"]
    assert gone["uid"] == before["检查 示例家园B"]["uid"]
    assert (before["检查 示例家园A"]["sequence"], moved["sequence"], gone["sequence"]) == (0, 1, 1)
    assert (str(moved["status"]), str(gone["status"])) == ("CONFIRMED", "CANCELLED")


def test_home_taken_out_is_cancelled_too(tmp_path: Path) -> None:
    """A home that left the round leaves the calendar."""
    asked = ASKED.model_copy(update={"homes": ASKED.homes[:1]})
    after = plan_of(asked, visit("A", TUESDAY), previous=PLAN.visits, revision=1)
    assert "取消检查 B" in write(after, tmp_path / "x.ics", asked)

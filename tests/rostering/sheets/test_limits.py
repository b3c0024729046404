"""Files too large, damaged or no workbooks: each is refused in words, with bounded work."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from rostering.sheets import WorkbookError, open_workbook, read_sheet
from rostering.sheets.limits import LIMITS, Limits
from rostering.sheets.process import guard
from rostering.sheets.process.guard import Reader, read_cells
from rostering.sheets.process.refusals import NAMES, refusal
from rostering.sheets.reader import WorkbookReader
from tests.rostering.sheets.conftest import SOUND, Person, findings

Change = Callable[[bytes], bytes]

SHEET = "xl/worksheets/sheet1.xml"
CELLS = len([value for value in SOUND.values() if value is not None]) + len(SOUND)


@pytest.fixture
def sound(person: Callable[..., Path]) -> Path:
    """Return a workbook of one person, as XlsxWriter and openpyxl write them."""
    return person()


def edited(path: Path, part: str, change: Change) -> Path:
    """Return a copy of a workbook with one of its parts changed, or added."""
    copy = path.with_name("改.xlsx")
    with ZipFile(path) as old, ZipFile(copy, "w", ZIP_DEFLATED) as new:
        parts = {item.filename: old.read(item) for item in old.infolist()}
        parts[part] = change(parts.get(part, b""))
        for name, content in parts.items():
            new.writestr(name, content)
    return copy


def swapped(old: str, new: str) -> Change:
    """Return the change of one text into another, which must be there."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode())

    return change


def refused(path: Path) -> str:
    """Return the one reason for which a file is not read."""
    with pytest.raises(WorkbookError) as caught:
        WorkbookReader(path)
    (finding,) = caught.value.findings
    assert finding.zh
    assert finding.en
    return str(finding)


@pytest.mark.parametrize("place", ["A1048576", "XFD2", "XFD30", "AZ1048576", "XFD1048576"])
def test_a_stray_cell_is_named_and_costs_one_cell(sound: Path, place: str) -> None:
    """As many cells are made as are filled, and the finding says where the stray one stands."""
    book = load_workbook(sound)
    book["人员"][place] = 1
    book.save(sound)
    (sheet,) = read_cells(sound)["sheets"]
    assert len(sheet[1]) == CELLS + 1
    found = findings(sound)
    assert any(place in finding.zh and place in finding.en for finding in found)
    assert len(found) <= 2


def test_what_is_empty_between_rows_costs_nothing(person: Callable[..., Path]) -> None:
    """A table that goes on after some empty rows is read on."""
    path = person()
    book = load_workbook(path)
    for column, cell in enumerate(list(book["人员"][2]), 1):
        book["人员"].cell(900, column).value = cell.value
    book.save(path)
    with open_workbook(path) as read:
        assert [row.row for row in read_sheet(read, "人员", Person)] == [2, 900]


@pytest.mark.parametrize("limit", [name for name in NAMES if name != "ratio"])
def test_every_limit_is_told_with_its_figures(sound: Path, limit: str) -> None:
    """A limit below what a sound file has refuses it, saying what it has and what is allowed."""
    assert "refused" not in read_cells(sound)
    answer = read_cells(sound, limits=replace(LIMITS, **{limit: 0}))
    assert (answer["refused"], answer["limit"], answer["most"]) == ("limit", limit, 0)
    assert answer["found"] > 0
    zh, en = refusal(answer)
    assert f"{answer['found']:,}" in zh
    assert f"{answer['found']:,}" in en


def test_a_bomb_is_refused_by_its_table_of_contents(sound: Path) -> None:
    """Megabytes of one letter are not unpacked, however small they are packed."""
    bomb = edited(sound, "xl/sharedStrings.xml", lambda _: b"<sst>" + b"A" * 30_000_000)
    assert bomb.stat().st_size < 100_000
    assert "压缩倍数" in refused(bomb)


def test_entities_are_refused_before_they_grow(sound: Path) -> None:
    """A billion laughs end at the first word of their declaration."""
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
    )
    path = edited(sound, SHEET, lambda old: laughs + b"]>" + old.split(b"?>", 1)[-1])
    assert "实体" in refused(path)


DAMAGES: dict[str, Callable[[Path], Path]] = {
    "shared string out of range": lambda path: edited(
        path, SHEET, swapped('t="n"><v>37.5</v>', 't="s"><v>99999</v>')
    ),
    "shared string from the end": lambda path: edited(
        path, SHEET, swapped('t="n"><v>37.5</v>', 't="s"><v>-1</v>')
    ),
    "one part under many names": lambda path: edited(
        path,
        "xl/workbook.xml",
        swapped("</sheets>", '<sheet name="x" sheetId="9" r:id="rId1"/>' * 200 + "</sheets>"),
    ),
    "no relations": lambda path: _without(path, "xl/_rels/workbook.xml.rels"),
    "no table of contents": lambda path: _without(path, "[Content_Types].xml"),
    "another content type": lambda path: edited(
        path, "[Content_Types].xml", swapped("spreadsheetml", "wordprocessingml")
    ),
    "not XML": lambda path: edited(path, SHEET, lambda old: old[:-20]),
    "deep elements": lambda path: edited(
        path, SHEET, swapped("<sheetData>", "<x>" * 5000 + "</x>" * 5000 + "<sheetData>")
    ),
    "rows out of order": lambda path: edited(path, SHEET, swapped('<row r="2"', '<row r="1"')),
    "a row beyond the last": lambda path: edited(
        path, SHEET, swapped('<row r="2"', '<row r="2000000000"')
    ),
    "cells out of order": lambda path: edited(path, SHEET, swapped('r="C2"', 'r="A2"')),
    "an encoding nobody knows": lambda path: edited(
        path, SHEET, lambda old: b'<?xml version="1.0" encoding="nowhere"?>' + old
    ),
    "digits without end": lambda path: edited(
        path, SHEET, swapped("<v>37.5</v>", f"<v>{'9' * 5000}</v>")
    ),
    "cut short": lambda path: _bytes(path, lambda old: old[: len(old) // 2]),
    "a bit flipped": lambda path: _bytes(path, _flipped),
    "zip version": lambda path: _bytes(
        path, lambda old: re.sub(b"(?s)(PK\x01\x02..)..", lambda one: one[1] + b"\xff\x00", old)
    ),
    "empty": lambda path: _bytes(path, lambda _: b""),
    "a picture": lambda path: _bytes(path, lambda _: b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "old .xls": lambda path: _bytes(path, lambda _: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)),
    "strict": lambda path: edited(
        path,
        SHEET,
        swapped(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    ),
}


def _without(path: Path, part: str) -> Path:
    copy = path.with_name("少.xlsx")
    with ZipFile(path) as old, ZipFile(copy, "w") as new:
        for item in old.infolist():
            if item.filename != part:
                new.writestr(item.filename, old.read(item))
    return copy


def _bytes(path: Path, change: Change) -> Path:
    path.write_bytes(change(path.read_bytes()))
    return path


def _flipped(old: bytes) -> bytes:
    at = old.index(b"xl/worksheets/sheet1.xml") + 200
    return old[:at] + bytes([old[at] ^ 1]) + old[at + 1 :]


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_damaged_is_refused_in_words(sound: Path, damage: str) -> None:
    """No exception of a library comes through; the sentence says how to mend the file."""
    said = refused(DAMAGES[damage](sound))
    assert "存" in said or "下载" in said or "删" in said


def test_a_number_too_large_is_a_finding_at_its_cell(person: Callable[..., Path]) -> None:
    """1e27 has more digits than exact arithmetic keeps."""
    for number in (1e27, -1e300, 1e308):
        for header in ("周工时", "工资", "人数", "比例"):
            found = findings(person(**{header: number}))
            assert [(one.row, one.header) for one in found] == [(2, header)]


def test_days_before_and_after_all_calendars_are_findings(sound: Path) -> None:
    """A serial number that is no day is told at its cell; days of the system of 1904 are read."""
    path = edited(sound, SHEET, lambda old: old.replace(b"<v>46296</v>", b"<v>99999999999</v>"))
    assert {(one.row, one.header) for one in findings(path)} == {(2, "入职日期")}


def test_reading_ends_with_whoever_asked(sound: Path) -> None:
    """Once the client is gone, the process is killed, also in the middle of its work."""
    assert read_cells(sound, gone=lambda: True)["refused"] == "gone"
    assert _of_stopped(sound, LIMITS, gone=lambda: True)["refused"] == "gone"


def test_reading_ends_with_its_time(sound: Path) -> None:
    """No seconds are enough for nobody; the answer says it was the time."""
    answer = _of_stopped(sound, replace(LIMITS, seconds=0))
    assert answer["refused"] == "seconds"
    assert "时限" in refusal(answer)[0]


def _of_stopped(
    path: Path, limits: Limits, gone: guard.Gone = guard.somebody_waits
) -> dict[str, object]:
    """Return the answer of a process that stands still, as in endless work."""
    reader = Reader()
    os.kill(reader._process.pid, signal.SIGSTOP)
    return reader.ask(path, gone, limits)


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="the platform knows no such limits")
def test_the_system_holds_the_process_to_its_memory(sound: Path) -> None:
    """With hardly any memory the file is refused, and the next one is read as ever."""
    guard._end_all()  # one that has read a file needs little more for the next
    answer = read_cells(sound, limits=replace(LIMITS, memory_bytes=1 << 20))
    assert answer["refused"] in {"memory", "ended"}
    assert "sheets" in read_cells(sound)


def test_a_process_killed_while_it_waited_is_replaced(sound: Path) -> None:
    """The file is not blamed for the end of a process that had nothing to do with it."""
    assert "sheets" in read_cells(sound)
    for reader in list(guard._free):
        reader._process.kill()
    assert "sheets" in read_cells(sound)


def test_no_more_files_at_once_than_allowed(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six that come together take turns: none is refused, and few processes are left."""
    started: list[Reader] = []

    class Counted(Reader):
        def __init__(self) -> None:
            super().__init__()
            started.append(self)

    monkeypatch.setattr(guard, "Reader", Counted)
    guard._free.clear()
    answers: list[dict[str, object]] = []
    threads = [Thread(target=lambda: answers.append(read_cells(sound))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("sheets" in answer for answer in answers)
    assert len(started) <= LIMITS.at_once


def test_who_waits_too_long_is_told(sound: Path) -> None:
    """A file that finds no turn is refused with the advice to come again."""
    turns = [guard._turns.acquire() for _ in range(LIMITS.at_once)]
    try:
        assert read_cells(sound, limits=replace(LIMITS, waiting_seconds=0))["refused"] == "busy"
    finally:
        for _ in turns:
            guard._turns.release()


def test_problems_without_end_are_cut(sound: Path) -> None:
    """A file with more problems than anybody mends lists the first of them and says so."""
    book = load_workbook(sound)
    for row in range(3, 400):
        for column in range(1, 6):
            book["人员"].cell(row, column).value = "?"
    book.save(sound)
    found = findings(sound)
    assert len(found) == LIMITS.findings + 1
    assert "不再列出" in found[-1].zh

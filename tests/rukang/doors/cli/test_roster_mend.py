"""``rukang roster``: what can be asked of a roster, and what was worked."""

from __future__ import annotations

from pathlib import Path

import pytest

from rostering import Problem, Roster, read, write_workbook
from tests.rukang.doors.cli.conftest import Rukang

OLD = Path(__file__).parents[3] / "rostering" / "data" / "demo-home-october-1.json"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Three people and two days; A works the day shift, B nothing, C is on leave on day 0."""
    problem = Problem.model_validate(
        {
            "start": "2026-10-05",
            "days": 2,
            "shift_types": [{"id": "日", "start": "08:00", "minutes": 480, "paid_minutes": 480}],
            "staff": [{"id": "A"}, {"id": "B"}, {"id": "C"}],
            "cover": [{"day": 0, "shift": "日", "minimum": 1}],
            "unavailable": [{"staff": "C", "day": 0}],
        }
    )
    paths = tmp_path / "problem.json", tmp_path / "roster.json"
    paths[0].write_text(problem.model_dump_json(), encoding="utf-8")
    roster = Roster.from_rows(problem, [["日", None], [None, None], [None, None]])
    paths[1].write_text(roster.to_json(), encoding="utf-8")
    return paths


def test_who_could_take_a_shift(rukang: Rukang, files: tuple[Path, Path]) -> None:
    """B may, C is on leave and comes last."""
    said = rukang("roster", "recommend", *files, "--shift", "日", "--day", "2026-10-05")
    lines = [line for line in said.out.splitlines() if line[:1] in "✓✗"]
    assert (said.code, lines[0][:3], lines[-1][:3]) == (0, "✓ B", "✗ C")
    outside = rukang("roster", "recommend", *files, "--shift", "日", "--day", "2026-12-05")
    assert (outside.code, "不在班表的" in outside.err) == (1, True)


def test_two_cells_are_exchanged(rukang: Rukang, files: tuple[Path, Path], tmp_path: Path) -> None:
    """A and B may, and the roster is written; A and C may not."""
    day, out = "2026-10-05", tmp_path / "swapped.json"
    may = rukang(
        "roster", "swap", *files, "--first", f"A:{day}", "--second", f"B:{day}", "--out", out
    )
    assert (may.code, "可以调换" in may.out) == (0, True)
    assert Roster.from_json(read(files[0]), out.read_text(encoding="utf-8")).shift("B", 0) == "日"
    no = rukang("roster", "swap", *files, "--first", f"A:{day}", "--second", f"C:{day}")
    assert (no.code, "不能调换" in no.out) == (1, True)


def test_somebody_cannot_come(rukang: Rukang, files: tuple[Path, Path], tmp_path: Path) -> None:
    """A is ill: B takes the shift, and the roster is written."""
    out = tmp_path / "mended.json"
    said = rukang("roster", "repair", *files, "--away", "A:2026-10-05", "--out", out)
    assert said.code == 0
    mended = Roster.from_json(read(files[0]), out.read_text(encoding="utf-8"))
    assert (mended.shift("A", 0), mended.shift("B", 0)) == (None, "日")
    wrong = rukang("roster", "repair", *files, "--away", "Z:2026-10-05")
    assert (wrong.code, "Z" in wrong.err) == (1, True)


def test_shortages_are_told_without_solving(
    rukang: Rukang, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Enough for one head; three are one more than may work."""
    assert rukang("roster", "shortages", files[0]).code == 0
    text = (
        files[0]
        .read_text(encoding="utf-8")
        .replace('"minimum":1,"wanted":1', '"minimum":3,"wanted":3')
    )
    more = tmp_path / "more.json"
    more.write_text(text, encoding="utf-8")
    said = rukang("roster", "shortages", more)
    assert (said.code, "至少需要 3 人，只有 2 人" in said.out) == (1, True)


def test_forms_are_converted(rukang: Rukang, files: tuple[Path, Path], tmp_path: Path) -> None:
    """A file of the first version becomes the second; what a workbook cannot hold is refused."""
    new = tmp_path / "new.json"
    assert rukang("roster", "convert", OLD, new).code == 0
    assert '"rostering-problem-2"' in new.read_text(encoding="utf-8")
    assert read(new) == read(OLD)
    book = tmp_path / "book.xlsx"
    assert rukang("roster", "convert", files[0], book).code == 0
    assert read(book) == read(files[0])
    write_workbook(read(files[0]), tmp_path / "again.xlsx")
    lost = rukang("roster", "convert", OLD, tmp_path / "lost.xlsx")
    assert (lost.code, "请写成 .json" in lost.err) == (1, True)
    assert not (tmp_path / "lost.xlsx").exists()
    span = {"day": 0, "span": {"start": "07:00", "minutes": 60}, "minimum": 1}
    spans = Problem.model_validate({**read(files[0]).model_dump(), "cover": [span]})
    (tmp_path / "spans.json").write_text(spans.model_dump_json(), encoding="utf-8")
    lost = rukang("roster", "convert", tmp_path / "spans.json", book)
    assert (lost.code, "请写成 .json" in lost.err) == (1, True)
    assert read(book) == read(files[0])  # what stood there stays
    assert rukang("roster", "convert", files[0], tmp_path / "x.csv").code == 1

"""The note of a night: what grew, what shrank, whatever became the quickest."""

from pathlib import Path

from benchmarks.nightly import Line, changes, keep, lines, newest, note, read

BEFORE = [Line("wages", "one", 1, 3), Line("wages", "many", 40, 3), Line("wages", "old", 2, 1)]


def marks(*now: Line) -> dict[str, str]:
    """Return the marks of lines beside those before."""
    return {change.name: change.mark for change in changes(BEFORE, now)}


def test_what_grew_by_half_is_marked() -> None:
    """And what shrank likewise; less is not."""
    one, old = Line("wages", "one", 1, 3), Line("wages", "old", 2, 1)
    assert marks(one, Line("wages", "many", 60, 3), old)["many"] == "▲"
    assert marks(one, Line("wages", "many", 59, 3), old)["many"] == ""
    assert marks(one, Line("wages", "many", 26, 3), old)["many"] == "▼"


def test_another_quickest_line_changes_no_other() -> None:
    """``old`` became four times as quick; over ``one``, ``many`` is what it was."""
    now = [Line("wages", "one", 2, 3), Line("wages", "many", 80, 3), Line("wages", "old", 1, 1)]
    assert marks(*now) == {"one": "", "many": "", "old": "▼"}


def test_new_and_gone_lines_are_told() -> None:
    """With nothing to compare there is no verdict."""
    assert marks(Line("wages", "one", 1, 3), Line("visits", "plan", 1, 1)) == {
        "one": "",
        "many": "gone",
        "old": "gone",
        "plan": "new",
    }


def test_a_line_is_over_the_quickest_of_its_table() -> None:
    """By the quickest round of each."""
    measured = {
        "benchmarks": [
            {"group": "a", "name": "x", "stats": {"min": 0.5, "rounds": 3}},
            {"group": "a", "name": "y", "stats": {"min": 2.0, "rounds": 1}},
            {"group": "b", "name": "z", "stats": {"min": 9.0, "rounds": 1}},
        ]
    }
    assert list(lines(measured)) == [
        Line("a", "x", 1, 3),
        Line("a", "y", 4, 1),
        Line("b", "z", 1, 1),
    ]


def test_results_are_kept_and_the_newest_is_compared_with(tmp_path: Path) -> None:
    """By name, which is the moment; the note names it."""
    assert newest(tmp_path) is None
    keep([], tmp_path / "2026-11-29T010000.csv")
    keep(BEFORE, tmp_path / "2026-11-30T010000.csv")
    found = newest(tmp_path)
    assert found is not None
    assert read(found) == BEFORE
    text = note(read(found), BEFORE, "2026-12-01", found)
    assert "beside 2026-11-30T010000.csv" in text
    assert "| wages | many | 40 | 40 |  |" in text

"""``rukang roster``: problem files, a home's month, the checker, and what cannot be published."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rostering import Cover, read, write_workbook
from tests.rukang.doors.cli.conftest import DEMO, Rukang

INSTANCE = """\
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=2,2400,960,4,2,2,1
B,E=0|L=7,2400,960,5,2,2,1

SECTION_DAYS_OFF
A,0

SECTION_COVER
1,E,1,100,1
2,L,1,100,1
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A small instance in the public text format."""
    file = tmp_path / "small.txt"
    file.write_text(INSTANCE, encoding="utf-8")
    return file


def test_a_text_instance_is_solved_and_recounted(rukang: Rukang, instance: Path) -> None:
    """The solve proves its roster best, writes it, and the checker accepts it."""
    solved = rukang("roster", "solve", instance, "--out", "answers/roster.json")
    assert solved.code == 0
    assert "optimal" in solved.out
    assert "违规 violations 0" in solved.out
    checked = rukang("roster", "check", instance, "answers/roster.json")
    assert (checked.code, "符合全部硬性规则" in checked.out) == (0, True)


def test_a_file_is_asked_which_of_its_rules_collide(rukang: Rukang, instance: Path) -> None:
    """None, and the exit code is 0; with a day that needs more than there are, exit code 1."""
    possible = rukang("roster", "conflicts", instance, "--iterations", "2000")
    assert (possible.code, "规则之间没有冲突" in possible.out) == (0, True)
    short = Cover(day=0, shift="E", minimum=3, wanted=3)
    file = instance.with_suffix(".json")
    changed = read(instance).model_copy(update={"cover": (short,)})
    file.write_text(changed.model_dump_json(), "utf-8")
    told = rukang("roster", "conflicts", file, "--iterations", "2000")
    assert (told.code, "至少需要 3 人" in told.out) == (1, True)


def test_neither_a_file_nor_a_plan_is_refused(rukang: Rukang) -> None:
    """With what may be asked."""
    said = rukang("roster", "conflicts")
    assert (said.code, "--plan 1" in said.err) == (1, True)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_a_problem_is_read_from_workbook_and_json(
    rukang: Rukang, instance: Path, tmp_path: Path, solver: str
) -> None:
    """The same problem in our two own forms gives the same cost, with either solver."""
    problem = read(instance)
    write_workbook(problem, tmp_path / "small.xlsx")
    (tmp_path / "small.json").write_text(problem.model_dump_json(), encoding="utf-8")
    costs = {
        next(line for line in said.out.splitlines() if "recounted" in line)
        for name in ("small.txt", "small.xlsx", "small.json")
        for said in [rukang("roster", "solve", name, "--solver", solver)]
    }
    assert len(costs) == 1


def test_the_checker_names_what_a_roster_breaks(
    rukang: Rukang, instance: Path, tmp_path: Path
) -> None:
    """Work on a day off is told with person and day, and the exit code is 1."""
    file = tmp_path / "roster.json"
    shifts = {"A": {"0": "E", "1": "E"}, "B": {"2": "L", "3": "L"}}
    file.write_text(json.dumps({"shifts": shifts}))
    said = rukang("roster", "check", instance, file)
    assert said.code == 1
    assert "✗ A 1月1日（周一）" in said.out


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A roster of the small instance in which a wanted late shift is open."""
    file = tmp_path / "answered.json"
    file.write_text(json.dumps({"shifts": {"A": {"1": "E", "2": "E"}, "B": {}}}))
    return file


def test_a_roster_is_explained(rukang: Rukang, instance: Path, answered: Path) -> None:
    """What it costs by rule, how hours are shared, and why a cell is as it is."""
    said = rukang("roster", "explain", instance, answered)
    assert said.code == 0
    assert "100" in said.out
    assert "A 16，公平份额 8" in said.out
    cell = rukang("roster", "explain", instance, answered, "--staff", "B", "--day", "2024-01-03")
    assert (cell.code, "B 1月3日（周三）" in cell.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ((), "--plan 1"),
        (("small.txt",), "--plan 1"),
        (("small.txt", "answered.json", "--staff", "B"), "--day"),
        (("small.txt", "answered.json", "--staff", "B", "--day", "2024-02-01"), "2024-01-07"),
        (("small.txt", "answered.json", "--staff", "Z", "--day", "2024-01-01"), "没有编号为 Z"),
        (("--plan", "7"), "还没有安装"),
    ],
)
def test_what_cannot_be_explained_is_said(
    rukang: Rukang, instance: Path, answered: Path, words: tuple[str, ...], answer: str
) -> None:
    """Half a question, and one about nobody or no day, are refused with what to write."""
    said = rukang("roster", "explain", *words)
    assert (said.code, answer in said.err) == (1, True)


@pytest.mark.parametrize(
    ("roster", "words"),
    [
        ('{"shifts": {"Z": {"0": "E"}}}', "没有人员 Z"),
        ('{"shifts": {"A": {"9": "E"}}}', "第 9 天不在 0 至 6"),
        ('{"shifts": {"A": {"1": "X"}}}', "没有班次 X"),
        ('{"A": {"1": "E"}}', "不是班表"),
        ("[1, 2]", "不是班表"),
        ("{", "不是班表"),
    ],
)
def test_a_roster_of_another_problem_is_refused(
    rukang: Rukang, instance: Path, tmp_path: Path, roster: str, words: str
) -> None:
    """Unknown people, days and shift types are not passed over in silence."""
    file = tmp_path / "roster.json"
    file.write_text(roster)
    said = rukang("roster", "check", instance, file)
    assert (said.code, words in said.err) == (1, True)


def test_a_problem_that_is_none_is_refused(rukang: Rukang, tmp_path: Path) -> None:
    """JSON of something else, a binary file and a broken instance each say what is wrong."""
    (tmp_path / "a.json").write_text('{"days": 7}')
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.txt").write_text("SECTION_HORIZON\nseven\n")
    assert "staff: Field required" in rukang("roster", "solve", "a.json").err
    assert "不是 UTF-8 文本" in rukang("roster", "solve", "b.txt").err
    assert "c.txt:2" in rukang("roster", "solve", "c.txt").err


@pytest.mark.parametrize(
    "words", [(), ("--home", "ZP001"), ("small.txt", "--home", "ZP001", "--month", "2026-10")]
)
def test_neither_or_both_is_refused(rukang: Rukang, instance: Path, words: tuple[str, ...]) -> None:
    """A solve wants a file, or a home and a month, and not both."""
    said = rukang("roster", "solve", *words)
    assert (said.code, "--home ZP001 --month 2026-10" in said.err) == (1, True)


@pytest.mark.parametrize("month", ["2026-13", "10/2026", "October"])
def test_a_month_says_how_to_write_it(rukang: Rukang, month: str) -> None:
    """A badly written month is refused with an example."""
    said = rukang("roster", "solve", "--home", "ZP001", "--month", month)
    assert (said.code, "2026-10" in said.err) == (2, True)


def test_an_impossible_month_says_why_and_is_not_published(
    rukang: Rukang, home: Path, tmp_path: Path
) -> None:
    """With everybody on leave on a day, console and papers name day and shift; publish refuses."""
    assert rukang("import", _all_on_leave(tmp_path)).code == 0
    work = ("--iterations", "3000", "--out", "r")
    solved = rukang("roster", "solve", "--home", "ZP001", "--month", "2026-10", *work)
    collision = "10月14日（周三） 夜班至少需要 1 人，只有 0 人可以上"
    assert solved.code == 1
    assert collision in solved.out
    assert "没有可以发布的班表" in solved.err
    assert collision in Path("r/roster.html").read_text(encoding="utf-8")
    sheet = load_workbook("r/roster.xlsx")["意愿与说明"]
    assert any(collision in str(cell.value) for row in sheet for cell in row)
    assert "impossible" in rukang("roster", "list", "--home", "ZP001").out
    refused = rukang("roster", "publish", "1")
    assert (refused.code, "只有草稿可以发布" in refused.err) == (1, True)
    rules = "• 顾惠兰 10月14日（周三）：从零点起休假"
    told = rukang("roster", "conflicts", "--plan", "1")
    assert (told.code, "不能同时满足" in told.out, rules in told.out) == (1, True, True)
    assert rules in solved.out


def test_a_months_roster_is_published_once(rukang: Rukang, home: Path) -> None:
    """A solved month tells the command that publishes it; a second time it is refused."""
    first = ("--iterations", "5000", "--gap", "1")  # any roster will do
    solved = rukang("roster", "solve", "--home", "ZP001", "--month", "2026-10", *first)
    assert solved.code == 0
    assert "独立复核违规 violations 0" in solved.out
    command = next(line for line in solved.out.splitlines() if "发布 publish:" in line)
    assert rukang(*command.partition("rukang ")[2].split()).code == 0
    assert rukang("roster", "publish", "1").code == 1


def _all_on_leave(folder: Path) -> Path:
    """Return the demonstration home's staff workbook with everybody on leave on 14 October."""
    book = load_workbook(DEMO / "03-员工与排班.xlsx")
    day = datetime(2026, 10, 14)  # noqa: DTZ001
    for row in book["员工与合同"].iter_rows(min_row=2, values_only=True):
        taken = book["休假"].iter_rows(min_row=2, values_only=True)
        if row[0] and not any(
            who == row[0] and begin <= day <= end for who, begin, end, _ in taken
        ):
            book["休假"].append([row[0], day, day, "年休假"])
    file = folder / "all-on-leave.xlsx"
    book.save(file)
    return file

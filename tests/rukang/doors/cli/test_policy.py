"""``rukang policy`` and the figures a wage run lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from payroll import Standing
from tests.rukang.doors.cli.conftest import DEMO, Rukang

UNKNOWN = "insurance.medical.employer_rate"


def test_an_unknown_figure_shows_how_to_supply_it(rukang: Rukang) -> None:
    """The words name figure, place and day and give the lines to write; so written, it is known."""
    asked = ("policy", "show", UNKNOWN, "--place", "371681", "--on", "2026-10-01")
    said = rukang(*asked)
    assert said.code == 1
    assert "邹平市（371681），2026-10-01" in said.err
    assert f'  - parameter: {UNKNOWN}\n    place: "371681"' in said.err
    assert "local-policy.yaml" in said.err
    supplied = said.err[said.err.index("document: …") : said.err.rindex("本地政策文件即")]
    Path("own.yaml").write_text(
        supplied.replace("value: …", "value: 0.07").replace("document: …", "document: 示例")
    )
    assert "0.07" in rukang(*asked, "--local", "own.yaml").out


def test_several_local_files_hold_together(rukang: Rukang) -> None:
    """None is dropped in silence: figures of the first and of the second are both known."""
    files = (DEMO / "local-policy.yaml", DEMO.with_name("demo-home-summer") / "late-base.yaml")
    with_both = [word for file in files for word in ("--local", str(file))]
    shown = rukang("policy", "show", "--on", "2026-10-01", *with_both).out
    assert f"{UNKNOWN} = 0.085" in shown
    assert "insurance.base.floor = 4700" in shown


def test_a_wage_run_without_its_figures_is_refused(rukang: Rukang, home: Path) -> None:
    """All missing figures are told at once; only who needs none of them is computed."""
    said = rukang("payroll", "run", "--home", "ZP001", "--month", "2026-10", "--out", "wages")
    assert said.code == 1
    assert UNKNOWN in said.err
    assert "insurance.unemployment.employee_rate" in said.err
    assert "没有算出" in said.err


def test_a_mistyped_parameter_names_its_neighbours(rukang: Rukang) -> None:
    """A wrong name is answered with the nearest right ones."""
    said = rukang("policy", "show", "insurance.medical.employer")
    assert (said.code, UNKNOWN in said.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "code"), [(("--on", "yesterday"), 2), (("--local", "nowhere.yaml"), 1)]
)
def test_a_wrong_day_or_file_is_refused(rukang: Rukang, words: tuple[str, ...], code: int) -> None:
    """A day that is none and a local file that is not there are told."""
    said = rukang("policy", "show", "minimum_wage.monthly", *words)
    assert (said.code, words[1] in said.err) == (code, True)


def test_figures_are_listed_and_sound(rukang: Rukang) -> None:
    """Every parameter is listed with its name, known or unknown; the files have no finding."""
    local = ("--local", str(DEMO / "local-policy.yaml"))
    assert f"{UNKNOWN}  医疗保险" in rukang("policy", "list").out
    assert f"{UNKNOWN}：未知" in rukang("policy", "show", "--on", "2026-10-01").out
    assert f"{UNKNOWN} = 0.085" in rukang("policy", "show", "--on", "2026-10-01", *local).out
    assert rukang("policy", "lint").code == 0


def test_what_no_rule_reads_says_so(rukang: Rukang) -> None:
    """In the list, when it is looked up and when one is supplied; other figures say nothing."""
    listed = rukang("policy", "list").out.splitlines()
    marked = {line.split()[0] for line in listed if "只供查阅" in line}
    assert "leave.maternity_days" in marked
    assert UNKNOWN not in marked
    on = ("--on", "2026-10-01")
    assert "用途 use：只供查阅" in rukang("policy", "show", "leave.maternity_days", *on).out
    assert "只供查阅" not in rukang("policy", "show", "wage.deduction_ceiling", *on).out
    add = ("--from", "2026-01-01", "--date", "2026-01-05", "--document", "示例")
    assert "只供查阅" in rukang("policy", "add", "leave.maternity_days", "128", *add).out


def test_a_place_shows_document_source_and_standing_of_all(rukang: Rukang) -> None:
    """A known figure is followed by document and source, an unknown one by the reason."""
    lines = rukang("policy", "show", "--place", "371681", "--on", "2026-08-01").out.splitlines()
    known = [i for i, line in enumerate(lines) if " = " in line and not line.startswith("    ")]
    assert len(known) > 60
    for i in known:
        assert any(f"（{standing}" in lines[i] for standing in Standing)
        assert "来源 source：" in lines[i + 1]
    assert "levy.local_average_wage：未知 / unknown（当地社会平均工资（年））：由当地" in "\n".join(
        lines
    )


def test_a_figure_is_added_and_the_past_stays_known(rukang: Rukang) -> None:
    """A figure supplied twice answers by what was known; the difference is told."""
    add = ("policy", "add", UNKNOWN, "--place", "371600", "--document", "示例")
    assert rukang(*add, "0.085", "--from", "2026-01-01", "--date", "2026-01-05").code == 0
    assert rukang(*add, "0.08", "--from", "2026-07-01", "--date", "2026-08-02").code == 0
    assert rukang(*add, "8", "--from", "2026-09-01", "--date", "2026-09-02").code == 1
    asked = ("policy", "show", UNKNOWN, "--on", "2026-08-01")
    assert "数值 value：0.08 rate" in rukang(*asked).out
    assert "数值 value：0.085 rate" in rukang(*asked, "--known", "2026-08-01").out
    compared = rukang(
        "policy",
        "diff",
        "--on",
        "2026-08-01",
        "--known",
        "2026-08-01",
        "--with-known",
        "2026-08-02",
    ).out
    assert f"{UNKNOWN}：0.085 rate（local） → 0.08 rate（local）" in compared
    assert "1 处不同" in compared


def test_stale_figures_are_told(rukang: Rukang) -> None:
    """A base carried forward is told with its reason."""
    assert "insurance.base.floor = 4504 yuan（recalled（暂按上期 provisional））：暂按上期" in (
        rukang("policy", "stale", "--on", "2026-11-23").out
    )


def test_lint_reads_the_local_file_too(rukang: Rukang) -> None:
    """A local file with a misspelt key is an error of the lint, named."""
    Path("own.yaml").write_text("document: x\ndate: 2026-01-01\nfigure: []\n", encoding="utf-8")
    said = rukang("policy", "lint", "--local", "own.yaml")
    assert (said.code, "own.yaml" in said.err) == (1, True)


def test_a_year_s_days_off_tell_what_they_change(rukang: Rukang, home: Path) -> None:
    """What is lacking is said, and with the second figure which days are others now."""
    of = ("--place", "CN", "--from", "2027-01-01", "--to", "2027-12-31", "--document", "示例通知")
    known = ("--date", "2026-12-01", "--data", home)
    off = ("working_time.holidays.days_off", "[2027-02-09]")
    said = rukang("policy", "add", *off, *of, *known)
    assert "两项（全国，CN）齐了才生效" in said.out, said.err
    worked = ("working_time.holidays.make_up_workdays", "[2027-02-20]")
    said = rukang("policy", "add", *worked, *of, *known)
    assert "2027-02-09  工作日 → 节假日" in said.out, said.err

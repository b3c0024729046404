"""``rukang policy`` and the figures a wage run lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rukang.cli.conftest import DEMO, Rukang

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


def test_a_wage_run_without_its_figures_is_refused(rukang: Rukang, home: Path) -> None:
    """All missing figures are told at once, and nothing is written."""
    said = rukang("payroll", "run", "--home", "ZP001", "--month", "2026-10", "--out", "wages")
    assert said.code == 1
    assert UNKNOWN in said.err
    assert "insurance.unemployment.employee_rate" in said.err
    assert not Path("wages").exists()


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
    assert f"{UNKNOWN}：未知" in rukang("policy", "overview", "--on", "2026-10-01").out
    assert f"{UNKNOWN} = 0.085" in rukang("policy", "overview", "--on", "2026-10-01", *local).out
    assert rukang("policy", "lint").code == 0

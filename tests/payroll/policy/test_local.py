"""A user's own figures supply or override, and are marked as local."""

from datetime import date
from pathlib import Path

import pytest

from payroll import Policy, PolicyFileError, Standing, UnknownFigure
from payroll.policy.units import UNITS, WORDS

HEAD = "document: 示例通知\ndate: 2026-08-10\nfigures:\n"
ON = date(2026, 10, 1)


def _figure(parameter: str, place: str, value: str) -> str:
    return f"  - {{parameter: {parameter}, place: {place}, from: 2026-01-01, value: {value}}}\n"


def _policy(folder: Path, figures: str) -> Policy:
    path = folder / "local.yaml"
    path.write_text(HEAD + figures, encoding="utf-8")
    return Policy.load(local=[path])


def test_local_supplies_an_unknown_figure(tmp_path: Path) -> None:
    """A city's own rate answers for its counties, with document and local standing."""
    figure = _figure("insurance.medical.employer_rate", "371600", "0.08")
    found = _policy(tmp_path, figure).value("insurance.medical.employer_rate", "371681", ON)
    assert (str(found.value), found.standing) == ("0.08", Standing.LOCAL)
    assert (found.document, found.confirmed) == ("示例通知", False)


def test_local_overrides_at_its_own_place_and_day_only(tmp_path: Path) -> None:
    """A local figure replaces the shipped one from its day on, and nowhere else."""
    figure = _figure("minimum_wage.tier", "371681", "1")
    own = _policy(tmp_path, figure)
    assert own.value("minimum_wage.monthly", "371681", ON).value == 2400
    assert own.value("minimum_wage.monthly", "371681", date(2025, 12, 31)).value == 2210
    assert own.value("minimum_wage.monthly", "371602", ON).value == 2210


def test_local_ends_provisional(tmp_path: Path) -> None:
    """Once the new base is supplied, nothing is carried forward."""
    figure = _figure("insurance.base.floor", "370000", "4600")
    found = _policy(tmp_path, figure).value("insurance.base.floor", "371681", ON)
    assert (found.fen, found.provisional) == (460000, False)


def test_broader_local_figure_answers_where_the_search_was_stopped(tmp_path: Path) -> None:
    """A province-wide local figure serves a city declared unknown; shipped ones do not."""
    figure = _figure("insurance.medical.employer_rate", "370000", "0.07")
    own = _policy(tmp_path, figure)
    assert own.value("insurance.medical.employer_rate", "371681", ON).place == "370000"
    with pytest.raises(UnknownFigure):
        own.value("insurance.medical.employer_rate", "371681", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        (
            "  - {parameter: insurance.medical.rate, place: 371600, from: 2026-01-01, value: 0}\n",
            "没有名为",
        ),
        (
            "  - {parameter: minimum_wage.tier, place: 371600, from: 2026-01-01, value: 0}\n",
            "greater than",
        ),
        ("  - {parameter: minimum_wage.tier, place: 3716, from: 2026-01-01, value: 1}\n", "place"),
        ("  - {parameter: minimum_wage.tier, place: 371600, form: 2026-01-01, value: 1}\n", "form"),
        ("  - {parameter: minimum_wage.tier, place: 371600, from: 2026-13-01, value: 1}\n", "from"),
        ("  []\n", "figures"),
    ],
)
def test_wrong_local_files_are_refused(tmp_path: Path, figure: str, message: str) -> None:
    """A misspelt parameter, key, place, day or value is refused, naming the file."""
    with pytest.raises(PolicyFileError, match=message) as refused:
        _policy(tmp_path, figure)
    assert "local.yaml" in str(refused.value)


def test_a_value_that_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    """Parameter, line and what the unit is like stand in both languages; the value in the log."""
    right = _figure("minimum_wage.tier", "371681", "1")
    wrong = """\
  - parameter: minimum_wage.monthly
    place: 371681
    from: 2026-01-01
    value: 2300
"""
    with pytest.raises(PolicyFileError, match="读到 2300") as refused:
        _policy(tmp_path, right + wrong)
    assert refused.value.told is not None
    zh, en = refused.value.told
    line = (tmp_path / "local.yaml").read_text(encoding="utf-8").splitlines().index(
        "    value: 2300"
    ) + 1
    assert f"第 {line} 行 minimum_wage.monthly（371681，2026-01-01 起）" in zh
    assert "单位 yuan，应为按档次各一个" in zh
    assert f"line {line}, minimum_wage.monthly (371681, from 2026-01-01)" in en
    assert "2300" not in zh + en


def test_every_unit_says_what_it_is_like() -> None:
    """A unit that comes has to be told to whoever writes a file."""
    assert WORDS.keys() == UNITS.keys()


def test_local_file_needs_a_document(tmp_path: Path) -> None:
    """A figure without a document is not accepted."""
    path = tmp_path / "local.yaml"
    path.write_text("date: 2026-01-01\nfigures: []\n", encoding="utf-8")
    with pytest.raises(PolicyFileError, match="document"):
        Policy.load(local=[path])


def test_two_local_values_for_one_day_are_refused(tmp_path: Path) -> None:
    """A second value needs an end of the first; then both are accepted."""
    first = _figure("minimum_wage.tier", "371681", "1")
    second = _figure("minimum_wage.tier", "371681", "2").replace("2026-01-01", "2026-06-01")
    with pytest.raises(PolicyFileError) as refused:
        _policy(tmp_path, first + second)
    assert refused.value.told is not None
    zh, en = refused.value.told
    assert zh.startswith("minimum_wage.tier 在 371681 自 2026-06-01 起有两个数值")
    assert en.startswith("minimum_wage.tier has two values at 371681 from 2026-06-01 on")
    spans = [
        _figure("minimum_wage.tier", "371681", value).replace("value", f"to: {last}, value")
        for value, last in (("1", "2026-03-31"), ("2", "2026-12-31"))
    ]
    with pytest.raises(PolicyFileError, match=r"至 2026-03-31 有两个数值.* to 2026-03-31"):
        _policy(tmp_path, "".join(spans))
    ended = first.replace("value", "to: 2026-05-31, value")
    own = _policy(tmp_path, ended + second)
    assert own.value("minimum_wage.tier", "371681", date(2026, 5, 31)).value == 1
    assert own.value("minimum_wage.tier", "371681", date(2026, 6, 1)).value == 2

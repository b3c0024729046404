"""Adding a figure to a local file: what stands stays, what is wrong is not written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payroll import Policy, PolicyFileError
from payroll.policy import LocalFigure, supply

RATE = "insurance.medical.employer_rate"


def _figure(**changes: Any) -> LocalFigure:
    given = {
        "parameter": RATE,
        "place": "371600",
        "first": date(2026, 1, 1),
        "value": "0.085",
        "document": "示例通知",
        "date": date(2026, 1, 5),
    }
    return LocalFigure.model_validate(given | changes)


def _read(path: Path, on: date) -> Any:
    return Policy.load(local=[path]).value(RATE, "371681", on)


def test_a_file_is_begun_and_read_back(tmp_path: Path, policy: Policy) -> None:
    """The first figure makes the file, with document and day."""
    path = tmp_path / "new" / "local.yaml"
    supply(path, policy.parameters, _figure())
    found = _read(path, date(2026, 3, 1))
    assert (str(found.value), found.document, found.known_from) == (
        "0.085",
        "示例通知",
        date(2026, 1, 5),
    )


def test_a_later_figure_leaves_every_line_as_it_was(tmp_path: Path, policy: Policy) -> None:
    """Comments and figures that stand keep their bytes; the new one corrects its days."""
    path = tmp_path / "local.yaml"
    supply(path, policy.parameters, _figure())
    commented = "# 我的数值\n" + path.read_text(encoding="utf-8").replace("0.085", "0.085  # 待核")
    path.write_text(commented, encoding="utf-8")
    supply(
        path,
        policy.parameters,
        _figure(first=date(2026, 7, 1), value="0.08", date=date(2026, 6, 20), note="下调"),
    )
    assert path.read_text(encoding="utf-8").startswith(commented.rstrip("\n"))
    assert str(_read(path, date(2026, 6, 30)).value) == "0.085"
    assert (str(_read(path, date(2026, 7, 1)).value), _read(path, date(2026, 7, 1)).note) == (
        "0.08",
        "下调",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": "8.5"}, "0.085|less than or equal to 1"),
        ({"value": "{1: 0.08"}, "flow mapping"),
        ({"parameter": "insurance.medical.rate"}, "没有名为"),
        ({}, "两个数值"),
    ],
)
def test_a_wrong_figure_changes_nothing(
    tmp_path: Path, policy: Policy, changes: dict[str, Any], message: str
) -> None:
    """A value that does not fit, a misspelt name or a figure given twice is refused."""
    path = tmp_path / "local.yaml"
    supply(path, policy.parameters, _figure())
    before = path.read_bytes()
    with pytest.raises(PolicyFileError, match=message) as refused:
        supply(path, policy.parameters, _figure(**changes))
    assert "local.yaml" in str(refused.value)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["local.yaml"]

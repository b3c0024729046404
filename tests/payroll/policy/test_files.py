"""Parameter files are strict: what is misspelt, overlapping or unsourced is found."""

import json
from pathlib import Path

import jsonschema
import pytest

from payroll.policy import PolicyFileError, lint
from payroll.policy.load import PARAMETERS, read_file
from payroll.policy.reading import read_yaml
from payroll.policy.schema import SCHEMA, text

GOOD = """\
parameters:
  - id: demo.rate
    name: {zh: 示例, en: Demo}
    description: A demo.
    unit: rate
    period: month
    values:
      - place: "370000"
        from: 2025-01-01
        to: 2025-12-31
        value: 0.003
        document: 示例
        source: demo
        standing: local
        checked: 2026-11-23
      - place: "370000"
        from: 2026-01-01
        value: 0.004
        document: 示例
        source: demo
        standing: local
        checked: 2026-11-23
"""


def _write(folder: Path, content: str) -> Path:
    path = folder / "demo.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_our_own_files_are_clean() -> None:
    """The lint finds nothing in the files that ship."""
    assert lint() == []


def test_a_good_file_is_clean(tmp_path: Path) -> None:
    """The example the other tests spoil is itself accepted, and its rates are exact."""
    file = read_file(_write(tmp_path, GOOD))
    assert str(file.parameters[0].values[0].value) == "0.003"
    assert lint(tmp_path) == []


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("        source: demo\n        standing", "        standing", "source"),
        ("    unit: rate", "    unit: rate\n    units: rate", "units"),
        ("        value: 0.004", "        valeu: 0.004", "valeu"),
        ("    unit: rate", "    unit: percent", "percent"),
        ("        value: 0.004", "        value: 4", "less than or equal to 1"),
        ("standing: local", "standing: sure", "standing"),
        ("    period: month", "    period: month\n    period: year", "period"),
        ("        to: 2025-12-31", "        to: 2024-12-31", "早于"),
        ('place: "370000"', 'place: "37"', "place"),
        ("    period: month", "    period: month\n    keyed_by: demo.tier", "dictionary"),
    ],
)
def test_misplaced_key_or_value_is_refused(
    tmp_path: Path, good: str, bad: str, message: str
) -> None:
    """An unknown key, a missing source or a value that does not fit is refused by name."""
    path = _write(tmp_path, GOOD.replace(good, bad))
    with pytest.raises(PolicyFileError, match=message) as refused:
        read_file(path)
    assert str(path) in str(refused.value)
    assert len(lint(tmp_path)) == 1


def test_overlap_is_found(tmp_path: Path) -> None:
    """Two values for one place on one day are an overlap."""
    _write(tmp_path, GOOD.replace("from: 2026-01-01", "from: 2025-12-31"))
    assert ["重叠" in finding.message for finding in lint(tmp_path)] == [True]


def test_gap_is_found_unless_declared(tmp_path: Path) -> None:
    """A gap between two values is found; declared unknown with a reason, it is accepted."""
    gap = GOOD.replace("from: 2026-01-01", "from: 2026-03-01")
    _write(tmp_path, gap)
    assert ["gap" in finding.message for finding in lint(tmp_path)] == [True]
    declared = (
        '    unknown:\n      - place: "370000"\n        from: 2026-01-01\n'
        "        to: 2026-02-28\n        why: {zh: 未见, en: not seen}\n"
    )
    _write(tmp_path, gap + declared)
    assert lint(tmp_path) == []


def test_duplicate_id_and_loose_key_are_found(tmp_path: Path) -> None:
    """A parameter given twice and a tier chosen by nothing are found."""
    _write(tmp_path, GOOD)
    keyed = GOOD.replace("    period: month", "    period: month\n    keyed_by: demo.tier")
    keyed = keyed.replace("value: 0.003", "value: {1: 0.003}").replace(
        "value: 0.004", "value: {1: 0}"
    )
    (tmp_path / "second.yaml").write_text(keyed, encoding="utf-8")
    messages = " ".join(finding.message for finding in lint(tmp_path))
    assert "given twice" in messages
    assert "demo.tier" in messages


def test_schema_file_is_current() -> None:
    """The published schema is the one the models define."""
    assert SCHEMA.read_text(encoding="utf-8") == text()


@pytest.mark.parametrize("path", sorted(PARAMETERS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_files_fit_the_published_schema(path: Path) -> None:
    """Every shipped file is valid under the JSON schema that editors use."""
    jsonschema.validate(read_yaml(path), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_schema_refuses_a_misplaced_key() -> None:
    """The JSON schema is as strict as the reader."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"parameters": [], "note": "misplaced"}, schema)

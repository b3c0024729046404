"""The engines of the payroll benchmark state the same rules, and ours is exact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from sqlalchemy import create_engine, text

from benchmarks.payroll import main
from benchmarks.payrolls import decimal_loop, openfisca, ours
from benchmarks.payrolls.figures import COMPARED, figures
from benchmarks.payrolls.people import MONTH, columns_of, mixed, simple
from benchmarks.payrolls.writing import to_database, to_parquet
from payroll import Payroll, Policy, compute
from tests.demo import LOCAL_POLICY

POLICY = Policy.load(local=[LOCAL_POLICY])
PEOPLE = 500


@pytest.fixture(scope="module")
def month() -> Payroll:
    """A month of people of every kind."""
    return compute(MONTH, mixed(PEOPLE, 1), POLICY)


@pytest.mark.parametrize("seed", [1, 2])
def test_ours_equals_the_decimal_loop_to_the_fen(seed: int) -> None:
    """The whole month, and the rules alone, line by line."""
    people, known = simple(PEOPLE, seed), figures(POLICY)
    exact = decimal_loop.run(people, known)
    for lines in (ours.compared(people, POLICY), ours.rules_alone(people, known)):
        for line in COMPARED:
            assert (lines[line] == exact[line]).all(), line


def test_openfisca_states_the_same_rules_but_for_its_float32() -> None:
    """It is never off by more than float32 explains, so it is a fair peer."""
    people, known = simple(PEOPLE, 1), figures(POLICY)
    exact, theirs = decimal_loop.run(people, known), openfisca.run(people, known)
    for line in COMPARED:
        assert (np.abs(theirs[line] - exact[line]) <= 10).all(), line


def test_the_same_seed_makes_the_same_people() -> None:
    """And another seed others."""
    digests = {compute(MONTH, mixed(50, seed), POLICY).digest() for seed in (1, 1, 2)}
    assert len(digests) == 2
    assert len(columns_of(simple(7, 1))) == 7


def test_what_is_written_is_read_back(month: Payroll, tmp_path: Path) -> None:
    """Every person and line, in a file and in a database, with progress."""
    told: list[int] = []
    to_parquet(month, tmp_path / "slips.parquet", told.append)
    table = pq.read_table(tmp_path / "slips.parquet")
    assert table["net"].to_pylist() == month.amounts("net").tolist()
    assert table["id"].to_pylist() == list(month.people.ids)
    url = f"sqlite:///{tmp_path / 'slips.sqlite'}"
    to_database(month, url, told.append)
    engine = create_engine(url)
    with engine.connect() as connection:
        net = connection.execute(text("SELECT sum(net) FROM slip")).scalar()
    engine.dispose()
    assert (net, told) == (month.totals.net_fen, [PEOPLE, PEOPLE])


def test_the_command_prints_and_keeps_a_row_for_each_engine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each engine in a process of its own; ours is never wrong."""
    out = tmp_path / "payroll.csv"
    engines = ("compute", "rules", "openfisca", "decimal")
    assert main(["--people", "20", "--engine", *engines, "--out", str(out)]) == 0
    rows = [line.split(",") for line in out.read_text().splitlines()]
    assert [row[0] for row in rows[1:]] == list(engines)
    assert rows[0][4] == "wrong"
    assert [row[4] for row in rows[1:] if row[0] != "openfisca"] == ["0", "0", "0"]
    assert "a second" in capsys.readouterr().out

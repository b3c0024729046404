"""People as tables: filled with arrays, or read from records, the rules see no difference."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from payroll import Month, Policy, WorkerMonth, compute
from payroll.columns import Arrears, Columns, Deductions, Labels, People, Spells, Table

Build = Callable[..., WorkerMonth]


def test_a_column_not_given_holds_what_is_declared() -> None:
    """Nil, no, or "not stated", each as the table says."""
    people = People.filled(2, scheduled_days=[2100, 2200])
    assert people.scheduled_days.tolist() == [2100, 2200]
    assert people.declared_base.tolist() == [-1, -1]
    assert people.by_schedule.tolist() == [True, True]
    assert people.withheld_before.dtype == np.int64


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"schedule": [1, 2]}, "没有列 schedule"),
        ({"scheduled_days": [1, 2, 3]}, r"\(3,\)，应为 \(2,\)"),
        ({"scheduled_days": [1.5, 2.0]}, "float64"),
        ({"disabled": [0, 1]}, "neither whole numbers"),
        ({"housing_fund_employee": [0, -1]}, r"housing_fund_employee 第 1 行.*是 -1，应在 0 至"),
        ({"declared_base": [-1, -2]}, r"declared_base 第 1 行.*是 -2，应在 -1 至"),
        ({"income_before": [10**13 + 1, 0]}, "第 0 行.*至 10000000000000 之间"),
        ({"kind": [0, 9]}, "row 1 from 0 is not within 0 and 2"),
        ({"joined": [0, 1]}, "row 0 from 0 is not within 1"),
    ],
)
def test_a_wrong_column_is_refused(given: dict[str, Any], message: str) -> None:
    """An unknown name, another length, parts of a fen, an impossible amount: refused by name."""
    with pytest.raises(ValueError, match=message):
        People.filled(2, **given)


def test_the_least_and_the_most_are_taken() -> None:
    """Bounds are inclusive, and only an arrear may be below nil."""
    assert People.filled(1, declared_base=[-1], income_before=[10**13]).declared_base[0] == -1
    assert Arrears.filled(2, month=[1, 1], amount=[-(10**13), 10**13]).amount[0] < 0
    with pytest.raises(ValueError, match="列 amount"):
        Deductions.filled(1, amount=[-1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"names": ["赵晓禾"]}, "names 有 1 行，ids 有 2 行"),
        ({"of_people": People.filled(1)}, "of_people 有 1 行"),
        ({"work_places": Labels.same("371681", 3)}, "work_places 有 3 行，spells 有 2 行"),
        ({"arrear_lines": Labels.of(["net"])}, "arrear_lines 有 1 行，arrears 有 0 行"),
        ({"spells": Spells.filled(2, person=[0, 0])}, "R02 没有工资期间"),
        ({"spells": Spells.filled(2, person=[1, 1])}, "R01 没有工资期间"),
        ({"spells": Spells.filled(2, person=[0, 2])}, "人员 2 不存在，共 2 人"),
    ],
)
def test_tables_that_do_not_fit_are_refused(
    quota_worker: Build, october: Month, change: dict[str, Any], message: str
) -> None:
    """Another length, a row of nobody, a person without terms: nothing is computed from these."""
    columns = Columns.of(october, [quota_worker(), quota_worker(id="R02")])
    with pytest.raises(ValueError, match=message):
        replace(columns, **change)


@pytest.mark.parametrize("row", [[-1], [1]])
def test_labels_name_what_there_is(row: list[int]) -> None:
    """A row before the first or after the last word is none."""
    with pytest.raises(ValueError, match="no label"):
        Labels(("371681",), np.array(row))


def _tables(people: Columns) -> Sequence[Table]:
    return [item for item in vars(people).values() if isinstance(item, Table)]


def test_tables_and_records_give_the_same_month(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """The columns of records, filled anew from their arrays, have the same digest."""
    workers = [quota_worker(), quota_worker(id="R02", agreed_wage_fen=300000)]
    of_records = Columns.of(october, workers)
    filled = replace(
        of_records,
        of_people=People.filled(2, **dict(of_records.of_people.columns())),
        spells=Spells.filled(2, **dict(of_records.spells.columns())),
    )
    assert compute(october, filled, demo).digest() == compute(october, workers, demo).digest()


def test_any_other_input_changes_the_digest(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A name, an employer, a day: nothing of the inputs is left out of the fingerprint."""
    base = compute(october, [quota_worker()], demo).digest()
    changed: list[dict[str, Any]] = [
        {"id": "R9"},
        {"name": "赵晓苗"},
        {"employer": "B"},
        {"disabled": True},
        {"injury_rate_document": "通知"},
    ]
    digests = {compute(october, [quota_worker(**change)], demo).digest() for change in changed}
    assert len(digests | {base}) == len(changed) + 1


def test_rows_out_of_order_are_refused(quota_worker: Build, october: Month) -> None:
    """Spells stand in the order of people: else sums would still be right, but not the words."""
    columns = Columns.of(october, [quota_worker(), quota_worker(id="R02")])
    with pytest.raises(ValueError, match="order of people"):
        replace(columns, spells=Spells.filled(2, person=[1, 0]))


def test_labels_number_words_by_first_appearance() -> None:
    """Equal words share a number; a word of one row is found again."""
    labels = Labels.of(["b", "a", "b"])
    assert (labels.values, labels.row.tolist(), labels.at(2)) == (("b", "a"), [0, 1, 0], "b")
    assert Labels.same("x", 3).row.tolist() == [0, 0, 0]

"""People as tables: filled with arrays, or read from records, the rules see no difference."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from payroll import Month, Policy, WorkerMonth, compute
from payroll.columns import Columns, Labels, People, Spells, Table

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
    ],
)
def test_a_wrong_column_is_refused(given: dict[str, Any], message: str) -> None:
    """An unknown name, another length, parts of a fen: each is refused by name."""
    with pytest.raises(ValueError, match=message):
        People.filled(2, **given)


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

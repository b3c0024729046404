"""A sample of the mutation run: every way in which a workbook goes wrong, over all kinds."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.endurance import workbooks
from benchmarks.endurance.mutations import MUTATIONS, unpacked
from rostering.sheets import Finding
from rukang.doors.intake import Imported, NotAllImportedError, import_workbooks

SAMPLE = 3 * len(MUTATIONS)


@pytest.fixture(scope="module")
def progress(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the sample once; return the file of its fates."""
    progress = tmp_path_factory.mktemp("endurance") / "fates.jsonl"
    workbooks.fates(SAMPLE, 18, progress)
    return progress


def test_every_file_is_stored_whole_or_refused_with_words(progress: Path) -> None:
    """No traceback, none without end, none stored in part; each way is met on three books."""
    fates = list(workbooks._read(progress))
    assert len(fates) == SAMPLE
    assert {fate.mutation for fate in fates} == set(MUTATIONS)
    assert [fate for fate in fates if fate.fate in workbooks.FAULTS] == []
    assert all(fate.note for fate in fates if fate.fate == "refused")
    assert {fate.fate for fate in fates} == {"stored", "unchanged", "refused"}
    assert workbooks.tabled(fates).faults == 0


def test_a_run_is_taken_up_where_it_ended(progress: Path, tmp_path: Path) -> None:
    """Files whose fate is known are not imported again, and count all the same."""
    begun = tmp_path / "fates.jsonl"
    first = progress.read_text(encoding="utf-8").splitlines()[:9]
    begun.write_text("\n".join(first) + "\n", encoding="utf-8")
    table = workbooks.tabled(workbooks.fates(10, 18, begun))
    assert table.rows[-1][:2] == ["all", 10]
    assert [fate.number for fate in workbooks._read(begun)] == list(range(10))


def test_a_seed_draws_the_same_file_at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, so that what was found once is found again."""
    book = unpacked((workbooks.DEMO / "01-机构.xlsx").read_bytes())
    drawn = []
    for now in (1_000_000_000, 1_700_000_000):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        seeded = {name: mutate(book, Random(1)) for name, mutate in MUTATIONS.items()}  # noqa: S311
        drawn.append(seeded)
    first, second = drawn
    assert [name for name in MUTATIONS if first[name] != second[name]] == []


@pytest.mark.parametrize("careless", ["stores and refuses", "loses a row"])
def test_a_file_stored_in_part_would_be_found(
    monkeypatch: pytest.MonkeyPatch, careless: str
) -> None:
    """The run tells an import that refuses what it stored, and one that brings a row too few."""

    def import_carelessly(*about: Any, **more: Any) -> list[Imported]:
        (imported,) = import_workbooks(*about, **more)
        if careless == "stores and refuses":
            raise NotAllImportedError([Finding(file="02", zh="假", en="false")], [])
        return [replace(imported, rows=imported.rows - 1)]

    with workbooks.Bench() as bench:
        nothing = 7 * len(MUTATIONS) * 7 + len(MUTATIONS)
        assert bench.fate(nothing, 1).fate == "stored"
        monkeypatch.setattr(workbooks, "import_workbooks", import_carelessly)
        assert bench.fate(nothing, 1).fate == "part"

"""Part ``disk``: the disk is full at a random place of an import, a picture, a wage run.

A small disk in memory is mounted for it, which takes the rights of an administrator of the machine
(Linux); elsewhere the part says so and counts nothing.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from benchmarks.endurance.count import count_after_breakdown
from benchmarks.endurance.part import Options, Row
from benchmarks.endurance.people import MONTH, Case, a_case
from benchmarks.endurance.site import Site, a_site
from benchmarks.endurance.state import State
from rukang.base.database.passing import is_passing
from rukang.bodies.homes import find_home
from rukang.doors.handlers import policy_of
from rukang.doors.intake import import_workbooks
from rukang.pay import calculate_run, request_run
from rukang.stars.inspections import PART_BYTES, Announced, announce, missing_parts, take_part
from rukang.stars.inspections.records import InspectionSheet

PART = "disk"
MEGABYTES = 128
MOST_LEFT = 300_000
"""Bytes left free at most; a wage run of the part takes some 200 000."""

FIRST_CASE = 10_000
"""Numbers of cases, apart from those of other parts only to be told apart."""


def run(options: Options) -> list[Row]:
    """Fill the disk so many times; PostgreSQL's disk is its server's."""
    if "sqlite" not in options.databases:
        return []
    state = State.of(options, PART, "sqlite")
    with _small_disk(options.scratch / "small-disk") as disk:
        if disk is None:
            options.say(f"{PART}: no disk can be mounted here; left out")
            return []
        with a_site("sqlite", disk / "site") as site:
            while state.row.disturbed < options.times:
                _one(site, disk, options, state)
                state.keep()
            options.say(f"{PART}: {state.row.disturbed} of {options.times}")
    return [state.row]


@contextmanager
def _small_disk(place: Path) -> Iterator[Path | None]:
    place.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _one(site: Site, disk: Path, options: Options, state: State) -> None:
    number, row = state.row.disturbed + 1, state.row
    dice = random.Random(f"{options.seed}-{number}-disk")  # noqa: S311 - not a secret
    case = a_case(site, FIRST_CASE + number, options.seed)
    action = dice.choice([_imported, _handed_in, _paid])
    with _filled(disk, dice.randrange(MOST_LEFT)):
        # Whatever is refused may be refused with any error that says why; nothing may stay in part.
        _tried(lambda: action(site, case), row)
    count_after_breakdown(site, case, row)
    action(site, case)
    count_after_breakdown(site, case, row)
    row.disturbed = number


@contextmanager
def _filled(disk: Path, left: int) -> Iterator[None]:
    filler = disk / "filler"
    with filler.open("wb") as file:
        free = os.statvfs(disk)
        size = free.f_bavail * free.f_frsize - left
        if size > 0:
            os.posix_fallocate(file.fileno(), 0, size)
    try:
        yield
    finally:
        filler.unlink()


def _tried(action: Callable[[], None], row: Row) -> None:
    try:
        action()
    except Exception as error:
        if not (is_passing(error) or isinstance(error, OSError)):
            raise
        row.actions += 1


def _imported(site: Site, case: Case) -> None:
    import_workbooks(site.database, [case.workbook], policy=policy_of(site.settings))
    case.confirmed.add("workbook")


def _handed_in(site: Site, case: Case) -> None:
    """Announce a picture and store it, a transaction for each part."""
    with site.database.session() as session:
        sheet = session.scalars(
            select(InspectionSheet).where(InspectionSheet.id == case.sheet_id)
        ).one()
        file = Announced(
            criterion="B1", name="示例.png", size=len(case.picture), sha256=case.digest,
            taken_at=datetime(2026, 11, 1, tzinfo=UTC),
        )  # fmt: skip
        evidence = announce(session, sheet, file)
        missing = missing_parts(session, evidence)
    for part in missing:
        with site.database.session() as session:
            content = case.picture[part * PART_BYTES : (part + 1) * PART_BYTES]
            take_part(session, session.merge(evidence), part, content)
    case.confirmed.add("evidence")


def _paid(site: Site, case: Case) -> None:
    with site.database.session() as session:
        number = request_run(session, find_home(session, case.code), MONTH).id
    calculate_run(site.database, number, policy_of(site.settings))
    case.confirmed.update({"wages asked", "wages"})

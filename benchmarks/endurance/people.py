"""Who works while things break: each goes on where they were until all is confirmed.

Every function may be called again after a breakdown, and then does what a careful person or device
does: look first, repeat what was not confirmed, never what was.
"""

from __future__ import annotations

import hashlib
import io
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import openpyxl
from PIL import Image

from benchmarks.endurance.site import PATIENCE_SECONDS, Site
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.care.attendance import ExpectedAttendance
from rukang.engines.rating import Edition, load_edition
from rukang.rosters import Attendees, CareRatio
from rukang.stars.inspections import Stage
from tests.factories import (
    a_home,
    a_home_shift,
    a_member_of_staff,
    a_resident,
    a_sheet,
    a_tax_year,
    an_employer,
    an_employment,
    an_inspection,
    some_marks,
)

MONTH = date(2026, 10, 1)
WRITTEN_AT = "2026-11-01T09:00:00+08:00"
PEOPLE = 6
STAFF = 4
PICTURE = (400, 700)
"""Pixels of noise, which do not shrink: 840 000 bytes, some parts of evidence."""

WORKBOOK = Path("examples/demo-home/07-质量记录.xlsx")
KEPT_OF_WORKBOOK = {"incident": 2, "complaint": 2, "survey": 1, "reported_month": 1}


@dataclass
class Case:
    """What a few people do for one home: a score sheet, wages, a roster, a workbook.

    ``confirmed`` holds what the product told them is done.
    """

    number: int
    home_id: int
    code: str
    inspection_id: int
    sheet_id: int
    entries: dict[str, dict[str, Any]]
    facts: dict[str, dict[str, Any]]
    picture: bytes
    workbook: Path
    confirmed: set[str] = field(default_factory=set)

    @property
    def digest(self) -> str:
        """The picture's hash."""
        return hashlib.sha256(self.picture).hexdigest()


def a_case(site: Site, number: int, seed: int) -> Case:
    """Make a home with what its people need, past the programs."""
    dice = random.Random(f"{seed}-{number}")  # noqa: S311 - not a secret
    code = f"K{number:04d}"
    edition = load_edition("example-2026")
    with site.database.session() as session:
        home = a_home(session, code)
        a_home_shift(session, home, "白", 480)
        ratio = {"attendees": Attendees.DAY_CARE, "heads_per_staff": 8, "at_least": 1}
        session.add(CareRatio(home_id=home.id, shift_code="白", **ratio))
        session.add_all(
            ExpectedAttendance(home_id=home.id, day=day, day_care=12, workshop=0, overnight=0)
            for day in days_of_month(MONTH)
        )
        for member in range(STAFF):
            a_member_of_staff(session, home, f"S{number:04d}{member}")
        employer = an_employer(session, uscc=f"91371681MA9{number:06d}X", name=f"示例单位 {code}")
        worked = [day for day in days_of_month(MONTH) if Calendar().kind_of(day).works]
        for person in range(PEOPLE):
            resident = a_resident(session, home, f"R{number:04d}{person}")
            a_tax_year(session, an_employment(session, resident, employer))
            some_marks(session, resident, worked)
        inspection = an_inspection(session, home, Stage.PLANNED, MONTH, visit_on=MONTH)
        sheet = a_sheet(session, inspection, "inspector@example.org")
        ids = home.id, inspection.id, sheet.id
    return Case(
        number, ids[0], code, ids[1], ids[2], _best(edition, dice),
        {fact.key: {**_entry(dice), "value": "40"} for fact in edition.facts},
        _picture(dice), _workbook(site, code),
    )  # fmt: skip


def _entry(dice: random.Random) -> dict[str, Any]:
    """Return what a device adds to whatever it sends: an id of its own and its time."""
    return {"entry": str(UUID(int=dice.getrandbits(128), version=4)), "written_at": WRITTEN_AT}


def _best(edition: Edition, dice: random.Random) -> dict[str, dict[str, Any]]:
    """Return the best answer to every criterion."""
    best: dict[str, Callable[[Any], str | None]] = {
        "yes_no": lambda _: None,
        "deduction": lambda _: "0",
        "share": lambda _: "1",
        "choice": lambda item: str(max(item.options, key=lambda one: one.points).key),
        "judged": lambda item: str(item.anchors[-1].level),
        "bands": lambda item: str(item.bands[0].limit),
    }
    return {
        item.id: {**_entry(dice), "state": "met", "value": best[item.kind](item)}
        for item in edition.criteria.values()
    }


def _picture(dice: random.Random) -> bytes:
    noise = Image.frombytes("RGB", PICTURE, dice.randbytes(PICTURE[0] * PICTURE[1] * 3))
    kept = io.BytesIO()
    noise.save(kept, "PNG", compress_level=0)
    return kept.getvalue()


def _workbook(site: Site, code: str) -> Path:
    """Return the example's quality records as those of another home, without its staff."""
    book = openpyxl.load_workbook(WORKBOOK)
    book["填报信息"]["A2"] = code
    book["培训"].delete_rows(2, book["培训"].max_row)
    path = site.settings.data / f"07-质量记录-{code}.xlsx"
    book.save(path)
    return path


class NotConfirmedError(Exception):
    """The product refused, or answered what nobody expects; the words say what."""


def ask(client: httpx.Client, method: str, path: str, **sent: Any) -> Any:
    """Send a request and return what it says.

    Raises
    ------
    NotConfirmedError
        If it is refused.
    httpx.TransportError
        If nobody answers.
    """
    answer = client.request(method, f"/api/v1{path}", **sent)
    if answer.is_error:
        raise NotConfirmedError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
    return answer.json() if answer.content else None


def inspector(site: Site, address: str, case: Case) -> None:
    """Write every answer and figure, hand in a picture in parts, submit."""
    with site.caller(address, "inspector") as client:
        path = f"/inspections/{case.inspection_id}/sheet"
        account = ask(client, "GET", "/account")["id"]
        client.headers.update({"Rukang-Account": str(account), "Rukang-Sheet": str(case.sheet_id)})
        sheet = ask(client, "GET", path)
        if sheet["submitted_at"]:
            case.confirmed.update(_asked(case, sheet), {"evidence", "submission"})
            return
        for name in _asked(case, sheet):
            if name not in case.confirmed:
                kind, _, key = name.partition(" ")
                said = case.facts[key] if kind == "facts" else case.entries[key]
                ask(client, "PUT", f"{path}/{kind}/{key}", json=said)
                case.confirmed.add(name)
        _hand_in(client, path, case, sheet["asked"][0])
        seen = ask(client, "GET", path)
        body = {
            "answers": {one["criterion"]: one["sequence"] for one in seen["answers"]},
            "facts": {one["key"]: one["sequence"] for one in seen["facts"]},
        }
        ask(client, "POST", f"{path}/submission", json=body)
        case.confirmed.add("submission")


def _asked(case: Case, sheet: Any) -> list[str]:
    return [f"answers {name}" for name in sheet["asked"] + sheet["unrecorded"]] + [
        f"facts {key}" for key in case.facts
    ]


def _hand_in(client: httpx.Client, path: str, case: Case, criterion: str) -> None:
    if "evidence" in case.confirmed:
        return
    announced = {
        "criterion": criterion,
        "name": "示例.png",
        "size": len(case.picture),
        "sha256": case.digest,
    }
    awaited = ask(client, "POST", f"{path}/evidence", json=announced)
    size = awaited["part_bytes"]
    for part in awaited["missing"]:
        ask(
            client, "PUT", f"/evidence/{awaited['id']}/parts/{part}",
            content=case.picture[part * size : (part + 1) * size],
            headers={"Content-Type": "application/octet-stream"},
        )  # fmt: skip
    case.confirmed.add("evidence")


def clerk(site: Site, address: str, case: Case) -> None:
    """Ask for the month's wages and wait until they are calculated."""
    with site.caller(address, "administrator") as client:
        path = f"/homes/{case.code}/payroll-runs"
        runs = ask(client, "GET", path)["items"]
        if not runs or runs[0]["state"] == "draft":
            ask(client, "POST", path, json={"month": f"{MONTH:%Y-%m}"})
        case.confirmed.add("wages asked")
        _follow(
            lambda: ask(client, "GET", path)["items"][0]["state"] == "calculated",
            f"wages of {path}",
        )
        case.confirmed.add("wages")


def manager(site: Site, address: str, case: Case) -> None:
    """Ask for the month's roster, unless it is asked for already, and wait for it."""
    with site.caller(address, "administrator") as client:
        path = f"/homes/{case.code}/rosters"
        if not ask(client, "GET", path)["total"]:
            ask(client, "POST", path, json={"month": f"{MONTH:%Y-%m}", "time_limit": 3})
        case.confirmed.add("roster asked")
        _follow(
            lambda: ask(client, "GET", path)["items"][0]["state"] != "requested",
            f"roster of {path}",
        )
        case.confirmed.add("roster")


def importer(site: Site, _: str, case: Case) -> None:
    """Import a workbook by command, as often as it takes."""
    program = site.command("import", case.workbook)
    program.join(PATIENCE_SECONDS)
    if program.exitcode != 0:
        raise NotConfirmedError(f"import ended with {program.exitcode}")
    case.confirmed.add("workbook")


def _follow(done: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            raise NotConfirmedError(f"{what} did not end")
        time.sleep(0.2)


PEOPLE_AT_WORK = (inspector, clerk, manager, importer)

Troubles = (httpx.TransportError, NotConfirmedError)


class AtWork:
    """Everybody of a case at work at once, each in a thread."""

    def __init__(self, site: Site, address: str, case: Case) -> None:
        self._pool = ThreadPoolExecutor(len(PEOPLE_AT_WORK) + 1)
        self._running = [
            self._pool.submit(person, site, address, case) for person in PEOPLE_AT_WORK
        ]
        self.everybody_done = threading.Event()
        self._pool.submit(self._wait)

    def _wait(self) -> None:
        for one in self._running:
            one.exception()
        self.everybody_done.set()

    def end(self) -> list[str]:
        """Wait for everybody; return the troubles they met, none if all was confirmed.

        Raises
        ------
        Exception
            What is no trouble of theirs but a fault of this program.
        """
        self._pool.shutdown(wait=True)
        met = []
        for one in self._running:
            error = one.exception()
            if error is not None and not isinstance(error, Troubles):
                raise error
            if error is not None:
                met.append(f"{type(error).__name__}: {error}")
        return met


def work_until_done(site: Site, address: str, case: Case, rounds: int = 3) -> list[str]:
    """Let everybody go on until all is confirmed; return what troubles were left in the end."""
    left: list[str] = []
    for _ in range(rounds):
        left = AtWork(site, address, case).end()
        if not left:
            return []
    return left

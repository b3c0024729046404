"""Comparing what was confirmed with what stands, in the database itself."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select, text

from benchmarks.endurance.part import Row
from benchmarks.endurance.people import KEPT_OF_WORKBOOK, PEOPLE, Case
from benchmarks.endurance.site import Site
from rukang.stars.inspections import kept_of, kind_of_file, open_evidence
from rukang.stars.inspections.records import Evidence


def count_after_breakdown(site: Site, case: Case, row: Row) -> None:
    """Count right after a breakdown: what was confirmed stands, and nothing stands in part."""
    with site.database.engine.connect() as connection:
        found = _Found(connection, case)
        if site.kind == "sqlite":
            _whole_file(connection, row)
    _wages(found, row)
    _roster(found, row)
    _workbook(found, row)
    _sheet(found, row)
    _evidence(site, found, row)
    _confirmed(found, row)
    row.actions += len(case.confirmed)


def count_in_the_end(site: Site, case: Case, row: Row) -> None:
    """Count when everybody was done: everything stands, once."""
    count_after_breakdown(site, case, row)
    with site.database.engine.connect() as connection:
        found = _Found(connection, case)
    expected = {
        "answers": (len(found.entries), len(set(found.entries))),
        "pictures": (len(found.evidence), 1),
        "wage runs": (len(found.runs), 1),
        "payslips": (found.payslips, PEOPLE),
        "rosters": (len(found.plans), 1),
        "jobs": (len(found.jobs), 2),
        "unfinished jobs": (found.unfinished, 0),
    }
    for what, (stands, wanted) in expected.items():
        if stands > wanted:
            row.count("doubled", f"case {case.number}: {stands} {what} instead of {wanted}")
        if stands < wanted:
            row.count("lost", f"case {case.number}: {stands} {what} instead of {wanted}")


class _Found:
    """What the database holds of a case."""

    def __init__(self, connection: Connection, case: Case) -> None:
        self.case = case
        self._connection = connection
        of_home = {"home": case.home_id}
        self.runs = self._rows("SELECT id, state FROM pay_run WHERE home_id = :home", **of_home)
        self.steps = [
            state
            for (state,) in self._rows(
                "SELECT state FROM pay_step WHERE home_id = :home", **of_home
            )
        ]
        self.payslips = self._number("payslip")
        self.plans = self._rows(
            "SELECT state, shifts, findings FROM roster_plan WHERE home_id = :home", **of_home
        )
        self.jobs = self._rows("SELECT workflow FROM job WHERE home_id = :home", **of_home)
        names = [name for (name,) in self.jobs]
        table = (
            "dbos.workflow_status"
            if connection.dialect.name == "postgresql"
            else ("workflow_status")
        )
        ended = "('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')"
        going = self._rows(
            f"SELECT workflow_uuid FROM {table} WHERE status NOT IN {ended}"  # noqa: S608
        )
        self.unfinished = len({name for (name,) in going} & set(names))
        self.of_workbook = {name: self._number(name) for name in KEPT_OF_WORKBOOK}
        self.entries = [
            entry
            for (entry,) in self._rows(
                "SELECT entry FROM sheet_entry WHERE sheet_id = :sheet", sheet=case.sheet_id
            )
        ]
        self.contents = {
            entry: json.loads(value) if isinstance(value, str) else value
            for entry, value in self._rows(
                "SELECT entry, value FROM sheet_entry WHERE sheet_id = :sheet", sheet=case.sheet_id
            )
        }
        self.evidence = self._rows(
            "SELECT id, complete_at FROM evidence WHERE sheet_id = :sheet", sheet=case.sheet_id
        )
        self.submitted = self._rows(
            "SELECT submitted_at FROM inspection_sheet WHERE id = :sheet", sheet=case.sheet_id
        )[0][0]

    def _rows(self, query: str, **values: Any) -> list[Any]:
        return list(self._connection.execute(text(query), values).all())

    def _number(self, table: str) -> int:
        query = f"SELECT count(*) FROM {table} WHERE home_id = :home"  # noqa: S608
        return int(self._rows(query, home=self.case.home_id)[0][0])


def _whole_file(connection: Connection, row: Row) -> None:
    """Check the database file itself: pages, indexes, references."""
    if connection.scalar(text("PRAGMA integrity_check")) != "ok":
        row.count("in_part", "integrity_check")
    if dangling := connection.execute(text("PRAGMA foreign_key_check")).all():
        row.count("in_part", f"{len(dangling)} rows refer to nothing", len(dangling))


def _wages(found: _Found, row: Row) -> None:
    states = [state for _, state in found.runs]
    wanted = {"draft": 0, "calculated": PEOPLE}.get(states[0]) if states else 0
    if found.payslips != wanted:
        row.count("in_part", f"case {found.case.number}: {found.payslips} payslips, run {states}")
    for state in ("draft", "calculated"):
        if found.steps.count(state) > 1:
            row.count("doubled", f"case {found.case.number}: step {state} of a wage run")


def _roster(found: _Found, row: Row) -> None:
    for state, shifts, findings in found.plans:
        # What a driver does not read as JSON comes as text.
        has_result = any(kept not in (None, "null") for kept in (shifts, findings))
        if (state == "requested") is has_result:
            row.count(
                "in_part", f"case {found.case.number}: roster {state} with result {has_result}"
            )


def _workbook(found: _Found, row: Row) -> None:
    kept = {name for name, number in found.of_workbook.items() if number}
    if found.of_workbook != KEPT_OF_WORKBOOK and kept:
        row.count("in_part", f"case {found.case.number}: {found.of_workbook} of a workbook")


def _sheet(found: _Found, row: Row) -> None:
    if len(found.entries) != len(set(found.entries)):
        row.count("doubled", f"case {found.case.number}: an answer")


def _evidence(site: Site, found: _Found, row: Row) -> None:
    """Whole pictures open to the very picture that was sent, without what a camera wrote."""
    sent = found.case.picture
    _, picture = kept_of("picture", kind_of_file("picture", sent), sent)
    for number, complete_at in found.evidence:
        if complete_at is None:
            continue
        with site.database.session() as session:
            kept = session.scalars(select(Evidence).where(Evidence.id == number)).one()
            if open_evidence(session, kept) != picture:
                row.count("in_part", f"case {found.case.number}: a picture differs")
            session.rollback()


def _confirmed(found: _Found, row: Row) -> None:
    case = found.case
    said = {**case.entries, **case.facts}
    for name in case.confirmed:
        kind, _, key = name.partition(" ")
        if kind in {"answers", "facts"} and not _stands(said[key], found.contents):
            row.count("lost", f"case {case.number}: {name}")
    stands = {
        "evidence": any(complete for _, complete in found.evidence),
        "submission": found.submitted is not None,
        "wages asked": bool(found.runs),
        "wages": any(state == "calculated" for _, state in found.runs),
        "roster asked": bool(found.plans),
        "roster": any(state != "requested" for state, _, _ in found.plans),
        "workbook": found.of_workbook == KEPT_OF_WORKBOOK,
    }
    for name, is_there in stands.items():
        if name in case.confirmed and not is_there:
            row.count("lost", f"case {case.number}: {name}")


def _stands(said: dict[str, Any], contents: dict[str, Any]) -> bool:
    kept = contents.get(said["entry"])
    if kept is None:
        return False
    return all(
        kept.get(key) == said[key] for key in ("state", "value") if said.get(key) is not None
    )

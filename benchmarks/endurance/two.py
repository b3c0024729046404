"""Part ``two``: two web faces and two workers on one database, asked the same at one moment."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
from sqlalchemy import select, text

from benchmarks.endurance.part import Options, Row
from benchmarks.endurance.people import MONTH, PEOPLE, a_case
from benchmarks.endurance.site import PATIENCE_SECONDS, Site, a_site
from benchmarks.endurance.state import State
from rukang.base.access import Role
from rukang.base.access.records import Account, AccountRole

PART = "two"
AT_ONCE = 6


def run(options: Options) -> list[Row]:
    """Ask so many times; one laptop's SQLite has one web face, so PostgreSQL alone is asked."""
    if "postgresql" not in options.databases:
        return []
    state = State.of(options, PART, "postgresql")
    with a_site("postgresql", options.scratch / PART) as site:
        addresses = [site.serve(), site.serve()]
        while state.row.disturbed < options.times:
            _one(site, addresses, options, state)
            options.say(f"{PART}: {state.row.disturbed} of {options.times}")
            state.keep()
    return [state.row]


def _one(site: Site, addresses: list[str], options: Options, state: State) -> None:
    number, row = state.row.disturbed + 1, state.row
    dice = random.Random(f"{options.seed}-{number}-two")  # noqa: S311 - not a secret
    case = a_case(site, number, options.seed)
    _let_approve(site, case.home_id)
    faces = [dice.choice(addresses) for _ in range(AT_ONCE - 1)]
    faces += [address for address in addresses if address not in faces] or faces[:1]
    runs = f"/api/v1/homes/{case.code}/payroll-runs"

    asked = _at_once(site, faces, "administrator", lambda c: c.post(runs, json=_month()))
    jobs = {answer.json().get("id") for answer in asked if answer.status_code == 202}
    _expect(row, len(jobs), 1, f"case {number}: jobs of one wage run")
    _expect(row, Counter(_codes(asked))[202], len(asked), f"case {number}: requests accepted")
    with site.caller(addresses[0], "administrator") as client:
        until = time.monotonic() + PATIENCE_SECONDS
        while (found := client.get(runs).json()["items"])[0]["state"] == "draft":
            if time.monotonic() > until:
                break
            time.sleep(0.2)
    _expect(row, len(found), 1, f"case {number}: wage runs of one month")
    run_id = found[0]["id"]
    approve = f"/api/v1/payroll-runs/{run_id}/approve"
    approved = _at_once(site, faces, "manager", lambda c: c.post(approve, json={}))
    _expect(row, Counter(_codes(approved))[200], 1, f"case {number}: approvals")
    _count(site, case.home_id, number, row)
    row.actions += len(asked) + len(approved)
    row.disturbed = number


def _let_approve(site: Site, home_id: int) -> None:
    with site.database.session() as session:
        email = Account.email == "manager@example.org"
        account = session.scalars(select(Account).where(email)).one()
        session.add(AccountRole(account_id=account.id, role=Role.MANAGER, home_id=home_id))


def _month() -> dict[str, str]:
    return {"month": f"{MONTH:%Y-%m}"}


def _at_once(
    site: Site, addresses: list[str], who: str, send: Callable[[httpx.Client], httpx.Response]
) -> list[httpx.Response]:
    def one(address: str) -> httpx.Response:
        with site.caller(address, who) as client:
            return send(client)

    with ThreadPoolExecutor(len(addresses)) as pool:
        return list(pool.map(one, addresses))


def _codes(answers: list[httpx.Response]) -> list[int]:
    return [answer.status_code for answer in answers]


def _count(site: Site, home_id: int, number: int, row: Row) -> None:
    steps = "SELECT state FROM pay_step WHERE home_id = :home"
    slips = "SELECT count(*) FROM payslip WHERE home_id = :home"
    with site.database.engine.connect() as connection:
        taken = Counter(connection.scalars(text(steps), {"home": home_id}))
        kept = connection.scalar(text(slips), {"home": home_id}) or 0
    for state in ("draft", "calculated", "approved"):
        _expect(row, taken[state], 1, f"case {number}: steps {state}")
    _expect(row, kept, PEOPLE, f"case {number}: payslips")


def _expect(row: Row, found: int, wanted: int, what: str) -> None:
    if found != wanted:
        row.count("doubled" if found > wanted else "lost", f"{what}: {found} instead of {wanted}")

"""Two homes with everything the API shows, and accounts for every role."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.app import create_app
from payroll import Policy
from rukang import migrations
from rukang.access import Database, Grant, Role
from rukang.access.accounts import create_account
from rukang.access.records import AccessToken, Account
from rukang.calendar import kind_of
from rukang.clock import days_of_month
from rukang.homes import Home
from rukang.inspections import Inspection, Part, Reason, Stage
from rukang.inspections.editions import keep_edition
from rukang.inspections.planning import keep_plan
from rukang.inspections.records import (
    CorrectiveAction,
    DoubleScore,
    Evidence,
    EvidencePart,
    InspectionSheet,
    Objection,
    VisitPlan,
)
from rukang.jobs import JobKind, enqueue, prepare
from rukang.pay import calculate_run, find_run, request_run
from rukang.people import Staff
from rukang.rating import ScoreSheet, load_edition
from rukang.rating.service import keep_rating
from rukang.rosters import HomeShift, RosterState, request_roster
from rukang.settings import Settings
from rukang.visits import Inspector, Place, PlanProblem, VisitHome, plan
from tests.databases import fresh_url
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)

MONTH = date(2026, 10, 1)
PASSWORD = "梨树 bridge 七点半"
STAFF = 4
RESIDENTS = 3

ROLES = {
    "manager": Grant(Role.MANAGER, home_id=1),
    "clerk": Grant(Role.CLERK, home_id=1),
    "inspector": Grant(Role.INSPECTOR, region="371600"),
    "second": Grant(Role.INSPECTOR, region="371600"),
    "officer": Grant(Role.OFFICER, region="371681"),
    "administrator": Grant(Role.ADMINISTRATOR),
    "elsewhere": Grant(Role.MANAGER, home_id=2),
}
"""Address (before @example.org) and role; ``elsewhere`` manages the other home."""

SECRET_WORDS = ("ZP001", "员工S0", "园友R0", "梁园长")
"""What only people of the first home may read: every name in it carries one of these."""


@dataclass
class Clock:
    """A clock the tests turn."""

    now: datetime = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment it shows."""
        return self.now

    def turn(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


@dataclass
class House:
    """An installation with its records; ``ids`` are those of the first home."""

    settings: Settings
    database: Database
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, clock: Clock | None = None) -> TestClient:
        """Return a client of a new application, to be entered."""
        return TestClient(create_app(self.settings, clock or Clock()), follow_redirects=False)

    def visitor(self, running: TestClient, who: str | None) -> Client:
        """Return another client of a running application, with cookies of its own."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return Client(transport=running._transport, base_url=running.base_url, headers=headers)


@contextmanager
def furnished(kind: str, folder: Path) -> Iterator[House]:
    """Yield a house on a fresh database of a kind, which is dropped afterwards."""
    with fresh_url(kind, folder) as url:
        house = furnish(Settings(folder, url))
        yield house
        house.database.close()


def furnish(settings: Settings) -> House:
    """Return the house of a fresh database."""
    database = settings.open(Clock())
    migrations.upgrade(database.engine)
    prepare(database)
    house = House(settings, database)
    with database.session() as session:
        first, second = a_home(session), a_home(session, code="BC001", county="371602")
        house.ids = _records(session, first)
        a_member_of_staff(session, second)
        for name, grant in ROLES.items():
            person = "梁园长" if name == "manager" else f"示例{name}"
            create_account(session, f"{name}@example.org", person, PASSWORD, [grant])
        create_account(session, "nobody@example.org", "示例无角色", PASSWORD, [])
    calculate_run(database, house.ids["run_id"], Policy.load(local=[LOCAL_POLICY]))
    with database.session() as session:
        house.ids["payslip_id"] = find_run(session, house.ids["run_id"]).payslips[0].id
        house.tokens = {
            account.email.partition("@")[0]: a_token(session, account)
            for account in session.scalars(select(Account))
        }
    return house


def a_token(session: Session, account: Account, at: datetime = Clock().now) -> str:
    """Store a token as signing in does, without the time a password takes."""
    token = secrets.token_urlsafe()
    digest = hashlib.sha256(token.encode()).hexdigest()
    session.add(AccessToken(account_id=account.id, digest=digest, created_at=at))
    return token


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Return a token for an account."""
    form = {"username": email, "password": password}
    return str(client.post("/api/v1/tokens", data=form).raise_for_status().json()["access_token"])


def _records(session: Session, home: Home) -> dict[str, int]:
    staff = [a_member_of_staff(session, home, f"S0{n + 1}") for n in range(STAFF)]
    employer = an_employer(session)
    days = days_of_month(MONTH)
    for number in range(RESIDENTS):
        resident = a_resident(session, home, f"R0{number + 1}")
        a_tax_year(session, an_employment(session, resident, employer))
        some_marks(session, resident, [day for day in days if kind_of(day).works])
    edition = load_edition("example-2026")
    sheet = ScoreSheet(home=home.code, home_name=home.name, edition=edition.id, on=MONTH)
    plan_id = _roster(session, home, staff)
    job = enqueue(session, JobKind.SOLVE_ROSTER, home, plan_id, "manager@example.org")
    return {
        **_inspection(session, home),
        "roster_id": plan_id,
        "run_id": request_run(session, home, MONTH).id,
        "rating_id": keep_rating(session, home, edition, sheet).id,
        "job_id": job.id,
    }


def _inspection(session: Session, home: Home) -> dict[str, int]:
    """Store a closed inspection with a sheet, its evidence, an objection and an action."""
    kept = keep_edition(session, load_edition("example-2026"))
    inspection = Inspection(
        home_id=home.id, reason=Reason.DUE, words="", stage=Stage.PUBLISHED,
        edition_text_id=kept.id, opened_on=MONTH, due_on=MONTH, closed_on=MONTH,
    )  # fmt: skip
    session.add(inspection)
    session.flush()
    of_it = {"home_id": home.id, "inspection_id": inspection.id}
    sheet = InspectionSheet(
        **of_it, part=Part.FIRST, filled_by="administrator@example.org", name="示例评定员", facts={}
    )
    objection = Objection(**of_it, made_on=MONTH, by="梁园长", words="示例异议")
    action = CorrectiveAction(**of_it, criterion="B1", words="示例整改", due_on=MONTH)
    score = DoubleScore(
        **of_it, edition="example-2026", scored_on=MONTH, criterion="B1",
        first_by="示例评定员甲", second_by="示例评定员乙", first=Decimal(2), second=Decimal(1),
    )  # fmt: skip
    session.add_all([sheet, objection, action, score])
    session.flush()
    evidence = Evidence(
        home_id=home.id, sheet_id=sheet.id, criterion="B1", name="示例.png", size=9,
        media_type="image/png", sha256="0" * 64, announced_at=Clock().now, complete_at=Clock().now,
    )  # fmt: skip
    session.add(evidence)
    session.flush()
    cipher = session.info["vault"].seal_bytes(b"\x89PNG\r\n\x1a\n0")
    session.add(
        EvidencePart(
            home_id=home.id, evidence_id=evidence.id, number=0, size=9, content_cipher=cipher
        )
    )
    return {
        "plan_id": _visit_plan(session, home).id,
        "inspection_id": inspection.id,
        "objection_id": objection.id,
        "action_id": action.id,
        "evidence_id": evidence.id,
    }


def _visit_plan(session: Session, home: Home) -> VisitPlan:
    """Store a small plan: two inspectors, one home."""
    place = Place(latitude=37.4, longitude=117.9)
    problem = PlanProblem(
        first=date(2026, 11, 3),
        last=date(2026, 11, 13),
        homes=(VisitHome(code=home.code, name=home.name, place=place, minutes=120),),
        inspectors=tuple(Inspector(code=f"{n}@example.org", name=n, base=place) for n in "甲乙"),
    )
    return keep_plan(session, problem, plan(problem), 0, "officer@example.org")


def _roster(session: Session, home: Home, staff: list[Staff]) -> int:
    """Store a draft: everybody works days and nights in turn, and the fifth lacks one."""
    shifts = {"白": (480, 480, False), "夜": (1200, 720, True)}
    for code, (start, minutes, night) in shifts.items():
        session.add(
            HomeShift(
                home_id=home.id, code=code, name=f"{code}班", skill="护理", start=start,
                minutes=minutes, paid_minutes=minutes, is_night=night,
            )
        )  # fmt: skip
    plan = request_roster(session, home, MONTH)
    days = days_of_month(MONTH)
    plan.shifts = {
        member.code: {
            day.isoformat(): "白夜"[day.day % 2] for day in days if (day.day + turn) % STAFF < 2
        }
        for turn, member in enumerate(staff)
    }
    plan.problem = {
        "shift_types": [
            {"id": code, "name": f"{code}班", "start": start, "minutes": minutes,
             "paid_minutes": minutes, "is_night": night}
            for code, (start, minutes, night) in shifts.items()
        ],
        "staff": [{"id": member.code} for member in staff],
        "cover": [
            {"shift": "白", "day": n, "minimum": 1, "wanted": 2 + (n == 5)} for n in range(31)
        ],
    }  # fmt: skip
    plan.state, plan.status, plan.cost, plan.bound = RosterState.DRAFT, "feasible", 120, 100.0
    plan.findings = [{"zh": "10 月 6 日白班缺 1 人。", "en": "One missing on 6 October."}]
    session.flush()
    return plan.id

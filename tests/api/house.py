"""Two homes with everything the API shows, and accounts for every role."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.app import create_app
from payroll import Policy
from rukang.base.access import Database, Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.access.records import AccessToken, Account, Interest
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.jobs import JobKind, enqueue
from rukang.base.settings import Settings
from rukang.bodies.homes import Home
from rukang.doors.upkeep import init
from rukang.engines.rating import ScoreSheet, load_edition
from rukang.engines.visits import Inspector, Place, PlanProblem, VisitHome, plan
from rukang.pay import (
    PartPayment,
    PayFile,
    PayFiles,
    PaymentState,
    calculate_run,
    find_run,
    request_run,
)
from rukang.people import (
    Basis,
    Person,
    Purpose,
    Resident,
    Staff,
    add_guardian,
    find_resident,
    give_consent,
    merge,
)
from rukang.rosters import HomeShift, RosterState, request_roster
from rukang.stars.inspections import Stage
from rukang.stars.inspections.cases import open_correction, open_objection
from rukang.stars.inspections.records import (
    CorrectiveAction,
    DoubleScore,
    Objection,
    VisitPlan,
)
from rukang.stars.inspections.steps.planning import store_plan
from rukang.stars.ratings.service import store_rating
from rukang.work.employment import Employer, Employment
from tests.databases import KEPT, copy_of, migrated_url, written_out
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_photograph,
    a_resident,
    a_sheet,
    a_tax_year,
    an_employer,
    an_employment,
    an_inspection,
    records_of_forms,
    some_marks,
)

HOSTS = ("testserver", *Settings.hosts)
"""The test client asks for the first one."""

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

PERSONS = {"worker": Role.WORKER, "guardian": Role.GUARDIAN, "staff": Role.STAFF}
"""Whose role is held over one person of the first home; ``stranger`` is one of the other."""

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

    def client(self, clock: Clock | None = None) -> TestClient:
        """Return a client of a new application, to be entered."""
        return TestClient(create_app(self.settings, clock or Clock()), follow_redirects=False)

    def token(self, who: str, at: datetime = Clock().now) -> str:
        """Return a new token of an account: a turned clock may have swept out earlier ones."""
        with self.database.session() as session:
            email = Account.email == f"{who}@example.org"
            return a_token(session, session.scalars(select(Account).where(email)).one(), at)

    def visitor(self, running: TestClient, who: str | None) -> Client:
        """Return another client of a running application, with cookies of its own."""
        headers = {"Authorization": f"Bearer {self.token(who)}"} if who else {}
        return Client(transport=running._transport, base_url=running.base_url, headers=headers)


@contextmanager
def furnished(kind: str, folder: Path) -> Iterator[House]:
    """Yield a house on a fresh database of a kind, which is dropped afterwards.

    A process furnishes one house of a kind; every further one is a copy of it, keys included.
    """
    pattern = _pattern(kind)
    with copy_of(kind, pattern.settings.database_url, folder) as url:
        shutil.copytree(pattern.settings.data, folder, dirs_exist_ok=True)
        settings = Settings(folder, url, hosts=HOSTS)
        house = House(settings, settings.open(Clock()), dict(pattern.ids))
        yield house
        house.database.close()


@cache
def _pattern(kind: str) -> House:
    """Return the house that the others are copies of; it is gone when the tests have ended."""
    folder = Path(KEPT.enter_context(tempfile.TemporaryDirectory(prefix="rukang-house-")))
    url = KEPT.enter_context(migrated_url(kind, folder))
    house = furnish(Settings(folder / "data", url, hosts=HOSTS))
    house.database.close()
    written_out(url)
    return house


def furnish(settings: Settings) -> House:
    """Return the house of a fresh database."""
    database = init(settings, Clock())
    house = House(settings, database)
    with database.session() as session:
        first, second = a_home(session), a_home(session, code="BC001", county="371602")
        house.ids = records_of(session, first)
        other = a_member_of_staff(session, second)
        of_persons = _grants_of_persons(session, first)
        of_persons["stranger"] = Grant(Role.STAFF, person_id=other.person_id)
        of_persons["carer"] = Grant(Role.CARER, home_id=second.id)
        for name, grant in {**ROLES, **of_persons}.items():
            person = "梁园长" if name == "manager" else f"示例{name}"
            create_account(session, f"{name}@example.org", person, PASSWORD, [grant])
        create_account(session, "nobody@example.org", "示例无角色", PASSWORD, [])
    calculate_run(database, house.ids["run_id"], Policy.load(local=[LOCAL_POLICY]))
    with database.session() as session:
        house.ids["payslip_id"] = find_run(session, house.ids["run_id"]).payslips[0].id
        administrator = Account.email == "administrator@example.org"
        house.ids["account_id"] = session.scalars(select(Account.id).where(administrator)).one()
    return house


def _grants_of_persons(session: Session, home: Home) -> dict[str, Grant]:
    """Return roles over the first and the second resident and the first member of staff."""
    residents, staff = (
        session.scalars(select(kind.person_id).where(kind.home_id == home.id).order_by(kind.code))
        for kind in (Resident, Staff)
    )
    people = (*residents.all()[:2], staff.all()[0])
    held = zip(PERSONS.items(), people, strict=True)
    return {name: Grant(role, person_id=person) for (name, role), person in held}


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


def records_of(session: Session, home: Home, people: str = "") -> dict[str, int]:
    """Store everything the API shows of a home, and return the ids; codes of people begin so."""
    staff = [a_member_of_staff(session, home, f"{people}S0{n + 1}") for n in range(STAFF)]
    employer = an_employer(session)
    days = days_of_month(MONTH)
    for number in range(RESIDENTS):
        resident = a_resident(session, home, f"{people}R0{number + 1}")
        work = an_employment(session, resident, employer)
        a_tax_year(session, work)
        some_marks(session, resident, [day for day in days if Calendar().kind_of(day).works])
    edition = load_edition("example-2026")
    sheet = ScoreSheet(home=home.code, home_name=home.name, edition=edition.id, on=MONTH)
    plan_id = _roster(session, home, staff)
    job = enqueue(as_actor(session, "manager@example.org"), JobKind.SOLVE_ROSTER, home, plan_id)
    return {
        **inspection_of(session, home),
        "plan_id": visit_plan_of(session, home).id,
        "roster_id": plan_id,
        "run_id": request_run(session, home, MONTH).id,
        "rating_id": store_rating(session, home, edition, sheet).id,
        **pay_files_of(session, home, employer),
        "job_id": job.id,
        "part_id": _part(session, work).id,
        "record_id": records_of_forms(session, home, staff[0], MONTH),
        **_file_of(session, find_resident(session, home, f"{people}R01").person),
        "merge_id": _merged(session, staff[-1].person),
    }


def _file_of(session: Session, person: Person) -> dict[str, int]:
    """Store a guardian and a consent of somebody, and return the ids of what their file holds."""
    guardian = add_guardian(session, person, "示例监护人", "母亲", Basis.APPOINTED, MONTH)
    consent = give_consent(session, person, Purpose.OUTING, MONTH, guardian=guardian)
    return {
        "identifier_id": person.identifiers[0].id,
        "disability_id": person.disabilities[0].id,
        "guardian_id": guardian.id,
        "consent_id": consent.id,
    }


def _merged(session: Session, kept: Person) -> int:
    """Store a second file of somebody, merged into the first, and return the merge."""
    second = Person(name=kept.name, sex=kept.sex, born_on=kept.born_on)
    session.add(second)
    session.flush()
    return merge(session, kept, second, "家属确认是同一人").id


def _part(session: Session, work: Employment) -> PartPayment:
    """Store a part of the month before, on its way to the bank, and return it."""
    part = PartPayment(
        home_id=work.home_id, employment_id=work.id, month=MONTH - timedelta(days=30),
        first=MONTH - timedelta(days=30), last=MONTH - timedelta(days=16), amount_fen=100,
        state=PaymentState.SENT, message="", at=Clock().now, by="administrator@example.org",
    )  # fmt: skip
    session.add(part)
    session.flush()
    return part


def pay_files_of(session: Session, home: Home, employer: Employer) -> dict[str, int]:
    """Store a file of an employer that a job wrote for the administrator."""
    order = PayFiles(
        month=MONTH, each=False, asked_by="administrator@example.org",
        asked_at=Clock().now, made_at=Clock().now,
    )  # fmt: skip
    cipher = session.info["vault"].seal_bytes("园友R01".encode())
    file = PayFile(
        of=order, employer_id=employer.id, homes=[home.id], name="示例/invoice.xlsx", size=9,
        content_cipher=cipher,
    )  # fmt: skip
    session.add_all([order, file])
    session.flush()
    return {"files_id": order.id, "file_id": file.id}


def inspection_of(session: Session, home: Home) -> dict[str, int]:
    """Store a closed inspection with a sheet, its evidence, an objection and an action."""
    inspection = an_inspection(session, home, Stage.PUBLISHED, MONTH, closed_on=MONTH)
    sheet = a_sheet(session, inspection, "administrator@example.org")
    of_it = {"home_id": home.id, "inspection_id": inspection.id}
    objection = Objection(**of_it, made_on=MONTH, by="梁园长", words="示例异议")
    action = CorrectiveAction(**of_it, criterion="B1", words="示例整改", due_on=MONTH)
    score = DoubleScore(
        **of_it, edition="example-2026", scored_on=MONTH, criterion="B1",
        first_by="示例评定员甲", second_by="示例评定员乙", first=Decimal(2), second=Decimal(1),
    )  # fmt: skip
    session.add_all([objection, action, score])
    session.flush()
    open_objection(session, objection)
    case_id = open_correction(session, action).id
    evidence = a_photograph(session, sheet, [b"\x89PNG\r\n\x1a\n0"], Clock().now)
    return {
        "inspection_id": inspection.id,
        "objection_id": objection.id,
        "case_id": case_id,
        "action_id": action.id,
        "sheet_id": sheet.id,
        "evidence_id": evidence.id,
        "interest_id": _interest(session, home).id,
    }


def _interest(session: Session, home: Home) -> Interest:
    """Store that somebody, whose account is gone, may not act on the home."""
    email = f"{secrets.token_hex(4)}@example.org"
    interest = Interest(home_id=home.id, email=email, words="示例亲属", held_from=MONTH)
    session.add(interest)
    session.flush()
    return interest


def visit_plan_of(session: Session, home: Home, *, surprise: bool = False) -> VisitPlan:
    """Store a small plan: two inspectors, one home."""
    place = Place(latitude=37.4, longitude=117.9)
    problem = PlanProblem(
        first=date(2026, 11, 3),
        last=date(2026, 11, 13),
        homes=(
            VisitHome(code=home.code, name=home.name, place=place, minutes=120, surprise=surprise),
        ),
        inspectors=tuple(Inspector(code=f"{n}@example.org", name=n, base=place) for n in "甲乙"),
    )
    return store_plan(as_actor(session, "officer@example.org"), problem, plan(problem), 0)


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
        "start": MONTH.isoformat(),
        "days": len(days),
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

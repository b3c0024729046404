"""Invented homes and people for the tests, one line each.

Numbers follow the rules of the real ones and belong to nobody: the sequence digits of a citizen
ID are 000.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session
from stdnum.cn.ric import calc_check_digit

from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.sealing.vault import Sealed
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, DayMarks, PieceWork, Presence
from rukang.care.quality import BOOK, COMPLAINTS, INCIDENTS, Complaint, Incident
from rukang.engines.rating import load_edition
from rukang.numbers import bank_account, citizen_id
from rukang.pay import PayRun, request_run
from rukang.people import (
    Disability,
    HoursSystem,
    Person,
    Resident,
    ServiceKind,
    Sex,
    Staff,
    upsert_certificate,
)
from rukang.people.entries import enter_record
from rukang.rosters.records import HomeShift, RosterPlan, RosterState, Wish
from rukang.stars.inspections.editions import store_edition
from rukang.stars.inspections.records import (
    Evidence,
    EvidencePart,
    Inspection,
    InspectionSheet,
    Part,
    Reason,
    Stage,
)
from rukang.work.employment import DayCount, Employer, Employment, EmploymentKind, TaxToDate

_births = itertools.count()
_employers = itertools.count(1)
_accounts = itertools.count(1)


def a_citizen_id(born_on: date, division: str = "371681") -> str:
    """Return a number with sequence 000 and a right check digit."""
    body = f"{division}{born_on:%Y%m%d}000"
    return body + calc_check_digit(body + "0")


def a_home(session: Session, code: str = "ZP001", county: str = "371681", **fields: object) -> Home:
    """Return a stored home."""
    values: dict[str, object] = {
        "name": f"如康家园示例站 {code}",
        "address": "示例路 1 号",
        "legal_person": "示例社会服务中心",
        "uscc": "91371681MA3EXAMP0X",
        "capacity": 80,
        "floor_area": 1260,
        "opened_on": date(2022, 5, 1),
        "opening_days": [1, 2, 3, 4, 5, 6],
        "rest_minutes": 660,
        "services": ["日间照料", "辅助性就业"],
    }
    home = Home(code=code, county=county, **{**values, **fields})
    session.add(home)
    session.flush()
    return home


def a_person(session: Session, name: str = "示例人", born_on: date | None = None) -> Person:
    """Return a stored person; everybody is born on a day of their own."""
    born_on = born_on or date(1980, 1, 1) + timedelta(days=next(_births))
    number = a_citizen_id(born_on)
    sealed = session.info["vault"].seal(number, citizen_id.mask(number))
    person = Person(name=name, sex=Sex.FEMALE, born_on=born_on, citizen_id=sealed)
    session.add(person)
    session.flush()
    return person


def a_member_of_staff(session: Session, home: Home, code: str = "S01", **fields: object) -> Staff:
    """Return stored staff on standard hours, able to work 护理 at day and night."""
    values: dict[str, object] = {
        "post": "护理员",
        "skills": ["护理"],
        "qualified": True,
        "hours_system": HoursSystem.STANDARD,
        "weekly_minutes": 2400,
        "max_consecutive_days": 6,
        "max_weekends": 4,
        "night_allowed": True,
        "protected": False,
        "contract_from": date(2024, 1, 1),
        "contract_to": None,
    }
    person = fields.pop("person", None) or a_person(session, f"员工{code}@{home.code}")
    staff = Staff(home_id=home.id, person=person, code=code, **{**values, **fields})
    session.add(staff)
    session.flush()
    return staff


def own_number(person: Person) -> Sealed:
    """Return the citizen ID, sealed, of somebody who has one."""
    assert person.citizen_id is not None
    return person.citizen_id


def a_certificate(session: Session, person: Person, grade: object = 2) -> Disability:
    """Return a stored certificate of category 5, of which nobody says since when."""
    number = f"{session.info['vault'].open(own_number(person))}5{grade}"
    return upsert_certificate(session, person, number, date(2030, 12, 31), date(2025, 1, 1))


def a_resident(session: Session, home: Home, code: str = "R01", **fields: object) -> Resident:
    """Return a stored resident with a certificate of category 5, grade 2."""
    person = fields.pop("person", None) or a_person(session, f"园友{code}@{home.code}")
    assert isinstance(person, Person)
    if person.disability_on(date(2025, 1, 1)) is None:
        a_certificate(session, person, fields.pop("grade", 2))
    values: dict[str, object] = {
        "service": ServiceKind.QUOTA,
        "joined_on": date(2025, 1, 1),
        "left_on": None,
    }
    resident = Resident(home_id=home.id, person=person, code=code, **{**values, **fields})
    session.add(resident)
    session.flush()
    return resident


def an_employer(session: Session, name: str = "示例纸品有限公司", **fields: object) -> Employer:
    """Return a stored company of 邹平 with an injury rate and a premium of its own."""
    values: dict[str, object] = {
        "uscc": f"91371681MA3{next(_employers):06d}X",
        "county": "371681",
        "insured_place": "371681",
        "injury_rate": Decimal("0.004"),
        "rate_document": "示例：单位核定通知",
        "day_count": DayCount.PAID_DAYS,
        "accident_premium_fen": 500,
    }
    employer = Employer(name=name, **{**values, **fields})
    session.add(employer)
    session.flush()
    return employer


def an_employment(
    session: Session, resident: Resident, employer: Employer, **fields: object
) -> Employment:
    """Return a stored labour contract at the minimum wage, insured since 2025-03."""
    number = f"16130000{next(_accounts):08d}"
    values: dict[str, object] = {
        "kind": EmploymentKind.CONTRACT,
        "started_on": date(2025, 3, 1),
        "ended_on": None,
        "monthly_wage_fen": 221000,
        "declared_base_fen": 221000,
        "insured_from": date(2025, 3, 1),
        "account": session.info["vault"].seal(number, bank_account.mask(number)),
        "bank": "示例农商银行",
    }
    employment = Employment(
        home_id=resident.home_id, resident=resident, employer=employer, **{**values, **fields}
    )
    session.add(employment)
    session.flush()
    return employment


def a_tax_year(session: Session, employment: Employment, **fields: object) -> TaxToDate:
    """Return the stored totals of January to September 2026 of somebody at 2210 yuan a month."""
    values: dict[str, object] = {
        "through": date(2026, 9, 30),
        "months": 9,
        "income_fen": 1989000,
        "insurance_fen": 417519,
        "special_additional_fen": 0,
        "tax_fen": 0,
        "full_last_year": False,
    }
    year = TaxToDate(
        home_id=employment.home_id, employment_id=employment.id, **{**values, **fields}
    )
    session.add(year)
    session.flush()
    return year


def some_marks(
    session: Session,
    resident: Resident,
    days: Iterable[date],
    halves: Mapping[date, tuple[Presence, Presence]] | None = None,
    **kinds: date,
) -> None:
    """Store attendance: present on the days given, save those named, such as ``SICK_LEAVE=day``.

    ``halves`` are days of two marks.
    """
    marks = dict.fromkeys(days, DayMarks.whole(Presence.PRESENT))
    marks |= {day: DayMarks.whole(Presence[kind]) for kind, day in kinds.items()}
    marks |= {day: DayMarks(*both) for day, both in (halves or {}).items()}
    session.add_all(
        AttendanceDay(home_id=resident.home_id, resident_id=resident.id, day=day, marks=of)
        for day, of in marks.items()
    )
    session.flush()


def some_pieces(
    session: Session, resident: Resident, month: date, item: str, quantity: int, rate: str
) -> PieceWork:
    """Return stored piece work of a month; the rate is in yuan."""
    made = PieceWork(
        home_id=resident.home_id,
        resident_id=resident.id,
        month=month,
        item=item,
        day=None,
        quantity=quantity,
        quality_deduction_fen=0,
        rate=Decimal(rate),
    )
    session.add(made)
    session.flush()
    return made


def a_home_shift(
    session: Session, home: Home, code: str, start: int, **fields: object
) -> HomeShift:
    """Return a stored shift type of eight paid hours from a minute of the day."""
    values: dict[str, object] = {
        "name": f"{code} 班",
        "skill": "护理",
        "minutes": 480,
        "paid_minutes": 480,
        "is_night": False,
    }
    shift = HomeShift(home_id=home.id, code=code, start=start, **{**values, **fields})
    session.add(shift)
    session.flush()
    return shift


def a_plan(session: Session, home: Home, month: date, **fields: object) -> RosterPlan:
    """Return a stored plan that is not solved yet."""
    values: dict[str, object] = {"state": RosterState.REQUESTED, "time_limit": 60}
    plan = RosterPlan(
        home_id=home.id,
        month=month,
        requested_at=session.info["clock"](),
        **{**values, **fields},
    )
    session.add(plan)
    session.flush()
    return plan


def a_wish(session: Session, member: Staff, day: date, **fields: object) -> Wish:
    """Return a stored wish for a day off."""
    values: dict[str, object] = {"shift_code": None, "wanted": False, "weight": 5}
    wish = Wish(home_id=member.home_id, staff_id=member.id, day=day, **{**values, **fields})
    session.add(wish)
    session.flush()
    return wish


OCTOBER = date(2026, 10, 1)


def an_october(session: Session) -> PayRun:
    """Return a wage run to be calculated, of the worked example's people and one high earner.

    R01 at the minimum wage with a day of sick leave, R02 with income tax to pay, R05 in the middle
    of the month with an employer whose name looks like a formula, R37 at piece rates.
    """
    home = a_home(session)
    worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
    paper, food = (
        an_employer(session),
        an_employer(
            session,
            "=1+1 食品有限公司",
            injury_rate=Decimal("0.002"),
            day_count=DayCount.SCHEDULED,
        ),
    )
    people = {code: a_resident(session, home, code) for code in ("R01", "R02", "R05", "R37")}
    a_tax_year(session, an_employment(session, people["R01"], paper))
    high = an_employment(session, people["R02"], paper, monthly_wage_fen=1200000)
    a_tax_year(session, high, income_fen=10800000, tax_fen=120000)
    joiner = {"started_on": date(2026, 10, 15), "insured_from": OCTOBER}
    terms = {"monthly_wage_fen": 240000, "declared_base_fen": 240000}
    an_employment(session, people["R05"], food, **joiner, **terms)
    some_marks(session, people["R01"], worked, SICK_LEAVE=date(2026, 10, 12))
    some_marks(session, people["R02"], worked)
    some_marks(session, people["R05"], [day for day in worked if day >= joiner["started_on"]])
    an_agreement(session, people["R37"], an_employer(session, home.name))
    some_pieces(session, people["R37"], OCTOBER, "手工串珠", 412, "1.20")
    some_pieces(session, people["R37"], OCTOBER, "纸盒折叠", 860, "0.35")
    return request_run(session, home, OCTOBER)


def an_agreement(session: Session, resident: Resident, employer: Employer) -> Employment:
    """Return a stored agreement of assisted employment: piece rates, no insurance."""
    return an_employment(
        session,
        resident,
        employer,
        kind=EmploymentKind.AGREEMENT,
        monthly_wage_fen=0,
        declared_base_fen=0,
        insured_from=None,
    )


def an_inspection(
    session: Session, home: Home, stage: Stage, day: date, **fields: object
) -> Inspection:
    """Return a stored inspection by the example's edition, opened and due on one day."""
    inspection = Inspection(
        home_id=home.id, reason=Reason.DUE, words="", stage=stage,
        edition_text_id=store_edition(session, load_edition("example-2026")).id,
        opened_on=day, due_on=day, **fields,
    )  # fmt: skip
    session.add(inspection)
    session.flush()
    return inspection


def a_sheet(session: Session, inspection: Inspection, filled_by: str) -> InspectionSheet:
    """Return the stored sheet of the first of two inspectors, with nothing in it."""
    sheet = InspectionSheet(
        home_id=inspection.home_id, inspection_id=inspection.id, part=Part.FIRST,
        filled_by=filled_by, name="示例评定员", facts={},
    )  # fmt: skip
    session.add(sheet)
    session.flush()
    return sheet


def a_photograph(
    session: Session, sheet: InspectionSheet, parts: Sequence[bytes], at: datetime
) -> Evidence:
    """Return a stored file on a sheet, whose sealed parts have all arrived; its hash is none."""
    evidence = Evidence(
        home_id=sheet.home_id, sheet_id=sheet.id, criterion="B1", name="示例.png",
        size=sum(map(len, parts)), media_type="image/png", sha256="0" * 64, kept_sha256="0" * 64,
        announced_at=at, complete_at=at,
    )  # fmt: skip
    session.add(evidence)
    session.flush()
    seal = session.info["vault"].seal_bytes
    session.add_all(
        EvidencePart(
            home_id=sheet.home_id, evidence_id=evidence.id, number=number, size=len(part),
            content_cipher=seal(part),
        )
        for number, part in enumerate(parts)
    )  # fmt: skip
    return evidence


def records_of_forms(session: Session, home: Home, staff: Staff, day: date) -> int:
    """Enter a quality record of each kind for a home, and return the id that all of them have."""
    text = {"code": "Q-1", "words": "示例"}
    given: dict[str, dict[str, Any]] = {
        "incidents": {**text, "day": day, "kind": "跌倒", "grave": False},
        "complaints": {**text, "received_on": day, "about": "照护"},
        "training": {"staff": staff.code, "day": day, "topic": "示例培训", "hours": 1},
        "surveys": {"held_on": day, "asked": 3, "answered": 2, "satisfied": 1},
    }
    made = {enter_record(session, home, form, given[form.code]).id for form in BOOK.forms}
    assert len(made) == 1  # pages and operations of all forms name it alike
    return int(made.pop())


def an_incident(
    session: Session, home: Home, code: str, day: date, words: str = "示例", **given: Any
) -> Incident:
    """Enter an incident by itself: a fall that was not grave, if nothing else is said."""
    values = {"code": code, "day": day, "kind": "跌倒", "grave": False, "words": words} | given
    incident: Incident = enter_record(session, home, INCIDENTS, values)
    return incident


def a_complaint(
    session: Session, home: Home, code: str, received_on: date, words: str = "示例", **given: Any
) -> Complaint:
    """Enter a complaint by itself: about care and not closed, if nothing else is said."""
    values = {"code": code, "received_on": received_on, "about": "照护", "words": words} | given
    complaint: Complaint = enter_record(session, home, COMPLAINTS, values)
    return complaint


def close_complaint(
    session: Session, home: Home, complaint: Complaint, closed_on: date, *, upheld: bool
) -> None:
    """Close a complaint."""
    values = {name: getattr(complaint, name) for name in ("code", "received_on", "about", "words")}
    closed = {"closed_on": closed_on, "upheld": upheld}
    enter_record(session, home, COMPLAINTS, values | closed, complaint.id)

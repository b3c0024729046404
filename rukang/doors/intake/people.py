"""02-人员: the residents of a home and whom to call about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from stdnum.exceptions import ValidationError

from rostering.sheets import Located
from rukang.base.words import words_of
from rukang.doors.intake.identity import check_identities, lookups, upsert_person
from rukang.doors.intake.numbers import CERTIFICATE
from rukang.forms import Book, Form, FromWorkbook, always
from rukang.forms.workbooks.layouts import Layout, Row
from rukang.numbers import citizen_id, disability_certificate
from rukang.people import (
    Basis,
    Death,
    Guardian,
    Identifier,
    IdentifierKind,
    Resident,
    until,
    upsert_certificate,
)

Entries = Sequence[Located[Any]]


def known_people(taking: FromWorkbook, entries: Entries) -> None:
    """Note a code, or a citizen ID, of somebody else, and whoever is in two homes at once."""
    check_identities(taking, entries, Resident)
    for entry in entries:
        _check_other_homes(taking, entry)


def own_certificates(taking: FromWorkbook, entries: Entries) -> None:
    """Note the certificate of another person."""
    for entry in entries:
        number, holder = entry.value.certificate, entry.value.citizen_id
        if citizen_id.is_valid(holder) and disability_certificate.is_valid(number):
            try:
                disability_certificate.validate(number, holder)
            except ValidationError as error:
                words = words_of(error)
                taking.report(entry, CERTIFICATE, zh=words.zh, en=words.en)


def stays_in_order(taking: FromWorkbook, entries: Entries) -> None:
    """Note who joins after the month of the register, or leaves before joining."""
    last = taking.span[1]
    for entry in entries:
        joined, left = entry.value.joined_on, entry.value.left_on
        if joined > last:
            taking.report(
                entry,
                "入园日期",
                zh=f"晚于名册月份的最后一天 {last}；请改正日期，或登记在以后的名册里",
                en=f"after the last day {last} of the register's month: correct it, or enter it"
                " later",
            )
        if left is not None and left < joined:
            taking.report(
                entry,
                "离园日期",
                zh=f"早于入园日期 {joined}；请核对两个日期",
                en=f"before the joining date {joined}; check both",
            )


def _check_other_homes(taking: FromWorkbook, entry: Located[Any]) -> None:
    value = entry.value
    query = (
        select(Resident.id)
        .join(Identifier, Resident.person_id == Identifier.person_id)
        .where(Identifier.kind == IdentifierKind.CITIZEN_ID, Identifier.withdrawn_on.is_(None))
        .where(Identifier.number_lookup.in_(lookups(taking, value.citizen_id)))
        .where(Resident.home_id != taking.home_id)
        .where(or_(Resident.left_on.is_(None), Resident.left_on >= value.joined_on))
    )
    if value.left_on is not None:
        query = query.where(Resident.joined_on <= value.left_on)
    if taking.session.scalars(query).first() is not None:
        # Which home it is, is not for every caller to know.
        taking.report(
            entry,
            "入园日期",
            zh="此人同一时间已在另一家机构在册；请先在原机构办理离园，或改正日期",
            en="already registered in another home at that time: leave there first, or correct"
            " the date",
        )


def _person(taking: FromWorkbook, value: Any, found: Resident | None) -> Mapping[str, Any]:
    """Return the person of a resident, with the certificate; nobody stays beyond a death."""
    known = found.person if found else None
    before = known.citizen_id if known else None
    person = upsert_person(taking.session, value.citizen_id, value.name, value.sex, known)
    upsert_certificate(
        taking.session,
        person,
        value.certificate,
        value.certificate_to,
        taking.month,
        corrects=value.joined_on >= taking.month or person.citizen_id != before,
    )
    left = until(taking.stored(Death, "person_id"), person, value.left_on)
    return {"person": person, "left_on": left}


def of_the_listed(taking: FromWorkbook, entries: Entries) -> None:
    """Note guardians of nobody in the workbook."""
    codes = taking.codes(Resident)
    for entry in entries:
        if entry.value.ward not in codes:
            taking.report(
                entry,
                "人员编号",
                zh="“入园人员”表中没有这个编号；请核对编号",
                en="no row of 入园人员 has this code; correct the code",
            )


def _to_call(taking: FromWorkbook) -> Sequence[Guardian]:
    """Return whom to call about the residents listed, guardians whose basis is stated first."""
    listed = {row.value.code for row in taking.sheets[RESIDENTS]}
    people = [of.person_id for code, of in taking.stored(Resident).items() if code in listed]
    query = select(Guardian).where(Guardian.person_id.in_(people)).order_by(Guardian.id)
    found = [one for one in taking.session.scalars(query) if one.stands_on(taking.span[1])]
    return sorted(found, key=lambda one: one.basis is Basis.UNKNOWN)


def _same_guardian(taking: FromWorkbook, there: Sequence[Guardian], value: Any) -> Guardian | None:
    person = taking.stored(Resident)[value.ward].person_id
    same = (one for one in there if (one.person_id, one.name) == (person, value.name))
    return next(same, None)


def _ward(taking: FromWorkbook, value: Any, _: Guardian | None) -> Mapping[str, Any]:
    return {"person_id": taking.stored(Resident)[value.ward].person_id}


def _is_stated(one: Guardian) -> bool:
    """Return whether somebody is guardian by a basis: no workbook takes those away."""
    return one.basis is not Basis.UNKNOWN


def _of_home(home_id: int) -> ColumnElement[bool]:
    here = select(Resident.person_id).where(Resident.home_id == home_id)
    return Guardian.person_id.in_(here)


class _Wards(Layout):
    """A row for each guardian, with the code by which the home knows the ward."""

    def rows_of(
        self, session: Session, home_id: int, record: type[Any], records: Sequence[Any], month: date
    ) -> Iterator[Row]:
        """Return the rows of guardians."""
        query = select(Resident).where(Resident.home_id == home_id)
        codes = {of.person_id: of.code for of in session.scalars(query)}
        for of, row in zip(
            records, super().rows_of(session, home_id, record, records, month), strict=True
        ):
            yield row | {GUARDIANS.header("ward"): codes[of.person_id]}


RESIDENTS = Form(
    Resident,
    "入园人员",
    "residents",
    "residents",
    ("code",),
    checks=(own_certificates, stays_in_order, known_people),
    note=(
        "同一人同一时间只能在一家机构在册。",
        "Nobody is registered in two homes at the same time.",
    ),
    stays=always,
    values=_person,
)
GUARDIANS = Form(
    Guardian,
    "监护人",
    "guardians",
    "guardians",
    ("ward", "name"),
    checks=(of_the_listed,),
    layout=_Wards(),
    stays=_is_stated,
    values=_ward,
    match=_same_guardian,
    there=_to_call,
    of_home=_of_home,
)

BOOK = Book("people", "02-人员", (RESIDENTS, GUARDIANS))

"""``rukang person file``: identifiers, disability, guardians and consents of a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.database.find import find_in
from rukang.base.errors import NotAllowedError
from rukang.doors import privacy
from rukang.doors.cli.common import Data, day_of, say, signed
from rukang.people import (
    Basis,
    Consent,
    Disability,
    Guardian,
    Identifier,
    IdentifierKind,
    Person,
    Purpose,
    add_guardian,
    add_identifier,
    consents_of,
    end_disability,
    end_guardian,
    give_consent,
    guardians_of,
    record_assessment,
    record_certificate,
    withdraw_consent,
    withdraw_identifier,
)

Kind = TypeVar("Kind", Identifier, Disability, Guardian, Consent)

app = typer.Typer(no_args_is_help=True, add_completion=False)

Who = Annotated[
    str, typer.Argument(metavar="PERSON", help="人员编号，或 机构/编号 / number, or ZP001/R01")
]
Record = Annotated[
    int, typer.Argument(metavar="ID", help="登记的编号，见 file show / id, as file show tells")
]
Number = Annotated[str, typer.Option("--number", help="号码 / the number")]
Issuer = Annotated[str, typer.Option("--issuer", help="签发机关 / who issued it")]
From = Annotated[
    date, typer.Option("--from", parser=day_of, metavar="DAY", help="从哪天起 / from which day")
]
PerhapsFrom = Annotated[
    date | None,
    typer.Option("--from", parser=day_of, metavar="DAY", help="有效期起 / valid from"),
]
To = Annotated[
    date | None, typer.Option("--to", parser=day_of, metavar="DAY", help="最后一日 / last day")
]
On = Annotated[date, typer.Option("--on", parser=day_of, metavar="DAY", help="哪一天 / which day")]


@contextmanager
def _file(data: Path | None, who: str) -> Iterator[tuple[Session, Person]]:
    """Yield a person whose file the acting account may write, and tell it afterwards.

    Raises
    ------
    NotAllowedError
        If that is not its office.
    """
    _, database = signed(data)
    with database.session() as session:
        caller = caller_of(named_account(session, database.caller.name))
    if not caller.may(Permission.PEOPLE_WRITE):
        raise NotAllowedError(
            f"{caller.name} 不是园长或管理员，不能登记个人档案。",
            f"{caller.name} is no manager or administrator and may not write a person's file.",
        )
    with database.session(caller, Permission.PEOPLE_WRITE) as session:
        person = privacy.find_person(session, who)
        yield session, person
        _tell(session, person)


@app.command()
def show(who: Who, data: Data = None) -> None:
    """显示个人档案，号码不全显示 / show a file, numbers masked."""
    with _file(data, who):
        pass


@app.command()
def number(
    who: Who,
    kind: Annotated[IdentifierKind, typer.Option("--kind", help="证件 / the document")],
    text: Number,
    issuer: Issuer = "",
    first: PerhapsFrom = None,
    last: To = None,
    data: Data = None,
) -> None:
    """登记证件号码 / enter a number of a document."""
    with _file(data, who) as (session, person):
        add_identifier(session, person, kind, text, issuer=issuer, valid_from=first, valid_to=last)


@app.command()
def certificate(
    who: Who, text: Number, first: From, last: To = None, issuer: Issuer = "", data: Data = None
) -> None:
    """登记残疾人证，从哪天起算 / enter a certificate from a day on."""
    with _file(data, who) as (session, person):
        record_certificate(session, person, text, first, valid_to=last, issuer=issuer)


@app.command()
def assessment(
    who: Who,
    category: Annotated[int, typer.Option("--category", help="类别 1 至 7 / category 1 to 7")],
    grade: Annotated[int, typer.Option("--grade", help="等级 1 至 4 / grade 1 to 4")],
    first: From,
    data: Data = None,
) -> None:
    """登记还没有领证的评定 / enter an assessment without certificate."""
    with _file(data, who) as (session, person):
        record_assessment(session, person, category, grade, first)


@app.command()
def guardian(
    who: Who,
    name: Annotated[str, typer.Option("--name", help="姓名 / name")],
    relation: Annotated[str, typer.Option("--relation", help="关系 / relation")],
    basis: Annotated[Basis, typer.Option("--basis", help="依据 / basis")],
    first: From,
    last: To = None,
    phone: Annotated[str, typer.Option("--phone", help="电话 / telephone")] = "",
    own: Annotated[
        str, typer.Option("--file", help="监护人自己的档案 / the guardian's own file")
    ] = "",
    data: Data = None,
) -> None:
    """登记监护人和依据 / enter a guardian with the basis."""
    with _file(data, who) as (session, person):
        other = privacy.find_person(session, own) if own else None
        add_guardian(
            session, person, name, relation, basis, first,
            valid_to=last, phone=phone, guardian=other,
        )  # fmt: skip


@app.command()
def consent(
    who: Who,
    purpose: Annotated[Purpose, typer.Option("--purpose", help="用途 / purpose")],
    on: On,
    by: Annotated[
        int | None, typer.Option("--by", help="监护人编号，本人同意时不写 / id of the guardian")
    ] = None,
    told_to: Annotated[
        str, typer.Option("--unit", help="向哪个单位提供 / told to which unit")
    ] = "",
    paper: Annotated[str, typer.Option("--paper", help="同意书版本 / version of the form")] = "",
    data: Data = None,
) -> None:
    """登记对一个用途的同意 / enter a consent for one purpose."""
    with _file(data, who) as (session, person):
        speaker = None if by is None else _entry(session, person, Guardian, by)
        give_consent(session, person, purpose, on, guardian=speaker, told_to=told_to, paper=paper)


@app.command()
def withdraw_number(who: Who, record: Record, on: On, data: Data = None) -> None:
    """注销证件号码 / withdraw a number from a day on."""
    with _file(data, who) as (session, person):
        withdraw_identifier(session, _entry(session, person, Identifier, record), on)


@app.command()
def end_assessment(who: Who, record: Record, on: On, data: Data = None) -> None:
    """登记残疾评定的最后一日 / the last day of an assessment."""
    with _file(data, who) as (session, person):
        end_disability(session, _entry(session, person, Disability, record), on)


@app.command()
def end_guardianship(who: Who, record: Record, on: On, data: Data = None) -> None:
    """登记监护的最后一日 / the last day of a guardian."""
    with _file(data, who) as (session, person):
        end_guardian(session, _entry(session, person, Guardian, record), on)


@app.command("withdraw-consent")
def withdraw_one_consent(who: Who, record: Record, on: On, data: Data = None) -> None:
    """撤回同意 / withdraw a consent from a day on."""
    with _file(data, who) as (session, person):
        withdraw_consent(session, _entry(session, person, Consent, record), on)


def _entry(session: Session, person: Person, kind: type[Kind], record: int) -> Kind:
    return find_in(session, kind, kind.person_id == person.id, record, "登记", "entry")


def _tell(session: Session, person: Person) -> None:
    say(f"{person.id} {person.name} {person.sex} {person.born_on}")
    for one in person.identifiers:
        gone = f"，{one.withdrawn_on} 注销 withdrawn" if one.withdrawn_on else ""
        say(f"  号码 number {one.id}：{one.kind} {one.number.masked}{gone}")
    for stands in person.disabilities:
        span = f"{stands.valid_from or ''} — {stands.valid_to or ''}"
        say(f"  残疾 disability {stands.id}：{stands.category} 类 {stands.grade} 级，{span}")
    for known in guardians_of(session, person):
        span = f"{known.valid_from or ''} — {known.valid_to or ''}"
        say(f"  监护 guardian {known.id}：{known.name} {known.relation}，{known.basis}，{span}")
    for given in consents_of(session, person):
        until = f"，{given.withdrawn_on} 撤回 withdrawn" if given.withdrawn_on else ""
        say(f"  同意 consent {given.id}：{given.purpose} {given.given_on}{until}")

"""What is done to quality records, declared once for API, pages and commands."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.definitions import Text
from rukang.bodies.homes import HOME, Home
from rukang.care.quality.forms import COMPLAINTS, QUALITY
from rukang.care.quality.records import Complaint
from rukang.care.quality.service import enter_record, find_record
from rukang.forms import Act, Field, Form, Given, Target, shown
from rukang.forms.kinds import Day


def _find(form: Form, session: Session, home: Home, record_id: int) -> Any:
    return find_record(session, home, form, record_id)


def _target(form: Form) -> Target:
    name = form.record.__name__.lower()
    return Target(
        name=name,
        words=Text(zh=form.sheet, en=form.en),
        collection=form.code,
        find=partial(_find, form),
        within=HOME,
        line=lambda record: Text(zh=f"{form.sheet} {record.id}", en=f"{name} {record.id}"),
        has_page=False,
    )


TARGETS = {form.code: _target(form) for form in QUALITY.forms}
"""The records of each form as what acts are done to."""


def page_of(form: Form) -> str:
    """Return the address of the page that shows a record of a form, with the keys in braces."""
    return f"/homes/{{code}}/records/{form.code}/{{{TARGETS[form.code].own_key}}}"


class Closing(Given):
    """How a complaint ended: whether it proved right, and on which day it was closed."""

    upheld: Annotated[bool, Field("属实", "Proved right")]
    closed_on: Annotated[Day, Field("办结日期", "Day closed")]


def _close(session: Session, complaint: Complaint, given: Closing) -> None:
    as_it_is = {name: shown(COMPLAINTS, complaint)[name] for name in COMPLAINTS.fields}
    home = session.get_one(Home, complaint.home_id)
    enter_record(session, home, COMPLAINTS, as_it_is | given.model_dump(), complaint.id)


CLOSE = Act(
    name="close",
    on=TARGETS[COMPLAINTS.code],
    path="closing",
    words=Text(zh="办结投诉", en="Close the complaint"),
    purpose=Text(
        zh="写明是否属实和办结日期",
        en="Say whether it proved right, and on which day it was closed.",
    ),
    permission=Permission.PEOPLE_WRITE,
    given=Closing,
    do=_close,
    offered=lambda complaint, _: complaint.closed_on is None,
    then=page_of(COMPLAINTS),
)

ACTS = (CLOSE,)
"""Every act of the quality records."""

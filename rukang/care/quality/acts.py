"""What is done to quality records, declared once for API, pages and commands."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.care.quality.entries import enter_record, page_of, target_of
from rukang.care.quality.forms import COMPLAINTS
from rukang.care.quality.records import Complaint
from rukang.forms import Act, Field, Given, shown
from rukang.forms.kinds import Day


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
    on=target_of(COMPLAINTS),
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

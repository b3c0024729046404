"""What is done to quality records, declared once for API, pages and commands."""

from __future__ import annotations

from typing import Annotated

from rukang.base.access import Permission
from rukang.base.definitions import Text
from rukang.care.quality.forms import COMPLAINTS
from rukang.forms import Act, Field, Given
from rukang.forms.kinds import Day
from rukang.people.entries import change_of, page_of, target_of


class Closing(Given):
    """How a complaint ended: whether it proved right, and on which day it was closed."""

    upheld: Annotated[bool, Field("属实", "Proved right")]
    closed_on: Annotated[Day, Field("办结日期", "Day closed")]


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
    do=change_of(COMPLAINTS),
    offered=lambda complaint, _: complaint.closed_on is None,
    then=page_of(COMPLAINTS),
)

ACTS = (CLOSE,)
"""Every act of the quality records."""

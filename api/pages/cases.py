"""Pages of cases: what is late of whom, what is open, and one case with what may be done."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError
from sqlalchemy.orm import Session

from api.access import CaseHandle, CaseRead, Visitor
from api.fields import RecordId
from api.pages.templates import render
from api.paging import A_PAGE, Leaf, PageNumber, leaf_of
from api.routers.cases import (
    CaseTold,
    CourseName,
    IsOver,
    PerhapsHome,
    StepName,
    WantedLate,
    kind_of,
    listed,
)
from api.routers.stars.register import OnDay
from rostering.sheets.masking import shown
from rukang.base.access import Permission
from rukang.base.access.caller import caller_in
from rukang.base.database import context
from rukang.base.definitions import Text
from rukang.base.errors import InvalidError
from rukang.bodies.homes import find_home
from rukang.cases import (
    CaseFile,
    act,
    cases_query,
    find_case,
    late_page,
    letter_of,
    move_words,
    offered_moves,
    read_case,
    seen_case,
    titles,
    untimed_query,
)
from rukang.casework import Ground, Projection
from rukang.doors.closing import ENDS

router = APIRouter(prefix="/cases")

SUBJECTS = {"complaint": "complaints"}
"""The form in which the record of a case is worked on, by the kind of record."""

ACCOUNTS = {
    "checker": Text(zh="复核人的账号邮箱", en="Address of who confirmed it"),
    "approver": Text(zh="批准人的账号邮箱", en="Address of who approved it"),
    "person": Text(zh="经办人的账号邮箱", en="Address of who is to do it"),
}
GROUNDS = {
    Ground.ASSESSMENT_OUTSIDE: Text(zh="委托外部评估", en="assessment outside"),
    Ground.APPLICANT_AWAY: Text(zh="申请人外出", en="applicant away"),
    Ground.FORCE_MAJEURE: Text(zh="不可抗力", en="force majeure"),
}


async def _given(request: Request) -> dict[str, Any]:
    """Return what a form's fields hold; several of one name, or words with commas, are a list."""
    filled = await request.form()
    given: dict[str, Any] = {
        name: value for name, value in filled.items() if isinstance(value, str) and value.strip()
    }
    papers = [one for one in filled.getlist("papers") if isinstance(one, str)]
    persons = str(given.get("persons", "")).replace("，", ",").split(",")
    lists = {"papers": papers, "persons": [one.strip() for one in persons if one.strip()]}
    return {**given, **{name: values for name, values in lists.items() if values}}


Given = Annotated[dict[str, Any], Depends(_given)]


@router.get("/late")
def show_late_cases(
    request: Request,
    session: CaseRead,
    visit: Visitor,
    asked: WantedLate,
    on: OnDay = None,
    page: PageNumber = 1,
) -> Response:
    """Show what is late, of whom and where, the longest first; and what has no known term."""
    day = on or context.today(session)
    found, total = late_page(session, day, asked, A_PAGE, (page - 1) * A_PAGE)
    leaf = Leaf(found, page, max(1, -(-total // A_PAGE)), total)
    untimed = leaf_of(session, untimed_query(asked), 1)
    cases = list(map(partial(listed, titles(session)), untimed.items))
    return render(
        request,
        "cases_late.html",
        visit=visit,
        leaf=leaf,
        on=day,
        asked=asked,
        untimed=untimed,
        cases=cases,
    )


@router.get("")
def show_cases(
    request: Request,
    session: CaseRead,
    visit: Visitor,
    course: CourseName = None,
    home: PerhapsHome = None,
    ended: IsOver = False,
    page: PageNumber = 1,
) -> Response:
    """Show cases, those that are open where nothing else is asked."""
    of = find_home(session, home) if home else None
    leaf = leaf_of(session, cases_query(course, of, ended=ended), page)
    cases = list(map(partial(listed, titles(session)), leaf.items))
    return render(
        request,
        "cases.html",
        visit=visit,
        leaf=leaf,
        cases=cases,
        course=course,
        home=of,
        ended=ended,
    )


@router.get("/{case_id}")
def show_case_page(
    request: Request, case_id: RecordId, session: CaseRead, visit: Visitor
) -> Response:
    """Show a case: steps, clocks day by day, timeline, and what may be done."""
    file = find_case(session, case_id)
    now, _ = read_case(session, file)
    return render(
        request,
        "case.html",
        visit=visit,
        case=seen_case(session, file),
        now=now,
        moves=_moves(session, file, now),
        papers=[name for name in now.course.papers if name not in now.in_hand],
        grounds=GROUNDS,
        accounts=ACCOUNTS,
        subject=SUBJECTS.get(file.subject_kind or ""),
        handles=visit.caller.may(Permission.CASE_HANDLE),
    )


@router.post("/{case_id}/events")
def tell_case_page(case_id: RecordId, session: CaseHandle, given: Given) -> Response:
    """Tell what happened to a case."""
    file = find_case(session, case_id)  # first: a stranger is not told what a form lacks
    try:
        told = CaseTold.model_validate(given)
    except ValidationError as error:
        fields = "、".join(sorted({shown(one["loc"][0]) for one in error.errors() if one["loc"]}))
        raise InvalidError(
            f"这些内容不能登记：{fields}；请返回核对。",
            f"This cannot be recorded: {fields}; go back and check.",
        ) from error
    given = told.model_dump(exclude={"kind", "on"})
    act(session, file, kind_of(told.kind), given, told.on, ENDS)
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.get("/{case_id}/letters/{step}")
def show_letter_page(case_id: RecordId, step: StepName, session: CaseRead) -> Response:
    """Show the letter that goes with a step, to print."""
    return HTMLResponse(letter_of(session, find_case(session, case_id), step))


def _moves(session: Session, file: CaseFile, now: Projection) -> list[Any]:
    """Return what the caller may do, each with its words; nothing for who only reads."""
    if not caller_in(session).may(Permission.CASE_HANDLE):
        return []
    return [(move, move_words(now, move)) for move in offered_moves(session, file, ENDS)]

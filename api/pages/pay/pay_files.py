"""A month's files for each employer: asked for, followed while they are written, and fetched."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from api.access import NumbersRead, Visitor
from api.fields import RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.pay.pay_files import download
from rukang.base.database import context
from rukang.base.jobs import JobKind, enqueue
from rukang.forms.kinds import Month
from rukang.pay import files_of, find_order, order_files, orders_query

router = APIRouter()


class FilesForm(BaseModel):
    """The month whose files are wanted, and whether with a payslip for each person."""

    month: Month
    each: bool = False


@router.get("/pay-files")
def all_pay_files(
    request: Request, session: NumbersRead, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show what the visitor ordered, and the form that orders more."""
    today = context.today(session)
    return render(
        request,
        "pay_files.html",
        visit=visit,
        orders=leaf_of(session, orders_query(session), page),
        month=today.replace(day=1) - timedelta(days=1),
    )


@router.post("/pay-files")
def order_here(wanted: Annotated[FilesForm, Form()], session: NumbersRead) -> Response:
    """Order a month's files and show how far they are."""
    order, home = order_files(session, wanted.month, each=wanted.each)
    job = enqueue(session, JobKind.WRITE_PAY_FILES, home, order.id)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/pay-files/{files_id}")
def one_order(
    request: Request, files_id: RecordId, session: NumbersRead, visit: Visitor
) -> Response:
    """Show the files of an order under their employers."""
    order = find_order(session, files_id)
    files = sorted(files_of(session, order), key=lambda one: (one.employer.uscc, one.name))
    employers = [
        (employer, list(own)) for employer, own in groupby(files, key=lambda one: one.employer)
    ]
    return render(request, "pay_files_order.html", visit=visit, order=order, employers=employers)


@router.get("/pay-files/{files_id}/files/{file_id}")
def one_file(files_id: RecordId, file_id: RecordId, session: NumbersRead) -> Response:
    """Hand out a file; that it was opened is written down."""
    return download(session, files_id, file_id)

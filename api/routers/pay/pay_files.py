"""A month's files for each employer: ordered, written by a worker, fetched one by one."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, StrictBool
from sqlalchemy.orm import Session

from api.access import NumbersRead
from api.downloads import TYPES, answers, attached
from api.fields import RecordId, View
from api.paging import Page, WantedPage, page_of
from api.routers.jobs import JobView, accepted
from rukang.base.jobs import JobKind, enqueue
from rukang.forms.kinds import Month
from rukang.pay import (
    PayFile,
    PayFiles,
    files_of,
    find_order,
    open_file,
    order_files,
    orders_query,
)

router = APIRouter(prefix="/pay-files", tags=["pay files"])


class FilesWanted(BaseModel):
    """The month whose files are to be written; ``each`` adds a payslip for each person."""

    month: Month
    each: StrictBool = False


class FileView(View):
    """One file of an employer; the name begins with the employer's folder."""

    id: int
    uscc: str
    employer: str
    name: str
    size: int

    @classmethod
    def of(cls, file: PayFile) -> FileView:
        """Return what a file is."""
        return cls(
            id=file.id,
            uscc=file.employer.uscc,
            employer=file.employer.name,
            name=file.name,
            size=file.size,
        )


class OrderView(View):
    """An order of files; ``made_at`` is when they were written, none while they are not."""

    id: int
    month: Month
    each: bool
    asked_at: datetime
    made_at: datetime | None


class FilesView(OrderView):
    """An order with the files that its account may see."""

    files: list[FileView]


@router.post("", status_code=202, summary="写出单位文件 Ask for the files of employers")
def create_pay_files(wanted: FilesWanted, session: NumbersRead, response: Response) -> JobView:
    """Queue the files of a month for every employer that the caller may see; return the job."""
    order, home = order_files(session, wanted.month, each=wanted.each)
    job = enqueue(session, JobKind.WRITE_PAY_FILES, home, order.id)
    return accepted(job, response)


@router.get("", summary="我申请的单位文件 Files I asked for")
def list_pay_files(session: NumbersRead, wanted: WantedPage) -> Page[OrderView]:
    """Return what the caller ordered, newest first."""
    return page_of(session, orders_query(session), wanted, OrderView.model_validate)


@router.get("/{files_id}", summary="一次单位文件 One order of files")
def show_pay_files(files_id: RecordId, session: NumbersRead) -> FilesView:
    """Return an order of the caller with its files; somebody else's is not there."""
    return _view(session, find_order(session, files_id))


@router.get(
    "/{files_id}/files/{file_id}/content",
    response_class=Response,
    summary="取一个文件 Fetch a file",
    responses=answers(*TYPES.values()),
)
def pay_file_content(files_id: RecordId, file_id: RecordId, session: NumbersRead) -> Response:
    """Return a file; that it was opened is written down."""
    return download(session, files_id, file_id)


def download(session: Session, files_id: int, file_id: int) -> Response:
    """Return a file of an order of the caller, to be kept under its name."""
    file, content = open_file(session, find_order(session, files_id), file_id)
    return attached(content, file.name)


def _view(session: Session, order: PayFiles) -> FilesView:
    files = [FileView.of(file) for file in files_of(session, order)]
    return FilesView(**OrderView.model_validate(order).model_dump(), files=files)

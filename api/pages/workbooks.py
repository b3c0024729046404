"""The workbooks of a home, handed out from its pages."""

from __future__ import annotations

from fastapi import APIRouter

from api.routers.workbooks import add
from rukang.doors.intake.kinds import BOOKS

router = APIRouter(prefix="/homes/{code}")

for _book in BOOKS.values():
    add(router, _book)

"""01-机构: the register of homes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from rukang.bodies.homes import Home
from rukang.forms import Book, Form, FromWorkbook, always


def _all(taking: FromWorkbook) -> Sequence[Home]:
    return taking.session.scalars(select(Home)).all()


def _itself(home_id: int) -> ColumnElement[bool]:
    return Home.id == home_id


HOMES = Form(
    Home, "机构", "the register", "homes", ("code",), stays=always, there=_all, of_home=_itself
)
BOOK = Book("homes", "01-机构", (HOMES,), heading=False)

"""01-机构: the register of homes."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from rukang.bodies.homes import Home
from rukang.forms import Book, Form


def _itself(home_id: int) -> ColumnElement[bool]:
    return Home.id == home_id


HOMES = Form(Home, "机构", "the register", "homes", ("code",), stays=True, of_home=_itself)
BOOK = Book("homes", "01-机构", (HOMES,), heading=False)

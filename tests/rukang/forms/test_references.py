"""A column that leads to another record may be empty, and so is the name beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rukang.base.access import Database
from rukang.care.quality import Training
from rukang.forms import Checking, Entry, Form, cells_of, shown, shown_model
from rukang.forms.checking import check
from rukang.forms.entry import Single
from tests.factories import a_home, a_member_of_staff

OCTOBER = date(2026, 10, 1)
CELLS = {"日期": date(2026, 10, 5), "培训内容": "急救", "小时": 1}


class Told(Checking):
    """Keeps the headers under which something is wrong."""

    def report(self, entry: Entry, header: str, *, zh: str, en: str) -> None:
        """Keep what was said."""
        self.told = [*getattr(self, "told", []), (header, zh)]


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch) -> Form:
    """Training that may be of nobody."""
    monkeypatch.setattr(Training.__table__.columns["staff_id"], "nullable", True)
    return Form(Training, "培训", "training", "training", ("day",), "day")


def test_a_record_that_leads_nowhere_is_shown(form: Form) -> None:
    """Its cells are empty, and it is answered without code and name."""
    record = Training(id=1, day=OCTOBER, topic="急救", hours=Decimal(1))
    assert (cells_of(record)["员工编号"], cells_of(record)["姓名"]) == (None, None)
    answer = shown_model(form).model_validate(shown(form, record)).model_dump()
    assert (answer["staff"], answer["staff_name"]) == (None, None)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, []),
        ({"员工编号": "S01", "姓名": "员工S01@ZP001"}, []),
        ({"员工编号": "S01"}, ["姓名"]),
        ({"姓名": "员工S01@ZP001"}, ["员工编号"]),
    ],
)
def test_code_and_name_are_both_there_or_neither(
    empty_database: Database, form: Form, cells: dict[str, str], told: list[str]
) -> None:
    """One without the other shows that something was forgotten."""
    with empty_database.session() as session:
        home = a_home(session)
        a_member_of_staff(session, home)
        checking = Told(session, home.id, OCTOBER, lambda: ())
        check(checking, form, [Single(form.row.model_validate(CELLS | cells))])
        assert [header for header, _ in getattr(checking, "told", [])] == told

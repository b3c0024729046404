"""Pay of parts of a month by command: settled, listed, answered by the bank; shares of teams."""

from __future__ import annotations

from pathlib import Path

import tests.factories as make
from rukang.base.settings import Settings
from rukang.doors.upkeep import bring_up
from tests.bank import answered
from tests.rukang.doors.cli.conftest import DEMO, Rukang
from tests.rukang.pay.test_parts import FIRST_HALF, part_timer, some_hours

OF = ("--home", "ZP001", "--month", "2026-10")
WITH = ("--local", str(DEMO / "local-policy.yaml"))


def test_half_a_month_is_settled_listed_and_answered(rukang: Rukang, empty: Path) -> None:
    """24 h × 22.00 = 528.00; asked again nothing is settled twice, and the bank's word is kept."""
    database = bring_up(Settings(empty, f"sqlite:///{empty / 'rukang.sqlite'}"))
    with database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    database.close()
    settle = ("payroll", "pay-parts", *OF, *WITH, "--through", "2026-10-15", "--out", "list.xlsx")
    settled = rukang(*settle)
    assert (settled.code, "528.00" in settled.out) == (0, True), settled.err
    assert "0 笔" in rukang(*settle).out
    assert "2026-10-01 – 2026-10-15 R01" in rukang("payroll", "parts", *OF).out
    answer = answered(Path("list.xlsx"), [("成功", "")])
    said = rukang("payroll", "parts-answer", answer, *OF)
    assert (said.code, "成功 paid 1" in said.out) == (0, True), said.err


def test_shares_of_teams_are_shown(rukang: Rukang, home: Path) -> None:
    """Each team with its members; a home without teams has none."""
    shown = rukang("payroll", "team-shares", *OF, *WITH)
    assert (shown.code, "集体计件" in shown.out) == (0, True), shown.err

"""``rukang inspection``: every step of a star can be taken by command, each in its own name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.calendar import calendar_of
from rukang.base.database.context import today
from rukang.base.errors import InvalidError
from rukang.base.settings import Settings
from rukang.bodies.homes import find_home
from rukang.doors.upkeep import bring_up
from rukang.stars.inspections import upsert_inspector
from rukang.stars.inspections.steps.visiting import refuse_day
from tests.pictures import a_picture
from tests.rukang.doors.cli.conftest import MANAGER, OFFICER, Rukang, Said
from tests.rukang.engines.rating.tiny import TINY

OWN = TINY.replace("id: tiny", "id: own-1\nplace: '371600'").replace(
    "valid_from: 2026-01-01\nvalid_to: 2026-12-31", "valid_from: 2020-01-01"
)
FIRST, SECOND, OTHER, THIRD = (f"{n}@example.org" for n in ("one", "two", "other", "third"))
FOUND = ("S1 met", "S2 met --value a", "S3 met --value 3", "T2 met --value 0", "T4 met")

By = Callable[..., Said]


@pytest.fixture
def by(rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch) -> By:
    """An installation with an own edition and four inspectors; runs a step in somebody's name."""
    monkeypatch.setenv("RUKANG_VISIT_DAYS_EARLY", "60")
    file = home / "own-1.yaml"
    file.write_text(OWN, encoding="utf-8")
    for words in (
        ("edition", "add", file),
        ("edition", "start", "own-1"),
        ("edition", "retire", "example-2026", "--why", "示例", "--last", "2020-01-01"),
    ):
        said = rukang("--as", OFFICER, *words)
        assert said.code == 0, said.err
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        for email in (FIRST, SECOND, OTHER, THIRD):
            grant = Grant(Role.INSPECTOR, region="371600")
            create_account(session, email, email, "four words in a row", [grant])
            upsert_inspector(session, email, email, "371600", (Decimal("37.3"), Decimal("117.9")))
    database.close()

    def run(who: str, *words: str | Path) -> Said:
        return rukang("--as", who, "inspection", *words)

    return run


@pytest.fixture
def day(home: Path) -> date:
    """The next day on which the home can be visited."""
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        found, now = find_home(session, "ZP001"), today(session)
        due = now + timedelta(days=40)
        for ahead in range(1, 40):
            try:
                refuse_day(calendar_of(session), found, now + timedelta(days=ahead), now, due)
            except InvalidError:
                continue
            return now + timedelta(days=ahead)
    raise AssertionError("no day within 40")


def done(said: Said) -> str:
    """Return what a command said, which has to have ended well."""
    assert said.code == 0, said.err
    return said.out


def refused(said: Said) -> str:
    """Return why a command was refused."""
    assert said.code == 1, said.out
    return " ".join(said.err.split())


def applied(by: By, due: str) -> str:
    """Apply for the home, and return the number of the inspection."""
    said = done(by(MANAGER, "apply", "--home", "ZP001", "--due-on", due, "--words", "申请"))
    return said.split()[1]


def fill(by: By, who: str, one: str, *more: str) -> None:
    """Answer what inspectors are asked, and submit."""
    for words in (*FOUND, *more):
        done(by(who, "answer", one, *words.split()))
    done(by(who, "fact", one, "capacity", "40"))
    done(by(who, "submit", one))


def test_a_star_by_commands(by: By, day: date, tmp_path: Path) -> None:
    """From the application to the proposal, with every detour that the procedure knows."""
    due = str(day + timedelta(days=30))
    one = applied(by, due)
    assert "评分表" in done(by(MANAGER, "sheet", one, "--out", tmp_path))
    fill(by, MANAGER, one, "T3 met --value 2")
    assert "原因：必填" in refused(by(OFFICER, "give-back", one, "--note", " "))
    done(by(OFFICER, "give-back", one, "--note", "请补充照片"))
    done(by(MANAGER, "submit", one))
    done(by(OFFICER, "accept", one))
    pair = ("--day", str(day), "--inspector", FIRST, "--inspector")
    done(by(OFFICER, "visit", one, *pair, SECOND))

    # Who has begun is replaced with the reason only; what they wrote is kept.
    done(by(SECOND, "answer", one, "S1", "not_met"))
    assert "要换人，请写明原因" in refused(by(OFFICER, "visit", one, *pair, OTHER))
    done(by(OFFICER, "visit", one, *pair, OTHER, "--note", "病假"))
    shown = done(by(OFFICER, "show", one))
    assert f"原第二评定员（已换人） second inspector before (replaced)：{SECOND}" in shown
    assert "没有评分表" in refused(by(SECOND, "answer", one, "S1", "met"))

    # A measured figure is contradicted: with a reason, and with evidence by submission.
    assert "可推翻 may contradict：T1" in done(by(OTHER, "sheet", one, "--out", tmp_path))
    said = by(OTHER, "answer", one, "T1", "met", "--value", "0.6", "--contradicts")
    assert "推翻自评或记录，须有查明的结果和理由" in refused(said)
    why = ("--note", "缴费单只有六成", "--contradicts")
    done(by(OTHER, "answer", one, "T1", "met", "--value", "0.6", *why))
    for words in (*FOUND, "T3 met --value 0"):
        done(by(OTHER, "answer", one, *words.split()))
    done(by(OTHER, "fact", one, "capacity", "unknown"))
    assert "T1" in refused(by(OTHER, "submit", one))
    photo = tmp_path / "slip.jpg"
    photo.write_bytes(a_picture())
    done(by(OTHER, "evidence", one, "T1", photo))
    done(by(OTHER, "submit", one))
    fill(by, FIRST, one, "T3 met --value 2")

    # Where they differ a third decides.
    shown = done(by(OFFICER, "show", one))
    assert shown.count("≠") == 3  # T1, T3, and the figure that one does not know
    assert refused(by(OFFICER, "settle", one))
    done(by(OFFICER, "third", one, "--inspector", THIRD))
    for words in ("T1 met --value 0.6", "T3 met --value 2"):
        done(by(THIRD, "answer", one, *words.split()))
    done(by(THIRD, "fact", one, "capacity", "40"))
    done(by(THIRD, "submit", one))

    # Settled, taken back with a reason, settled again by somebody who did not inspect.
    assert "的评定员；合议" in refused(by(FIRST, "settle", one))
    done(by(OFFICER, "settle", one))
    assert "原因：必填" in refused(by(OFFICER, "take-back", one, "--note", " "))
    done(by(OFFICER, "take-back", one, "--note", "漏看一项"))
    done(by(OFFICER, "settle", one))
    # 2 + 4 + 6 of services; T1 (0.6 - 0.5) / (0.8 - 0.5) x 3 = 1.0; T2 2, T3 3: 18 of 20, and
    # K1 caps at two stars where T1 is not in full; K2 (all of S) raises by one.
    assert "3 星" in done(by(OFFICER, "propose", one))
    said = done(by(MANAGER, "object", one, "--words", "服务记录漏看"))
    number = said.split("objection ")[1].split()[0]
    put_right = ("--why", "复核属实", "--answer", "S1=not_met", "--fact", "capacity=29")
    assert "S1 的结果应为 met" in refused(
        by(OFFICER, "decide", one, number, "--why", "x", "--answer", "S1=maybe")
    )
    assert "已合议" in done(by(OFFICER, "decide", one, number, *put_right))
    # 16 points, 29 people: star 3 asks 30, so two; S no longer in full, nothing raises.
    assert "2 星" in done(by(OFFICER, "propose", one))
    assert "还不能公布" in refused(by(OFFICER, "publish", one))


def test_what_is_typed_wrong_is_told(by: By, day: date) -> None:
    """Unknown criteria, numbers that are none, and steps at another stage: in words, and exit 1."""
    due = str(day + timedelta(days=30))
    one = applied(by, due)
    assert "没有指标 X9" in refused(by(MANAGER, "answer", one, "X9", "met"))
    assert "不是数字" in refused(by(MANAGER, "answer", one, "S3", "met", "--value", "many"))
    assert "不是数字" in refused(by(MANAGER, "fact", one, "capacity", "12,5"))
    assert "不适用应说明理由" in refused(by(MANAGER, "answer", one, "S1", "not_applicable"))
    assert "现在是“已开始”" in refused(by(OFFICER, "settle", one))
    assert "没有评定 7" in refused(by(OFFICER, "show", "7"))
    done(by(OFFICER, "withdraw", one, "--note", "示例"))
    assert "已撤回" in done(by(OFFICER, "list", "--home", "ZP001"))

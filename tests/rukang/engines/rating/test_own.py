"""Own editions: into the folder, in force, retired; kept with what was rated under them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Database, Grant, Role
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.bodies.homes import Home
from rukang.engines.rating import EditionError
from rukang.stars.inspections import edition_for, edition_in_force, editions_for
from rukang.stars.inspections.steps.improvement import improvement_of, rated_by
from rukang.stars.ratings.own import (
    add_edition,
    edition_ids,
    find_edition,
    in_folder,
    own_editions,
    put_in_force,
    retire,
    store_edition,
)
from rukang.stars.ratings.records import EditionText
from rukang.stars.ratings.service import store_rating
from tests.factories import a_home
from tests.patience import HANG
from tests.rukang.engines.rating.tiny import TINY, TINY_EDITION, sheet

DAY = date(2026, 11, 2)
OWN = TINY.replace("id: tiny", "id: binzhou-1\nplace: '371600'")


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    """A session of who may do everything, on SQLite and PostgreSQL."""
    with empty_database.session() as found:
        found.info["clock"] = lambda: datetime(2026, 11, 2, 8, tzinfo=UTC)
        yield found


@pytest.fixture
def home(session: Session) -> Home:
    """A home in Zouping, within Binzhou."""
    return a_home(session, code="ZP001", county="371681")


def by(session: Session, *grants: Grant) -> None:
    """Let somebody else act."""
    session.info["caller"] = Caller("officer@example.org", grants)


def test_a_document_in_the_folder_rates_nobody(
    session: Session, home: Home, tmp_path: Path
) -> None:
    """It waits there until it is put in force; then place and day decide as ever."""
    assert add_edition(session, tmp_path / "editions", OWN).id == "binzhou-1"
    assert "binzhou-1" not in [one.id for one in editions_for(home, DAY)]
    assert "binzhou-1" not in edition_ids(session, DAY)
    put_in_force(session, tmp_path / "editions", "binzhou-1")
    assert "binzhou-1" in [one.id for one in editions_for(home, DAY)]
    assert "binzhou-1" in edition_ids(session, DAY)
    after = date(2027, 1, 1)  # its last day is 2026-12-31
    assert "binzhou-1" not in [one.id for one in editions_for(home, after)]
    elsewhere = a_home(session, code="JN001", county="370102")
    assert "binzhou-1" not in [one.id for one in editions_for(elsewhere, DAY)]


def test_the_officer_chooses_and_the_home_never(
    session: Session, home: Home, tmp_path: Path
) -> None:
    """Beside the shipped example the officer names one; when the example is retired, none need."""
    add_edition(session, tmp_path, OWN)
    put_in_force(session, tmp_path, "binzhou-1")
    assert edition_for(home, DAY, "binzhou-1").id == "binzhou-1"
    with pytest.raises(ConflictError, match="由残联发起"):
        edition_in_force(home, DAY, "binzhou-1")
    retire(session, "example-2026", date(2026, 11, 1), "本地标准已施行")
    assert edition_in_force(home, DAY).id == "binzhou-1"
    assert "example-2026" not in edition_ids(session, DAY)
    assert "example-2026" in [one.id for one in editions_for(home, date(2026, 11, 1))]


def test_what_is_in_force_stands_whatever_becomes_of_the_file(
    session: Session, home: Home, tmp_path: Path
) -> None:
    """The wording is kept; the same id is refused again, and a changed file changes nothing."""
    add_edition(session, tmp_path, OWN)
    put_in_force(session, tmp_path, "binzhou-1")
    (file,) = tmp_path.glob("*.yaml")
    file.write_text(OWN.replace("at_least: 12", "at_least: 13"), encoding="utf-8")
    assert edition_for(home, DAY, "binzhou-1").stars[1].at_least == 12
    file.unlink()
    assert find_edition(session, "binzhou-1").stars[1].at_least == 12
    for call in (
        lambda: add_edition(session, tmp_path, OWN),
        lambda: put_in_force(session, tmp_path, "binzhou-1"),
    ):
        with pytest.raises((ConflictError, NotFoundError)):
            call()


def test_a_rating_stays_explainable_when_its_edition_is_retired(
    session: Session, home: Home, tmp_path: Path
) -> None:
    """The rating names its wording; what would raise it is still answered by that."""
    add_edition(session, tmp_path, OWN)
    put_in_force(session, tmp_path, "binzhou-1")
    filled = sheet(S2="b").model_copy(update={"edition": "binzhou-1", "home": home.code})
    edition = edition_for(home, DAY, "binzhou-1")
    rating = store_rating(session, home, edition, filled)
    retire(session, "binzhou-1", date(2026, 11, 2), "有误")
    assert "binzhou-1" not in [one.id for one in editions_for(home, date(2026, 11, 3))]
    assert rated_by(session, rating) == edition
    assert improvement_of(session, rating).words
    assert rating.edition_digest == own_editions(session)[0].text.digest


def at_once(database: Database, act: Callable[[Session], object]) -> list[Exception]:
    """Let two officers act, both having looked before either acts; return what was refused."""
    both_looked, refused = Barrier(2, timeout=HANG), list[Exception]()

    def one() -> None:
        try:
            with database.session() as session:
                own_editions(session)
                both_looked.wait()
                act(session)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test says which it must be
            refused.append(error)

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_officers_at_one_instant_one_is_told(
    empty_database: Database, tmp_path: Path
) -> None:
    """The other's edition stands: put in force once, retired once, in words and not by a fault."""
    with empty_database.session() as session:
        add_edition(session, tmp_path, OWN)
    (told,) = at_once(empty_database, lambda s: put_in_force(s, tmp_path, "binzhou-1"))
    assert isinstance(told, ConflictError)
    assert "已经施行过" in str(told)
    for name in ("binzhou-1", "example-2026"):  # of the shipped one nothing is kept before
        (told,) = at_once(empty_database, lambda s, n=name: retire(s, n, DAY, "有误"))
        assert isinstance(told, ConflictError)
        assert "已停用" in str(told)
    with empty_database.session() as session:
        assert [own.edition for own in own_editions(session)] == ["binzhou-1", "example-2026"]


def test_two_inspections_may_keep_one_wording_at_one_instant(empty_database: Database) -> None:
    """Neither is refused: what they go by is kept once."""
    assert at_once(empty_database, lambda s: store_edition(s, TINY_EDITION)) == []
    with empty_database.session() as session:
        assert len(session.scalars(select(EditionText)).all()) == 1


def test_a_draft_makes_way_for_its_better(session: Session, tmp_path: Path) -> None:
    """The same id sent in again, not yet in force, takes the place of the first."""
    add_edition(session, tmp_path, OWN)
    add_edition(session, tmp_path, OWN.replace("at_least: 12", "at_least: 13"))
    (document,) = in_folder(tmp_path)
    assert document.edition is not None
    assert document.edition.stars[1].at_least == 13


def test_faults_are_told_and_nothing_is_added(session: Session, tmp_path: Path) -> None:
    """Each with its line; a document laid into the folder by hand is told of with its faults."""
    with pytest.raises(EditionError, match="应为 21 分"):
        add_edition(session, tmp_path, OWN.replace("points: 20", "points: 21"))
    assert in_folder(tmp_path) == []
    (tmp_path / "by-hand.yaml").write_text(OWN.replace("points: 20", "points: 21"), "utf-8")
    (tmp_path / "broken.yaml").write_bytes(b"\xff\xfe")
    (broken, document) = in_folder(tmp_path)
    assert (document.edition is not None, len(document.faults)) == (True, 1)
    assert "打不开" in broken.faults[0].zh
    with pytest.raises(EditionError, match="应为 21 分"):
        put_in_force(session, tmp_path, "binzhou-1")


@pytest.mark.parametrize("taken", ["example-2026", "cms-five-star", "zhejiang"])
def test_an_id_that_stands_for_something_is_refused(
    session: Session, tmp_path: Path, taken: str
) -> None:
    """Shipped editions, ports and outlines keep their names."""
    with pytest.raises(ConflictError, match="换一个"):
        add_edition(session, tmp_path, TINY.replace("id: tiny", f"id: {taken}"))


def test_names_are_looked_up_and_never_opened(session: Session, tmp_path: Path) -> None:
    """A path, or the name of the file itself, is no edition; the nearest name is told."""
    add_edition(session, tmp_path / "editions", OWN)
    (tmp_path / "beside.yaml").write_text(OWN, "utf-8")
    (file,) = (tmp_path / "editions").glob("*.yaml")
    for name in ("../beside", "beside", file.name, file.stem, str(file), "/etc/passwd"):
        with pytest.raises(NotFoundError, match="没有评定标准"):
            put_in_force(session, tmp_path / "editions", name)
    with pytest.raises(NotFoundError, match="是不是 binzhou-1？"):
        put_in_force(session, tmp_path / "editions", "binzhu-1")


@pytest.mark.parametrize(
    ("region", "place", "allowed"),
    [
        ("371600", "371600", True),
        ("371600", "371681", True),
        ("370000", "371600", True),
        ("371681", "371600", False),
        ("370100", "371600", False),
        ("371600", "CN", False),
        ("371600", None, False),
        (None, None, True),
    ],
)
def test_an_officer_decides_for_their_own_place(
    session: Session, tmp_path: Path, region: str | None, place: str | None, allowed: bool
) -> None:
    """Nobody puts in force, or retires, what homes beyond their region are rated under."""
    text = TINY if place is None else TINY.replace("id: tiny", f"id: tiny\nplace: '{place}'")
    add_edition(session, tmp_path, text)
    by(session, Grant(Role.OFFICER, region=region))
    if allowed:
        put_in_force(session, tmp_path, "tiny")
        retire(session, "tiny", DAY, "试行结束")
    else:
        with pytest.raises(NotAllowedError, match="超出您决定星级的范围"):
            put_in_force(session, tmp_path, "tiny")


def test_a_manager_decides_nothing(session: Session, tmp_path: Path) -> None:
    """Whatever they hold: who belongs to a home never chooses what it is rated by."""
    add_edition(session, tmp_path, OWN)
    by(session, Grant(Role.MANAGER), Grant(Role.INSPECTOR))
    with pytest.raises(NotAllowedError):
        put_in_force(session, tmp_path, "binzhou-1")
    with pytest.raises(NotAllowedError):
        retire(session, "example-2026", DAY, "不喜欢")


def test_retiring_asks_for_a_reason_and_happens_once(session: Session, tmp_path: Path) -> None:
    """Without a reason, twice, or of what never was: refused."""
    add_edition(session, tmp_path, OWN)
    put_in_force(session, tmp_path, "binzhou-1")
    with pytest.raises(InvalidError, match="原因"):
        retire(session, "binzhou-1", DAY, "  ")
    retire(session, "binzhou-1", DAY, "有误")
    with pytest.raises(ConflictError, match="已停用"):
        retire(session, "binzhou-1", DAY, "有误")
    with pytest.raises(NotFoundError, match="没有评定标准"):
        retire(session, "binzhou-9", DAY, "有误")


def test_two_files_of_one_id_are_not_chosen_between(session: Session, tmp_path: Path) -> None:
    """Laid into the folder by hand: the files are named, none is taken."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(OWN, "utf-8")
    with pytest.raises(ConflictError, match=r"a\.yaml、b\.yaml"):
        put_in_force(session, tmp_path, "binzhou-1")

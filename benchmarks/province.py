"""Measure the register of a province: searches, the picture, and rating everything again.

    python -m benchmarks.province                              # 5000 homes, 60 000 inspections
    python -m benchmarks.province --homes 500 --out FILE.csv
    python -m benchmarks.province --table FILE.csv --into docs/performance-register.md

Needs PostgreSQL's server programs (Debian: postgresql); a throw-away server is started. The tables
are filled in bulk with invented homes, sheets of the shipped example edition, star events that
follow from their ratings, losses and double scores. The stored results themselves are left out:
neither the register nor the picture reads them. Everything is then asked through the services, in
sessions of the callers that ask in life, each in a transaction of its own.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import select

from benchmarks.harness import Machine
from benchmarks.report import filled
from rukang import migrations
from rukang.base.access import PUBLIC, Caller, Database, Grant, Permission, Role
from rukang.base.database.sealing.vault import Vault
from rukang.bodies import Body
from rukang.bodies.homes import Home
from rukang.engines.rating import (
    Answer,
    Edition,
    Scorer,
    ScoreSheet,
    State,
    load_edition,
    rate,
    rate_all,
)
from rukang.engines.rating.stars.points import earn
from rukang.stars.picture import agreed, failings, late, picture
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.register import Filter, search, summary
from tests.postgres import temporary_postgres

SEED = 1
HOMES = 5000
ROUNDS = 12
"""Inspections of each home in the past, half a year apart."""

LAST = date(2026, 10, 1)
ON = date(2026, 10, 31)
YEAR = timedelta(days=365)
COUNTIES = [f"37{city:02d}{county:02d}" for city in range(1, 17) for county in range(2, 10)]
SERVICES = ["日间照料", "辅助性就业", "社区康复", "助残业务受理", "文体", "心理辅导", "技能培训"]
SEARCHES, PICTURES = 200, 40
AIM_MS = 200
EDITION = load_edition("example-2026")


@dataclass(frozen=True)
class Figure:
    """One measurement: how often, and milliseconds at the middle and the 95th per cent."""

    what: str
    times: int
    p50_ms: float
    p95_ms: float
    homes: int
    inspections: int
    date: str
    cpu: str
    cores: int
    python: str
    versions: str


def main(arguments: list[str] | None = None) -> int:
    """Fill, measure, print and keep."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.province",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--homes", type=int, default=HOMES)
    parser.add_argument("--out", type=Path, metavar="FILE.csv")
    parser.add_argument("--table", type=Path, metavar="FILE.csv", help="measure nothing: tell it")
    parser.add_argument("--into", type=Path, metavar="FILE.md", help="page with the two marks")
    asked = parser.parse_args(arguments)
    if asked.table:
        return _tell(_read(asked.table), asked.into)
    figures = []
    for figure in measure(asked.homes):
        figures.append(figure)
        print(_line(figure), flush=True)
        if asked.out:
            _keep(figures, asked.out)
    return 0


def measure(homes: int) -> Iterator[Figure]:
    """Yield every figure of a province with so many homes."""
    with temporary_postgres() as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]))
        migrations.upgrade(database.engine)
        began = time.perf_counter()
        fill(database, homes)
        # As the server does once it has started (api.app.create).
        gc.collect()
        gc.freeze()
        print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        yield from (
            _figure(what, ask, times, homes)
            for what, ask, times in (
                ("search", _searcher(database), SEARCHES),
                ("summary", _summariser(database), SEARCHES),
                ("picture of a city", _painter(database, "370500"), PICTURES),
                ("picture of the province", _painter(database, ""), PICTURES),
            )
        )
        yield _figure("rate all again", _rerater(database), 1, homes)
        database.close()


def _figure(what: str, ask: Callable[[], object], times: int, homes: int) -> Figure:
    ask()  # the first fills caches and compiles statements
    taken = sorted(_milliseconds(ask) for _ in range(times))
    here = Machine.this()
    return Figure(
        what=what,
        times=times,
        p50_ms=taken[len(taken) // 2],
        p95_ms=taken[min(len(taken) - 1, int(len(taken) * 0.95))],
        homes=homes,
        inspections=homes * ROUNDS,
        date=datetime.now(UTC).date().isoformat(),
        cpu=here.cpu,
        cores=here.cores,
        python=here.python,
        versions=here.versions,
    )


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return round((time.perf_counter() - began) * 1000, 1)


def _searcher(database: Database) -> Callable[[], object]:
    rng = random.Random(SEED)  # noqa: S311 - invented records

    def ask() -> object:
        wanted = Filter(
            region=rng.choice(["", "370500", rng.choice(COUNTIES)]),
            star=rng.choice([None, 3, 4, 5]),
            service=rng.choice(["", *SERVICES]),
            text=rng.choice(["", "", "示例街道 7", "12"]),
        )
        on = ON - timedelta(days=rng.randrange(2000))
        with database.session(PUBLIC, Permission.REGISTER_READ) as session:
            return search(session, on, wanted)

    return ask


def _summariser(database: Database) -> Callable[[], object]:
    rng = random.Random(SEED)  # noqa: S311 - invented records

    def ask() -> object:
        on = ON - timedelta(days=rng.randrange(2000))
        with database.session(PUBLIC, Permission.REGISTER_READ) as session:
            return summary(session, on, rng.choice(["", "370500"]))

    return ask


def _painter(database: Database, region: str) -> Callable[[], object]:
    officer = Caller("officer", (Grant(Role.OFFICER, region=region or None),))

    def ask() -> object:
        with database.session(officer, Permission.RATING_READ) as session:
            return (
                picture(session, ON, ON - YEAR, region),
                failings(session, ON, region),
                late(session, ON, region),
                agreed(session, EDITION, ON - YEAR, ON, region),
            )

    return ask


def _rerater(database: Database) -> Callable[[], object]:
    """Rate every kept sheet under an edition whose highest threshold is a point higher."""
    stars = (*EDITION.stars[:-1], EDITION.stars[-1].model_copy(update={"at_least": 96}))
    named = {name: getattr(EDITION, name) for name in Edition.model_fields}
    changed = Edition(**{**named, "stars": stars})
    done = []

    def ask() -> object:
        if not done:  # once is enough: the call that warms the others up is left out here
            done.append(True)
            return None
        with database.session() as session:
            query = select(RatingRecord.sheet).execution_options(yield_per=2000)
            sheets = (_today(sheet) for sheet in session.scalars(query))
            return sum(star or 0 for star in rate_all(changed, sheets, processes=2))

    return ask


def _today(sheet: dict[str, Any]) -> ScoreSheet:
    # Sheets of before the edition are rated as if filled on its first day.
    return ScoreSheet.model_validate(sheet | {"on": max(sheet["on"], "2026-01-01")})


# ---- Filling ---------------------------------------------------------------------------------


def fill(database: Database, homes: int) -> None:
    """Fill the tables in bulk, past the services, as years of work would have."""
    rng = random.Random(SEED)  # noqa: S311 - invented records
    rows = list(_homes(rng, homes))
    for kind in (Body, Home):
        names = kind.__table__.c.keys()
        _copy(
            database,
            kind.__tablename__,
            [{name: row[name] for name in names if name in row} for row in rows],
        )
    kept = EDITION.model_dump(mode="json")
    _copy(
        database,
        "edition_text",
        [{"id": 1, "edition": EDITION.id, "digest": "0" * 64, "content": json.dumps(kept)}],
    )
    for first in range(0, homes, 500):
        _fill_some(database, rng, range(first + 1, min(first + 500, homes) + 1))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _homes(rng: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        county = COUNTIES[number % len(COUNTIES)]
        yield {
            "id": number,
            "kind": "home",
            "code": f"H{number:05d}",
            "name": f"如康家园示例站 {number}",
            "county": county,
            "address": f"示例街道 {number % 97} 号",
            "legal_person": "示例社会服务中心",
            "uscc": "91371681MA3EXAMP0X",
            "capacity": 40,
            "floor_area": 600,
            "opened_on": date(2019, 1, 1),
            "opening_days": "[1, 2, 3, 4, 5]",
            "rest_minutes": 660,
            "services": json.dumps(rng.sample(SERVICES, 4)),
        }


def _fill_some(database: Database, rng: random.Random, numbers: Iterable[int]) -> None:
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("rating", "inspection", "star_event", "rating_loss", "double_score")
    }
    for number in numbers:
        skill = rng.random()
        sheets = [_sheet(rng, number, turn, skill) for turn in range(ROUNDS)]
        for turn, sheet in enumerate(sheets):
            in_force = sheet.model_copy(update={"on": max(sheet.on, EDITION.valid_from)})
            rating = rate(EDITION, in_force)
            _past(tables, rng, number * ROUNDS + turn, number, turn, sheet, rating)
    for name, rows in tables.items():
        _copy(database, name, rows)


def _day(turn: int) -> date:
    return LAST - timedelta(days=182 * (ROUNDS - 1 - turn))


def _sheet(rng: random.Random, number: int, turn: int, skill: float) -> ScoreSheet:
    level = min(1.0, max(0.0, skill * 0.4 + 0.55 + rng.gauss(0, 0.08)))
    return ScoreSheet(
        home=f"H{number:05d}",
        edition=EDITION.id,
        on=_day(turn),
        inspectors=("示例甲", "示例乙"),
        facts={"people_served": 40, "months_running": 6 * turn + 12, "capacity": 60},
        answers=tuple(_answer(rng, item, level) for item in EDITION.criteria.values()),
    )


def _answer(rng: random.Random, item: Any, level: float) -> Answer:
    good = rng.random() < level
    met = {"criterion": item.id, "state": State.MET}
    match item.kind:
        case "yes_no":
            fine = good or not item.points
            return Answer(criterion=item.id, state=State.MET if fine else State.NOT_MET)
        case "choice":
            return Answer(**met, value=item.options[0 if good else 1].key)
        case "judged":
            return Answer(**met, value=item.anchors[-1 if good else -2].level)
        case "bands":
            return Answer(**met, value=item.bands[0 if good else -1].limit)
        case "share":
            return Answer(**met, value="1" if good else "0.85")
        case _:
            return Answer(**met, value=0 if good else 2)


def _past(
    tables: dict[str, list[dict[str, Any]]],
    rng: random.Random,
    key: int,
    number: int,
    turn: int,
    sheet: ScoreSheet,
    rating: Any,
) -> None:
    """Add one published inspection with all that follows from it."""
    on, last = sheet.on, turn == ROUNDS - 1
    moment = datetime(on.year, on.month, on.day, tzinfo=UTC)
    of = {"home_id": number, "edition": EDITION.id}
    tables["rating"].append(
        {"id": key, **of, "rated_on": on, "recorded_at": moment, "star": rating.star,
         "sheet": sheet.model_dump_json(), "result": "{}", "digest": f"{key:064d}"}
    )  # fmt: skip
    tables["inspection"].append(
        {"id": key, "home_id": number, "reason": "due", "words": "", "stage": "published",
         "edition_text_id": 1, "opened_on": on - timedelta(days=40), "due_on": on, "visit_on": on,
         "closed_on": on, "rating_id": key}
    )  # fmt: skip
    tables["star_event"].append(
        {"id": key, **of, "kind": "granted", "star": rating.star or 0, "effective_on": on,
         "valid_until": on + timedelta(days=729), "replaced_on": None if last else _day(turn + 1),
         "revisit_on": on + timedelta(days=rng.choice([20, 365])), "rating_id": key, "words": "",
         "recorded_at": moment}
    )  # fmt: skip
    for item in rating.criteria.values():
        if not item.in_full:
            tables["rating_loss"].append(
                {**of, "rating_id": key, "criterion": item.id, "title_zh": item.title.zh,
                 "title_en": item.title.en, "lost": item.points - item.earned,
                 "points": item.points}
            )  # fmt: skip
    answers = {answer.criterion: answer for answer in sheet.answers}
    pair = rng.sample(range(300), 2)
    for item in EDITION.criteria.values():
        if item.scorer is Scorer.INSPECTOR:
            first = earn(item, answers[item.id])
            tables["double_score"].append(
                {**of, "inspection_id": key, "scored_on": on, "criterion": item.id,
                 "first_by": f"示例 {pair[0]}", "second_by": f"示例 {pair[1]}", "first": first,
                 "second": first if rng.random() < 0.85 else 0}
            )  # fmt: skip


def _copy(database: Database, table: str, rows: list[dict[str, Any]]) -> None:
    """Copy rows into a table; ids are left to the database where the rows have none."""
    columns = ", ".join(f'"{name}"' for name in rows[0])
    with database.engine.begin() as connection:
        cursor = connection.connection.cursor()
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(tuple(row.values()))


# ---- Telling ---------------------------------------------------------------------------------


def _line(figure: Figure) -> str:
    taken = f"p50 {figure.p50_ms:9.1f} ms p95 {figure.p95_ms:9.1f} ms"
    return f"{figure.what:26} {figure.times:4} × {taken}"


def _keep(figures: list[Figure], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Figure)])
        writer.writeheader()
        writer.writerows(asdict(figure) for figure in figures)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tell(rows: list[dict[str, str]], into: Path | None) -> int:
    head = "| what | asked | p50 (ms) | p95 (ms) |\n|---|---|---|---|\n"
    table = head + "\n".join(
        f"| {row['what']} | {row['times']} | {row['p50_ms']} | {row['p95_ms']} |" for row in rows
    )
    if into is None:
        print(table)
    else:
        into.write_text(filled(into.read_text(encoding="utf-8"), table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Part ``keys``: the key file is missing, empty, damaged or another's, and programs are started.

Each has to refuse, and leave every sealed number and the key file as they were.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import LargeBinary, select

from benchmarks.endurance.part import Options, Row
from benchmarks.endurance.people import Case, a_case
from benchmarks.endurance.site import PATIENCE_SECONDS, Site, a_site
from benchmarks.endurance.state import State
from rukang.migrations.registry import METADATA

PART = "keys"


def _missing(file: Path, _: random.Random) -> None:
    file.unlink()


def _empty(file: Path, _: random.Random) -> None:
    file.write_bytes(b"")


def _damaged(file: Path, dice: random.Random) -> None:
    kept = bytearray(file.read_bytes().rstrip())
    del kept[dice.randrange(len(kept)) :]
    file.write_bytes(bytes(kept))


def _wrong(file: Path, _: random.Random) -> None:
    # Written into the same file, so that who may read it stays as it was.
    file.write_bytes(Fernet.generate_key() + b"\n")


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (_missing, _empty, _damaged, _wrong)


def run(options: Options) -> list[Row]:
    """Lose the key in every way on each database."""
    return [_on(kind, options) for kind in options.databases]


def _on(kind: str, options: Options) -> Row:
    state = State.of(options, PART, kind)
    with a_site(kind, options.scratch / PART / kind) as site:
        case = a_case(site, 1, options.seed)
        while state.row.disturbed < len(WAYS):
            _one(site, case, options, state)
            options.say(f"{PART} {kind}: {state.row.disturbed} of {len(WAYS)}")
            state.keep()
    return state.row


def _one(site: Site, case: Case, options: Options, state: State) -> None:
    row, way = state.row, WAYS[state.row.disturbed]
    dice = random.Random(f"{options.seed}-{way.__name__}")  # noqa: S311 - not a secret
    file, sealed = site.settings.key_file, _sealed(site)
    right = file.read_bytes()
    way(file, dice)
    left = file.read_bytes() if file.exists() else None
    for command in (("import", str(case.workbook)), ("worker",), ("serve", "--port", "8899")):
        program = site.command(*command)
        program.join(PATIENCE_SECONDS)
        if not program.exitcode:
            row.count("in_part", f"{command[0]} with a key file {way.__name__} was not refused")
        row.actions += 1
    if (file.read_bytes() if file.exists() else None) != left:
        row.count("lost", f"the key file {way.__name__} was written over")
    if _sealed(site) != sealed:
        row.count("lost", f"numbers were sealed anew with a key file {way.__name__}")
    file.write_bytes(right)
    file.chmod(0o600)
    shown = site.command("db", "show")
    shown.join(PATIENCE_SECONDS)
    if shown.exitcode:
        row.count("lost", f"the right key is refused after {way.__name__}")
    row.disturbed += 1


def _sealed(site: Site) -> str:
    """Return a digest of everything sealed in the database."""
    seal = hashlib.sha256()
    with site.database.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            columns = [
                column
                for column in table.columns
                if column.name.endswith(("_cipher", "_lookup")) or _is_bytes(column.type)
            ]
            if columns:
                for values in connection.execute(select(*columns).order_by(table.c.id)):
                    seal.update(repr(tuple(values)).encode())
    return seal.hexdigest()


def _is_bytes(kind: object) -> bool:
    return isinstance(kind, LargeBinary)

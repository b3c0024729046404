"""What a digest covers, by version: a month that was sealed earlier is sealed the same way again.

A digest is over the columns that the program of its day had. A column that comes, and in which
nobody before has anything, counts where it is used (`payroll.columns.table.Table.LATER`); whatever
else changes is a new version here, said once. The versions before stay as they are, so that a run
locked under one of them verifies for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from payroll.columns import Columns
from payroll.lines.arrears import LINES
from payroll.lines.catalogue import CATALOGUE


@dataclass(frozen=True)
class Covered:
    """How a version differs from the newest.

    ``lacks`` are beginnings of the names of columns, ``lacks_lines`` codes of lines that it does
    not cover; ``has_kind_of_arrear`` says whether arrears had a column of their kind.
    """

    lacks: tuple[str, ...] = ()
    lacks_lines: frozenset[str] = frozenset()
    has_kind_of_arrear: bool = False


_PAID_THROUGH = "of_people.paid_through"

VERSIONS = {
    1: Covered(
        lacks=("arrears.", "arrear_lines", _PAID_THROUGH), lacks_lines=frozenset(LINES.values())
    ),
    2: Covered(lacks=(_PAID_THROUGH,), has_kind_of_arrear=True),
    3: Covered(has_kind_of_arrear=True),
    4: Covered(),
}
"""Every version that digests were made under, oldest first.

1: before arrears were settled. 2: arrears with a kind. 3: the month a tax year was paid through.
4: the kind of an arrear follows from its line; columns that come later count where they are used
(`payroll.columns.table.Table.LATER`).
"""

NEWEST = max(VERSIONS)


def fingerprints(people: Columns, version: int = NEWEST) -> Iterator[tuple[str, bytes]]:
    """Return every input that a version covers, by name as bytes, in the order of the version.

    What a version lacks nobody had anything in: where somebody has, it is given all the same, and
    the digest is none of that version.
    """
    covered = VERSIONS[version]
    for name, content in people.fingerprints():
        if name.startswith(covered.lacks) and not _is_used(people, name):
            continue
        yield name, content
        if covered.has_kind_of_arrear and name == "arrears.month":
            yield "arrears.kind", _kinds_of_arrears(people)


def _is_used(people: Columns, name: str) -> bool:
    place, _, column = name.partition(".")
    held = getattr(people, place)
    return held.is_used(column) if column else len(held) > 0


def _kinds_of_arrears(people: Columns) -> bytes:
    """Return the codes that stood in the column: pay, own share, employer's cost from nil on."""
    order = list(LINES)
    codes = [order.index(CATALOGUE[line][0]) for line in people.arrear_lines.values]
    return np.array(codes, np.int64)[people.arrear_lines.row].tobytes()

"""The tree of administrative divisions: county → city → province → nation.

The parent of a division is derived from its code: six digits, two each for province, city and
county. Names come from ``places.yaml``; a code without a name is still a place.
"""

import re
from functools import cache
from pathlib import Path

from payroll.policy.reading import read_yaml

NATION = "CN"


def chain(place: str) -> tuple[str, ...]:
    """Return the place and everything it lies in, narrowest first.

    Raises
    ------
    ValueError
        When the code is neither six digits nor CN.
    """
    if place == NATION:
        return (NATION,)
    if not re.fullmatch(r"\d{6}", place):
        raise ValueError(
            f"“{place}” 不是行政区划代码：应为六位数字（如 371681）或 CN / "
            "not a division code: six digits (371681) or CN"
        )
    return tuple(dict.fromkeys((place, place[:4] + "00", place[:2] + "0000", NATION)))


def name(place: str) -> str:
    """Return the Chinese name of a place, or its code where no name is on file."""
    return _names().get(place, place)


def is_code(place: str) -> bool:
    """Return whether a code can be a division: six digits in a province there is.

    Names are on file for few divisions; one without a name is a place all the same, with the
    figures of its province and the nation.
    """
    return bool(re.fullmatch(r"\d{6}", place)) and f"{place[:2]}0000" in _names()


def names() -> tuple[str, ...]:
    """Return the Chinese name of every place on file."""
    return tuple(_names().values())


def counties(city: str) -> tuple[str, ...]:
    """Return the counties on file that lie in a city."""
    return tuple(code for code in _names() if code != city and city in chain(code))


@cache
def _names() -> dict[str, str]:
    rows: dict[str, str] = read_yaml(Path(__file__).with_name("places.yaml"))
    return rows

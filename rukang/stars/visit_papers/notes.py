"""What the planner does not know of a home, in the caller's words."""

from __future__ import annotations

from collections.abc import Mapping

from rukang.engines.visits.asked.parts import Frozen


class HomeNotes(Frozen):
    """Where a home is, whom to ask for, and what to bring; empty where it is not given."""

    address: str = ""
    contact: str = ""
    bring: tuple[str, ...] = ()


Notes = Mapping[str, HomeNotes]
"""By code of home; a home that is missing has none."""

"""Whatever the day, a figure for Binzhou is either known or declared unknown with a reason."""

from datetime import date, timedelta

import pytest

from payroll import Policy, UnknownFigure
from payroll.policy import places

START = date(2021, 1, 1)
POLICY = Policy.load()


def _change_days() -> list[date]:
    """Every day from 2021 on that begins or follows a value of any parameter."""
    days = {START}
    for parameter in POLICY.parameters.values():
        for span in (*parameter.values, *parameter.unknown):
            days.add(span.first)
            if span.last is not None:
                days.add(span.last + timedelta(days=1))
    return sorted(day for day in days if START <= day <= date(2026, 12, 31))


@pytest.mark.parametrize("on", _change_days(), ids=str)
def test_known_or_declared_unknown(on: date) -> None:
    """No parameter fails for a county of Binzhou without a reason on file."""
    undeclared = []
    for parameter in POLICY.parameters:
        for county in places.counties("371600"):
            try:
                POLICY.value(parameter, county, on)
            except UnknownFigure as unknown:
                undeclared += [m.message for m in unknown.missing if m.why is None]
    assert undeclared == []


def test_every_value_has_document_source_and_check(policy: Policy) -> None:
    """Each value names its document and source and when it was last checked."""
    for parameter in policy.parameters.values():
        for entry in parameter.values:
            assert entry.document
            assert entry.source
            assert entry.checked >= date(2026, 11, 23)


def test_official_figures_carry_no_memory(policy: Policy) -> None:
    """What stands on memory is never called official."""
    for parameter in policy.parameters.values():
        for entry in parameter.values:
            assert (entry.source == "from memory, not confirmed") == (entry.standing == "recalled")

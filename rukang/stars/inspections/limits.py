"""What an installation sets: how much evidence it keeps, how early a visit may begin."""

from __future__ import annotations

from dataclasses import dataclass, fields

from rukang.base.settings import environment

MB = 1024 * 1024


@dataclass(frozen=True)
class EvidenceLimits:
    """Most files and bytes; a file that was announced counts in full before it has arrived.

    Counted is what lies on inspections under way: an inspection ends by an officer's act, so what
    an account can heap up by itself has an end. The same file twice on a sheet is kept once and
    counts once.

    Parameters
    ----------
    file_mb
        Of one file; a photograph of a phone has some five.
    sheet_files, sheet_mb
        On one sheet.
    home_files, home_mb
        On all sheets of a home.
    account_files, account_mb
        On all sheets that one account fills, in whichever homes.
    """

    file_mb: int = 12
    sheet_files: int = 100
    sheet_mb: int = 300
    home_files: int = 300
    home_mb: int = 900
    account_files: int = 1000
    account_mb: int = 2000


def evidence_limits() -> EvidenceLimits:
    """Return the limits of this installation; ``RUKANG_EVIDENCE_SHEET_MB=500`` sets one.

    Raises
    ------
    InvalidError
        If a setting cannot be used.
    """
    given = environment()
    limits = {
        field.name: getattr(given, f"evidence_{field.name}") for field in fields(EvidenceLimits)
    }
    return EvidenceLimits(**limits)


def visit_days_early() -> int:
    """Return how many days before the day of a visit its sheets open: none, unless it is set.

    Raises
    ------
    InvalidError
        If a setting cannot be used.
    """
    return environment().visit_days_early

"""Late fees by the day."""

from datetime import date
from pathlib import Path

import pytest

from payroll import Policy, late_contributions, late_levy
from payroll.policy import LocalFigure, supply

DUE = date(2026, 7, 25)


@pytest.mark.parametrize(
    ("paid", "days", "fen"),
    [
        (date(2026, 7, 24), 0, 0),
        (DUE, 0, 0),
        (date(2026, 7, 26), 1, 58),  # 1153.03 × 0.05 % = 0.5765
        (date(2026, 8, 24), 30, 1730),  # 17.29545
    ],
)
def test_contributions_cost_a_share_a_day(policy: Policy, paid: date, days: int, fen: int) -> None:
    """Nothing on the due day, 0.05 % for each day after it; the older 0.2 % is not used."""
    fee = late_contributions(115_303, DUE, paid, policy, "371681")
    assert (fee.days, fee.amount_fen) == (days, fen)
    assert "社会保险法" in fee.figures[0].document


@pytest.mark.parametrize(
    ("days", "shandong", "elsewhere"),
    [(10, 405_000, 405_000), (200, 8_100_000, 8_100_000), (201, 8_100_000, 8_140_500)],
)
def test_a_late_levy_stops_at_the_levy_in_shandong(
    policy: Policy, days: int, shandong: int, elsewhere: int
) -> None:
    """0.5 % a day: after 200 days the surcharge is the levy itself, and no more there."""
    paid = date.fromordinal(DUE.toordinal() + days)
    assert late_levy(8_100_000, DUE, paid, policy, "371681").amount_fen == shandong
    assert late_levy(8_100_000, DUE, paid, policy, "320900").amount_fen == elsewhere


def test_the_limit_is_the_place_s_share(tmp_path: Path) -> None:
    """At half of the levy the surcharge stops there; both figures are told, one where none is."""
    half = LocalFigure(
        parameter="levy.late_at_most", place="320000", first=date(2026, 1, 1), value="0.5",
        document="示例，非官方", date=date(2026, 1, 1),
    )  # fmt: skip
    supply(tmp_path / "half.yaml", Policy.load().parameters, half)
    policy = Policy.load([tmp_path / "half.yaml"])
    fee = late_levy(8_100_001, DUE, date(2026, 12, 31), policy, "320900")
    assert fee.amount_fen == 4_050_000
    assert [figure.parameter for figure in fee.figures] == [
        "levy.late_daily_rate", "levy.late_at_most",
    ]  # fmt: skip
    unlimited = late_levy(8_100_000, DUE, DUE, policy, "330100")
    assert [figure.parameter for figure in unlimited.figures] == ["levy.late_daily_rate"]


def test_the_words_tell_the_limit(policy: Policy) -> None:
    """In both languages, and only where it applies."""
    capped = late_levy(100, DUE, date(2027, 7, 25), policy, "371681")
    assert "不超过本金" in capped.words.zh
    assert "at most" in capped.words.en
    assert "不超过" not in late_levy(100, DUE, DUE, policy, "371681").words.zh

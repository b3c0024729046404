"""What is due for paying late: contributions, and the levy for disabled employment."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payroll.money import rounded, yuan
from payroll.policy import Name, Policy, Resolved, UnknownFigure


@dataclass(frozen=True)
class LateFee:
    """A late fee in fen, how it came about, and the figures behind it."""

    amount_fen: int
    days: int
    words: Name
    figures: tuple[Resolved, ...]


def late_contributions(
    amount_fen: int, due: date, paid: date, policy: Policy, place: str
) -> LateFee:
    """Return the late fee on contributions: a share of them for each day after the due day.

    A base or rate that was published late makes no fee: such arrears fall due with the month in
    which they are settled.

    Parameters
    ----------
    due, paid
        The last day on which payment was in time, and the day of payment.

    References
    ----------
    社会保险法第八十六条（每日万分之五）
    """
    rate = policy.value("insurance.late_daily_rate", place, due)
    return _fee(amount_fen, due, paid, rate, None)


def late_levy(amount_fen: int, due: date, paid: date, policy: Policy, place: str) -> LateFee:
    """Return the late fee on the levy for disabled employment, at most the place's limit of it.

    References
    ----------
    残疾人就业条例第二十七条（每日千分之五）；山东省实施《残疾人保障法》办法第六十一条（不超过本金）
    """
    rate = policy.value("levy.late_daily_rate", place, due)
    try:
        limit = policy.value("levy.late_at_most", place, due)
    except UnknownFigure:
        limit = None  # the nation sets none
    return _fee(amount_fen, due, paid, rate, limit)


def _fee(amount_fen: int, due: date, paid: date, rate: Resolved, limit: Resolved | None) -> LateFee:
    days = max((paid - due).days, 0)
    fee = rounded(amount_fen * Fraction(rate.value) * days)
    zh = f"{yuan(amount_fen)} × {rate.value} × {days} 天"
    en = f"{yuan(amount_fen)} × {rate.value} × {days} days"
    if limit is not None and fee > amount_fen * limit.value:
        fee = int(amount_fen * limit.value)
        zh, en = f"{zh}，不超过本金", f"{en}, at most the amount itself"
    figures = (rate,) if limit is None else (rate, limit)
    return LateFee(fee, days, Name(zh=zh, en=en), figures)

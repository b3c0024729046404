"""What a year's pay and withholding come to, for the worker's own yearly settlement."""

from dataclasses import dataclass

import numpy as np

from payroll.money import Column, fraction
from payroll.month import Month
from payroll.policy import Policy, Resolved, UnknownFigure
from payroll.rules import income_tax as rules
from payroll.worker import TaxYear

RELIEF = "income_tax.disabled_relief_rate"
AMOUNT, CAP = "income_tax.disabled_relief_amount", "income_tax.disabled_relief_cap"


@dataclass(frozen=True)
class TaxCertificate:
    """An employer's year with one worker, in fen, and the figures behind it.

    ``due_fen`` is the tax of the table on ``taxable_fen``; ``relief_known`` says whether anybody
    has determined the relief of a disabled person.
    """

    through: Month
    months_employed: int
    income_fen: int
    exempt_fen: int
    standard_fen: int
    insurance_fen: int
    special_additional_fen: int
    other_deductions_fen: int
    taxable_fen: int
    due_fen: int
    relief_fen: int
    relief_known: bool
    withheld_fen: int
    figures: tuple[Resolved, ...]

    @property
    def withheld_too_much_fen(self) -> int:
        """Return what was withheld above what is due; negative if less was."""
        return self.withheld_fen - max(self.due_fen - self.relief_fen, 0)


def tax_certificate(
    year: TaxYear, through: Month, policy: Policy, place: str, *, disabled: bool = False
) -> TaxCertificate:
    """Return what a worker's year at one employer comes to.

    Parameters
    ----------
    year
        The totals with the last month paid in them, as `year_after` would hand them on, but with
        the months employed up to that month.
    through
        The last month paid.
    place
        The division whose figures hold for the worker.
    disabled
        Whether the relief of disabled persons may apply; where its share is unknown at the place
        and the tax office has determined none, the relief is nil and ``relief_known`` false.

    Raises
    ------
    UnknownFigure
        If the standard deduction or the table is unknown on that day.

    References
    ----------
    个人所得税法第十四条（扣缴义务人须向纳税人提供所得和已扣税款信息）；国家税务总局公告2018年第61号
    """
    on = through.first
    monthly, yearly, table = (
        policy.value(f"income_tax.{name}", place, on)
        for name in ("basic_monthly", "basic_yearly", "brackets")
    )
    months = through.month if year.first_job else year.months_employed
    standard = yearly.fen if year.whole_year_deduction else monthly.fen * months
    taken_off = (
        year.exempt_fen,
        standard,
        year.insurance_fen,
        year.special_additional_fen,
        year.other_deductions_fen,
    )
    taxable = rules.cumulative_taxable(
        np.array([year.income_fen]), *(np.array([fen]) for fen in taken_off)
    )
    due = rules.tax_on(taxable, table.value)
    relief = year.relief_fen
    of_place: tuple[Resolved, ...] = ()
    if relief is None and disabled:
        relief, of_place = _relief(due, policy, place, through)
    return TaxCertificate(
        through=through,
        months_employed=year.months_employed,
        income_fen=year.income_fen,
        exempt_fen=year.exempt_fen,
        standard_fen=standard,
        insurance_fen=year.insurance_fen,
        special_additional_fen=year.special_additional_fen,
        other_deductions_fen=year.other_deductions_fen,
        taxable_fen=int(taxable[0]),
        due_fen=int(due[0]),
        relief_fen=relief or 0,
        relief_known=relief is not None or not disabled,
        withheld_fen=year.withheld_fen,
        figures=(monthly, yearly, table, *of_place),
    )


def _relief(
    due: Column, policy: Policy, place: str, through: Month
) -> tuple[int | None, tuple[Resolved, ...]]:
    """Return the relief of a place and the figures it comes from, None where it names none."""
    share, amount, cap = (_known(policy, name, place, through) for name in (RELIEF, AMOUNT, CAP))
    if share is None and amount is None:
        return None, ()
    yes = np.array([True])
    by_share = rules.disabled_relief(due, fraction(share.value), yes) if share else 0 * due
    fen = rules.relief_of_place(
        by_share,
        yes & (share is not None),
        due,
        np.array([amount.fen if amount else 0]),
        np.array([cap.fen if cap else 0]),
        yes & (cap is not None),
    )
    return int(fen[0]), tuple(found for found in (share, amount, cap) if found)


def _known(policy: Policy, name: str, place: str, through: Month) -> Resolved | None:
    try:
        return policy.value(name, place, through.first)
    except UnknownFigure:
        return None

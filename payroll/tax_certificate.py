"""What a year's pay and withholding come to, for the worker's own yearly settlement."""

from dataclasses import dataclass

import numpy as np

from payroll.money import fraction
from payroll.month import Month
from payroll.policy import Policy, Resolved, UnknownFigure
from payroll.rules import income_tax as rules
from payroll.worker import TaxYear

RELIEF = "income_tax.disabled_relief_rate"


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
    standard = yearly.fen if year.whole_year_deduction else monthly.fen * year.months_employed
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
    relief, share = year.relief_fen, None
    if relief is None and disabled and (share := _share(policy, place, through)):
        relief = int(rules.disabled_relief(due, fraction(share.value), np.array([True]))[0])
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
        figures=(monthly, yearly, table, *([share] if share else ())),
    )


def _share(policy: Policy, place: str, through: Month) -> Resolved | None:
    try:
        return policy.value(RELIEF, place, through.first)
    except UnknownFigure:
        return None

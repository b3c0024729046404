"""The yearly statement of an employer, and what one more person would change."""

from dataclasses import dataclass

from payroll.employer.counting import Reading
from payroll.employer.extra_deduction import ExtraDeduction, extra_deduction
from payroll.employer.levy import Levy, levy
from payroll.employer.records import DisabledPerson, EmployerYear
from payroll.employer.vat import VatRefund, vat_refund
from payroll.policy import Policy


@dataclass(frozen=True)
class Statement:
    """What an employer owes and gains in a year.

    Of the VAT refund both readings of the minimum-wage condition are given: ``vat`` by the days
    employed, ``vat_strict`` by whole months of the taxpayer's county.
    """

    levy: Levy
    vat: VatRefund
    vat_strict: VatRefund
    extra: ExtraDeduction

    @property
    def at_stake_fen(self) -> int:
        """Return how much less the strict reading refunds over the year, in fen."""
        return self.vat.refund_fen - self.vat_strict.refund_fen


@dataclass(frozen=True)
class WhatIf:
    """A year as it is and as it would be, and the differences in fen."""

    now: Statement
    then: Statement
    then_year: EmployerYear

    @property
    def levy_change_fen(self) -> int:
        """Return by how much the levy would change; negative is less to pay."""
        return self.then.levy.amount_fen - self.now.levy.amount_fen

    @property
    def vat_change_fen(self) -> int:
        """Return by how much the VAT refund would change."""
        return self.then.vat.refund_fen - self.now.vat.refund_fen

    @property
    def deduction_change_fen(self) -> int:
        """Return by how much the extra deduction would change."""
        return self.then.extra.deduction_fen - self.now.extra.deduction_fen


def statement(year: EmployerYear, policy: Policy) -> Statement:
    """Return the yearly statement of an employer.

    Raises
    ------
    UnknownFigure
        If a figure it depends on is unknown.
    """
    return Statement(
        levy(year, policy),
        vat_refund(year, policy),
        vat_refund(year, policy, Reading.WHOLE_MONTH),
        extra_deduction(year, policy),
    )


def what_if(year: EmployerYear, one_more: DisabledPerson, policy: Policy) -> WhatIf:
    """Return the year with one more person on the staff, in the months that the person works."""
    worked = {item.month for item in one_more.months}
    wages = sum(item.wage_fen for item in one_more.months)
    then = year.model_copy(
        update={
            "people": (*year.people, one_more),
            "staff": tuple(
                count + (month in worked) for month, count in enumerate(year.staff, start=1)
            ),
            "wages_fen": year.wages_fen + wages,
        }
    )
    return WhatIf(statement(year, policy), statement(then, policy), then)

"""A year of an employer: its staff, its disabled people month by month, its taxes."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from payroll.policy.parameter import PlaceCode
from payroll.worker import Fen, Insurance

Count = Annotated[Decimal, Field(ge=0, le=10**6, decimal_places=2)]
"""People, seasonal ones converted to a part of the year."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonMonth(_Record):
    """One month of a disabled person's work here.

    ``place`` is the division against whose minimum wage the pay run held the month; None is the
    employer's. ``countable_fen`` is the pay that may be held against it, None all of the wage;
    ``minimum_fen`` the minimum for the days employed of somebody who joined or left within the
    month, None the whole month's.
    """

    month: Annotated[int, Field(ge=1, le=12)]
    wage_fen: Fen
    through_bank: bool = True
    insured: frozenset[Insurance] = frozenset(Insurance)
    place: PlaceCode | None = None
    countable_fen: Fen | None = None
    minimum_fen: Fen | None = None

    @property
    def tested_fen(self) -> int:
        """Return the pay that is held against the minimum wage, in fen."""
        return self.wage_fen if self.countable_fen is None else self.countable_fen


class DisabledPerson(_Record):
    """A disabled person on the staff.

    ``counted_here`` is false for a dispatched worker whom the other side counts, by agreement.
    ``certificate_to`` is the last day of the certificate, None if it has no end; birth and sex
    tell the ages of work, None if they are not on record.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    severe: bool
    contract_months: Annotated[int, Field(ge=0)]
    counted_here: bool = True
    at_work: bool = True
    certificate_to: date | None = None
    born_on: date | None = None
    is_man: bool | None = None
    months: tuple[PersonMonth, ...] = ()

    @model_validator(mode="after")
    def _months_once(self) -> "DisabledPerson":
        months = [item.month for item in self.months]
        if len(set(months)) != len(months):
            raise ValueError(f"{self.id}：同一个月出现两次 / a month given twice")
        return self


class EmployerYear(_Record):
    """A calendar year of an employer.

    ``staff`` are the people on the payroll at work, month by month, disabled ones included;
    ``wages_fen`` the total wages of the year; ``vat_paid_fen`` the VAT paid month by month.
    """

    name: str = Field(min_length=1)
    place: PlaceCode
    year: Annotated[int, Field(ge=2017, le=2100)]
    is_enterprise: bool = True
    staff: Annotated[tuple[Count, ...], Field(min_length=12, max_length=12)]
    wages_fen: Fen
    people: tuple[DisabledPerson, ...] = ()
    vat_paid_fen: Annotated[tuple[Fen, ...], Field(min_length=12, max_length=12)] = (0,) * 12
    eligible_revenue_share: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)
    credit_grade: str = ""
    is_massage: bool = False
    has_facilities: bool = False

    @property
    def average_staff(self) -> Fraction:
        """Return the average staff of the year, exactly."""
        return Fraction(sum(self.staff, Decimal(0))) / 12

    def first_of(self, month: int) -> date:
        """Return the first day of a month of the year."""
        return date(self.year, month, 1)
